//! The accounts' pictures, fetched once and kept beside the ledger.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use evergrant_domain::{AccountId, Code, Fault};
use evergrant_engine::ports::{self, Picture};

use crate::{disk::disk_fault, places::owners_folder};

/// A folder of pictures, one an account, named by the account's id and the picture's kind.
#[derive(Clone, Debug)]
pub struct Pictures {
    folder: PathBuf,
}

/// The kinds kept, as `Picture` promises them.
const KINDS: [(&str, &str); 3] = [
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/webp", "webp"),
];

impl Pictures {
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    fn remove_all_but(&self, account: &AccountId, kept: &str) {
        for (_, ending) in KINDS.iter().filter(|(_, ending)| *ending != kept) {
            match fs::remove_file(self.path(account, ending)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(kind = %error.kind(), "a picture stays behind");
                }
                _ => {}
            }
        }
    }

    fn path(&self, account: &AccountId, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", account.as_str()))
    }
}

impl ports::Pictures for Pictures {
    fn has(&self, account: &AccountId) -> bool {
        KINDS
            .iter()
            .any(|(_, ending)| self.path(account, ending).is_file())
    }

    /// A picture that cannot be read is as good as none.
    fn load(&self, account: &AccountId) -> Option<Picture> {
        KINDS.iter().find_map(|(media_type, ending)| {
            let bytes = fs::read(self.path(account, ending)).ok()?;
            Some(Picture { media_type, bytes })
        })
    }

    /// Keeps a picture in place of the one before; a reader sees the old one or the new one whole.
    ///
    /// # Errors
    /// `DiskFull`, or `LedgerFailed` when the folder cannot be written.
    fn save(&self, account: &AccountId, picture: &Picture) -> Result<(), Fault> {
        let Some((_, ending)) = KINDS.iter().find(|(kind, _)| *kind == picture.media_type) else {
            return Err(Fault::with_detail(Code::LedgerFailed, "unknown kind of picture"));
        };
        let path = self.path(account, ending);
        owners_folder(&self.folder)
            .and_then(|()| write_whole(&path, &picture.bytes))
            .map_err(|error| disk_fault(&error))?;
        self.remove_all_but(account, ending);
        Ok(())
    }

    fn remove(&self, account: &AccountId) {
        self.remove_all_but(account, "");
    }
}

/// Writes beside the file and renames over it; a failure leaves what stood there.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("draft");
    let written = write_owners_file(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // Half a draft is of no use; the fault to tell is the first one.
        let _ = fs::remove_file(&draft);
    }
    written
}

fn write_owners_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use evergrant_engine::ports::Pictures as _;

    use super::*;

    fn account() -> AccountId {
        AccountId::parse("0123456789abcdef0123456789abcdef").expect("an id")
    }

    fn picture(media_type: &'static str, bytes: &[u8]) -> Picture {
        Picture {
            media_type,
            bytes: bytes.to_vec(),
        }
    }

    fn files(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    }

    #[test]
    fn a_picture_is_kept_replaced_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = Pictures::new(folder.path().join("pictures"));
        assert_eq!(pictures.load(&account()), None);
        pictures
            .save(&account(), &picture("image/png", b"one"))
            .expect("saved");
        let newer = picture("image/webp", b"two");
        pictures.save(&account(), &newer).expect("saved");
        assert_eq!(pictures.load(&account()), Some(newer), "the older kind is gone");
        assert_eq!(files(&folder.path().join("pictures")).len(), 1);
        assert!(pictures.has(&account()));
        pictures.remove(&account());
        pictures.remove(&account());
        assert!(!pictures.has(&account()));
        assert_eq!(pictures.load(&account()), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_picture_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = Pictures::new(folder.path());
        pictures
            .save(&account(), &picture("image/jpeg", b"one"))
            .expect("saved");
        let file = pictures.path(&account(), "jpg");
        assert_eq!(
            fs::metadata(file).expect("kept").permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn a_failed_save_keeps_the_picture_before_and_leaves_no_draft() {
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = Pictures::new(folder.path());
        let first = picture("image/png", b"one");
        pictures.save(&account(), &first).expect("saved");
        let blocked = pictures.path(&account(), "webp");
        fs::create_dir(&blocked).expect("something in the way");
        let fault = pictures.save(&account(), &picture("image/webp", b"two"));
        assert_eq!(fault.expect_err("in the way").code, Code::LedgerFailed);
        assert_eq!(pictures.load(&account()), Some(first));
        assert_eq!(files(folder.path()).len(), 2, "no draft stays");
        let odd = pictures.save(&account(), &picture("image/svg+xml", b"<svg/>"));
        assert!(odd.is_err(), "only pictures that run nothing");
    }
}
