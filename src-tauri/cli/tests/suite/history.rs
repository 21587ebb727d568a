use serde_json::{Value, json};

use super::ran::run;
use super::samples::alice;
use super::stage::Stage;

fn line(what: &str, last: i64, times: u32) -> Value {
    json!({"account": alice(), "what": what, "first": 1_800_000_000, "last": last, "times": times,
        "fault": null, "program": null})
}

fn past() -> Value {
    let mut stopped = line("stopped", 1_800_007_200, 1);
    stopped["fault"] = json!("grant_ended");
    let mut given = line("given", 1_800_003_600, 12);
    given["program"] = json!("msmtp");
    json!({"lines": [stopped, given, line("refreshed", 1_800_000_060, 3), line("connected", 1_800_000_000, 1)]})
}

#[test]
fn what_happened_to_an_account_newest_first() {
    let stage = Stage::listening().answers(
        "GET /v1/command/history?limit=50&account=alice%40example.com",
        200,
        past().to_string(),
    );
    run(&stage, &["history", "alice@example.com"]).answered(
        "2027-01-15 10:00  Stopped working: The access of this account was ended.\n\
         2027-01-15 09:00  msmtp got access 12 times\n\
         2027-01-15 08:01  Refreshed 3 times\n\
         2027-01-15 08:00  Connected\n",
    );
    let ran = run(&stage, &["history", "alice@example.com", "--json"]);
    assert_eq!(ran.json(), past());
}

#[test]
fn without_a_name_it_is_told_of_all_and_whose_it_was() {
    let two = json!({"lines": [line("refreshed", 1_800_000_060, 3), line("connected", 1_800_000_000, 1)]});
    let stage = Stage::listening().answers("GET /v1/command/history?limit=2", 200, two.to_string());
    run(&stage, &["history", "--limit", "2"]).answered(
        "2027-01-15 08:01  alice@example.com  Refreshed 3 times\n\
         2027-01-15 08:00  alice@example.com  Connected\n",
    );
}

#[test]
fn no_past_is_an_empty_answer_and_a_word() {
    let stage = Stage::listening().answers("GET /v1/command/history?limit=50", 200, r#"{"lines":[]}"#);
    run(&stage, &["history"]).stopped(0, "Nothing has happened yet.\n");
}

#[test]
fn a_program_that_calls_itself_strangely_steers_no_terminal() {
    let mut given = line("given", 1_800_000_000, 1);
    given["program"] = json!("\u{1b}[2Jmsmtp");
    let stage = Stage::listening().answers(
        "GET /v1/command/history?limit=50&account=a1",
        200,
        json!({ "lines": [given] }).to_string(),
    );
    run(&stage, &["history", "a1"]).answered("2027-01-15 08:00  \u{fffd}[2Jmsmtp got access\n");
}
