//! Opening: make, check, mend or refuse.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use evergrant_domain::{Code, Fault};
use rusqlite::{Connection, OpenFlags};

use super::{
    Condition,
    aside::{beside, move_aside},
    fault::{damaged, fault},
    schema::{Layout, Stage},
};
use crate::{disk::disk_fault, places::owners_folder};

/// How long another program may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the database, in a state that is whole and of the newest layout. Blocks for as long as
/// another program opens the same file, and no longer than a few seconds.
///
/// # Errors
/// `LedgerTooNew` leaves the file as it is; `DiskFull`; `LedgerFailed`.
pub(crate) fn open(path: &Path, layout: Layout) -> Result<(Connection, Condition), Fault> {
    owners_folder(path.parent().unwrap_or(Path::new("."))).map_err(|error| disk_fault(&error))?;
    // Two programs that both find damage must not move each other's new file aside.
    let _alone = alone(path)?;
    match whole(path, layout) {
        Ok((connection, condition)) => Ok((connection, condition)),
        Err(Unusable::Fault(fault)) => Err(fault),
        Err(Unusable::Damaged) => {
            let to = move_aside(path).map_err(|error| disk_fault(&error))?;
            tracing::warn!(database = layout.name, "a damaged file was moved aside");
            match whole(path, layout) {
                Ok((connection, _)) => Ok((connection, Condition::MovedAside { to })),
                Err(Unusable::Fault(fault)) => Err(fault),
                Err(Unusable::Damaged) => Err(Code::LedgerFailed.into()),
            }
        }
    }
}

/// Why a file cannot be the database.
enum Unusable {
    Damaged,
    Fault(Fault),
}

impl From<rusqlite::Error> for Unusable {
    fn from(error: rusqlite::Error) -> Self {
        if damaged(&error) {
            Self::Damaged
        } else {
            Self::Fault(fault(&error))
        }
    }
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        Self::Fault(disk_fault(&error))
    }
}

fn whole(path: &Path, layout: Layout) -> Result<(Connection, Condition), Unusable> {
    owners_file(path)?;
    let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(PATIENCE)?;
    // Before anything is written: a newer program's file is left as it is.
    let (taken, condition) = match layout.stage(&connection)? {
        Stage::TooNew => return Err(Unusable::Fault(Code::LedgerTooNew.into())),
        Stage::Foreign => return Err(Unusable::Damaged),
        Stage::Empty => (0, Condition::Fresh),
        Stage::Known { version } => (version, Condition::Kept),
    };
    if !sound(&connection)? {
        return Err(Unusable::Damaged);
    }
    durable(&connection)?;
    layout.bring_up_to_date(&mut connection, taken)?;
    Ok((connection, condition))
}

/// `PRAGMA quick_check`: all pages in order, without matching every index.
fn sound(connection: &Connection) -> rusqlite::Result<bool> {
    let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    Ok(verdict == "ok")
}

/// `PRAGMA synchronous`: FULL syncs the log at each commit; NORMAL could lose the last ones
/// with the power.
fn durable(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")
}

/// Made before the library would, which asks for 0644; the files beside it take on its mode.
fn owners_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let file = options.mode(0o600).open(path)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// Holds others off while this file is held.
fn alone(path: &Path) -> Result<File, Fault> {
    let lock = owners_file(&beside(path, ".opening")).map_err(|error| disk_fault(&error))?;
    let until = Instant::now() + PATIENCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::with_detail(Code::LedgerFailed, "another program holds it"));
            }
            Err(TryLockError::Error(error)) => return Err(disk_fault(&error)),
        }
    }
}
