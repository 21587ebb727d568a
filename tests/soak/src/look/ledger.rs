use std::fs;
use std::io;

use rusqlite::{Connection, OpenFlags};

use crate::failure::Failure;
use crate::stage::Folders;

/// A row of the accounts' table, as far as promises are about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub sub: String,
    standing: String,
}

impl Row {
    /// A disconnect was asked for and is not over.
    pub fn is_going(&self) -> bool {
        self.standing.starts_with("disconnecting")
    }
}

const FILE: &str = "ledger.sqlite3";

/// Reads a copy: opening the file itself would tidy it up, which is the agent's to do after a death.
///
/// # Errors
/// What a ledger that is not whole says.
pub fn rows(folders: &Folders) -> Result<Vec<Row>, Failure> {
    let copy = folders.at("copy");
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir(&copy)?;
    for name in [FILE.to_owned(), format!("{FILE}-wal")] {
        match fs::copy(folders.accounts().join(&name), copy.join(&name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    if !copy.join(FILE).exists() {
        return Ok(vec![]);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let connection = Connection::open_with_flags(copy.join(FILE), flags)?;
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if whole != "ok" {
        return Err(Failure::Promise(format!("the ledger is not whole: {whole}")));
    }
    let tables = "SELECT count(*) FROM sqlite_master WHERE name = 'accounts'";
    if connection.query_row(tables, [], |row| row.get::<_, u32>(0))? == 0 {
        return Ok(vec![]);
    }
    let mut select = connection.prepare("SELECT sub, standing FROM accounts")?;
    let rows = select.query_map([], |row| {
        Ok(Row {
            sub: row.get(0)?,
            standing: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A ledger that was taken for damaged and put away: nothing here damages one.
pub fn put_aside(folders: &Folders) -> Result<Vec<String>, Failure> {
    let mut found = vec![];
    for entry in fs::read_dir(folders.accounts())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.contains(".damaged-") {
            found.push(name);
        }
    }
    Ok(found)
}
