//! Sockets of other people. Only root can play somebody else: for others these say so and pass.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::Duration;
use std::{env, thread};

use tempfile::TempDir;

use super::super::{Client, Unreachable};

const NOBODY: u32 = 65534;
const SOCKET: &str = "EVERGRANT_TEST_STRANGER";

fn cannot_play() -> bool {
    let skipped = !rustix::process::geteuid().is_root();
    if skipped {
        eprintln!("skipped: only root can be somebody else");
    }
    skipped
}

#[test]
fn a_folder_of_somebody_else_is_not_entered() {
    if cannot_play() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let socket = folder.path().join("broker.sock");
    let _listener = UnixListener::bind(&socket).expect("a socket");
    assert!(Client::connect_to(&socket).is_ok(), "one's own is entered");
    chown(folder.path(), Some(NOBODY), None).expect("given away");
    assert_eq!(Client::connect_to(&socket).err(), Some(Unreachable::Stranger));
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_that_somebody_else_runs_is_not_asked() {
    if cannot_play() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("open to all");
    let socket = folder.path().join("broker.sock");
    // A copy where somebody else may run it: what was built can lie in a folder closed to others.
    let player = folder.path().join("stranger");
    fs::copy(env::current_exe().expect("this test"), &player).expect("a copy");
    fs::set_permissions(&player, Permissions::from_mode(0o755)).expect("open to all");
    let mut stranger = Command::new(&player)
        .args([
            "--ignored",
            "--exact",
            "client::tests::strangers::plays_the_stranger",
        ])
        .env(SOCKET, &socket)
        .uid(NOBODY)
        .spawn()
        .expect("somebody else starts");
    let told = (0..200).map(|_| {
        thread::sleep(Duration::from_millis(50));
        Client::connect_to(&socket).err()
    });
    let told = told
        .into_iter()
        .find(|told| *told != Some(Unreachable::NotRunning));
    stranger.kill().expect("it ends");
    stranger.wait().expect("it ended");
    assert_eq!(told, Some(Some(Unreachable::Stranger)));
}

#[test]
#[ignore = "the other side of the test above, run by it as somebody else"]
fn plays_the_stranger() {
    let Some(socket) = env::var_os(SOCKET) else { return };
    let _listener = UnixListener::bind(socket).expect("a socket");
    thread::sleep(Duration::from_secs(60));
}
