//! The program by itself.

use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_evergrant-practice");

#[test]
fn bad_arguments_are_one_sentence_and_exit_two() {
    for arguments in [&["--port"][..], &["--port", "many"], &["--colour", "red"]] {
        let output = Command::new(PROGRAM).args(arguments).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(output.stderr).expect("text");
        assert_eq!(said.trim().lines().count(), 1, "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn it_says_where_it_is_and_keeps_its_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let key_file = folder.path().join("key");
    let first = announced(&key_file);
    assert!(
        first["base_url"]
            .as_str()
            .is_some_and(|address| address.starts_with("http://127.0.0.1:"))
    );
    assert!(first["client_id"].is_string() && first["client_secret"].is_string());
    assert_eq!(announced(&key_file)["control_key"], first["control_key"]);
}

fn announced(key_file: &std::path::Path) -> Value {
    let mut running = Command::new(PROGRAM)
        .arg("--control-key-file")
        .arg(key_file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let said = running.stdout.take().expect("a pipe");
    BufReader::new(said).read_line(&mut line).expect("a line");
    running.kill().expect("it ends");
    running.wait().expect("it ended");
    serde_json::from_str(&line).expect("JSON")
}
