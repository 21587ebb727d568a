use serde_json::{Value, json};

use super::ran::run;
use super::stage::Stage;

fn entries(numbers: impl Iterator<Item = u64>) -> Vec<Value> {
    numbers
        .map(|number| {
            json!({"number": number, "at": 1_800_000_000, "program": "msmtp", "path": null,
                "account": "alice@example.com", "scopes": [], "outcome": "given", "code": null})
        })
        .collect()
}

fn page(numbers: impl Iterator<Item = u64>, intact: bool) -> String {
    json!({"entries": entries(numbers), "intact": intact}).to_string()
}

#[test]
fn who_asked_and_what_they_got() {
    let refused = json!({"number": 1, "at": 1_800_000_060, "program": "spy", "path": "/tmp/spy", "account": null,
        "scopes": [], "outcome": "refused", "code": "approval_denied"});
    let mut all = entries(2..3);
    all.push(refused);
    let page = json!({"entries": all, "intact": true}).to_string();
    let stage = Stage::listening()
        .answers("GET /v1/command/log?limit=50", 200, page)
        .answers(
            "GET /v1/command/log?limit=48&before=1",
            200,
            r#"{"entries":[],"intact":true}"#,
        );
    run(&stage, &["log"]).answered(
        "2027-01-15 08:00  got access  alice@example.com  msmtp\n\
         2027-01-15 08:01  refused     -                  /tmp/spy  approval_denied\n",
    );
}

#[test]
fn pages_are_put_together_and_the_search_is_quoted() {
    let stage = Stage::listening()
        .answers(
            "GET /v1/command/log?limit=500&search=a%26b",
            200,
            page((201..=700).rev(), true),
        )
        .answers(
            "GET /v1/command/log?limit=100&search=a%26b&before=201",
            200,
            page((101..=200).rev(), true),
        );
    let ran = run(&stage, &["log", "--search", "a&b", "--limit", "600", "--json"]);
    let json = ran.json();
    assert_eq!(json["entries"].as_array().map(Vec::len), Some(600));
    assert_eq!(
        (&json["entries"][599]["number"], &json["intact"]),
        (&json!(101), &json!(true))
    );
}

#[test]
fn an_answer_that_repeats_itself_ends() {
    let same = page((1..=10).rev(), true);
    let stage = Stage::listening()
        .answers("GET /v1/command/log?limit=50", 200, same.clone())
        .answers("GET /v1/command/log?limit=40&before=1", 200, same);
    assert_eq!(
        run(&stage, &["log", "--json"]).json()["entries"]
            .as_array()
            .map(Vec::len),
        Some(10)
    );
}

#[test]
fn a_gap_is_no_success() {
    let stage = Stage::listening().answers("GET /v1/command/log?limit=1", 200, page(1..2, false));
    let ran = run(&stage, &["log", "--limit", "1", "--json"]);
    assert_eq!(ran.json()["intact"], json!(false));
    assert_eq!(ran.exit, 1);
    assert!(ran.err.starts_with("The log has a gap"), "{ran:?}");
}
