use std::process::{Output, Stdio};
use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::Stage;
use crate::failure::Failure;

/// Longer than anything takes that is not broken.
const LONGEST: Duration = Duration::from_secs(60);

/// What the `evergrant` command said at its end.
pub struct Said {
    pub code: Option<i32>,
    pub text: String,
    pub complaint: String,
}

impl Said {
    pub fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            text: String::from_utf8_lossy(&output.stdout).into_owned(),
            complaint: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    pub fn went_well(&self) -> bool {
        self.code == Some(0)
    }

    /// Its answer, where it is one of these.
    pub fn answer<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.text).ok()
    }
}

impl Stage {
    /// Runs the command to its end, as a person at a terminal does.
    pub async fn evergrant(&self, words: &[&str]) -> Result<Said, Failure> {
        let running = self.begin(words)?.wait_with_output();
        let output = timeout(LONGEST, running)
            .await
            .map_err(|_| Failure::Stage(format!("evergrant {words:?} did not end")))??;
        Ok(Said::of(&output))
    }

    /// Starts the command.
    pub fn begin(&self, words: &[&str]) -> Result<Child, Failure> {
        let mut command = Command::new(&self.programs.command);
        command
            .arg("--json")
            .args(words)
            .env_clear()
            .envs(self.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        Ok(command.spawn()?)
    }
}
