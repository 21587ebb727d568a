use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::ran::{Ran, command, run};
use super::stage::Stage;

const LINK: &str = "https://accounts.example.com/o?redirect_uri=http%3A%2F%2F127.0.0.1%3A40123%2Fx&state=s";
const ATTEMPT: &str = "GET /v1/command/attempt";

fn step(step: &str) -> Value {
    let link = (step == "waiting").then_some(LINK);
    let email = (step == "connected").then_some("alice@example.com");
    json!({"step": step, "email": email, "link": link, "deadline": null, "fault": null})
}

fn stage(steps: &[Value]) -> Stage {
    let stage = Stage::listening()
        .answers("POST /v1/command/connect", 202, "{}")
        .answers("DELETE /v1/command/attempt", 204, "");
    steps
        .iter()
        .fold(stage, |stage, step| stage.answers(ATTEMPT, 200, step.to_string()))
}

fn gave_up(stage: &Stage) -> bool {
    stage
        .asked()
        .iter()
        .any(|asked| asked.line == "DELETE /v1/command/attempt")
}

#[test]
fn the_link_is_printed_and_the_attempt_followed_to_its_end() {
    let stage = stage(&[
        step("opening"),
        step("waiting"),
        step("waiting"),
        step("finishing"),
        step("connected"),
    ]);
    let arguments =
        "connect --no-browser --permission read-mail --permission drive-files --scope x --account a1";
    let ran = run(&stage, &arguments.split(' ').collect::<Vec<_>>());
    assert_eq!(
        (ran.exit, ran.out.as_str()),
        (0, format!("{LINK}\nalice@example.com is connected.\n").as_str())
    );
    assert!(ran.err.contains("ssh -L 40123:127.0.0.1:40123"), "{ran:?}");
    let wish = json!({"account": "a1", "permissions": ["read_mail", "drive_files"], "scopes": ["x"], "browser": false});
    assert_eq!(stage.asked()[0].body, wish);
    assert!(!gave_up(&stage));
}

#[test]
fn with_a_browser_no_link_is_printed() {
    let ran = run(&stage(&[step("waiting"), step("connected")]), &["connect"]);
    assert_eq!(
        (ran.exit, ran.out.as_str()),
        (0, "alice@example.com is connected.\n")
    );
}

#[test]
fn each_step_is_a_line_of_json() {
    let steps = [step("waiting"), step("connected")];
    let ran = run(&stage(&steps), &["connect", "--json"]);
    let lines: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines, steps);
}

#[test]
fn a_refusal_and_a_full_disk_end_it() {
    for (name, code, exit) in [
        ("failed", "consent_denied", 4),
        ("not_saved", "vault_locked", 5),
        ("not_saved", "disk_full", 1),
    ] {
        let mut end = step(name);
        end["fault"] = json!({"code": code, "what": "It failed.", "todo": "Mend it.", "detail": "more"});
        let stage = stage(&[step("opening"), end]);
        run(&stage, &["connect"]).stopped(exit, "It failed.\n→ Mend it.\n  more\n");
        assert!(gave_up(&stage), "{code}");
    }
}

#[test]
fn an_interrupt_gives_the_attempt_up() {
    let stage = stage(&[step("waiting")]);
    let mut child = command(&stage);
    let child = child
        .arg("connect")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let until = Instant::now() + Duration::from_secs(20);
    while !stage.asked().iter().any(|asked| asked.line == ATTEMPT) && Instant::now() < until {
        thread::sleep(Duration::from_millis(20));
    }
    let pid = Pid::from_child(&child);
    kill_process(pid, Signal::INT).expect("interrupted");
    let ran: Ran = child.wait_with_output().expect("it ends").into();
    assert_eq!((ran.exit, ran.out.as_str()), (4, ""), "{ran:?}");
    assert!(ran.err.contains("The account was not connected."), "{ran:?}");
    assert!(gave_up(&stage));
}
