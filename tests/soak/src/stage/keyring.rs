use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::Folders;
use super::bus::{Bus, LONGEST};
use crate::failure::Failure;
use crate::look::keyring_is_open;

/// GNOME's keyring, unlocked; it keeps its items on this stage's disk.
pub struct Keyring {
    daemon: Child,
    crashes: u32,
}

impl Keyring {
    pub async fn start(folders: &Folders, bus: &Bus) -> Result<Self, Failure> {
        let daemon = daemon(folders, bus).await?;
        Ok(Self { daemon, crashes: 0 })
    }

    /// Starts it again where it ended by itself; says how often that was.
    pub async fn mend(&mut self, folders: &Folders, bus: &Bus) -> Result<u32, Failure> {
        if self.daemon.try_wait()?.is_some() {
            self.crashes += 1;
            self.daemon = daemon(folders, bus).await?;
        }
        Ok(self.crashes)
    }
}

async fn daemon(folders: &Folders, bus: &Bus) -> Result<Child, Failure> {
    let log = File::options()
        .create(true)
        .append(true)
        .open(folders.at("logs").join("keyring.log"))?;
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--foreground", "--unlock", "--components=secrets"])
        .env_clear()
        .envs(folders.environment())
        .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| Failure::stage("gnome-keyring-daemon (Debian: gnome-keyring)", error))?;
    if let Some(mut password) = daemon.stdin.take() {
        password.write_all(b"password").await?;
    }
    let open = async {
        while !keyring_is_open(&bus.line).await {
            sleep(Duration::from_millis(30)).await;
        }
    };
    timeout(LONGEST, open)
        .await
        .map_err(|_| Failure::Stage("the keyring did not come up".to_owned()))?;
    Ok(daemon)
}
