//! The `evergrant` command: the program that asks is the one that ran it.
#![cfg(target_os = "linux")]

mod stage;

use std::{path::Path, process::Command};

use evergrant_broker::{Assurance, Origin, witness::Caller};
use stage::{Asking, Stage, key};

/// A copy of curl plays the command.
fn stage() -> (Stage, String) {
    let stage = Stage::new();
    let command = stage.copy("/usr/bin/curl", "evergrant");
    let line = stage.curl_line(&command);
    (stage, line)
}

/// A shell script that runs the line and does not turn into it.
fn script(stage: &Stage, name: &str, line: &str) -> (Caller, Asking) {
    let script = stage.file(name, &format!("#!/bin/sh\n{line}\ntrue\n"));
    stage.seen(&mut Command::new(script))
}

#[test]
fn the_script_that_runs_it_is_who_asks() {
    let (stage, line) = stage();
    let (caller, _asking) = script(&stage, "sync", &line);
    assert!(caller.command);
    assert!(key(&caller).starts_with("command>script:/"), "{}", key(&caller));
    let program = &caller.program;
    assert_eq!(
        (program.origin, program.assurance),
        (Origin::Command, Assurance::Script)
    );
    assert_eq!(program.path, Some(stage.path("sync")));
    assert!(
        program.chain[0].name.starts_with("witness_command"),
        "{:?}",
        program.chain
    );
}

#[test]
fn two_that_run_it_are_two() {
    let (stage, line) = stage();
    let (one, _first) = script(&stage, "sync", &line);
    let (other, _second) = script(&stage, "backup", &line);
    assert_ne!(key(&one), key(&other));
    let (again, _third) = script(&stage, "sync", &line);
    assert_eq!(key(&one), key(&again));
}

#[test]
fn what_only_runs_it_for_another_is_passed_over() {
    let (stage, line) = stage();
    for around in [
        "sh -c '{}; true'",
        "bash -euc '{}; true'",
        "timeout 60 {}",
        "sh -c 'timeout 60 sh -c \"{}; true\"'",
    ] {
        let (caller, _asking) = script(&stage, "sync", &around.replace("{}", &line));
        assert!(
            key(&caller).contains('|') && key(&caller).contains("/sync#"),
            "{around}: {}",
            key(&caller)
        );
        assert_eq!(caller.program.path, Some(stage.path("sync")), "{around}");
    }
    let direct = stage.curl_line(Path::new("/usr/bin/curl"));
    let (caller, _asking) = script(&stage, "sync", &format!("timeout 60 {direct}"));
    assert_eq!(
        key(&caller),
        "exe:/usr/bin/curl",
        "another program asks for itself"
    );
}

#[test]
fn an_interactive_shell_is_a_program_of_its_own() {
    let (stage, line) = stage();
    let mut typed = Command::new("script");
    typed.args(["-qfc", "bash --norc --noprofile -i", "/dev/null"]);
    let asking = stage.start_typing(&mut typed, &format!("{line}\n"));
    let caller = stage.identify(&asking).expect("seen");
    assert_eq!(key(&caller), "command>exe:/usr/bin/bash");
    assert_eq!(caller.program.assurance, Assurance::System);
    let terminal = caller.program.terminal.as_deref().expect("a terminal");
    assert!(terminal.starts_with("pts/"), "{terminal}");
}

#[test]
fn commands_through_a_pipe_are_in_no_file() {
    let (stage, line) = stage();
    let asking = stage.start_typing(&mut Command::new("/usr/bin/bash"), &format!("{line}\ntrue\n"));
    let caller = stage.identify(&asking).expect("seen");
    assert_eq!(key(&caller), "command>hidden:bash");
}

#[test]
fn a_shell_of_ones_own_is_not_believed_to_run_it_for_another() {
    let (stage, line) = stage();
    let own = stage.copy("/usr/bin/dash", "sh");
    let (caller, _asking) = script(&stage, "sync", &format!("{} -c '{line}; true'", own.display()));
    assert_eq!(key(&caller), "command>hidden:sh");
}

#[test]
fn once_the_one_that_ran_it_is_gone_nobody_is_named() {
    let (stage, line) = stage();
    let asking = stage.start(Command::new("/bin/sh").args(["-c", &format!("(setsid {line} >&- &) ")]));
    let mut asking = asking;
    asking.child.wait().expect("ended");
    let caller = stage.identify(&asking).expect("seen");
    assert_eq!((key(&caller), caller.command), ("command>hidden:evergrant", true));
    assert!(!caller.program.can_be_remembered());
}

#[test]
fn a_copy_elsewhere_is_not_the_command() {
    let (stage, _) = stage();
    let copy = stage.copy("/usr/bin/curl", "evergrant-copy");
    let (caller, _asking) = stage.seen(&mut stage.curl(&copy));
    assert!(!caller.command);
    assert_eq!(caller.program.origin, Origin::Direct);
    let (system, _asking) = stage.seen(&mut stage.curl(Path::new("/usr/bin/curl")));
    assert!(!system.command);
}
