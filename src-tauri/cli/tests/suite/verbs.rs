use serde_json::{Value, json};

use super::ran::run;
use super::samples::{accounts, outcome};
use super::stage::Stage;

const STATUS: &str = r#"{"version":"0.1.0","protocol":1,"paused":true,"headless":true,
    "you":{"name":"bash","path":"/usr/bin/bash","assurance":"system","started_by":["sshd"],"remembered":true}}"#;

#[test]
fn accounts_are_listed_with_their_state_and_their_longer_name() {
    let stage = Stage::listening().answers("GET /v1/accounts", 200, accounts().to_string());
    run(&stage, &["accounts"]).answered(
        "alice@example.com  Connected                   google:alice@example.com\n\
         bob@example.com    Needs to be connected again  google:bob@example.com\n"
            .replace("Connected   ", "Connected    ")
            .as_str(),
    );
    assert_eq!(run(&stage, &["accounts", "--json"]).json(), accounts());
}

/// As the broker says them.
fn with_reasons() -> Value {
    let mut accounts = accounts();
    accounts["accounts"][0]["forecast"] = json!("This ends on Friday. Press Reconnect.");
    accounts["accounts"][1]["reason"] = json!("Most likely: It went unused. Press Reconnect.");
    accounts
}

const SENTENCES: &str = "alice@example.com: This ends on Friday. Press Reconnect.\n\
    bob@example.com: Most likely: It went unused. Press Reconnect.\n";

#[test]
fn why_an_account_stopped_and_what_lies_ahead_is_said_beside_the_list() {
    let answer = with_reasons();
    let stage = Stage::listening().answers("GET /v1/accounts", 200, answer.to_string());
    let ran = run(&stage, &["accounts"]);
    assert_eq!(ran.out.lines().count(), 2, "a script reads the list alone");
    assert_eq!((ran.exit, ran.err.as_str()), (0, SENTENCES));
    assert_eq!(run(&stage, &["accounts", "--json"]).json(), answer);
}

#[test]
fn the_status_says_it_too() {
    let stage = Stage::listening().answers("GET /v1/status", 200, STATUS).answers(
        "GET /v1/accounts",
        200,
        with_reasons().to_string(),
    );
    let ran = run(&stage, &["status"]);
    assert!(ran.out.ends_with(SENTENCES), "{ran:?}");
    assert_eq!((ran.exit, ran.err.as_str()), (0, ""));
}

#[test]
fn no_accounts_is_an_empty_answer_and_a_hint() {
    let stage = Stage::listening().answers("GET /v1/accounts", 200, r#"{"accounts":[]}"#);
    run(&stage, &["accounts"]).stopped(
        0,
        "No account is connected yet.\n→ Connect one: evergrant connect\n",
    );
}

#[test]
fn status_says_all_that_matters() {
    let stage = Stage::listening().answers("GET /v1/status", 200, STATUS);
    run(&stage, &["status"]).answered(
        "Evergrant 0.1.0 is running.\nAccess is paused for all programs.\n\
         It has no window here. Allow programs with: evergrant apps allow\nIt sees you as bash ← sshd.\n",
    );
    let expected: Value = serde_json::from_str(STATUS).expect("JSON");
    assert_eq!(run(&stage, &["status", "--json"]).json(), expected);
}

#[test]
fn a_test_says_what_works_and_what_to_do_about_the_rest() {
    let mut outcome = outcome(true, None);
    outcome["lines"] = json!([{"name": "Gmail", "verdict": "works", "what": "Works.", "todo": null}]);
    let stage = Stage::listening().answers("POST /v1/command/test", 200, outcome.to_string());
    run(&stage, &["test", "a1"]).answered("Works.\n");
    assert_eq!(stage.asked_once().body, json!({"account": "a1"}));

    let line = json!({"name": "Drive", "verdict": "switched_off", "what": "Is switched off.", "todo": "Switch it on."});
    outcome["lines"].as_array_mut().expect("lines").push(line);
    let stage = Stage::listening().answers("POST /v1/command/test", 200, outcome.to_string());
    let ran = run(&stage, &["test", "a1"]);
    assert_eq!(ran.out, "Works.\nIs switched off.\n");
    assert_eq!(
        (ran.exit, ran.err.as_str()),
        (5, "Is switched off.\n→ Switch it on.\n")
    );
    assert_eq!(run(&stage, &["test", "a1", "--json"]).json(), outcome);
}

#[test]
fn a_refresh_says_until_when() {
    let path = "POST /v1/command/refresh";
    let stage = Stage::listening().answers(path, 200, outcome(true, None).to_string());
    run(&stage, &["refresh", "a1"]).answered("alice@example.com has fresh access until 2027-01-15 08:00.\n");

    for (code, exit) in [("offline", 6), ("grant_ended", 5), ("disk_full", 1)] {
        let stage = Stage::listening().answers(path, 200, outcome(false, Some(code)).to_string());
        run(&stage, &["refresh", "a1"]).stopped(exit, &format!("What {code} is.\n→ Do it.\n"));
    }
}

#[test]
fn a_disconnect_without_a_terminal_wants_a_yes() {
    let path = "POST /v1/command/disconnect";
    let stage = Stage::listening().answers(path, 200, outcome(true, None).to_string());
    run(&stage, &["disconnect", "a1"]).stopped(
        2,
        "Nobody can be asked here whether to disconnect.\n→ Add --yes if you are sure.\n",
    );
    assert_eq!(stage.asked(), [], "nothing was asked of the broker");

    run(&stage, &["disconnect", "a1", "--yes"]).answered("alice@example.com is disconnected everywhere.\n");
    assert_eq!(
        stage.asked_once().body,
        json!({"account": "a1", "only_here": false})
    );
    let ran = run(&stage, &["disconnect", "a1", "--yes", "--only-here"]);
    ran.answered("alice@example.com is removed from this computer. Your other computers stay connected.\n");
    assert_eq!(stage.asked()[1].body, json!({"account": "a1", "only_here": true}));
}

#[test]
fn all_are_disconnected_one_after_the_other_also_after_one_that_goes_on() {
    let path = "POST /v1/command/disconnect";
    let stage = Stage::listening()
        .answers("GET /v1/accounts", 200, accounts().to_string())
        .answers(path, 200, outcome(false, None).to_string());
    let ran = run(&stage, &["disconnect", "--all", "--yes"]);
    assert_eq!((ran.exit, ran.out.as_str()), (6, ""), "{ran:?}");
    let ended: Vec<_> = stage
        .asked()
        .into_iter()
        .skip(1)
        .map(|asked| asked.body["account"].clone())
        .collect();
    assert_eq!(ended, ["a1", "b2"]);

    let ran = run(&stage, &["disconnect", "--all"]);
    assert_eq!(ran.exit, 2, "nobody is there to be asked");
    assert_eq!(run(&stage, &["disconnect", "--all", "a1"]).exit, 2);
    assert_eq!(run(&stage, &["disconnect"]).exit, 2);

    let none = Stage::listening().answers("GET /v1/accounts", 200, json!({"accounts": []}).to_string());
    let ran = run(&none, &["disconnect", "--all"]);
    assert_eq!((ran.exit, ran.out.as_str()), (0, ""));
    assert!(!ran.err.is_empty(), "that there is none is said");
}

#[test]
fn a_disconnect_that_goes_on_is_not_said_to_be_done() {
    let stage = Stage::listening().answers(
        "POST /v1/command/disconnect",
        200,
        outcome(false, None).to_string(),
    );
    let ran = run(&stage, &["disconnect", "a1", "--yes"]);
    assert_eq!((ran.exit, ran.out.as_str()), (6, ""));
}

#[test]
fn a_refused_token_is_reported() {
    let stage = Stage::listening().answers("POST /v1/report", 200, r#"{"expires_at":1800000000}"#);
    run(&stage, &["report", "a1", "--scope", "openid"])
        .answered("a1 has fresh access until 2027-01-15 08:00.\n");
    let expected = json!({"account": "a1", "kind": "rejected", "scopes": ["openid"]});
    assert_eq!(stage.asked_once().body, expected);
    assert_eq!(
        run(&stage, &["report", "a1", "--json"]).json(),
        json!({"expires_at": 1_800_000_000})
    );
}

#[test]
fn the_doctor_says_what_is_ill_and_what_helps() {
    let checks = json!({"checks": [
        {"name": "socket", "verdict": "unknown", "what": "Left to the command.", "remedy": null},
        {"name": "vault", "verdict": "ill", "what": "It is locked.", "remedy": "Unlock it."},
        {"name": "clock", "verdict": "well", "what": "It is right.", "remedy": null}]});
    let stage = Stage::listening().answers("GET /v1/command/doctor", 200, checks.to_string());
    let ran = run(&stage, &["doctor"]);
    assert_eq!(
        ran.out,
        "✓ Way to Evergrant: Evergrant answers.\n✗ Password store: It is locked.\n  → Unlock it.\n✓ Clock: It is right.\n"
    );
    assert_eq!((ran.exit, ran.err.as_str()), (5, ""));
}

#[test]
fn the_doctor_has_a_verdict_where_nothing_runs() {
    let ran = run(&Stage::empty(), &["doctor"]);
    assert!(
        ran.out
            .starts_with("✗ Way to Evergrant: Evergrant is not running.\n  → Start it"),
        "{ran:?}"
    );
    assert_eq!((ran.exit, ran.err.as_str()), (3, ""));
    let json = run(&Stage::empty(), &["doctor", "--json"]).json();
    let verdicts: Vec<_> = json["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .map(|check| &check["verdict"])
        .collect();
    assert_eq!(
        verdicts,
        ["ill", "unknown", "unknown", "unknown", "unknown", "unknown"]
    );
}
