//! The agent as it serves, with its secrets in the file.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use evergrant_adapters::vault_file::{FileVault, Opener};
use evergrant_domain::secret::Passphrase;

use super::home::Home;

struct Serving(Child);

impl Serving {
    /// Waits until it listens.
    fn start(home: &Home, command: &mut Command) -> Self {
        let started = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let serving = Self(started.expect("it starts"));
        let socket = home.at("run").join("evergrant").join("broker.sock");
        let until = Instant::now() + Duration::from_secs(30);
        while !socket.exists() && Instant::now() < until {
            thread::sleep(Duration::from_millis(20));
        }
        assert!(socket.exists(), "it listens");
        serving
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Until the ledger has a row again: only an agent that reads the vault can know the account.
async fn recovered(home: &Home, name: &str) -> bool {
    let until = Instant::now() + Duration::from_secs(30);
    while Instant::now() < until {
        let rows = evergrant_engine::ports::Ledger::rows(&home.ledger())
            .await
            .expect("listed");
        if rows.iter().any(|row| row.id == super::home::row(name).id) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

async fn only_in_the_vault(home: &Home, vault: &FileVault) {
    home.connect(vault, "anna", "1//secret").await;
    let id = super::home::row("anna").id;
    let forgotten = evergrant_engine::ports::Ledger::remove(&home.ledger(), &id).await;
    forgotten.expect("forgotten");
}

#[tokio::test]
async fn with_a_key_file_nobody_is_asked_and_nothing_moves_meanwhile() {
    let home = Home::with_key_file();
    only_in_the_vault(&home, &home.vault()).await;
    let _serving = Serving::start(&home, &mut home.agent(&[]));
    assert!(recovered(&home, "anna").await, "the vault was read");
    let ran = home.run(&["vault", "move", "--to", "system"]);
    assert_eq!(ran.exit, 6, "{ran:?}");
    assert!(ran.said.starts_with("Evergrant is running"), "{ran:?}");
}

#[tokio::test]
async fn a_passphrase_comes_from_a_descriptor_or_a_credential() {
    let passphrase = || Opener::Passphrase(Passphrase::new("correct horse"));
    for credential in [false, true] {
        let home = Home::new();
        home.configure("[vault]\nkind = \"file\"\n");
        only_in_the_vault(&home, &FileVault::new(home.places().vault_file(), passphrase())).await;
        let mut command = home.agent(&[]);
        if credential {
            std::fs::write(home.at("evergrant-passphrase"), "correct horse").expect("written");
            command.env("CREDENTIALS_DIRECTORY", home.at(""));
        } else {
            let (ours, mut theirs) = std::io::pipe().expect("a pipe");
            theirs.write_all(b"correct horse\n").expect("said");
            command.args(["--passphrase-fd", "0"]).stdin(ours);
        }
        let _serving = Serving::start(&home, &mut command);
        assert!(recovered(&home, "anna").await, "credential: {credential}");
    }
}

#[tokio::test]
async fn a_wrong_passphrase_is_said_before_anything_is_served() {
    let home = Home::new();
    home.configure("[vault]\nkind = \"file\"\n");
    let vault = FileVault::new(
        home.places().vault_file(),
        Opener::Passphrase(Passphrase::new("correct horse")),
    );
    only_in_the_vault(&home, &vault).await;
    let ran = home.run_saying(&["--passphrase-fd", "0"], "battery staple");
    assert_eq!(ran.exit, 5, "{ran:?}");
    assert!(
        ran.said
            .starts_with("This passphrase or key does not open the file."),
        "{ran:?}"
    );
}
