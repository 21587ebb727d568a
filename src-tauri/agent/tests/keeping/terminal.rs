//! A person at a terminal types the passphrase; nothing of it is shown.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::home::Home;

const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the agent on a terminal of its own. Each answer is typed once its question is shown.
fn at_terminal(home: &Home, words: &[&str], dialogue: &[(&str, &str)]) -> (i32, String) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).expect("ours");
    unlockpt(&ours).expect("unlocked");
    let name = ptsname(&ours, Vec::new()).expect("a name");
    let theirs = OpenOptions::new()
        .read(true)
        .write(true)
        .open(name.to_str().expect("UTF-8"))
        .expect("the other end");
    let another = || theirs.try_clone().expect("one more handle");
    // In a session of its own, whose terminal this is.
    let mut setsid = Command::new("setsid");
    setsid.args(["--ctty", "--wait", env!("CARGO_BIN_EXE_evergrant-agent")]);
    let mut child = home
        .dressed(setsid, words)
        .stdin(another())
        .stdout(another())
        .stderr(another())
        .spawn()
        .expect("it starts");
    drop(theirs);
    let mut ours = File::from(ours);
    let mut reading = ours.try_clone().expect("one more handle");
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut some = [0; 1024];
        // The end of a terminal is told as an error.
        while let Ok(count @ 1..) = reading.read(&mut some) {
            let _ = tell.send(some[..count].to_vec());
        }
    });
    let mut shown = Vec::new();
    let mut seen = 0;
    for (question, answer) in dialogue {
        let asked = |shown: &[u8]| String::from_utf8_lossy(shown).contains(question);
        while !asked(&shown[seen..]) {
            shown.extend(
                told.recv_timeout(PATIENCE)
                    .unwrap_or_else(|_| panic!("no “{question}” in {}", String::from_utf8_lossy(&shown))),
            );
        }
        seen = shown.len();
        ours.write_all(format!("{answer}\n").as_bytes()).expect("typed");
    }
    let exit = child.wait().expect("it ends").code().expect("no signal");
    while let Ok(more) = told.recv_timeout(Duration::from_millis(300)) {
        shown.extend(more);
    }
    (exit, String::from_utf8(shown).expect("UTF-8"))
}

#[tokio::test]
async fn the_passphrase_of_a_backup_is_asked_twice_and_never_shown() {
    let home = Home::with_key_file();
    home.connect(&home.vault(), "anna", "1//secret").await;
    let (choose, again) = ("Choose a passphrase for the backup:", "The same once more:");
    let (exit, shown) = at_terminal(
        &home,
        &["export", "backup.age"],
        &[
            (choose, "short"),
            (choose, "correct horse"),
            (again, "correct house"),
            (choose, "correct horse"),
            (again, "correct horse"),
        ],
    );
    assert_eq!(exit, 0, "{shown}");
    for said in [
        "That is too short.",
        "The two were not the same.",
        "The backup is in backup.age.",
    ] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    assert!(!shown.contains("horse"), "{shown}");

    let known = "Passphrase of the backup:";
    let words = ["import", "backup.age"];
    let (exit, shown) = at_terminal(&home, &words, &[(known, "wrong one"), (known, "correct horse")]);
    assert_eq!(exit, 0, "{shown}");
    assert!(shown.contains("That does not open it. Try again."), "{shown}");
    let thrice = [(known, "one"), (known, "two"), (known, "three")];
    let (exit, shown) = at_terminal(&home, &words, &thrice);
    assert_eq!(exit, 5, "{shown}");
}
