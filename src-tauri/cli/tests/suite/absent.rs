use std::fs;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::program;
use super::ran::{Ran, command, run};
use super::samples;
use super::stage::Stage;

const NOT_RUNNING: &str =
    "Evergrant is not running.\n→ Start it from the menu of your desktop, or add --start to this command.\n";

#[test]
fn where_nothing_runs_it_says_how_to_start_it() {
    run(&Stage::empty(), &["accounts"]).stopped(3, NOT_RUNNING);
}

#[test]
fn a_stale_socket_is_nobody_there() {
    let stage = Stage::empty();
    drop(UnixListener::bind(stage.socket()).expect("a socket"));
    run(&stage, &["token", "a1"]).stopped(3, NOT_RUNNING);
}

#[test]
fn a_computer_without_a_runtime_folder_is_told_apart() {
    let mut command = command(&Stage::empty());
    let ran: Ran = command
        .env_remove("EVERGRANT_SOCKET")
        .arg("status")
        .output()
        .expect("it runs")
        .into();
    assert_eq!(ran.exit, 3);
    assert!(ran.err.contains("XDG_RUNTIME_DIR"), "{ran:?}");
}

#[test]
fn an_answer_that_makes_no_sense_is_said_to_be_one() {
    let stage = Stage::listening().answers("GET /v1/status", 200, "<html>");
    let ran = run(&stage, &["status"]);
    assert_eq!((ran.exit, ran.out.as_str()), (1, ""));
    assert!(
        ran.err
            .starts_with("Evergrant’s answer could not be understood.\n→ "),
        "{ran:?}"
    );
}

/// The command in a folder of its own, with a desktop beside it that is this shell script.
fn beside(stage: &Stage, script: &str) -> Command {
    program::script(&stage.folder().join("evergrant-desktop"), script);
    let mut command = Command::new(program::copy_of_the_command(stage.folder()));
    command
        .env_clear()
        .env("EVERGRANT_SOCKET", stage.socket())
        .env("PATH", "/usr/bin:/bin")
        .env("MARK", stage.folder().join("mark"));
    command
}

#[test]
fn start_starts_it_away_from_the_terminal_and_asks_then() {
    let stage = Stage::empty().answers("GET /v1/accounts", 200, samples::accounts().to_string());
    let script = r#"handles=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2)
        session=$(cut -d' ' -f6 /proc/$$/stat)
        printf '%s\n' "$*" "$handles" "$session" $$ > "$MARK.new"; mv "$MARK.new" "$MARK"; sleep 2"#;
    let mut command = beside(&stage, script);
    let mark = stage.folder().join("mark");
    let told = thread::scope(|scope| {
        let told = scope.spawn(|| {
            let until = Instant::now() + Duration::from_secs(8);
            while !mark.exists() && Instant::now() < until {
                thread::sleep(Duration::from_millis(20));
            }
            let told = fs::read_to_string(&mark);
            stage.open();
            told
        });
        let ran: Ran = command
            .args(["accounts", "--start"])
            .output()
            .expect("it runs")
            .into();
        assert_eq!((ran.exit, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.contains("alice@example.com"), "{ran:?}");
        told.join()
            .expect("it was watched")
            .expect("the desktop was started")
    });
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told[..4], ["--hidden", "/dev/null", "/dev/null", "/dev/null"]);
    assert_eq!(told[4], told[5], "it leads a session of its own");
}

#[test]
fn a_start_that_fails_or_finds_nothing_to_start_says_so() {
    let stage = Stage::empty();
    let ran: Ran = beside(&stage, "exit 1")
        .args(["--start", "status"])
        .output()
        .expect("it runs")
        .into();
    assert_eq!(ran.exit, 3);
    assert!(
        ran.err
            .starts_with("Evergrant ended as soon as it was started.\n"),
        "{ran:?}"
    );

    let mut alone = beside(&stage, "");
    fs::remove_file(stage.folder().join("evergrant-desktop")).expect("removed");
    alone.env("PATH", stage.folder());
    let ran: Ran = alone
        .args(["--start", "status"])
        .output()
        .expect("it runs")
        .into();
    assert_eq!(ran.exit, 3);
    assert!(
        ran.err
            .starts_with("Evergrant’s desktop program was not found.\n"),
        "{ran:?}"
    );
}
