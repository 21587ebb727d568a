//! Reading a file that anybody may have put there: no longer than expected, and nothing that never ends.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// What stands in a text file of at most `longest` bytes.
///
/// # Errors
/// The disk's; `InvalidData` for what is no file or no text, `FileTooLarge` for a longer one.
pub fn text(path: &Path, longest: u64) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.take(longest + 1).read_to_string(&mut text)?;
    if text.len() as u64 > longest {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}

/// Opens what is a file.
///
/// # Errors
/// The disk's; `InvalidData` for anything else.
pub fn open(path: &Path) -> io::Result<File> {
    // Before it is opened: a pipe keeps whoever opens it waiting.
    if !fs::metadata(path)?.is_file() {
        return Err(ErrorKind::InvalidData.into());
    }
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_up_to_its_length() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("text");
        let read = || text(&path, 4).map_err(|error| error.kind());
        assert_eq!(read(), Err(ErrorKind::NotFound));
        for (bytes, expected) in [
            (&b"four"[..], Ok("four".to_owned())),
            (b"five!", Err(ErrorKind::FileTooLarge)),
            (&[0xff, 0xfe], Err(ErrorKind::InvalidData)),
        ] {
            fs::write(&path, bytes).expect("written");
            assert_eq!(read(), expected);
        }
        assert_eq!(
            text(folder.path(), 4).map_err(|e| e.kind()),
            Err(ErrorKind::InvalidData)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo").success());
        assert_eq!(text(&path, 4).map_err(|e| e.kind()), Err(ErrorKind::InvalidData));
    }
}
