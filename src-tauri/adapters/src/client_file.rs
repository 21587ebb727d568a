//! Reads the `client_secret_*.json` that Google's console gives for a Desktop app.

use std::{
    io::{self, ErrorKind, Read},
    path::Path,
};

use evergrant_domain::{ClientSecret, Code, Fault};
use serde::Deserialize;
use zeroize::{Zeroize, Zeroizing};

use crate::bounded;

/// A desktop client as its file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFile {
    pub client_id: String,
    pub client_secret: ClientSecret,
    pub project_id: Option<String>,
}

/// No client file comes near this.
const LONGEST: usize = 64 * 1024;

/// Reads a client file.
///
/// # Errors
/// `ClientFileUnreadable`, `ClientFileWeb`, `ClientFileServiceAccount`, `ClientFileIncomplete`.
pub fn read(path: &Path) -> Result<ClientFile, Fault> {
    parse(&contents(path)?)
}

fn contents(path: &Path) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let unreadable = |error: io::Error| {
        let detail = match error.kind() {
            ErrorKind::InvalidData => "not a file".to_owned(),
            kind => kind.to_string(),
        };
        Fault::with_detail(Code::ClientFileUnreadable, &detail)
    };
    let file = bounded::open(path).map_err(unreadable)?;
    // Room for all of it at once: growing would leave copies of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    file.take(LONGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() > LONGEST {
        return Err(Fault::with_detail(Code::ClientFileUnreadable, "too long"));
    }
    Ok(bytes)
}

/// The parts of the file that tell its kinds apart.
#[derive(Deserialize)]
struct Layout {
    #[serde(rename = "type")]
    kind: Option<String>,
    installed: Option<Installed>,
    web: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Installed {
    client_id: Option<String>,
    client_secret: Option<SecretText>,
    project_id: Option<String>,
}

/// Wiped when the file turns out to be unusable.
#[derive(Deserialize, Zeroize)]
#[zeroize(drop)]
struct SecretText(String);

/// Parses the text of a client file; parser messages quote the text and are left out.
fn parse(bytes: &[u8]) -> Result<ClientFile, Fault> {
    let layout: Layout =
        serde_json::from_slice(bytes).map_err(|_| Fault::from(Code::ClientFileUnreadable))?;
    if layout.kind.as_deref() == Some("service_account") {
        return Err(Code::ClientFileServiceAccount.into());
    }
    match (layout.installed, layout.web) {
        (Some(installed), _) => complete(installed),
        (None, Some(_)) => Err(Code::ClientFileWeb.into()),
        (None, None) => Err(Code::ClientFileUnreadable.into()),
    }
}

fn complete(installed: Installed) -> Result<ClientFile, Fault> {
    let incomplete = || Fault::from(Code::ClientFileIncomplete);
    let client_id = installed
        .client_id
        .filter(|id| !id.is_empty())
        .ok_or_else(incomplete)?;
    let mut secret = installed
        .client_secret
        .filter(|secret| !secret.0.is_empty())
        .ok_or_else(incomplete)?;
    Ok(ClientFile {
        client_id,
        client_secret: ClientSecret::new(std::mem::take(&mut secret.0)),
        project_id: installed.project_id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESKTOP: &str = r#"{"installed":{"client_id":"1-a.apps.googleusercontent.com",
        "project_id":"mail-at-home","auth_uri":"https://accounts.google.com/o/oauth2/auth",
        "token_uri":"https://oauth2.googleapis.com/token",
        "client_secret":"GOCSPX-canary","redirect_uris":["http://localhost"]}}"#;

    fn refused(text: &str) -> Code {
        let fault = parse(text.as_bytes()).expect_err("refused");
        assert!(!format!("{fault:?}").contains("canary"), "{fault:?}");
        fault.code
    }

    #[test]
    fn a_desktop_client_is_read() {
        let file = parse(DESKTOP.as_bytes()).expect("read");
        assert_eq!(file.client_id, "1-a.apps.googleusercontent.com");
        assert_eq!(file.client_secret.expose(), "GOCSPX-canary");
        assert_eq!(file.project_id.as_deref(), Some("mail-at-home"));
        assert!(!format!("{file:?}").contains("canary"));
    }

    #[test]
    fn other_files_each_get_their_own_fault() {
        let cases = [
            (
                r#"{"web":{"client_id":"a","client_secret":"canary"}}"#,
                Code::ClientFileWeb,
            ),
            (
                r#"{"type":"service_account","private_key":"canary"}"#,
                Code::ClientFileServiceAccount,
            ),
            (r#"{"installed":{"client_id":"a"}}"#, Code::ClientFileIncomplete),
            (
                r#"{"installed":{"client_id":"","client_secret":"canary"}}"#,
                Code::ClientFileIncomplete,
            ),
            (
                r#"{"installed":{"client_id":"a","client_secret":""}}"#,
                Code::ClientFileIncomplete,
            ),
            (r#"{"installed":"canary"}"#, Code::ClientFileUnreadable),
            (
                r#"{"installed":{"client_id":"a","client_secret":"canary"#,
                Code::ClientFileUnreadable,
            ),
            ("{}", Code::ClientFileUnreadable),
            ("[]", Code::ClientFileUnreadable),
            ("", Code::ClientFileUnreadable),
            ("GOCSPX-canary", Code::ClientFileUnreadable),
        ];
        for (text, code) in cases {
            assert_eq!(refused(text), code, "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("client.json");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        let (say, said) = std::sync::mpsc::channel();
        std::thread::spawn(move || say.send(read(&pipe).map_err(|fault| fault.code)));
        let answer = said.recv_timeout(std::time::Duration::from_secs(5));
        assert_eq!(answer.expect("not kept waiting"), Err(Code::ClientFileUnreadable));
    }

    #[test]
    fn what_is_missing_too_long_or_no_file_is_unreadable() {
        let folder = tempfile::tempdir().expect("a folder");
        let long = folder.path().join("long.json");
        std::fs::write(&long, format!("{DESKTOP}{}", " ".repeat(64 * 1024))).expect("written");
        for path in [long.as_path(), folder.path(), &folder.path().join("none.json")] {
            let fault = read(path).expect_err("refused");
            assert_eq!(fault.code, Code::ClientFileUnreadable, "{}", path.display());
        }
    }
}
