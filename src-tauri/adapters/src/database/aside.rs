//! A damaged database is moved aside, never deleted: somebody may still want what is in it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

/// What the library keeps beside a database.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Renames the file and what belongs to it; the answer is where it lies now.
pub(super) fn move_aside(file: &Path) -> io::Result<PathBuf> {
    let to = free_name(file);
    fs::rename(file, &to)?;
    for companion in COMPANIONS {
        match fs::rename(beside(file, companion), beside(&to, companion)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(to)
}

/// `<file>.damaged-<Unix time>`, a second later where that is taken.
fn free_name(file: &Path) -> PathBuf {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let mut moment = now;
    loop {
        let name = beside(file, &format!(".damaged-{moment}"));
        if fs::symlink_metadata(&name).is_err() {
            return name;
        }
        moment += 1;
    }
}

/// The same path with an ending more.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
