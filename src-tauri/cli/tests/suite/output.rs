use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::process::{ChildStdout, Stdio};

use serde_json::json;

use super::ran::{Ran, command, run};
use super::samples::token;
use super::stage::Stage;

/// More than any pipe holds.
fn many() -> String {
    let account = |number| {
        json!({"id": format!("{number}"), "provider": "google", "email": format!("{number}@example.com"),
            "name": null, "state": "connected", "scopes": []})
    };
    json!({"accounts": (0..30_000).map(account).collect::<Vec<_>>()}).to_string()
}

#[test]
fn a_reader_that_has_enough_is_no_crash() {
    let stage = Stage::listening().answers("GET /v1/accounts", 200, many());
    let mut child = command(&stage)
        .arg("accounts")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut first = String::new();
    let mut reader: BufReader<ChildStdout> = BufReader::new(child.stdout.take().expect("its output"));
    reader.read_line(&mut first).expect("a line");
    assert!(first.starts_with("0@example.com"), "{first}");
    drop(reader);
    let ran: Ran = child.wait_with_output().expect("it ends").into();
    assert_eq!((ran.exit, ran.err.as_str()), (1, ""), "no words, no panic");
}

#[test]
fn huge_answers_arrive_whole_and_larger_ones_are_refused() {
    let stage = Stage::listening().answers("GET /v1/accounts", 200, many());
    assert_eq!(run(&stage, &["accounts"]).out.lines().count(), 30_000);

    let endless = json!({"accounts": [], "more": "x".repeat(9 * 1024 * 1024)}).to_string();
    let stage = Stage::listening().answers("GET /v1/accounts", 200, endless);
    let ran = run(&stage, &["accounts"]);
    assert_eq!((ran.exit, ran.out.as_str()), (1, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let stage = Stage::listening().answers("POST /v1/token", 200, token());
    let full = OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a full device");
    let ran: Ran = command(&stage)
        .args(["token", "a1"])
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("it runs")
        .into();
    assert_eq!(ran.exit, 1);
    assert!(
        ran.err.starts_with("The answer could not be written.\n"),
        "{ran:?}"
    );
}

#[test]
fn standard_error_that_nobody_reads_is_no_crash() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = command(&Stage::empty())
        .arg("accounts")
        .stderr(writer)
        .status()
        .expect("it runs");
    assert_eq!(status.code(), Some(3));
}
