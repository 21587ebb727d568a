use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use evergrant_agent::mortal;
use tokio::process::Command;
use tokio::time::timeout;

use crate::failure::Failure;

/// Longer than the agent takes to refuse an end that makes no sense.
const REFUSAL: Duration = Duration::from_secs(10);

/// The programs under test, as they were built.
pub struct Programs {
    pub agent: PathBuf,
    pub command: PathBuf,
}

impl Programs {
    /// Those that lie beside this program, or above it, where cargo puts tests.
    pub async fn beside_this_one() -> Result<Self, Failure> {
        let this = std::env::current_exe()?;
        let folders: Vec<&Path> = this.ancestors().skip(1).take(2).collect();
        let find = |name: &str| {
            let mut places = folders.iter().map(|folder| folder.join(name));
            places.find(|place| place.is_file()).ok_or_else(|| {
                Failure::Stage(format!("{name} is not built: run cargo build --workspace first"))
            })
        };
        let programs = Self {
            agent: find("evergrant-agent")?,
            command: find("evergrant")?,
        };
        programs.can_die().await?;
        Ok(programs)
    }

    /// An agent without fail points would live through every death it is told, and prove nothing.
    async fn can_die(&self) -> Result<(), Failure> {
        let refusal = Command::new(&self.agent)
            .env_clear()
            .env(mortal::VARIABLE, "nowhere")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .output();
        if let Ok(refused) = timeout(REFUSAL, refusal).await
            && String::from_utf8_lossy(&refused?.stderr).contains(mortal::VARIABLE)
        {
            return Ok(());
        }
        Err(Failure::Stage(
            "evergrant-agent was built without its fail points: run cargo build --workspace".to_owned(),
        ))
    }
}
