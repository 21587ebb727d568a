use evergrant_cli::exit::Exit;
use evergrant_protocol::ProblemCode;
use serde_json::{Value, json};

use super::ran::run;
use super::samples;
use super::stage::Stage;

fn refusing(code: &str, status: u16, retry: bool) -> Stage {
    Stage::listening().answers("POST /v1/token", status, samples::problem(code, status, retry))
}

#[test]
fn every_problem_has_its_exit_code_and_its_words_on_standard_error() {
    for code in ProblemCode::ALL {
        let name = code.as_str();
        let stage = refusing(name, code.status(), code.retry());
        let expected = i32::from(Exit::from(*code).number());
        let words = format!("What {name} is.\n→ What to do about {name}.\n");
        run(&stage, &["token", "a1"]).stopped(expected, &words);
    }
}

#[test]
fn each_class_has_the_number_that_the_manual_promises() {
    for (code, status, exit) in [
        ("bad_request", 400, 1),
        ("approval_denied", 403, 4),
        ("command_only", 403, 4),
        ("needs_reconnect", 409, 5),
        ("approval_pending", 503, 5),
        ("vault_locked", 503, 5),
        ("offline", 503, 6),
        ("rate_limited", 503, 6),
        ("account_unknown", 404, 7),
        ("account_ambiguous", 409, 7),
    ] {
        let ran = run(&refusing(code, status, status >= 500), &["token", "a1"]);
        assert_eq!(ran.exit, exit, "{code}");
    }
}

#[test]
fn a_problem_of_a_newer_broker_goes_by_whether_it_may_be_repeated() {
    assert_eq!(run(&refusing("of_tomorrow", 503, true), &["token", "a1"]).exit, 6);
    assert_eq!(
        run(&refusing("of_tomorrow", 400, false), &["token", "a1"]).exit,
        1
    );
}

#[test]
fn the_details_and_the_accounts_that_were_meant_are_shown() {
    let mut problem: Value =
        serde_json::from_str(&samples::problem("account_ambiguous", 409, false)).expect("JSON");
    problem["accounts"] =
        json!([samples::alice(), {"id": "b", "provider": "work", "email": "alice@example.com"}]);
    let stage = Stage::listening().answers("POST /v1/token", 409, problem.to_string());
    run(&stage, &["token", "alice@example.com"]).stopped(
        7,
        "What account_ambiguous is.\n→ What to do about account_ambiguous.\n  google:alice@example.com  work:alice@example.com\n",
    );
}
