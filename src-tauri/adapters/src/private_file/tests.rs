use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

const SHORT: Duration = Duration::from_millis(50);

fn stage() -> (tempfile::TempDir, PrivateFile) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = PrivateFile::new(folder.path().join("own").join("secret"));
    (folder, file)
}

fn put_there(file: &PrivateFile, bytes: &[u8]) {
    let lock = file.lock(SHORT).expect("free");
    file.replace(&lock, bytes, || Ok::<(), Trouble>(()))
        .expect("written");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("stands").permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
}

#[test]
fn it_is_made_for_its_owner_alone() {
    let (_folder, file) = stage();
    assert_eq!(file.read(), Ok(None));
    put_there(&file, b"one");
    put_there(&file, b"two");
    assert_eq!(file.read().expect("read").expect("there").as_slice(), b"two");
    assert_eq!(mode(&file.path), 0o600);
    assert_eq!(mode(file.path.parent().expect("a folder")), 0o700);
}

#[test]
fn what_others_can_open_is_not_read_and_not_written() {
    for open in [0o640, 0o604, 0o620] {
        let (_folder, file) = stage();
        put_there(&file, b"one");
        set_mode(&file.path, open);
        assert_eq!(file.read(), Err(Trouble::OpenToOthers { mode: open }));
    }
    let (_folder, file) = stage();
    put_there(&file, b"one");
    set_mode(file.path.parent().expect("a folder"), 0o750);
    assert_eq!(file.read(), Err(Trouble::OpenToOthers { mode: 0o750 }));
    let locked = file.lock(SHORT).map(drop);
    assert_eq!(locked, Err(Trouble::OpenToOthers { mode: 0o750 }));
}

#[test]
fn a_file_of_somebody_else_is_refused() {
    let (_folder, file) = stage();
    put_there(&file, b"one");
    if std::os::unix::fs::chown(&file.path, Some(12_345), None).is_err() {
        tracing::warn!("skipped: only an administrator can give a file away");
        return;
    }
    assert_eq!(file.read(), Err(Trouble::OfSomebodyElse));
}

#[test]
fn a_link_and_a_folder_are_no_files() {
    let (folder, file) = stage();
    put_there(&file, b"one");
    let link = PrivateFile::new(file.path.with_file_name("link"));
    symlink(&file.path, &link.path).expect("linked");
    assert_eq!(link.read(), Err(Trouble::NotAFile));
    let directory = PrivateFile::new(file.path.with_file_name("directory"));
    fs::create_dir(&directory.path).expect("made");
    assert_eq!(directory.read(), Err(Trouble::NotAFile));
    drop(folder);
}

#[test]
fn a_second_writer_waits_and_then_hears_that_it_is_held() {
    let (_folder, file) = stage();
    let held = file.lock(SHORT).expect("free");
    let asked = std::time::Instant::now();
    assert_eq!(file.lock(SHORT).map(drop), Err(Trouble::Held));
    assert!(asked.elapsed() >= SHORT, "it waits as long as it was told");
    drop(held);
    assert!(file.lock(SHORT).is_ok());
}

#[test]
fn a_draft_left_behind_is_removed_and_never_read() {
    let (_folder, file) = stage();
    put_there(&file, b"one");
    fs::write(file.draft(), b"half of tw").expect("left");
    assert_eq!(file.read().expect("read").expect("there").as_slice(), b"one");
    let lock = file.lock(SHORT).expect("free");
    file.clear(&lock);
    assert!(!file.draft().exists());
}

#[test]
fn a_change_of_mind_leaves_what_stood_there_and_no_draft() {
    let (_folder, file) = stage();
    put_there(&file, b"one");
    let lock = file.lock(SHORT).expect("free");
    let refused = file.replace(&lock, b"two", || Err(Trouble::Held));
    assert_eq!(refused, Err(Trouble::Held));
    assert_eq!(file.read().expect("read").expect("there").as_slice(), b"one");
    assert!(!file.draft().exists());
}

#[test]
fn what_is_kept_is_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let (draft, path) = (folder.path().join("d"), folder.path().join("p"));
    let agreed = || Ok::<(), Trouble>(());
    put(&draft, &path, b"one", Standing::Kept, agreed).expect("written");
    let second = put(&draft, &path, b"two", Standing::Kept, agreed);
    assert_eq!(second, Err(Trouble::InTheWay));
    assert_eq!(fs::read(&path).expect("kept"), b"one");
    assert!(!draft.exists());
    look_and_rename_keeps(folder.path());
}

/// The way of file systems that cannot do it in one step.
fn look_and_rename_keeps(folder: &Path) {
    let (draft, path) = (folder.join("draft"), folder.join("p"));
    fs::write(&draft, b"two").expect("written");
    assert_eq!(replace::look_and_rename(&draft, &path), Err(Trouble::InTheWay));
    assert_eq!(fs::read(&path).expect("kept"), b"one");
}
