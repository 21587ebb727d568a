//! Between a real keyring and the file.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use evergrant_adapters::config::{VaultChoice, VaultKind};

use super::home::{Home, Ran, ran};

/// A message bus with an unlocked keyring; both end with it.
struct Session {
    keyring: Child,
    bus: Child,
    address: String,
}

impl Session {
    /// `None` where this computer has neither.
    fn start(home: &Home) -> Option<Self> {
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .ok()?;
        let mut address = String::new();
        let told = bus.stdout.take().expect("piped");
        BufReader::new(told).read_line(&mut address).ok()?;
        let address = address.trim().to_owned();
        let mut keyring = home
            .dressed(
                Command::new("gnome-keyring-daemon"),
                &["--foreground", "--unlock", "--components=secrets"],
            )
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut password = keyring.stdin.take().expect("piped");
        password.write_all(b"password").expect("said");
        drop(password);
        // It says where it listens once it does.
        let mut line = String::new();
        let told = keyring.stdout.take().expect("piped");
        BufReader::new(told).read_line(&mut line).ok()?;
        Some(Self {
            keyring,
            bus,
            address,
        })
    }

    fn run(&self, home: &Home, words: &[&str]) -> Ran {
        ran(home.agent(words).env("DBUS_SESSION_BUS_ADDRESS", &self.address))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for child in [&mut self.keyring, &mut self.bus] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn choice(home: &Home) -> VaultChoice {
    VaultChoice::load(&home.places().config_file()).expect("no mistake")
}

#[tokio::test]
async fn secrets_go_into_the_keyring_and_back_into_the_file() {
    let home = Home::with_key_file();
    home.connect(&home.vault(), "anna", "1//secret").await;
    let Some(session) = Session::start(&home) else {
        println!("skipped: dbus and gnome-keyring are needed");
        return;
    };
    let ran = session.run(&home, &["vault", "move", "--to", "system"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.said.contains("1 item was moved."), "{ran:?}");
    assert_eq!(choice(&home).kind, VaultKind::System);
    assert_eq!(
        home.token(&home.vault(), "anna").await,
        None,
        "it is no longer in the file"
    );

    let ran = session.run(&home, &["vault", "move", "--to", "system"]);
    assert_eq!(
        (ran.exit, ran.said.contains("there already")),
        (0, true),
        "{ran:?}"
    );

    let key = home.at("another").display().to_string();
    let ran = session.run(&home, &["vault", "move", "--to", "file", "--key-file", &key]);
    assert_eq!(
        ran.exit, 5,
        "the file that stands opens with the first key: {ran:?}"
    );
    assert_eq!(choice(&home).kind, VaultKind::System, "nothing was chosen");

    let ran = session.run(&home, &["vault", "move", "--to", "file"]);
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert_eq!(choice(&home).kind, VaultKind::File);
    assert_eq!(
        home.token(&home.vault(), "anna").await.as_deref(),
        Some("1//secret")
    );
}

#[tokio::test]
async fn without_a_system_vault_nothing_moves_and_nothing_is_chosen() {
    let home = Home::with_key_file();
    home.connect(&home.vault(), "anna", "1//secret").await;
    let before = fs::read(home.places().config_file()).expect("a file");
    let ran = home.run(&["vault", "move", "--to", "system"]);
    assert_eq!(ran.exit, 5, "{ran:?}");
    assert!(ran.said.contains("Nothing is lost"), "{ran:?}");
    assert_eq!(
        home.token(&home.vault(), "anna").await.as_deref(),
        Some("1//secret")
    );
    assert_eq!(fs::read(home.places().config_file()).expect("a file"), before);
}

/// What cannot be reached may still hold something, so this is not decided for the person.
#[test]
fn where_there_never_was_a_system_vault_the_way_to_choose_the_file_is_said() {
    let home = Home::new();
    let key = home.at("key").display().to_string();
    let ran = home.run(&["vault", "move", "--to", "file", "--key-file", &key]);
    assert_eq!(ran.exit, 5, "{ran:?}");
    assert!(
        ran.said.contains("write kind = \"file\" under [vault]"),
        "{ran:?}"
    );
    assert_eq!(choice(&home), VaultChoice::default());
}

#[test]
fn a_mistake_in_the_settings_is_told_with_its_place() {
    let home = Home::new();
    home.configure("[vault]\nkind = \"cloud\"\n");
    let ran = home.run(&["vault", "move", "--to", "file"]);
    assert_eq!(ran.exit, 1);
    assert!(
        ran.said
            .starts_with("The settings file has a mistake in line 2, at “vault.kind”."),
        "{ran:?}"
    );
}
