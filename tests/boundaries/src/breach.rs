//! One broken rule: where, what, and why the rule exists.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    pub place: String,
    pub found: String,
    pub reason: &'static str,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    because: {}", self.place, self.found, self.reason)
    }
}

/// Fails the calling test with every breach and its reason.
pub fn expect_none(breaches: &[Breach]) {
    let listed: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    assert!(
        listed.is_empty(),
        "{} broken:\n{}",
        listed.len(),
        listed.join("\n")
    );
}
