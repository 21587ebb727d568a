//! A caller is only believed as long as it lives and stays the program it was.
#![cfg(target_os = "linux")]

mod stage;

use std::{
    io::{Read, Write},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use evergrant_broker::witness::{Peer, Unseen, Witness};
use stage::{Asking, PATIENCE, PYTHON, Stage, eventually};

/// Connects, and becomes another program when it is told to.
const TURNS: &str = "import os, socket, sys\n\
    s = socket.socket(socket.AF_UNIX)\n\
    s.connect(sys.argv[1])\n\
    s.set_inheritable(True)\n\
    s.recv(1)\n\
    os.execv(sys.argv[2], sys.argv[2:])\n";

fn turn(asking: &mut Asking) {
    asking.socket.set_nonblocking(false).expect("set");
    asking.socket.write_all(b"1").expect("told");
}

#[test]
fn a_caller_that_becomes_another_program_is_itself_no_more() {
    let stage = Stage::new();
    let script = stage.file("turns", TURNS);
    let mut becomes = Command::new("/usr/bin/python3");
    becomes
        .arg(script)
        .arg(stage.path("socket"))
        .args(["/bin/sleep", "60"]);
    let (caller, mut asking) = stage.seen(&mut becomes);
    for _ in 0..3 {
        assert!(caller.still_itself());
    }
    turn(&mut asking);
    eventually("it is another program", || (!caller.still_itself()).then_some(()));
    assert!(
        asking.child.try_wait().expect("asked").is_none(),
        "it lives, as another"
    );
}

#[test]
fn a_caller_that_runs_another_script_with_the_same_interpreter_is_itself_no_more() {
    let stage = Stage::new();
    let script = stage.file("turns", TURNS);
    let other = stage.file("other", "import time\ntime.sleep(60)\n");
    let python = std::fs::canonicalize("/usr/bin/python3").expect("installed");
    let mut becomes = Command::new(&python);
    becomes
        .arg(script)
        .arg(stage.path("socket"))
        .arg(&python)
        .arg(other);
    let (caller, mut asking) = stage.seen(&mut becomes);
    assert!(caller.still_itself());
    turn(&mut asking);
    eventually("it runs another script", || {
        (!caller.still_itself()).then_some(())
    });
    assert!(
        asking.child.try_wait().expect("asked").is_none(),
        "it lives, as another"
    );
}

#[test]
fn a_caller_that_died_before_it_was_looked_at_is_gone() {
    let stage = Stage::new();
    let script = stage.file(
        "leaves",
        "import socket, sys\nsocket.socket(socket.AF_UNIX).connect(sys.argv[1])\n",
    );
    let mut asking = stage.start(
        Command::new("/usr/bin/python3")
            .arg(script)
            .arg(stage.path("socket")),
    );
    asking.child.wait().expect("ended");
    assert_eq!(stage.identify(&asking).err(), Some(Unseen::Gone));
}

#[test]
fn a_number_that_went_to_another_process_is_not_believed() {
    let stage = Stage::new();
    let script = stage.file("asks", PYTHON);
    let mut asking = stage.start(
        Command::new("/usr/bin/python3")
            .arg(script)
            .arg(stage.path("socket")),
    );
    let dead = asking.peer();
    asking.child.kill().expect("killed");
    asking.child.wait().expect("ended");
    let reused = Peer {
        pid: std::process::id(),
        ..dead
    };
    assert_eq!(stage.witness.identify(reused).err(), Some(Unseen::Gone));
}

#[test]
fn a_dead_one_that_nobody_noticed_is_gone_too() {
    let stage = Stage::new();
    let script = stage.file("asks", PYTHON);
    let (caller, mut asking) = stage.seen(
        Command::new("/usr/bin/python3")
            .arg(script)
            .arg(stage.path("socket")),
    );
    let peer = asking.peer();
    asking.child.kill().expect("killed");
    // Nobody waits for it: it stays in the list of processes.
    asking.socket.set_nonblocking(false).expect("set");
    let _ = asking.socket.read(&mut [0]);
    eventually("it is dead", || (!caller.still_itself()).then_some(()));
    assert_eq!(stage.witness.identify(peer).err(), Some(Unseen::Gone));
}

#[tokio::test]
async fn all_that_wait_for_its_end_hear_of_it() {
    let stage = Stage::new();
    let (caller, mut asking) = stage.seen(&mut stage.curl(Path::new("/usr/bin/curl")));
    let early = tokio::time::timeout(Duration::from_millis(50), caller.ended()).await;
    assert!(early.is_err(), "it lives");
    let both = async { tokio::join!(caller.ended(), caller.ended()) };
    let killed = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        asking.child.kill().expect("killed");
    };
    tokio::time::timeout(PATIENCE, async { tokio::join!(both, killed) })
        .await
        .expect("heard in time");
    caller.ended().await;
}

/// Prints what it costs; run with `--ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn what_it_costs() {
    const TIMES: u32 = 20_000;
    let each = |what: &str, work: &mut dyn FnMut()| {
        work();
        let from = Instant::now();
        (0..TIMES).for_each(|_| work());
        println!(
            "{what}: {:.2} µs",
            from.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
        );
    };
    let stage = Stage::new();
    let evergrant = stage.copy("/usr/bin/curl", "evergrant");
    let (caller, direct) = stage.seen(&mut stage.curl(Path::new("/usr/bin/curl")));
    each("the peer's credentials", &mut || drop(direct.peer()));
    each("a program seen before, credentials included", &mut || {
        stage.identify(&direct).expect("seen");
    });
    each("still itself", &mut || assert!(caller.still_itself()));
    let line = format!("{} & wait", stage.curl_line(&evergrant));
    let script = stage.file("sync", &format!("#!/bin/sh\nsh -c '{line}'\n"));
    let (_, command) = stage.seen(&mut Command::new(script));
    each("the command, from a script through sh -c", &mut || {
        stage.identify(&command).expect("seen");
    });
}
