//! A credential helper for git (gitcredentials(7), git-credential(1)).

use std::io::{self, BufRead, Read};

use evergrant_protocol::client::Client;
use evergrant_protocol::{ProblemCode, TokenRequest};
use evergrant_words::say;

use super::{accounts, report, token};
use crate::arguments::{GitAction, GitCredential};
use crate::exit::Exit;
use crate::format;
use crate::stop::Stop;
use crate::voice;

/// Git says little; whoever says more is not git.
const LONGEST: u64 = 64 * 1024;
/// Where Google serves git. A token shown to another host would be that host's to use.
const GOOGLE: [&str; 2] = ["googlesource.com", "source.developers.google.com"];
/// Seconds for a person to answer.
const WAIT: u32 = 60;

/// What git said of the place it wants to reach.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    protocol: String,
    host: String,
    username: Option<String>,
}

/// Answers `get` for Google's hosts and those that were named; for the others it is silent, and git goes on to
/// its next helper. `erase` means that the server refused the token. Nothing is ever stored.
pub fn answer(client: impl FnOnce() -> Result<Client, Stop>, wish: &GitCredential) -> Result<(), Stop> {
    let said = request(io::stdin().lock().take(LONGEST)).ok();
    let asked = said.and_then(|said| Asked::parse(&said)).ok_or_else(unreadable)?;
    if !asked.is_ours(&wish.hosts) {
        return Ok(());
    }
    match wish.action {
        GitAction::Get => get(&mut client()?, asked.username),
        GitAction::Erase => {
            if let Some(account) = asked.username {
                // Git does not listen; a token that still serves is left as it is.
                let _ = report::tell(&mut client()?, &account, None);
            }
            Ok(())
        }
        GitAction::Store => Ok(()),
    }
}

fn get(client: &mut Client, username: Option<String>) -> Result<(), Stop> {
    let account = match username {
        Some(account) => account,
        None => only(client)?,
    };
    let request = TokenRequest {
        account,
        wait_seconds: Some(WAIT),
        ..TokenRequest::default()
    };
    voice::text(&format::git(&token::ask(client, &request)?)?)
}

/// The one account there is.
fn only(client: &mut Client) -> Result<String, Stop> {
    let mut accounts = accounts::all(client)?.accounts;
    match (accounts.pop(), accounts.is_empty()) {
        (Some(account), true) => Ok(account.id),
        (Some(_), false) => Err(Stop::problem(ProblemCode::AccountAmbiguous)),
        (None, _) => Err(Stop::problem(ProblemCode::AccountUnknown)),
    }
}

fn unreadable() -> Stop {
    let what = say("cli.git.unreadable.what", &[]);
    Stop::said(Exit::Usage, what, say("cli.git.unreadable.todo", &[]))
}

impl Asked {
    fn parse(said: &[u8]) -> Option<Self> {
        let mut asked = Self::default();
        for line in str::from_utf8(said).ok()?.lines() {
            match line.split_once('=')? {
                ("protocol", value) => value.clone_into(&mut asked.protocol),
                ("host", value) => value.clone_into(&mut asked.host),
                ("username", "") => asked.username = None,
                ("username", value) => asked.username = Some(value.to_owned()),
                _ => {}
            }
        }
        Some(asked)
    }

    fn is_ours(&self, named: &[String]) -> bool {
        let host = self.host.to_ascii_lowercase();
        let google = GOOGLE.iter().any(|known| {
            let below = host.strip_suffix(known);
            below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
        });
        self.protocol == "https" && (google || named.iter().any(|name| name.eq_ignore_ascii_case(&host)))
    }
}

/// Reads until an empty line or the end.
fn request(mut from: impl BufRead) -> io::Result<Vec<u8>> {
    let mut said = Vec::new();
    loop {
        let before = said.len();
        from.read_until(b'\n', &mut said)?;
        if said[before..].trim_ascii().is_empty() {
            said.truncate(before);
            return Ok(said);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(protocol: &str, host: &str) -> Asked {
        Asked {
            protocol: protocol.into(),
            host: host.into(),
            username: None,
        }
    }

    #[test]
    fn only_google_and_named_hosts_are_answered_and_only_over_tls() {
        assert!(asked("https", "android.googlesource.com").is_ours(&[]));
        assert!(asked("https", "Source.Developers.Google.com").is_ours(&[]));
        assert!(asked("https", "git.example.com").is_ours(&["git.example.com".into()]));
        for host in [
            "github.com",
            "evilgooglesource.com",
            "googlesource.com.evil.com",
            "",
        ] {
            assert!(!asked("https", host).is_ours(&[]), "{host}");
        }
        assert!(!asked("http", "android.googlesource.com").is_ours(&[]));
    }

    #[test]
    fn what_git_says_is_read() {
        let said =
            b"protocol=https\nhost=a.googlesource.com\nusername=alice@example.com\nwwwauth[]=Basic realm=x\n";
        let read = Asked::parse(said).expect("git's own words");
        assert_eq!(read.username.as_deref(), Some("alice@example.com"));
        assert_eq!(Asked::parse(b"no pair\n"), None);
        assert_eq!(Asked::parse(b"host=\xff\n"), None);
    }
}
