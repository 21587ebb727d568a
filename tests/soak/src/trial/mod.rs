//! One deed, the deaths it meets, and what must hold afterwards.

mod dying;
mod resting;

use std::time::Duration;

use crate::death::Death;
use crate::deed::Deed;
use crate::failure::Failure;
use crate::look::Evidence;
use crate::promises::Case;
use crate::season::Season;
use crate::stage::Stage;
use crate::story::Story;

/// What is to be done, and how the agent is to die of it.
pub struct Trial {
    pub deed: Deed,
    pub email: String,
    pub death: Death,
    /// Deaths at the starts that follow.
    pub again: Vec<Death>,
    pub season: Season,
    /// How long the deed takes from the moment on where something is at stake.
    pub span: Duration,
}

/// How things stood at rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As if nothing had been asked.
    Before,
    /// As asked, when it died already.
    After,
    /// As asked, by what the next start made of it.
    Finished,
    /// A grant that could not be kept was given back.
    Returned,
    /// The person was told, and signed in once more.
    Told,
}

impl Outcome {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "as before",
            Self::After => "as after",
            Self::Finished => "finished at the next start",
            Self::Returned => "returned at the next start",
            Self::Told => "told, and signed in again",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Kill {
    pub place: String,
    /// The deed, or `start`.
    pub during: &'static str,
}

#[derive(Clone, Debug)]
pub struct Ending {
    pub outcome: Outcome,
    pub kills: Vec<Kill>,
    /// The first death came where it was told to.
    pub reached: bool,
    /// How long the deed took, where nothing interrupted it.
    pub took: Option<Duration>,
}

/// One trial on its way.
struct Course<'a> {
    trial: &'a Trial,
    stage: &'a mut Stage,
    story: &'a mut Story,
    before: Evidence,
    /// How everything lay after each death.
    deaths: Vec<Evidence>,
    kills: Vec<Kill>,
    answer_may_be_lost: bool,
}

impl Trial {
    /// # Errors
    /// `Failure::Promise` with what is broken; `Failure::Stage`.
    pub async fn run(&self, stage: &mut Stage, story: &mut Story) -> Result<Ending, Failure> {
        let before = Evidence::gather(stage).await?;
        let mut course = Course {
            trial: self,
            stage,
            story,
            before,
            deaths: vec![],
            kills: vec![],
            answer_may_be_lost: false,
        };
        let done = course.die().await?;
        let said = done.as_ref().is_some_and(|done| done.well);
        // The start after a consent may exchange its code; none refreshes at once.
        let exchanges = self.deed == Deed::Connect && !self.again.is_empty();
        course.answer_may_be_lost = !said && (exchanges || !self.death.comes_after_storing());
        let reached = !course.kills.is_empty();
        for death in self.again.iter().filter(|_| reached) {
            course.die_again(death).await?;
        }
        let outcome = course.rest().await?;
        Ok(Ending {
            outcome,
            reached,
            kills: course.kills,
            took: done.map(|done| done.took),
        })
    }
}

impl Course<'_> {
    fn case(&self) -> Case<'_> {
        Case {
            deed: self.trial.deed,
            email: &self.trial.email,
            season: self.trial.season,
            before: &self.before,
            deaths: &self.deaths,
            answer_may_be_lost: self.answer_may_be_lost,
        }
    }
}
