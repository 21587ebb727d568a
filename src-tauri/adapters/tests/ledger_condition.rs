//! The ledger as it is found on the disk: none, kept, damaged, newer, busy, full.

use std::{
    fs::{self, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use evergrant_adapters::ledger::{Condition, SqliteLedger};
use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::Ledger;
use rusqlite::Connection;
use tempfile::TempDir;

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("profile/ledger.sqlite3");
    (folder, ledger)
}

fn open(path: &Path) -> (SqliteLedger, Condition) {
    SqliteLedger::open(path).expect("opened")
}

fn refused(path: &Path) -> Fault {
    SqliteLedger::open(path).err().expect("refused")
}

/// A ledger with something in it, closed again.
async fn written(path: &Path) {
    let (ledger, _) = open(path);
    for number in 0..500 {
        let name = format!("setting {number}");
        ledger
            .set_setting(&name, &"value ".repeat(20))
            .await
            .expect("set");
    }
}

fn damage(path: &Path, at: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(path).expect("there");
    file.seek(SeekFrom::Start(at)).expect("sought");
    file.write_all(bytes).expect("damaged");
}

#[tokio::test]
async fn what_was_saved_is_there_after_a_restart() {
    let (_folder, path) = place();
    written(&path).await;
    let (ledger, condition) = open(&path);
    assert_eq!(condition, Condition::Kept);
    assert!(ledger.setting("setting 499").await.expect("asked").is_some());
}

#[tokio::test]
async fn a_call_that_returned_is_on_the_disk_even_if_the_program_ends_there() {
    let (folder, path) = place();
    let (ledger, _) = open(&path);
    ledger.set_setting("a", "durable").await.expect("set");
    // The files as they lie while the program runs: as after pulling the plug.
    let copy = folder.path().join("copy");
    fs::create_dir(&copy).expect("made");
    for entry in fs::read_dir(path.parent().expect("a folder")).expect("listed") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), copy.join(entry.file_name())).expect("copied");
    }
    let (found, condition) = open(&copy.join("ledger.sqlite3"));
    assert_eq!(condition, Condition::Kept);
    assert_eq!(
        found.setting("a").await.expect("asked").as_deref(),
        Some("durable")
    );
}

#[cfg(unix)]
#[tokio::test]
async fn all_its_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = place();
    let (ledger, _) = open(&path);
    ledger.set_setting("a", "b").await.expect("set");
    let folder = path.parent().expect("a folder");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700);
    let files: Vec<_> = fs::read_dir(folder).expect("listed").flatten().collect();
    assert!(files.len() >= 3, "the log lies beside it");
    for file in files {
        assert_eq!(mode(&file.path()), 0o600, "{}", file.path().display());
    }
}

/// Whole copies of what was there, under another name, and a new ledger that works.
async fn is_moved_aside(path: &Path) {
    let before = fs::read(path).expect("there");
    let (ledger, condition) = open(path);
    let Condition::MovedAside { to } = condition else {
        panic!("damage was not seen: {condition:?}");
    };
    assert!(fs::read(&to).expect("kept") == before, "moved aside as it was");
    let name = to.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(name.starts_with("ledger.sqlite3.damaged-"), "{name}");
    ledger.set_setting("new", "works").await.expect("set");
    drop(ledger);
    assert_eq!(open(path).1, Condition::Kept);
}

#[tokio::test]
async fn what_is_no_database_is_moved_aside() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(&path, "{\"this\": \"is something else\"}".repeat(200)).expect("written");
    is_moved_aside(&path).await;
}

#[tokio::test]
async fn damaged_pages_are_moved_aside() {
    let (_folder, path) = place();
    written(&path).await;
    let length = fs::metadata(&path).expect("there").len();
    assert!(length > 5 * 4096, "long enough to be damaged in the middle");
    damage(&path, 3 * 4096, &[0xAA; 8192]);
    is_moved_aside(&path).await;
}

#[tokio::test]
async fn a_ledger_cut_short_is_moved_aside() {
    let (_folder, path) = place();
    written(&path).await;
    let file = OpenOptions::new().write(true).open(&path).expect("there");
    file.set_len(5_000).expect("cut");
    is_moved_aside(&path).await;
}

#[tokio::test]
async fn a_database_of_another_program_is_moved_aside() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let other = Connection::open(&path).expect("made");
    other
        .execute_batch("CREATE TABLE accounts (mine TEXT)")
        .expect("made");
    drop(other);
    is_moved_aside(&path).await;
}

#[tokio::test]
async fn two_damaged_ledgers_in_one_second_are_both_kept() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let mut names = Vec::new();
    for words in ["first ", "second "] {
        fs::write(&path, words.repeat(400)).expect("written");
        let Condition::MovedAside { to } = open(&path).1 else {
            panic!("damage was not seen");
        };
        names.push((to, words));
    }
    for (name, words) in names {
        assert_eq!(fs::read(name).expect("kept"), words.repeat(400).as_bytes());
    }
}

#[tokio::test]
async fn a_newer_ledger_is_refused_and_left_as_it_is() {
    let (_folder, path) = place();
    written(&path).await;
    let newer = Connection::open(&path).expect("opened");
    newer.pragma_update(None, "user_version", 99).expect("set");
    drop(newer);
    let before = fs::read(&path).expect("there");
    assert_eq!(refused(&path).code, Code::LedgerTooNew);
    assert!(fs::read(&path).expect("there") == before, "untouched");
}

#[tokio::test]
async fn many_programs_at_once_make_one_ledger() {
    for begin_with_damage in [false, true] {
        let (_folder, path) = place();
        let folder = path.parent().expect("a folder").to_owned();
        if begin_with_damage {
            fs::create_dir_all(&folder).expect("made");
            fs::write(&path, "damage".repeat(1_000)).expect("written");
        }
        let all: Vec<_> = (0..6)
            .map(|_| {
                let path = path.clone();
                thread::spawn(move || open(&path).1)
            })
            .collect();
        let conditions: Vec<_> = all.into_iter().map(|one| one.join().expect("opened")).collect();
        let began = conditions.iter().filter(|one| **one != Condition::Kept).count();
        assert_eq!(began, 1, "one began it: {conditions:?}");
        let names = fs::read_dir(&folder).expect("listed").flatten();
        let aside = names.filter(|name| name.file_name().to_string_lossy().contains("damaged"));
        assert_eq!(aside.count(), usize::from(begin_with_damage));
    }
}

#[tokio::test]
async fn a_ledger_that_another_program_holds_is_a_bounded_fault() {
    let (_folder, path) = place();
    written(&path).await;
    let (ledger, _) = open(&path);
    let other = Connection::open(&path).expect("opened");
    other.execute_batch("BEGIN IMMEDIATE").expect("held");
    let asked = Instant::now();
    let fault = ledger.set_setting("a", "b").await.expect_err("held by the other");
    assert_eq!(fault.code, Code::LedgerFailed);
    assert!(asked.elapsed() < Duration::from_secs(15), "bounded");
    other.execute_batch("ROLLBACK").expect("let go");
    ledger.set_setting("a", "b").await.expect("goes on by itself");
}

/// A small file system of its own, which only root can make.
#[cfg(target_os = "linux")]
struct SmallDisk(TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=512k", "tmpfs"])
            .arg(folder.path());
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then(|| Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

/// The same as the page limit in the ledger's own tests, on a disk that is really full. Where a
/// disk cannot be made (not root), those tests stand for it.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_disk_that_is_really_full_is_said_and_nothing_is_lost() {
    let Some(disk) = SmallDisk::mount() else {
        println!("no small disk can be mounted here; the page limit was tested instead");
        return;
    };
    let path = disk.0.path().join("profile/ledger.sqlite3");
    let (ledger, _) = open(&path);
    ledger.set_setting("kept", "before").await.expect("set");
    let filler = disk.0.path().join("filler");
    let mut file = fs::File::create(&filler).expect("made");
    while file.write_all(&[0; 4096]).is_ok() {}
    let long = "long ".repeat(20_000);
    let fault = ledger.set_setting("kept", &long).await.expect_err("full");
    assert_eq!(fault.code, Code::DiskFull, "{fault:?}");
    let kept = ledger.setting("kept").await.expect("asked");
    assert_eq!(kept.as_deref(), Some("before"));
    let anew = disk.0.path().join("another/ledger.sqlite3");
    assert_eq!(
        refused(&anew).code,
        Code::DiskFull,
        "a new one cannot be begun either"
    );

    drop(file);
    fs::remove_file(&filler).expect("room again");
    ledger
        .set_setting("kept", "after")
        .await
        .expect("goes on without a restart");
}
