//! The command on a terminal.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::Command;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::json;

use super::ran::command;
use super::samples::{outcome, token};
use super::stage::Stage;

/// Runs it on a terminal of its own, where this was typed; its exit code and all it showed there.
fn at_terminal(command: &mut Command, typed: &str) -> (i32, String) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).expect("ours");
    unlockpt(&ours).expect("unlocked");
    let name = ptsname(&ours, Vec::new())
        .expect("a name")
        .into_string()
        .expect("UTF-8");
    let theirs = OpenOptions::new()
        .read(true)
        .write(true)
        .open(name)
        .expect("the other end");
    let another = || theirs.try_clone().expect("one more handle");
    let mut child = command
        .stdin(another())
        .stdout(another())
        .stderr(another())
        .spawn()
        .expect("it starts");
    // Only its own handles are left, so that reading ends when it does.
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    drop(theirs);
    let mut ours = File::from(ours);
    ours.write_all(typed.as_bytes()).expect("typed");
    let mut shown = Vec::new();
    // The end of a terminal is told as an error.
    let _ = ours.read_to_end(&mut shown);
    let exit = child.wait().expect("it ends").code().expect("no signal");
    (exit, String::from_utf8(shown).expect("UTF-8"))
}

#[test]
fn a_disconnect_asks_and_only_a_yes_is_a_yes() {
    let path = "POST /v1/command/disconnect";
    for (typed, exit) in [("yes\n", 0), ("Y\n", 0), ("no\n", 4), ("\n", 4), ("\u{4}", 4)] {
        let stage = Stage::listening().answers(path, 200, outcome(true, None).to_string());
        let (code, shown) = at_terminal(command(&stage).args(["disconnect", "a1"]), typed);
        assert_eq!(code, exit, "{typed:?}: {shown}");
        assert!(
            shown.contains("This ends Evergrant’s access to a1 on all of your computers."),
            "{shown}"
        );
        let expected = if exit == 0 {
            vec![json!({"account": "a1", "only_here": false})]
        } else {
            vec![]
        };
        let asked: Vec<_> = stage.asked().into_iter().map(|asked| asked.body).collect();
        assert_eq!(asked, expected, "{typed:?}");
    }
}

#[test]
fn colour_is_for_terminals_and_can_be_declined() {
    let (code, shown) = at_terminal(command(&Stage::empty()).arg("accounts"), "");
    assert_eq!(code, 3);
    assert!(
        shown.contains("\u{1b}[1mEvergrant is not running.\u{1b}[0m"),
        "{shown:?}"
    );
    let (_, plain) = at_terminal(command(&Stage::empty()).arg("accounts").env("NO_COLOR", "1"), "");
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
}

#[test]
fn a_person_at_a_terminal_is_told_where_to_look_when_it_takes_long() {
    let hint = "Evergrant may be asking you for permission. Answer in its window; Ctrl-C gives up.\r\n";
    let quick = Stage::listening().answers("POST /v1/token", 200, token());
    let slow = Stage::listening()
        .answers("POST /v1/token", 200, token())
        .slowly(Duration::from_secs(4));
    for (stage, said) in [(quick, ""), (slow, hint)] {
        let (code, shown) = at_terminal(command(&stage).args(["token", "a1"]), "");
        assert_eq!((code, shown), (0, format!("{said}ya29.canary\r\n")));
        assert_eq!(stage.asked_once().body["wait_seconds"], json!(120));
    }
}
