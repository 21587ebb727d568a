//! Starts a program that outlives this one.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Starts it by its words, the first of which is the program. Returns once it has ended well, or works on after
/// `patience`.
///
/// # Errors
/// The system's; `Other` where it ended badly within `patience`.
pub fn detached(words: &[String], patience: Duration) -> io::Result<()> {
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // What is pressed in a terminal for this program is not meant for that one.
        .process_group(0)
        .spawn()?;
    let (tell, ended) = mpsc::sync_channel(1);
    // Waited for however long it takes, so that nothing of it stays in the system's table.
    thread::Builder::new()
        .name("browser".to_owned())
        .spawn(move || tell.send(child.wait()))?;
    match ended.recv_timeout(patience) {
        Ok(status) if status.as_ref().is_ok_and(|status| !status.success()) => {
            Err(io::Error::other("it ended at once"))
        }
        Ok(Err(error)) => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn each_word_arrives_as_it_is_and_no_shell_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (program, said) = (folder.path().join("browser"), folder.path().join("said"));
        fs::write(
            &program,
            format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > {}\n", said.display()),
        )
        .expect("a program");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it can be run");
        let program = program.to_string_lossy().into_owned();
        let odd = [
            "-P",
            "$(touch x); `id` && \"two words\"",
            "https://a.example/?a=1&b=2",
        ];
        detached(&[&words(&[&program])[..], &words(&odd)[..]].concat(), PATIENCE).expect("started");
        let heard = fs::read_to_string(said).expect("it was heard");
        assert_eq!(heard.lines().collect::<Vec<_>>(), odd);
    }

    #[test]
    fn what_ends_badly_at_once_or_is_not_there_is_an_error() {
        detached(&words(&["/nonexistent/browser"]), PATIENCE).expect_err("not there");
        detached(&words(&["false"]), PATIENCE).expect_err("it failed");
        detached(&[], PATIENCE).expect_err("nothing");
        detached(&words(&["true"]), PATIENCE).expect("it was quick");
    }

    #[test]
    fn what_works_on_is_not_waited_for() {
        detached(&words(&["sleep", "30"]), Duration::from_millis(50)).expect("it works on");
    }
}
