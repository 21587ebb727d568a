use std::fs::File;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use evergrant_agent::mortal;
use evergrant_protocol::AccountList;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::Stage;
use crate::death::Doom;
use crate::failure::Failure;

/// Longest until an agent that was started answers.
const LONGEST: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(10);

/// How an agent ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// SIGKILL: by its own hand, or by ours.
    Killed,
    /// Some other way, which nobody asked for.
    ByItself(ExitStatus),
}

/// One life of the agent.
pub struct Agent {
    child: Child,
    pub socket: PathBuf,
}

impl Stage {
    /// Starts the agent, with an appointed end or without.
    pub fn agent(&mut self, doom: Option<&Doom>) -> Result<Agent, Failure> {
        self.lives += 1;
        let log = File::create(self.folders.log(self.lives))?;
        let mut command = Command::new(&self.programs.agent);
        command
            .arg("--practice")
            .env_clear()
            .envs(self.environment())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true);
        if let Some(doom) = doom {
            command.env(mortal::VARIABLE, doom.told());
        }
        Ok(Agent {
            child: command.spawn()?,
            socket: self.folders.at("run").join("evergrant").join("broker.sock"),
        })
    }
}

impl Stage {
    /// How many lives there were so far.
    pub const fn lives(&self) -> u32 {
        self.lives
    }

    /// Returns when somebody answers at the socket, and knows this account.
    ///
    /// # Errors
    /// `Failure::Stage`: that takes too long.
    pub async fn until_up(&self, socket: &Path, email: Option<&str>) -> Result<(), Failure> {
        let up = async {
            while UnixStream::connect(socket).is_err() {
                sleep(GLANCE).await;
            }
            while let Some(email) = email {
                let said = self.evergrant(&["accounts"]).await?;
                let list: Option<AccountList> = said.answer();
                if list.is_some_and(|list| list.accounts.iter().any(|account| account.email == email)) {
                    break;
                }
                sleep(GLANCE).await;
            }
            Ok(())
        };
        timeout(LONGEST, up)
            .await
            .map_err(|_| Failure::Promise("the agent does not come up".to_owned()))?
    }
}

impl Agent {
    /// Returns when it is dead.
    pub async fn ended(&mut self) -> Result<Ended, Failure> {
        let status = self.child.wait().await?;
        Ok(match status.signal() {
            Some(9) => Ended::Killed,
            _ => Ended::ByItself(status),
        })
    }

    /// Ends it the way a power cut does, and waits until it is gone.
    pub async fn kill(&mut self) -> Result<Ended, Failure> {
        self.child.start_kill()?;
        self.ended().await
    }
}
