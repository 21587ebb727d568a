//! What is in a file, as a digest that is made once.

use std::{
    fmt::Write as _,
    fs::File,
    io::{self, Read},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

use super::{bounded::Bounded, file::Stamp};

/// Bytes: larger files are not read.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Digests kept.
const KEPT: usize = 1024;

#[derive(Debug)]
pub(super) struct Digests(Bounded<Stamp, Arc<str>>);

impl Digests {
    pub(super) fn new() -> Self {
        Self(Bounded::new(KEPT))
    }

    /// SHA-256 in hexadecimal; `None` for what is too large, cannot be read or changed meanwhile.
    pub(super) fn of(&self, file: &File, stamp: Stamp) -> Option<Arc<str>> {
        if let Some(digest) = self.0.get(&stamp) {
            return Some(digest);
        }
        if stamp.size > LARGEST {
            return None;
        }
        let digest: Arc<str> = digest(file, LARGEST).ok()??.into();
        let after = Stamp::of(&rustix::fs::fstat(file).ok()?);
        if after != stamp {
            return None;
        }
        self.0.insert(stamp, Arc::clone(&digest));
        Some(digest)
    }
}

/// `None` where there is more to read than said.
fn digest(mut file: impl Read, most: u64) -> io::Result<Option<String>> {
    let mut hash = Sha256::new();
    let mut room = vec![0; 64 * 1024];
    let mut total = 0;
    loop {
        let read = match file.read(&mut room) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        total += read as u64;
        if total > most {
            return Ok(None);
        }
        hash.update(&room[..read]);
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn other_bytes_are_another_digest_and_the_same_are_read_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tool");
        let digests = Digests::new();
        let of = |text: &str| {
            fs::write(&path, text).expect("written");
            let stamp = Stamp::of_path(&path).expect("a stamp");
            digests
                .of(&File::open(&path).expect("open"), stamp)
                .expect("a digest")
        };
        let first = of("one");
        assert_eq!(
            &*first,
            "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
        );
        assert_ne!(of("two, longer"), first);
        let stamp = Stamp::of_path(&path).expect("a stamp");
        let (a, b) = (File::open(&path).expect("open"), File::open(&path).expect("open"));
        assert!(Arc::ptr_eq(
            &digests.of(&a, stamp).expect("kept"),
            &digests.of(&b, stamp).expect("kept")
        ));
    }

    #[test]
    fn a_file_that_grows_while_it_is_read_has_no_digest() {
        assert_eq!(digest(&b"12345"[..], 4).expect("read"), None);
    }
}
