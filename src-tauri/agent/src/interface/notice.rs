use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::FaultView;

/// Something to tell once: `notice.<code>` says it, with these values put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    pub id: u32,
    pub code: String,
    pub tone: Tone,
    pub values: BTreeMap<String, String>,
    pub fault: Option<FaultView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    Good,
    Info,
    Problem,
}
