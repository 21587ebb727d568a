//! The sentences of `ui/messages`, for the parts that speak outside the window: tray, browser page,
//! notifications, command line, answers to programs. The build fails when one that is needed is missing (`build.rs`).

use std::collections::HashMap;
use std::sync::LazyLock;

const ENGLISH: &str = include_str!("../../../ui/messages/en.json");

static SENTENCES: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| serde_json::from_str(ENGLISH).unwrap_or_default());

/// The sentence under a key, with `{name}` replaced by its value. An unknown key is shown as it is,
/// which the build's check keeps from happening.
pub fn say(key: &str, values: &[(&str, &str)]) -> String {
    let mut text = SENTENCES.get(key).map_or_else(|| key.to_owned(), Clone::clone);
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}
