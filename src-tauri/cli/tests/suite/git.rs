use serde_json::json;

use super::ran::run_saying;
use super::samples::{accounts, token};
use super::stage::Stage;

const PLACE: &str = "protocol=https\nhost=android.googlesource.com\n";

fn stage() -> Stage {
    Stage::listening().answers("POST /v1/token", 200, token())
}

#[test]
fn git_gets_a_name_and_a_token() {
    let stage = stage();
    let said = format!("{PLACE}username=alice@example.com\n\n");
    run_saying(&stage, &["git-credential", "get"], &said)
        .answered("username=alice@example.com\npassword=ya29.canary\npassword_expiry_utc=1800000000\n");
    assert_eq!(
        stage.asked_once().body,
        json!({"account": "alice@example.com", "wait_seconds": 60})
    );
}

#[test]
fn the_only_account_needs_no_name_and_several_do() {
    let mut one = accounts();
    one["accounts"].as_array_mut().expect("accounts").truncate(1);
    let alone = stage().answers("GET /v1/accounts", 200, one.to_string());
    let ran = run_saying(&alone, &["git-credential", "get"], PLACE);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert_eq!(alone.asked()[1].body["account"], "a1");

    let several = stage().answers("GET /v1/accounts", 200, accounts().to_string());
    run_saying(&several, &["git-credential", "get"], PLACE).stopped(
        7,
        "Several accounts have this name.\n→ Use one of the longer names: evergrant accounts shows them.\n",
    );
}

#[test]
fn other_hosts_get_nothing_unless_they_were_named() {
    let stage = stage();
    let said = "protocol=https\nhost=git.example.com\nusername=a1\n\n";
    run_saying(&stage, &["git-credential", "get"], said).answered("");
    assert_eq!(stage.asked(), []);
    let ran = run_saying(
        &stage,
        &["git-credential", "--host", "git.example.com", "get"],
        said,
    );
    assert!(ran.out.contains("password=ya29.canary"), "{ran:?}");
}

#[test]
fn store_is_silent_and_erase_reports_the_token() {
    let stage = stage().answers("POST /v1/report", 200, r#"{"expires_at":1800000000}"#);
    let said = format!("{PLACE}username=a1\npassword=x\n\n");
    run_saying(&stage, &["git-credential", "store"], &said).answered("");
    assert_eq!(stage.asked(), []);
    run_saying(&stage, &["git-credential", "erase"], &said).answered("");
    assert_eq!(
        stage.asked_once().body,
        json!({"account": "a1", "kind": "rejected"})
    );
}

#[test]
fn what_git_would_not_say_is_refused() {
    for said in ["no pair\n", &"x".repeat(1_000_000)] {
        let ran = run_saying(&stage(), &["git-credential", "get"], said);
        assert_eq!((ran.exit, ran.out.as_str()), (2, ""));
    }
}
