//! What a person does, through the `evergrant` command.

use std::time::{Duration, Instant};

use evergrant_agent::mortal::Step;
use evergrant_protocol::command::Attempt;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::failure::Failure;
use crate::stage::{Said, Stage};

/// Longer than any deed takes that is not broken.
const LONGEST: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    Connect,
    Reconnect,
    Refresh,
    Disconnect,
}

/// How a deed went for which nobody died.
#[derive(Clone, Debug)]
pub struct Done {
    pub well: bool,
    /// From the moment on from which something was at stake.
    pub took: Duration,
    /// What the command said.
    pub said: String,
}

impl Deed {
    pub const ALL: [Self; 4] = [Self::Connect, Self::Reconnect, Self::Refresh, Self::Disconnect];
    /// What can be done to an account that is here.
    pub const TO_AN_ACCOUNT: [Self; 3] = [Self::Reconnect, Self::Refresh, Self::Disconnect];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Reconnect => "reconnect",
            Self::Refresh => "refresh",
            Self::Disconnect => "disconnect",
        }
    }

    /// The steps that it can come to.
    pub const fn steps(self) -> &'static [Step] {
        match self {
            Self::Connect | Self::Reconnect => &[
                Step::VaultRead,
                Step::VaultWrite,
                Step::VaultDelete,
                Step::VaultKeys,
                Step::LedgerSave,
                Step::HistoryNote,
                Step::ProviderExchange,
            ],
            Self::Refresh => &[
                Step::VaultRead,
                Step::VaultWrite,
                Step::LedgerSave,
                Step::HistoryNote,
                Step::ProviderRefresh,
            ],
            Self::Disconnect => &[
                Step::VaultRead,
                Step::VaultDelete,
                Step::LedgerSave,
                Step::LedgerRemove,
                Step::HistoryNote,
                Step::HistoryForget,
                Step::ProviderRevoke,
            ],
        }
    }

    /// Does it for this person. `at_stake` hears when something begins that can be lost.
    ///
    /// # Errors
    /// `Failure::Promise` where it neither succeeds nor fails; `Failure::Stage`.
    pub async fn perform(self, stage: &Stage, email: &str, at_stake: &Notify) -> Result<Done, Failure> {
        let performed = async {
            match self {
                Self::Connect => consent(stage, email, &["connect", "--no-browser"], at_stake).await,
                Self::Reconnect => {
                    let words = ["connect", "--no-browser", "--account", email];
                    consent(stage, email, &words, at_stake).await
                }
                Self::Refresh => at_once(stage, &["refresh", email], at_stake).await,
                Self::Disconnect => at_once(stage, &["disconnect", "--yes", email], at_stake).await,
            }
        };
        timeout(LONGEST, performed)
            .await
            .map_err(|_| Failure::Promise(format!("to {} {email} has no end", self.name())))?
    }
}

async fn at_once(stage: &Stage, words: &[&str], at_stake: &Notify) -> Result<Done, Failure> {
    at_stake.notify_one();
    let begun = Instant::now();
    let said = stage.evergrant(words).await?;
    Ok(done(&said, begun.elapsed()))
}

/// Asks for the link, says yes in the browser, and follows it back.
async fn consent(stage: &Stage, email: &str, words: &[&str], at_stake: &Notify) -> Result<Done, Failure> {
    let mut command = stage.begin(words)?;
    let stdout = command.stdout.take();
    let mut lines = stdout.map(|stdout| BufReader::new(stdout).lines());
    let mut link = None;
    while let Some(lines) = lines.as_mut().filter(|_| link.is_none()) {
        let Some(told) = lines.next_line().await? else {
            break;
        };
        link = serde_json::from_str::<Attempt>(&told)
            .ok()
            .and_then(|attempt| attempt.link);
    }
    let Some(link) = link else {
        let said = Said::of(&command.wait_with_output().await?);
        return Ok(done(&said, Duration::ZERO));
    };
    let back = stage.provider.agree(&link, email).await?;
    at_stake.notify_one();
    let begun = Instant::now();
    stage.provider.go_back(&back).await;
    let took = begun.elapsed();
    let mut told = String::new();
    while let Some(line) = match lines.as_mut() {
        Some(lines) => lines.next_line().await?,
        None => None,
    } {
        told = line;
    }
    let mut said = Said::of(&command.wait_with_output().await?);
    said.text = told;
    Ok(done(&said, took))
}

fn done(said: &Said, took: Duration) -> Done {
    Done {
        well: said.went_well(),
        took,
        said: format!("{}{}", said.text.trim(), said.complaint.trim()),
    }
}
