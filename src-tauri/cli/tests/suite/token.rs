use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::ran::run;
use super::samples;
use super::stage::Stage;

fn stage() -> Stage {
    Stage::listening().answers("POST /v1/token", 200, samples::token())
}

#[test]
fn a_token_is_printed_alone() {
    run(&stage(), &["token", "alice@example.com"]).answered("ya29.canary\n");
}

#[test]
fn everything_that_was_wished_is_asked() {
    let stage = stage();
    let arguments = "token a1 --scope openid --scope email --min-valid 5m --reason mail --wait 90s";
    run(&stage, &arguments.split(' ').collect::<Vec<_>>()).answered("ya29.canary\n");
    let asked = stage.asked_once();
    let wish = json!({"account": "a1", "scopes": ["openid", "email"], "min_valid_seconds": 300,
        "reason": "mail", "wait_seconds": 90});
    assert_eq!((asked.line.as_str(), asked.body), ("POST /v1/token", wish));
}

#[test]
fn a_program_without_a_terminal_waits_a_minute_for_the_person() {
    let stage = stage();
    run(&stage, &["token", "a1"]);
    assert_eq!(
        stage.asked_once().body,
        json!({"account": "a1", "wait_seconds": 60})
    );
}

#[test]
fn a_header_is_ready_for_curl() {
    run(&stage(), &["token", "a1", "--format", "header"]).answered("Authorization: Bearer ya29.canary\n");
}

#[test]
fn the_mail_form_decodes_to_user_and_bearer() {
    let ran = run(&stage(), &["token", "a1", "--format", "xoauth2"]);
    let decoded = STANDARD.decode(ran.out.trim_end()).expect("base64");
    assert_eq!(
        String::from_utf8(decoded).expect("text"),
        "user=alice@example.com\x01auth=Bearer ya29.canary\x01\x01"
    );
}

#[test]
fn both_ways_to_ask_for_json_give_the_same() {
    let by_format = run(&stage(), &["token", "a1", "--format", "json"]);
    let by_flag = run(&stage(), &["--json", "token", "a1"]);
    assert_eq!(by_format, by_flag);
    let expected: serde_json::Value = serde_json::from_str(&samples::token()).expect("JSON");
    assert_eq!(by_format.json(), expected);
}

#[test]
fn a_token_that_would_break_a_line_is_not_printed() {
    let evil = samples::token().replace("ya29.canary", r"ya29\r\nX-Evil: 1");
    let stage = Stage::listening().answers("POST /v1/token", 200, evil);
    let ran = run(&stage, &["token", "a1", "--format", "header"]);
    ran.stopped(
        1,
        "Evergrant’s answer could not be understood.\n→ Quit Evergrant and start it again. If it stays this way, update it.\n",
    );
}
