//! The encrypted file when its writer is killed, and when the disk is full. Each is played by this test program
//! once more, as another process.
#![cfg(unix)]

use std::env;
use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use evergrant_adapters::key_file;
use evergrant_adapters::vault_file::{FileVault, Opener};
use evergrant_domain::{Code, secret::VaultText};
use evergrant_engine::ports::{Vault, VaultKey};

/// Where the other process finds the file.
const PLACE: &str = "EVERGRANT_TEST_PLACE";
const KILLS: u32 = 40;

fn vault(folder: &Path) -> FileVault {
    FileVault::new(folder.join("vault.sealed"), Opener::KeyFile(folder.join("key")))
}

fn own(folder: &Path) -> PathBuf {
    let own = folder.join("own");
    DirBuilder::new().mode(0o700).create(&own).expect("made");
    own
}

fn item(name: char) -> VaultKey {
    let id: String = std::iter::repeat_n(name, 32).collect();
    VaultKey::parse(&format!("account:{id}")).expect("a key")
}

/// Long, so that a write takes a while; all of one number, so that a mixture shows.
fn numbered(number: u64) -> VaultText {
    VaultText::new(format!("{number}\n").repeat(20_000))
}

fn number_of(text: &VaultText) -> u64 {
    let mut lines = text.expose().lines();
    let first = lines.next().expect("a line");
    assert!(lines.all(|line| line == first), "a mixture of two writes");
    first.parse().expect("a number")
}

/// This program, as the test of this name alone.
fn once_more(test: &str, place: &Path) -> Command {
    let mut command = Command::new(env::current_exe().expect("a path"));
    command
        .args(["--ignored", "--exact", test, "--nocapture"])
        .env(PLACE, place)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn place() -> PathBuf {
    env::var_os(PLACE).expect("started by another test").into()
}

#[tokio::test]
#[ignore = "a writer to be killed, started by the test below"]
async fn writer() {
    let vault = vault(&place());
    let last = vault.read(&item('b')).await.expect("a beginning");
    for number in number_of(&last) + 1.. {
        for name in ['a', 'b'] {
            vault
                .write(&item(name), "", &numbered(number))
                .await
                .expect("written");
        }
    }
}

#[tokio::test]
async fn killed_at_any_moment_the_file_is_old_or_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = own(folder.path());
    key_file::make(&folder.join("key")).expect("made");
    for name in ['a', 'b'] {
        let begun = vault(&folder).write(&item(name), "", &numbered(0)).await;
        begun.expect("written");
    }
    let mut last = 0;
    for kill in 0..KILLS {
        let mut writer = once_more("writer", &folder).spawn().expect("started");
        await_change(&folder);
        thread::sleep(Duration::from_micros(u64::from(kill) * 997 % 40_000));
        writer.kill().expect("killed");
        writer.wait().expect("ended");
        let vault = vault(&folder);
        let first = number_of(&vault.read(&item('a')).await.expect("whole"));
        let second = number_of(&vault.read(&item('b')).await.expect("whole"));
        assert!(first >= last, "what was written is not lost");
        assert!(first == second || first == second + 1, "{first} and {second}");
        last = first;
    }
    assert!(last > 0, "it was killed while it wrote");
    let left = std::fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(left, 3, "the file, its lock and the key: no draft stays");
}

/// Until another file has the name, so that the writer is at work; a slow computer has its time.
fn await_change(folder: &Path) {
    let now = || {
        std::fs::metadata(folder.join("vault.sealed"))
            .expect("the file")
            .ino()
    };
    let (before, until) = (now(), Instant::now() + Duration::from_secs(20));
    while now() == before && Instant::now() < until {
        thread::sleep(Duration::from_millis(1));
    }
}

#[tokio::test]
#[ignore = "on a disk of its own, started by the test below"]
async fn on_a_full_disk() {
    let vault = vault(&place());
    vault
        .write(&item('a'), "", &VaultText::new("1//kept"))
        .await
        .expect("there is room");
    let before = std::fs::read(place().join("vault.sealed")).expect("the file");
    let fault = vault
        .write(&item('b'), "", &VaultText::new("long".repeat(50_000)))
        .await
        .expect_err("no room");
    assert_eq!(fault.code, Code::DiskFull);
    let after = std::fs::read(place().join("vault.sealed")).expect("the file");
    assert!(before == after, "what stood there stays");
    assert!(!place().join("vault.sealed.new").exists(), "and takes no room");
    vault
        .write(&item('b'), "", &VaultText::new("1//small"))
        .await
        .expect("goes on");
}

/// A disk of 64 KiB, in a namespace of its own, where this system lets us have one.
#[test]
fn a_full_disk_is_said_and_what_stood_before_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    key_file::make(&folder.path().join("key")).expect("made");
    let script = r#"cp "$1/key" "$1/key.kept" && mkdir "$1/disk" && mount -t tmpfs -o size=64k,mode=700 none "$1/disk" \
        && cp "$1/key.kept" "$1/disk/key" && chmod 600 "$1/disk/key" || exit 99
        shift; exec "$@""#;
    let test = once_more("on_a_full_disk", &folder.path().join("disk"));
    let ended = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", script, "sh"])
        .arg(folder.path())
        .arg(test.get_program())
        .args(test.get_args())
        .env(PLACE, folder.path().join("disk"))
        .output();
    match ended {
        Ok(output) if output.status.success() => {}
        Ok(output) if output.status.code() == Some(101) => {
            panic!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
        }
        other => {
            println!("skipped: no disk of its own can be had here: {other:?}");
        }
    }
}

/// What a derivation costs, so that nobody makes each write pay it.
#[tokio::test]
async fn the_passphrase_is_derived_once_and_not_for_each_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let opener = Opener::Passphrase(evergrant_domain::secret::Passphrase::new("correct horse"));
    let vault = FileVault::new(folder.path().join("own").join("vault.sealed"), opener);
    let begun = Instant::now();
    vault
        .write(&item('a'), "", &VaultText::new("1//first"))
        .await
        .expect("written");
    let first = begun.elapsed();
    let begun = Instant::now();
    for _ in 0..20 {
        vault
            .write(&item('a'), "", &VaultText::new("1//second"))
            .await
            .expect("written");
        vault.read(&item('a')).await.expect("read");
    }
    let next = begun.elapsed() / 20;
    println!("the first write took {first:?}, each of the next with a read {next:?}");
    assert!(next * 4 < first, "{first:?}, then {next:?} each");
}
