//! A key in a file of its own, for computers where nobody types a passphrase. As `age-keygen` makes them.

use std::path::Path;

use evergrant_domain::{Code, Fault};

use crate::private_file::{self, Standing, Trouble};
use crate::sealing::Key;

/// Reads the key.
///
/// # Errors
/// `PassphraseMissing` where there is no such file, or no key in it; `VaultDenied` where others can read it.
pub fn read(path: &Path) -> Result<Key, Fault> {
    let missing = |words: &str| Fault::with_detail(Code::PassphraseMissing, words);
    let bytes = private_file::read(path).map_err(|trouble| match trouble {
        Trouble::NotThere => missing("the key file is not there"),
        trouble => trouble.into(),
    })?;
    let text = str::from_utf8(&bytes).ok();
    text.and_then(Key::parse)
        .ok_or_else(|| missing("the key file holds no key"))
}

/// Makes a key and its file (0600), never over another one.
///
/// # Errors
/// `DiskFull`, `VaultDenied`, `VaultFailed`.
pub fn make(path: &Path) -> Result<Key, Fault> {
    let key = Key::generate();
    let mut draft = path.as_os_str().to_owned();
    draft.push(".new");
    private_file::put(
        draft.as_ref(),
        path,
        key.text().as_bytes(),
        Standing::Kept,
        || Ok::<(), Trouble>(()),
    )?;
    Ok(key)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_by_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        assert_eq!(read(&path).expect_err("none yet").code, Code::PassphraseMissing);
        let made = make(&path).expect("made");
        assert_eq!(*read(&path).expect("read").text(), *made.text());
        assert!(make(&path).is_err(), "never over another one");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("opened");
        assert_eq!(read(&path).expect_err("open").code, Code::VaultDenied);
    }
}
