//! The closed list of problems, and where each of them can come.

use std::collections::BTreeSet;

use evergrant_protocol::ProblemCode;
use serde_json::Value;

use crate::document::{Document, object, texts};

#[test]
fn the_file_lists_every_problem_and_no_other() {
    let all: BTreeSet<String> = ProblemCode::ALL
        .iter()
        .map(|code| code.as_str().to_owned())
        .collect();
    assert_eq!(texts(&Document::read().schema("ProblemCode")["enum"]), all);
}

#[test]
fn each_problem_stands_under_its_own_status() {
    let mut met = BTreeSet::new();
    for (place, status, answer) in Document::read().answers() {
        for code in codes(answer) {
            let known =
                ProblemCode::parse(&code).unwrap_or_else(|| panic!("{place}: no problem is called {code}"));
            assert_eq!(known.status().to_string(), status, "{place}: {code}");
            met.insert(code);
        }
    }
    // Only a path without the method answers it, so it stands at none.
    met.insert(ProblemCode::MethodNotAllowed.as_str().to_owned());
    let all: BTreeSet<String> = ProblemCode::ALL
        .iter()
        .map(|code| code.as_str().to_owned())
        .collect();
    assert_eq!(met, all, "problems that no path names");
}

#[test]
fn every_answer_that_is_no_success_is_a_problem_with_a_list_of_codes() {
    for (place, status, answer) in Document::read().answers() {
        let problem = status.starts_with(['4', '5']);
        let kinds: Vec<&String> = object(&answer["content"]).keys().collect();
        let kind = if problem {
            "application/problem+json"
        } else {
            "application/json"
        };
        assert_eq!(kinds, [kind], "{place} {status}");
        assert_eq!(codes(answer).is_empty(), !problem, "{place} {status}");
        let waits = answer["headers"].get("Retry-After").is_some();
        assert!(waits || status != "503", "{place}: when to ask again");
    }
}

fn codes(answer: &Value) -> BTreeSet<String> {
    let problem = &answer["content"]["application/problem+json"]["schema"];
    texts(&problem["properties"]["code"]["enum"])
}
