//! The deed, and the deaths.

use std::cell::Cell;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::{Course, Kill};
use crate::death::Death;
use crate::deed::Done;
use crate::failure::Failure;
use crate::look::Evidence;
use crate::stage::{Agent, Ended};

/// A step may come after the answer: how long a death is waited for.
const AFTERMATH: Duration = Duration::from_millis(200);
/// Where a command ended badly, it may have noticed the death first.
const LAST_BREATH: Duration = Duration::from_secs(2);
/// How long a start takes that has something to mend, roughly: deaths at a start fall into it.
const START: Duration = Duration::from_millis(400);
/// What a death at a start is counted under.
const AT_START: &str = "start";

enum End {
    Dead(Ended),
    /// The time for a death from outside is come.
    Due,
    Done(Done),
}

impl Course<'_> {
    /// Does the deed until it is done or the agent is dead. What it said, where it was done.
    pub async fn die(&mut self) -> Result<Option<Done>, Failure> {
        let trial = self.trial;
        let mut agent = self.stage.agent(trial.death.doom())?;
        let during = Cell::new(AT_START);
        let (stage, at_stake) = (&*self.stage, Notify::new());
        let known = self.before.about(&trial.email).is_here();
        let socket = agent.socket.clone();
        let performed = async {
            stage
                .until_up(&socket, known.then_some(trial.email.as_str()))
                .await?;
            during.set(trial.deed.name());
            trial.deed.perform(stage, &trial.email, &at_stake).await
        };
        let due = async {
            let Death::Outside(part) = trial.death else {
                return std::future::pending().await;
            };
            at_stake.notified().await;
            sleep(trial.span.mul_f64(part)).await;
        };
        let end = tokio::select! {
            biased;
            ended = agent.ended() => End::Dead(ended?),
            () = due => End::Due,
            done = performed => End::Done(done?),
        };
        let during = during.get();
        let done = match end {
            End::Dead(ended) => {
                self.died(ended, &trial.death, during)?;
                None
            }
            End::Due => {
                let ended = agent.kill().await?;
                self.died(ended, &trial.death, during)?;
                None
            }
            End::Done(done) => {
                self.dies_late(&mut agent, &done).await?;
                Some(done)
            }
        };
        self.deaths.push(Evidence::gather(self.stage).await?);
        Ok(done)
    }

    /// The deed was done first. Its agent dies all the same; it counts where it was told to.
    async fn dies_late(&mut self, agent: &mut Agent, done: &Done) -> Result<(), Failure> {
        let trial = self.trial;
        let patience = if done.well { AFTERMATH } else { LAST_BREATH };
        let outside = trial.death.doom().is_none();
        let ended = if outside && done.well {
            Some(agent.kill().await?)
        } else {
            timeout(patience, agent.ended()).await.ok().transpose()?
        };
        if let Some(ended) = ended {
            return self.died(ended, &trial.death, trial.deed.name());
        }
        self.story
            .tell("the deed was done, and nobody died of it".to_owned());
        agent.kill().await?;
        if done.well {
            return Ok(());
        }
        let name = trial.deed.name();
        Err(Failure::Promise(format!(
            "to {name} failed with nobody dead: {}",
            done.said
        )))
    }

    /// Starts the agent again, and has it die of mending what was left.
    pub async fn die_again(&mut self, death: &Death) -> Result<(), Failure> {
        let mut agent = self.stage.agent(death.doom())?;
        let end = match death {
            Death::Outside(part) => {
                sleep(START.mul_f64(*part)).await;
                Some(agent.kill().await?)
            }
            Death::Told(_) => tokio::select! {
                biased;
                ended = agent.ended() => Some(ended?),
                _ = self.at_rest() => None,
            },
        };
        match end {
            Some(ended) => self.died(ended, death, AT_START)?,
            None => {
                agent.kill().await?;
            }
        }
        self.deaths.push(Evidence::gather(self.stage).await?);
        Ok(())
    }

    fn died(&mut self, ended: Ended, death: &Death, during: &'static str) -> Result<(), Failure> {
        match ended {
            Ended::Killed => {
                self.story.tell(format!("killed {death}, during {during}"));
                self.kills.push(Kill {
                    place: death.place(),
                    during,
                });
                Ok(())
            }
            Ended::ByItself(status) => Err(Failure::Promise(format!(
                "the agent ended by itself during {during}: {status}"
            ))),
        }
    }
}
