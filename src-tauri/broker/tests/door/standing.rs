//! Where the door stands, and who else may stand there.

use std::{
    fs::{self, DirBuilder, Permissions},
    io::Read,
    os::unix::{
        fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt, symlink},
        net::{UnixListener, UnixStream},
    },
    path::Path,
    process::Stdio,
    time::Duration,
};

use evergrant_broker::door::{Door, DoorTrouble};
use tempfile::TempDir;

use crate::{house::place, roles::Role};

/// A place whose folder is there already, closed to others.
fn furnished() -> (TempDir, std::path::PathBuf) {
    let (above, path) = place();
    let folder = path.parent().expect("a folder");
    DirBuilder::new().mode(0o700).create(folder).expect("made");
    (above, path)
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("there").mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
}

fn trouble(path: &Path) -> DoorTrouble {
    Door::open(path).err().expect("not opened")
}

fn is_unsafe(path: &Path, place: &Path) {
    match trouble(path) {
        DoorTrouble::UnsafeFolder(named) => assert_eq!(named, place),
        other => panic!("{other:?}"),
    }
}

#[test]
fn folder_socket_and_lock_are_their_owners_alone() {
    let (_above, path) = place();
    let door = Door::open(&path).expect("opened");
    assert_eq!(door.path(), Some(path.as_path()));
    assert_eq!(mode(path.parent().expect("a folder")), 0o700);
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&path.with_extension("lock")), 0o600);
    drop(door);
    assert!(!path.exists(), "it takes its socket along");
}

#[test]
fn a_folder_that_others_can_enter_is_refused() {
    let (_above, path) = furnished();
    let folder = path.parent().expect("a folder");
    for open in [0o710, 0o701, 0o750, 0o777, 0o1777] {
        set_mode(folder, open);
        is_unsafe(&path, folder);
        assert_eq!(mode(folder), open & 0o777, "it was left as it was");
        assert_eq!(fs::read_dir(folder).expect("listed").count(), 0);
    }
    set_mode(folder, 0o700);
    Door::open(&path).expect("opened");
}

#[test]
fn a_folder_that_is_a_link_is_refused() {
    let (above, path) = place();
    let elsewhere = above.path().join("elsewhere");
    DirBuilder::new().mode(0o700).create(&elsewhere).expect("made");
    let folder = path.parent().expect("a folder");
    symlink(&elsewhere, folder).expect("linked");
    is_unsafe(&path, folder);
    assert_eq!(fs::read_dir(&elsewhere).expect("listed").count(), 0);
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("not tested: only root can give a folder away");
        return;
    }
    let (above, path) = furnished();
    let folder = path.parent().expect("a folder");
    std::os::unix::fs::chown(folder, Some(65534), None).expect("given away");
    is_unsafe(&path, folder);
    std::os::unix::fs::chown(folder, Some(0), None).expect("taken back");
    std::os::unix::fs::chown(above.path(), Some(65534), None).expect("given away");
    is_unsafe(&path, above.path());
}

#[test]
fn a_folder_that_others_could_exchange_is_refused() {
    let (above, path) = place();
    for open in [0o777, 0o770] {
        set_mode(above.path(), open);
        is_unsafe(&path, above.path());
    }
    set_mode(above.path(), 0o1777);
    Door::open(&path).expect("the sticky bit keeps others from it");
}

#[test]
fn there_has_to_be_a_place() {
    let (above, _) = place();
    let nowhere = above.path().join("none/evergrant/broker.sock");
    assert!(matches!(trouble(&nowhere), DoorTrouble::NoPlace));
    assert!(matches!(trouble(Path::new("broker.sock")), DoorTrouble::NoPlace));
    let long = above.path().join("a".repeat(120)).join("broker.sock");
    assert!(matches!(trouble(&long), DoorTrouble::Refused(_)));
}

#[test]
fn a_link_in_its_place_is_removed_and_never_what_it_leads_to() {
    let (above, path) = furnished();
    let precious = above.path().join("precious");
    fs::write(&precious, "precious").expect("written");
    symlink(&precious, &path).expect("linked");
    let door = Door::open(&path).expect("opened");
    assert!(
        fs::symlink_metadata(&path)
            .expect("there")
            .file_type()
            .is_socket()
    );
    drop(door);
    assert_eq!(fs::read(&precious).expect("kept"), b"precious");
}

#[test]
fn a_file_or_a_folder_in_its_place_stays() {
    let (_above, path) = furnished();
    fs::write(&path, "precious").expect("written");
    is_unsafe(&path, &path);
    assert_eq!(fs::read(&path).expect("kept"), b"precious");
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("made");
    is_unsafe(&path, &path);
    assert!(path.is_dir());
}

#[test]
fn a_lock_that_is_a_link_or_no_file_is_refused() {
    let (above, path) = furnished();
    let lock = path.with_extension("lock");
    let precious = above.path().join("precious");
    fs::write(&precious, "precious").expect("written");
    set_mode(&precious, 0o644);
    symlink(&precious, &lock).expect("linked");
    is_unsafe(&path, &lock);
    assert_eq!(fs::read(&precious).expect("kept"), b"precious");
    assert_eq!(mode(&precious), 0o644);
    fs::remove_file(&lock).expect("removed");
    let pipe = rustix::fs::mknodat(
        rustix::fs::CWD,
        &lock,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    );
    pipe.expect("made");
    is_unsafe(&path, &lock);
}

#[test]
fn two_at_once_are_impossible() {
    let (_above, path) = place();
    let first = Door::open(&path).expect("opened");
    assert!(matches!(trouble(&path), DoorTrouble::Taken));
    assert_eq!(Role::play("holder", &path, 0).hear(), "taken");
    UnixStream::connect(&path).expect("the first one's is untouched");
    drop(first);
    let mut other = Role::play("holder", &path, 0);
    assert_eq!(other.hear(), "open");
    assert!(matches!(trouble(&path), DoorTrouble::Taken));
}

#[test]
fn of_many_who_come_at_once_one_gets_it() {
    let (_above, path) = place();
    let mut all: Vec<_> = (0..6).map(|_| Role::play("holder", &path, 0)).collect();
    let said: Vec<String> = all.iter_mut().map(Role::hear).collect();
    let open = said.iter().filter(|said| *said == "open").count();
    let taken = said.iter().filter(|said| *said == "taken").count();
    assert_eq!((open, taken), (1, 5), "{said:?}");
}

#[test]
fn the_place_of_one_that_was_killed_is_taken_over() {
    let (_above, path) = place();
    let mut killed = Role::play("holder", &path, 0);
    assert_eq!(killed.hear(), "open");
    killed.kill();
    assert!(path.exists(), "left behind");
    UnixStream::connect(&path).expect_err("nobody is there");
    let door = Door::open(&path).expect("taken over");
    UnixStream::connect(&path).expect("somebody is there");
    drop(door);
}

/// As systemd does it until somebody asks: it listens, and nobody holds the lock.
#[test]
fn a_socket_at_which_somebody_listens_is_not_taken_over() {
    let (_above, path) = furnished();
    let theirs = UnixListener::bind(&path).expect("bound");
    assert!(matches!(trouble(&path), DoorTrouble::Taken));
    UnixStream::connect(&path).expect("still theirs");
    drop(theirs);
    Door::open(&path).expect("left behind, so taken over");
}

#[test]
fn a_door_that_was_handed_over_is_served_and_left_standing() {
    let (_above, path) = furnished();
    let listener = UnixListener::bind(&path).expect("bound");
    let program = std::env::current_exe().expect("this program");
    let heir = Role::command(&program, "heir", &path);
    // A shell moves it to where the system hands it over, and says for which process it is meant.
    let mut shell = std::process::Command::new("/bin/sh");
    shell
        .args([
            "-c",
            r#"LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$@" 3<&0 </dev/null"#,
        ])
        .arg(heir.get_program())
        .args(heir.get_args())
        .stdin(Stdio::from(std::os::fd::OwnedFd::from(listener)))
        .stdout(Stdio::piped());
    let mut early = UnixStream::connect(&path).expect("it listens before it is served");
    std::io::Write::write_all(&mut early, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").expect("asked");
    let mut heir = Role::start(&mut shell);
    assert_eq!(heir.hear(), path.display().to_string());
    early
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("set");
    let mut status = [0; 12];
    early.read_exact(&mut status).expect("answered");
    assert_eq!(&status, b"HTTP/1.1 200");
    drop(heir);
    assert!(path.exists(), "it is not ours to remove");
}

#[test]
fn nothing_is_handed_over_that_was_meant_for_another() {
    assert!(Door::inherited().expect("no trouble").is_none());
}
