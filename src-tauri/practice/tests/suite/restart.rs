//! What survives a restart, and what never reaches the disk.

use crate::robot::{Robot, exchange_form, expired, text};
use evergrant_practice::{Options, PRACTICE_ISSUER};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

fn kept_in(path: &Path) -> Options {
    Options {
        state_file: Some(path.to_owned()),
        issuer: Some(PRACTICE_ISSUER.to_owned()),
        ..Options::default()
    }
}

#[tokio::test]
async fn refresh_tokens_live_on_and_none_is_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("practice.json");
    let robot = Robot::with(kept_in(&path)).await;
    let code = robot.code(&[]).await;
    let (_, tokens) = robot.token(&exchange_form(&code)).await;
    let dead = robot.connect(&[("login_hint", "bob@example.com")]).await;
    robot.revoke(text(&dead, "refresh_token")).await;
    robot.practice.stop().await;

    let file = fs::read_to_string(&path).expect("it is saved");
    for secret in [
        "1//0",
        "ya29.",
        "4/0",
        &code,
        text(&tokens, "refresh_token"),
        text(&tokens, "access_token"),
    ] {
        assert!(!file.contains(secret), "{secret} is in the file");
    }
    let robot = Robot::with(kept_in(&path)).await;
    assert_eq!(robot.refresh(text(&tokens, "refresh_token")).await.0, 200);
    assert_eq!(robot.refresh(text(&dead, "refresh_token")).await, expired());
    let again = robot.connect(&[("prompt", "")]).await;
    assert!(again.get("refresh_token").is_none(), "consent is remembered");
}

#[tokio::test]
async fn a_change_is_saved_without_being_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("practice.json");
    let robot = Robot::with(kept_in(&path)).await;
    robot.connect(&[]).await;
    let deadline = Instant::now() + Duration::from_secs(5);
    while !fs::read_to_string(&path).is_ok_and(|text| text.contains("\"serial\":1")) {
        assert!(Instant::now() < deadline, "it is never saved");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!path.with_extension("unfinished").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("practice.json");
    let robot = Robot::with(kept_in(&path)).await;
    robot.connect(&[]).await;
    robot.practice.stop().await;
    let mode = fs::metadata(&path).expect("it is saved").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_kept_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("practice.json");
    fs::write(&path, "half a sta").expect("written");
    let robot = Robot::with(kept_in(&path)).await;
    robot.connect(&[]).await;
    assert_eq!(
        fs::read_to_string(path.with_extension("unreadable")).expect("kept"),
        "half a sta"
    );
}
