use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::RecoveryView;

/// Why an account stopped, as far as this computer can tell: `reason.<cause>.what` says it in a sentence,
/// `reason.<cause>.todo` what to do, with these values put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReasonView {
    pub cause: String,
    pub sureness: Sureness,
    /// Words, ready to be put in as they are: `provider`. No moment is among them, so there is nothing to format.
    pub values: BTreeMap<String, String>,
    /// What else it may be, likeliest first: `reason.<cause>.short`.
    pub others: Vec<String>,
    /// The one button.
    pub recovery: RecoveryView,
}

/// How sure it is; `reason.<sureness>` begins the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Sureness {
    Certain,
    Likely,
    Possible,
}

/// What will end an account that works now, unless somebody does something: `forecast.<kind>.what` and
/// `.todo`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ForecastView {
    pub kind: String,
    /// When it will be, in Unix seconds; the sentence has `{day}` for it.
    pub at: Option<u32>,
    /// What the sentence has `{count}` for.
    pub count: Option<u32>,
    pub recovery: RecoveryView,
}
