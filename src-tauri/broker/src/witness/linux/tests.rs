//! Processes that are only folders: what no real process can be made to show everywhere.

use std::{fs, os::unix::fs::symlink, path::PathBuf};

use rustix::process::{Pid, PidfdFlags, getpid, pidfd_open};
use tempfile::TempDir;

use super::*;
use crate::program::{Assurance, Origin};

const OWN: u32 = 1000;

/// A `/proc` of our own making. The executable of each process is a copy in it.
struct Played {
    folder: TempDir,
}

impl Played {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let played = Self { folder };
        played.process(OWN, 1, 5, "broker");
        played
    }

    fn at(&self, pid: u32) -> PathBuf {
        self.folder.path().join(pid.to_string())
    }

    fn process(&self, pid: u32, parent: u32, start: u64, name: &str) {
        let at = self.at(pid);
        fs::create_dir_all(at.join("ns")).expect("made");
        fs::create_dir_all(at.join("root")).expect("made");
        for (namespace, number) in [("user", 1), ("pid", 2), ("mnt", 3)] {
            self.enter(pid, namespace, number);
        }
        let executable = self.folder.path().join(name);
        fs::write(&executable, name).expect("written");
        let _ = fs::remove_file(at.join("exe"));
        symlink(executable, at.join("exe")).expect("linked");
        // Its own view of the disk is ours.
        self.write(pid, "stat", &stat_line(pid, parent, start, name));
        self.write(pid, "cmdline", &format!("{name}\0"));
        self.write(pid, "cgroup", "0::/app.slice/app-x.scope\n");
        self.write(pid, "maps", "55d0-55d1 r--p\n");
    }

    fn write(&self, pid: u32, name: &str, text: &str) {
        let path = self.at(pid).join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn enter(&self, pid: u32, namespace: &str, number: u32) {
        let link = self.at(pid).join("ns").join(namespace);
        let _ = fs::remove_file(&link);
        symlink(format!("{namespace}:[{number}]"), link).expect("linked");
    }

    fn commands(&self, commands: &[&str]) -> SystemWitness {
        let commands = commands
            .iter()
            .map(|name| self.folder.path().join(name))
            .collect();
        SystemWitness::over(self.folder.path().to_owned(), OWN, commands)
    }

    fn identify(&self, pid: u32) -> Result<Caller, Unseen> {
        self.commands(&[]).identify(peer(pid))
    }
}

fn stat_line(pid: u32, parent: u32, start: u64, name: &str) -> String {
    format!("{pid} ({name}) S {parent} 1 1 34819 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 {start} 0 0\n")
}

/// A living process, whatever its number is there.
fn peer(pid: u32) -> Peer {
    Peer {
        uid: rustix::process::geteuid().as_raw(),
        pid,
        pidfd: Some(pidfd_open(getpid(), PidfdFlags::empty()).expect("a pidfd")),
    }
}

fn key(caller: &Caller) -> &str {
    caller.program.key.as_str()
}

#[test]
fn a_plain_process_is_named_with_where_it_runs() {
    let played = Played::new();
    played.process(20, 10, 7, "tool");
    played.process(10, 2, 6, "desk");
    played.process(2, 1, 5, "systemd");
    let caller = played.identify(20).expect("seen");
    let program = &caller.program;
    assert_eq!(program.assurance, Assurance::Personal);
    assert!(key(&caller).contains("/tool#"), "{}", key(&caller));
    assert_eq!(program.unit.as_deref(), Some("app-x.scope"));
    assert_eq!(program.terminal.as_deref(), Some("pts/3"));
    let chain: Vec<&str> = program.chain.iter().map(|above| above.name.as_str()).collect();
    assert_eq!(chain, ["desk"], "up to the session, which did not start it");
    assert_eq!(program.package, None);
}

#[test]
fn a_flatpak_is_its_id() {
    let played = Played::new();
    played.process(20, 1, 7, "evolution");
    played.write(
        20,
        "root/.flatpak-info",
        "[Application]\nname=org.gnome.Evolution\n",
    );
    assert!(
        !key(&played.identify(20).expect("seen")).starts_with("flatpak:"),
        "it lives in our own world"
    );
    for (namespace, number) in [("mnt", 30), ("user", 10), ("pid", 20)] {
        played.enter(20, namespace, number);
        let caller = played.identify(20).expect("seen");
        assert_eq!(key(&caller), "flatpak:org.gnome.Evolution");
        assert_eq!(caller.program.assurance, Assurance::Sandboxed);
        assert_eq!(caller.program.name, "org.gnome.Evolution");
    }
}

#[test]
fn a_sandbox_that_says_nothing_or_nonsense_gets_nothing() {
    let played = Played::new();
    for namespace in ["user", "pid"] {
        played.process(20, 1, 7, "tool");
        played.enter(20, namespace, 99);
        assert_eq!(
            played.identify(20).err(),
            Some(Unseen::UnknownSandbox),
            "{namespace}"
        );
    }
    for text in [
        "",
        "[Application]\n",
        "[Runtime]\nname=org.gnome.Platform\n",
        "[Application]\nname=../x\n",
    ] {
        played.write(20, "root/.flatpak-info", text);
        assert_eq!(played.identify(20).err(), Some(Unseen::UnknownSandbox), "{text}");
    }
    fs::remove_file(played.at(20).join("root/.flatpak-info")).expect("removed");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        played.at(20).join("root/.flatpak-info"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .expect("a pipe");
    assert_eq!(
        played.identify(20).err(),
        Some(Unseen::UnknownSandbox),
        "a pipe is not waited for"
    );
}

#[test]
fn mounts_of_its_own_alone_are_no_sandbox() {
    let played = Played::new();
    played.process(20, 1, 7, "tool");
    played.enter(20, "mnt", 99);
    assert_eq!(
        played.identify(20).expect("seen").program.assurance,
        Assurance::Personal
    );
}

#[test]
fn a_snap_is_its_label_and_a_scope_alone_is_not_believed() {
    let played = Played::new();
    played.process(20, 1, 7, "tool");
    played.write(
        20,
        "cgroup",
        "0::/app.slice/snap.thunderbird.thunderbird-1.scope\n",
    );
    assert!(key(&played.identify(20).expect("seen")).starts_with("exe:"));
    played.enter(20, "user", 99);
    assert_eq!(played.identify(20).err(), Some(Unseen::UnknownSandbox));
    played.write(20, "attr/current", "snap.thunderbird.thunderbird (enforce)\n");
    let caller = played.identify(20).expect("seen");
    assert_eq!(key(&caller), "snap:thunderbird");
    assert_eq!(caller.program.assurance, Assurance::Sandboxed);
}

#[test]
fn a_number_that_became_anothers_is_not_believed() {
    let played = Played::new();
    played.process(20, 1, 7, "tool");
    let caller = played.identify(20).expect("seen");
    assert!(caller.still_itself());
    fs::remove_dir_all(played.at(20)).expect("it died");
    assert!(!caller.still_itself());
    assert_eq!(played.identify(20).err(), Some(Unseen::Gone));
    played.process(20, 1, 90, "other");
    assert!(!caller.still_itself());

    let mut uncertain = peer(20);
    uncertain.pidfd = None;
    let other = played.commands(&[]).identify(uncertain).expect("seen");
    assert_eq!(
        key(&other),
        "hidden:other",
        "without a pidfd the number is only a hint"
    );
    assert!(!other.program.can_be_remembered());
}

#[test]
fn a_remembered_number_is_told_from_the_same_number_later() {
    let played = Played::new();
    let witness = played.commands(&[]);
    played.process(20, 1, 7, "tool");
    let first = witness.identify(peer(20)).expect("seen");
    let again = witness.identify(peer(20)).expect("seen");
    assert!(Arc::ptr_eq(&first.program, &again.program), "seen before");
    played.process(20, 1, 8, "tool");
    let later = witness.identify(peer(20)).expect("seen");
    assert!(!Arc::ptr_eq(&first.program, &later.program), "started later");
    played.write(20, "cmdline", "tool\0--other\0");
    let other = witness.identify(peer(20)).expect("seen");
    assert!(!Arc::ptr_eq(&later.program, &other.program), "other arguments");
}

#[test]
fn a_parent_that_is_younger_than_its_child_did_not_start_it() {
    let played = Played::new();
    played.process(30, 20, 7, "evergrant");
    played.process(20, 1, 6, "tool");
    let witness = played.commands(&["evergrant"]);
    let caller = witness.identify(peer(30)).expect("seen");
    assert!(
        caller.command && key(&caller).starts_with("command>exe:"),
        "{}",
        key(&caller)
    );
    assert_eq!(caller.program.origin, Origin::Command);
    played.process(20, 1, 8, "tool");
    let orphan = witness.identify(peer(30)).expect("seen");
    assert!(orphan.command);
    assert_eq!(key(&orphan), "command>hidden:evergrant");
    assert!(orphan.program.chain.is_empty());
}

#[test]
fn who_takes_orphans_in_did_not_run_the_command() {
    let played = Played::new();
    let witness = played.commands(&["evergrant"]);
    played.process(20, 1, 6, "systemd");
    for (parent, pid) in [(0, 30), (1, 31), (20, 32), (77, 33)] {
        played.process(pid, parent, 7, "evergrant");
        let caller = witness.identify(peer(pid)).expect("seen");
        assert_eq!(key(&caller), "command>hidden:evergrant", "parent {parent}");
        assert!(!caller.program.can_be_remembered());
    }
}

#[test]
fn the_command_in_the_hands_of_an_unknown_sandbox_gets_nothing() {
    let played = Played::new();
    played.process(30, 20, 7, "evergrant");
    played.process(20, 1, 6, "tool");
    played.enter(20, "user", 99);
    let seen = played.commands(&["evergrant"]).identify(peer(30));
    assert_eq!(seen.err(), Some(Unseen::UnknownSandbox));
}

#[test]
fn a_chain_that_bites_its_tail_has_an_end() {
    let played = Played::new();
    played.process(20, 21, 7, "evergrant");
    played.process(21, 20, 7, "evergrant");
    let caller = played.commands(&["evergrant"]).identify(peer(20)).expect("seen");
    assert_eq!(key(&caller), "command>hidden:evergrant");
    assert_eq!(caller.program.chain.len(), chain::LONGEST);
}

#[test]
fn a_process_that_cannot_be_read_hides_what_it_is() {
    let played = Played::new();
    played.process(20, 1, 7, "tool");
    fs::remove_file(played.at(20).join("exe")).expect("removed");
    fs::remove_file(played.at(20).join("maps")).expect("removed");
    let caller = played.identify(20).expect("seen");
    assert_eq!(key(&caller), "hidden:tool");
    assert!(caller.still_itself());
    symlink("/usr/bin/env", played.at(20).join("exe")).expect("linked");
    assert!(!caller.still_itself(), "it runs another program now");
}

#[test]
fn mangled_texts_are_never_a_panic() {
    let played = Played::new();
    let pieces = [
        "",
        " ",
        "\0",
        "\n",
        "(",
        ")",
        "((",
        "))",
        "a) S",
        "\u{202e}",
        "-",
        "--",
        "-c",
        "\\x",
        "0::/",
        "/",
        ".scope",
        "snap.",
        "[Application]",
        "name=",
        "99999999999999999999",
        "-1",
        "S",
        "Z",
        "sh",
        "é",
        "%",
        "_",
    ];
    // A row of numbers that is the same each time.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("small")
    };
    let names = ["stat", "cmdline", "cgroup", "attr/current", "root/.flatpak-info"];
    for round in 0..400 {
        played.process(20, 10, 7, ["tool", "sh", "python3", "busybox"][round % 4]);
        played.enter(20, "user", u32::try_from(round % 3).expect("small"));
        for name in names {
            let mut text = fs::read(played.at(20).join(name)).unwrap_or_default();
            for _ in 0..next(4) {
                let at = next(text.len() + 1);
                let to = (at + next(6)).min(text.len());
                text.splice(at..to, pieces[next(pieces.len())].bytes());
            }
            fs::write(played.at(20).join(name), text)
                .or_else(|_| {
                    fs::create_dir_all(played.at(20).join("attr"))?;
                    fs::write(played.at(20).join(name), "")
                })
                .expect("written");
        }
        if let Ok(caller) = played.identify(20) {
            assert!(!key(&caller).is_empty());
            assert!(!caller.program.name.contains(char::is_control));
        }
    }
}

#[test]
fn a_dead_process_is_gone_whatever_its_number_shows() {
    let mut child = std::process::Command::new("true").spawn().expect("started");
    let pid = Pid::from_child(&child);
    let pidfd = pidfd_open(pid, PidfdFlags::empty()).expect("a pidfd");
    child.wait().expect("ended");
    let played = Played::new();
    played.process(20, 1, 7, "tool");
    let reused = Peer {
        pidfd: Some(pidfd),
        ..peer(20)
    };
    assert_eq!(played.commands(&[]).identify(reused).err(), Some(Unseen::Gone));
}

#[test]
fn strangers_and_unseen_numbers_are_turned_away() {
    let played = Played::new();
    let stranger = Peer {
        uid: rustix::process::geteuid().as_raw() + 1,
        ..peer(OWN)
    };
    assert_eq!(
        played.commands(&[]).identify(stranger).err(),
        Some(Unseen::Stranger)
    );
    assert_eq!(played.identify(0).err(), Some(Unseen::UnknownSandbox));
    assert_eq!(played.identify(4_000_000).err(), Some(Unseen::Gone));
}
