//! Every fault has its words: what happened, and what to do.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::breach::Breach;

const REASON: &str = "a fault without words reaches a person as a code";
const UNUSED: &str = "words for a fault that cannot happen hide the ones that are missing";

/// The window's own fallback, for an error that is no fault.
pub const FALLBACK: &str = "unexpected";

/// Compares the codes with the keys of a message file: `fault.<code>.what` and `.todo` for each, no more.
pub fn breaches(path: &str, messages: &str, codes: &[&str]) -> Vec<Breach> {
    let messages: Value = serde_json::from_str(messages).expect("messages are JSON");
    let messages = messages.as_object().expect("messages are one flat object");
    let wanted: BTreeSet<String> = codes
        .iter()
        .flat_map(|code| [format!("fault.{code}.what"), format!("fault.{code}.todo")])
        .collect();

    let missing = wanted.iter().filter(|key| {
        messages
            .get(key.as_str())
            .and_then(Value::as_str)
            .is_none_or(|words| words.trim().is_empty())
    });
    let unused = messages.keys().filter(|key| {
        let of_a_fault =
            key.starts_with("fault.") && [".what", ".todo"].iter().any(|part| key.ends_with(part));
        of_a_fault && !wanted.contains(*key)
    });
    missing
        .map(|key| breach(path, format!("{key} is missing"), REASON))
        .chain(unused.map(|key| breach(path, format!("{key} belongs to no fault"), UNUSED)))
        .collect()
}

fn breach(path: &str, found: String, reason: &'static str) -> Breach {
    Breach {
        place: path.to_owned(),
        found,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_empty_and_unused_words_are_found() {
        let messages = r#"{"fault.offline.what":"No network","fault.offline.todo":" ","fault.old.what":"Gone","app.name":"E"}"#;
        let found: Vec<String> = breaches("en.json", messages, &["offline"])
            .into_iter()
            .map(|breach| breach.found)
            .collect();
        assert_eq!(
            found,
            [
                "fault.offline.todo is missing",
                "fault.old.what belongs to no fault"
            ]
        );
    }
}
