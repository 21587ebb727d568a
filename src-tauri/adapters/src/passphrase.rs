//! Where a passphrase comes from: a file descriptor, a systemd credential, or a person at a terminal. Never
//! an argument and never the environment, which other programs can read.

#[cfg(unix)]
mod unseen;

use std::{
    env, fs,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use evergrant_domain::{Code, Fault, secret::Passphrase};
use zeroize::Zeroizing;

/// The name of the credential (systemd.exec(5), `LoadCredential=`).
const CREDENTIAL: &str = "evergrant-passphrase";
/// Whoever says more has no passphrase to say, in bytes.
const LONGEST: u64 = 4096;
/// How long the other end of a descriptor may keep silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// The first line that comes from an open file descriptor: a pipe or a file of this person's, which is opened
/// once more by its number (a socket cannot be).
///
/// # Errors
/// `PassphraseMissing`.
pub fn from_descriptor(number: u32) -> Result<Passphrase, Fault> {
    let path = PathBuf::from(format!("/dev/fd/{number}"));
    let (tell, told) = mpsc::channel();
    // Such a read cannot be ended, only left behind.
    thread::spawn(move || tell.send(first_line(&path)));
    let read = told
        .recv_timeout(PATIENCE)
        .map_err(|_| missing("no answer in time"))?;
    let line = read.map_err(|error| missing(&error.kind().to_string()))?;
    line.ok_or_else(|| missing("the descriptor holds none"))
}

/// The credential that systemd gave this unit, where it gave one.
///
/// # Errors
/// `PassphraseMissing` where it is there and empty, or cannot be read.
pub fn from_systemd() -> Result<Option<Passphrase>, Fault> {
    let folder = env::var_os("CREDENTIALS_DIRECTORY").filter(|folder| !folder.is_empty());
    folder.map_or(Ok(None), |folder| from_credentials(Path::new(&folder)))
}

fn from_credentials(folder: &Path) -> Result<Option<Passphrase>, Fault> {
    match first_line(&folder.join(CREDENTIAL)) {
        Ok(Some(passphrase)) => Ok(Some(passphrase)),
        Ok(None) => Err(missing("the credential is empty")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(missing(&error.kind().to_string())),
    }
}

/// Whether a person can be asked: what they type comes here, and they see what is said.
pub fn somebody_is_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks at the terminal, without showing what is typed.
///
/// # Errors
/// `PassphraseMissing` where nothing was typed, or nobody is there.
pub fn from_person(question: &str) -> Result<Passphrase, Fault> {
    if !somebody_is_there() {
        return Err(missing("there is no terminal"));
    }
    // Before the question is seen: whoever answers at once shows nothing either.
    #[cfg(unix)]
    let _unseen = unseen::Unseen::begin();
    let typed = rpassword::prompt_password(format!("{question} "));
    let typed = typed.map_err(|error| missing(&error.kind().to_string()))?;
    let passphrase = Passphrase::new(typed);
    if passphrase.is_empty() {
        return Err(Code::PassphraseMissing.into());
    }
    Ok(passphrase)
}

/// The first line of a file without its end; `None` where it is empty.
fn first_line(path: &Path) -> io::Result<Option<Passphrase>> {
    let longest = usize::try_from(LONGEST).unwrap_or(usize::MAX);
    let mut bytes = Zeroizing::new(Vec::with_capacity(longest));
    let mut file = fs::File::open(path)?.take(LONGEST);
    let mut one = [0];
    while file.read(&mut one)? == 1 && one[0] != b'\n' {
        bytes.push(one[0]);
    }
    if u64::try_from(bytes.len()).unwrap_or(LONGEST) == LONGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let text = str::from_utf8(&bytes).map_err(|_| io::ErrorKind::InvalidData)?;
    let line = text.strip_suffix('\r').unwrap_or(text);
    Ok((!line.is_empty()).then(|| Passphrase::new(line)))
}

fn missing(words: &str) -> Fault {
    Fault::with_detail(Code::PassphraseMissing, words)
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Write;
    use std::os::fd::AsRawFd;

    use super::*;

    fn said(bytes: &[u8]) -> io::Result<Option<Passphrase>> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("written");
        first_line(file.path())
    }

    #[test]
    fn the_first_line_counts_and_its_end_does_not() {
        for (bytes, passphrase) in [
            (&b"correct horse\n"[..], "correct horse"),
            (b"correct horse", "correct horse"),
            (b" spaces count \r\nmore\n", " spaces count "),
        ] {
            let read = said(bytes).expect("read").expect("one");
            assert!(read == Passphrase::new(passphrase));
        }
        assert!(said(b"\nlater\n").expect("read").is_none());
        assert!(said(&[b'x'; 5000]).is_err(), "far too long");
        assert!(said(b"\xff\n").is_err(), "no text");
    }

    #[test]
    fn a_pipe_is_read_up_to_the_line_also_while_it_stays_open() {
        let (ours, theirs) = io::pipe().expect("a pipe");
        let mut theirs = theirs;
        theirs.write_all(b"correct horse\n").expect("said");
        let number = u32::try_from(ours.as_raw_fd()).expect("a number");
        let read = from_descriptor(number).expect("read");
        assert!(read == Passphrase::new("correct horse"));
        let closed = from_descriptor(9_999).expect_err("none");
        assert_eq!(closed.code, Code::PassphraseMissing);
    }

    #[test]
    fn a_credential_is_found_by_its_name_or_is_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(from_credentials(folder.path()).expect("read"), None);
        fs::write(folder.path().join(CREDENTIAL), "correct horse\n").expect("written");
        let read = from_credentials(folder.path()).expect("read");
        assert!(read == Some(Passphrase::new("correct horse")));
        fs::write(folder.path().join(CREDENTIAL), "").expect("written");
        let empty = from_credentials(folder.path()).expect_err("empty");
        assert_eq!(empty.code, Code::PassphraseMissing);
    }
}
