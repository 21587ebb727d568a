//! The start after the last death: until everything is at rest, and what must hold then.

use std::time::{Duration, Instant};

use evergrant_protocol::{AccountList, AccountState, AccountView};
use tokio::sync::Notify;
use tokio::time::sleep;

use super::{Course, Outcome};
use crate::deed::Deed;
use crate::failure::Failure;
use crate::look::{Evidence, put_aside};
use crate::promises::{Broken, Case};
use crate::stage::Stage;

/// Longest until an agent that was started is at rest. What failed once is tried again after seconds.
const REST: Duration = Duration::from_secs(40);
/// Between two looks.
const GLANCE: Duration = Duration::from_millis(40);
/// What the agent says of a consent whose answer never came.
const INTERRUPTED: &str = "consent_interrupted";

/// How everything lies, once no promise is broken that could have been kept.
pub struct Rest {
    now: Evidence,
    beyond_mending: Vec<Broken>,
}

impl Course<'_> {
    /// Starts the agent for good, and judges.
    pub async fn rest(&mut self) -> Result<Outcome, Failure> {
        let first = self.stage.lives();
        let mut agent = self.stage.agent(None)?;
        let rest = self.at_rest().await?;
        let outcome = if rest.beyond_mending.is_empty() {
            if rest.now.about(&self.trial.email).is_here() {
                self.refreshes().await?;
            }
            self.outcome(&rest.now)
        } else {
            self.signs_in_again(&rest, first).await?;
            Outcome::Told
        };
        let aside = put_aside(&self.stage.folders)?;
        if !aside.is_empty() {
            return Err(Failure::Promise(format!("a ledger was put aside: {aside:?}")));
        }
        self.story.tell(format!("at rest: {}", outcome.name()));
        agent.kill().await?;
        Ok(outcome)
    }

    /// Returns when every promise holds that can.
    pub async fn at_rest(&self) -> Result<Rest, Failure> {
        settled(self.stage, &self.case()).await
    }

    /// What is kept opens something, and the promises hold when it did.
    async fn refreshes(&self) -> Result<(), Failure> {
        let email = self.trial.email.as_str();
        let said = self.stage.evergrant(&["refresh", email]).await?;
        if !said.went_well() {
            let why = format!("{email} does not refresh: {}{}", said.text, said.complaint);
            return Err(Failure::Promise(why));
        }
        let rest = self.at_rest().await?;
        match rest.beyond_mending.first() {
            None => Ok(()),
            Some(broken) => Err(Failure::Promise(format!("after a refresh: {}", broken.what))),
        }
    }

    /// Nobody could have mended it: then it was said, and the person's next sign-in makes it whole.
    async fn signs_in_again(&mut self, rest: &Rest, first_life: u32) -> Result<(), Failure> {
        let email = self.trial.email.as_str();
        for broken in &rest.beyond_mending {
            self.story.tell(format!("nobody could keep: {}", broken.what));
        }
        let deed = if rest.now.about(email).is_here() {
            self.says_that_it_ended(email).await?;
            Deed::Reconnect
        } else {
            self.said_that_it_was_interrupted(first_life)?;
            Deed::Connect
        };
        let done = deed.perform(self.stage, email, &Notify::new()).await?;
        if !done.well {
            return Err(Failure::Promise(format!(
                "signing in again failed: {}",
                done.said
            )));
        }
        let case = Case {
            deed,
            email,
            season: self.trial.season,
            before: &rest.now,
            deaths: &[],
            answer_may_be_lost: false,
        };
        let again = settled(self.stage, &case).await?;
        match again.beyond_mending.first() {
            None if again.now.about(email).opens() => Ok(()),
            None => Err(Failure::Promise(format!(
                "{email} is not here after signing in again"
            ))),
            Some(broken) => Err(Failure::Promise(format!(
                "after signing in again: {}",
                broken.what
            ))),
        }
    }

    /// A refresh fails, and the account then shows that a person is needed.
    async fn says_that_it_ended(&self, email: &str) -> Result<(), Failure> {
        let said = self.stage.evergrant(&["refresh", email]).await?;
        let listed = listed(self.stage).await?;
        let shown = listed.iter().find(|account| account.email == email);
        if !said.went_well() && shown.is_some_and(|account| account.state == AccountState::NeedsReconnect) {
            return Ok(());
        }
        Err(Failure::Promise(format!(
            "{email} ended and nobody was told: {}{} {shown:?}",
            said.text, said.complaint
        )))
    }

    fn said_that_it_was_interrupted(&self, first_life: u32) -> Result<(), Failure> {
        let mut lives = self.trial_lives(first_life);
        let told = lives.any(|life| {
            std::fs::read_to_string(self.stage.folders.log(life)).is_ok_and(|log| log.contains(INTERRUPTED))
        });
        if told {
            return Ok(());
        }
        let email = &self.trial.email;
        Err(Failure::Promise(format!(
            "the consent of {email} was interrupted and nobody was told"
        )))
    }

    /// The lives after the first death, this one included.
    fn trial_lives(&self, last_before: u32) -> std::ops::RangeInclusive<u32> {
        let starts = u32::try_from(self.deaths.len()).unwrap_or_default();
        last_before + 2 - starts.min(last_before + 1)..=last_before + 1
    }

    fn outcome(&self, now: &Evidence) -> Outcome {
        let email = self.trial.email.as_str();
        let (before, now) = (self.before.about(email), now.about(email));
        let then = self.deaths.first().unwrap_or(&self.before).about(email);
        let given_back = !then.live.is_subset(&now.live);
        match self.trial.deed {
            Deed::Connect if now.is_here() && then.is_here() => Outcome::After,
            Deed::Connect if now.is_here() => Outcome::Finished,
            Deed::Disconnect if now.is_here() => Outcome::Before,
            Deed::Disconnect if then.is_here() => Outcome::Finished,
            Deed::Disconnect => Outcome::After,
            _ if then.held() != before.held() => Outcome::After,
            _ if now.held() != before.held() => Outcome::Finished,
            Deed::Connect | Deed::Reconnect if given_back => Outcome::Returned,
            _ => Outcome::Before,
        }
    }
}

async fn settled(stage: &Stage, case: &Case<'_>) -> Result<Rest, Failure> {
    let until = Instant::now() + REST;
    loop {
        let looked = look(stage, case).await;
        let late = Instant::now() >= until;
        match looked {
            Ok((rest, broken)) if broken.is_empty() => return Ok(rest),
            Ok((_, broken)) if late => return Err(Failure::Promise(broken.join("\n"))),
            // What is being written is not whole.
            Err(failure) if late => return Err(failure),
            _ => sleep(GLANCE).await,
        }
    }
}

/// How everything lies, and which promises are broken that could have been kept.
async fn look(stage: &Stage, case: &Case<'_>) -> Result<(Rest, Vec<String>), Failure> {
    let listed = listed(stage).await?;
    let now = Evidence::gather(stage).await?;
    let (beyond_mending, broken): (Vec<_>, Vec<_>) = case
        .broken(&now, &listed)
        .into_iter()
        .partition(|broken| broken.beyond_mending);
    let rest = Rest { now, beyond_mending };
    Ok((rest, broken.into_iter().map(|broken| broken.what).collect()))
}

async fn listed(stage: &Stage) -> Result<Vec<AccountView>, Failure> {
    let said = stage.evergrant(&["accounts"]).await?;
    let list: Option<AccountList> = said.answer();
    let list = list.ok_or_else(|| Failure::Promise(format!("no list of accounts: {}", said.complaint)))?;
    Ok(list.accounts)
}
