//! A computer with a person's home, and the agent run on it.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use evergrant_adapters::key_file;
use evergrant_adapters::ledger::SqliteLedger;
use evergrant_adapters::places::{Places, Profile};
use evergrant_adapters::vault_file::{FileVault, Opener};
use evergrant_domain::lifecycle::Standing;
use evergrant_domain::{AccountId, Person, RefreshToken, ScopeSet, Subject, Timestamp, provider::ProviderId};
use evergrant_engine::kept::KeptGrant;
use evergrant_engine::ports::{Ledger, Row, Vault, VaultKey};

pub struct Home {
    folder: tempfile::TempDir,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub struct Ran {
    pub exit: i32,
    pub said: String,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["data", "config", "run", "home"] {
            let path = folder.path().join(name);
            fs::create_dir(&path).expect("made");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("narrowed");
        }
        Self { folder }
    }

    /// One whose secrets are in a file that a key file opens.
    pub fn with_key_file() -> Self {
        let home = Self::new();
        key_file::make(&home.at("key")).expect("made");
        home.configure(&format!(
            "[vault]\nkind = \"file\"\nkey_file = \"{}\"\n",
            home.at("key").display()
        ));
        home
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn places(&self) -> Places {
        let places = Places::below(&self.at("data"), &self.at("config"), Profile::Personal);
        places.prepare().expect("prepared");
        places
    }

    pub fn configure(&self, text: &str) {
        fs::write(self.places().config_file(), text).expect("written");
    }

    pub fn vault(&self) -> FileVault {
        FileVault::new(self.places().vault_file(), Opener::KeyFile(self.at("key")))
    }

    pub fn ledger(&self) -> SqliteLedger {
        SqliteLedger::open(&self.places().ledger()).expect("opened").0
    }

    /// An account with this token.
    pub async fn connect(&self, vault: &dyn Vault, name: &str, token: &str) {
        let row = row(name);
        let kept = KeptGrant::new(
            &row.provider,
            &row.person,
            &row.client_id,
            &RefreshToken::new(token),
        );
        let key = VaultKey::Account(row.id.clone());
        vault.write(&key, "", &kept.encode()).await.expect("written");
        self.ledger().save(&row).await.expect("saved");
    }

    /// The token that a vault keeps for this account.
    pub async fn token(&self, vault: &dyn Vault, name: &str) -> Option<String> {
        let text = vault.read(&VaultKey::Account(row(name).id)).await.ok()?;
        let kept = KeptGrant::decode(&text).expect("whole");
        Some(kept.refresh_token.expose().to_owned())
    }

    pub async fn has_row(&self, name: &str) -> bool {
        let rows = self.ledger().rows().await.expect("listed");
        rows.contains(&row(name))
    }

    /// The agent with these words; its environment is this home and nothing else.
    pub fn agent(&self, words: &[&str]) -> Command {
        self.dressed(Command::new(env!("CARGO_BIN_EXE_evergrant-agent")), words)
    }

    /// Any program that runs the agent in the end.
    pub fn dressed(&self, mut command: Command, words: &[&str]) -> Command {
        command
            .args(words)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.at("home"))
            .env("XDG_DATA_HOME", self.at("data"))
            .env("XDG_CONFIG_HOME", self.at("config"))
            .env("XDG_RUNTIME_DIR", self.at("run"))
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, words: &[&str]) -> Ran {
        ran(&mut self.agent(words))
    }

    /// With a passphrase on descriptor 0.
    pub fn run_saying(&self, words: &[&str], passphrase: &str) -> Ran {
        let mut child = self
            .agent(words)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdin = child.stdin.take().expect("its input");
        // It may end without reading.
        let _ = stdin.write_all(format!("{passphrase}\n").as_bytes());
        drop(stdin);
        child.wait_with_output().expect("it ends").into()
    }
}

pub fn ran(command: &mut Command) -> Ran {
    command.output().expect("it runs").into()
}

impl From<std::process::Output> for Ran {
    fn from(output: std::process::Output) -> Self {
        let text = [output.stdout, output.stderr].concat();
        Self {
            exit: output.status.code().unwrap_or(-1),
            said: String::from_utf8(text).expect("UTF-8"),
        }
    }
}

pub fn row(name: &str) -> Row {
    let subject = Subject {
        issuer: "https://accounts.google.com".into(),
        sub: name.into(),
    };
    Row {
        id: AccountId::of(&subject),
        provider: ProviderId::parse("google").expect("an id"),
        client_id: "client".into(),
        person: Person {
            subject,
            email: Some(format!("{name}@example.com")),
            name: None,
            picture: None,
            organisation: None,
        },
        asked: ScopeSet::parse("openid"),
        granted: ScopeSet::parse("openid"),
        standing: Standing::Connected,
        connected_since: Timestamp(1),
        last_checked: None,
        grant_ends_at: None,
        consents: 1,
        consented_at: Timestamp(1),
        last_used: None,
        stopped_at: None,
        rotates: false,
    }
}

/// Bytes of a file with something secret in them.
pub fn shows(path: &Path, plain: &str) -> bool {
    let bytes = fs::read(path).expect("a file");
    bytes.windows(plain.len()).any(|part| part == plain.as_bytes())
}
