//! Another user's program.

use std::{
    env,
    fs::{self, Permissions},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    sync::atomic::Ordering::SeqCst,
};

use evergrant_broker::door::Limits;
use tokio::task::spawn_blocking;

use crate::{house::opened, roles::Role};

const NOBODY: u32 = 65534;

#[tokio::test(flavor = "multi_thread")]
async fn another_users_program_is_dropped_before_a_byte_is_read() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("not tested: only root can play another user");
        return;
    }
    let house = opened(Limits::default());
    // It could not even come near; so the folder is opened to all, as by somebody's mistake.
    let folder = house.path.parent().expect("a folder");
    let above = folder.parent().expect("a folder").to_owned();
    let open = |path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).expect("set");
    let program = above.join("program");
    fs::copy(env::current_exe().expect("this program"), &program).expect("copied");
    open(program.as_path(), 0o755);
    let ask = |uid: u32| {
        let mut command = Role::command(&program, "asker", &house.path);
        command.uid(uid).gid(uid).current_dir("/");
        spawn_blocking(move || Role::start(&mut command).hear())
    };
    open(&above, 0o711);
    assert!(ask(NOBODY).await.expect("asked").starts_with("not let in"));
    open(folder, 0o755);
    assert!(ask(NOBODY).await.expect("asked").starts_with("not let in"));
    open(&house.path, 0o666);
    assert_eq!(ask(NOBODY).await.expect("asked"), "0 bytes");
    assert_eq!(house.witness.shown.load(SeqCst), 0);
    assert_ne!(ask(0).await.expect("asked"), "0 bytes");
    assert_eq!(house.witness.shown.load(SeqCst), 1);
}
