//! Trial after trial, until there were enough kills.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use crate::chance::Chance;
use crate::death::Death;
use crate::deed::Deed;
use crate::docket::Docket;
use crate::failure::Failure;
use crate::look::Evidence;
use crate::season::Season;
use crate::stage::Stage;
use crate::story::Story;
use crate::tally::Tally;
use crate::trial::{Ending, Trial};

/// Of the trials, one in so many has a further death while the first is mended; of those again.
const DIES_AGAIN: u32 = 3;
/// How long a deed takes, until it was seen.
const FIRST_SPAN: Duration = Duration::from_millis(300);

/// What is wanted of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The same seed tries the same things in the same order.
    pub seed: u64,
    pub kills: usize,
}

struct Run {
    stage: Stage,
    story: Story,
    chance: Chance,
    docket: Docket,
    spans: BTreeMap<Deed, Duration>,
    tally: Tally,
}

/// Kills as often as wished. `heard` is told how far it is, now and then.
///
/// # Errors
/// `Failure::Promise` with the story that led there and how to repeat it; `Failure::Stage`.
pub async fn run(wish: Wish, mut heard: impl FnMut(&Tally)) -> Result<Tally, Failure> {
    let mut chance = Chance::of(wish.seed);
    let mut run = Run {
        stage: Stage::set_up(wish.seed).await?,
        story: Story::default(),
        docket: Docket::new(&mut chance),
        chance,
        spans: BTreeMap::new(),
        tally: Tally::default(),
    };
    while run.tally.kills < wish.kills {
        if let Err(failure) = run.trial().await {
            return Err(run.told(wish, failure));
        }
        heard(&run.tally);
    }
    Ok(run.tally)
}

impl Run {
    async fn trial(&mut self) -> Result<(), Failure> {
        let season = Season::of(self.tally.trials);
        self.stage.provider.set(&season.project()).await?;
        self.tally.keyring_crashes = self.stage.mend_keyring().await?;
        let trial = self.next(season).await?;
        let number = self.tally.trials + 1;
        let (deed, email, death) = (trial.deed.name(), &trial.email, &trial.death);
        let again = trial.again.iter().fold(String::new(), |mut text, death| {
            let _ = write!(text, ", then {death}");
            text
        });
        self.story.begin(format!(
            "{number}. {deed} {email}; to die {death}{again}; {}",
            season.name()
        ));
        let ending = trial.run(&mut self.stage, &mut self.story).await?;
        self.docket.learn(trial.deed, &trial.death, ending.reached);
        self.learn_span(trial.deed, &ending);
        self.tally.count(&ending);
        Ok(())
    }

    /// A deed that makes sense as things are, and its deaths.
    async fn next(&mut self, season: Season) -> Result<Trial, Failure> {
        let now = Evidence::gather(&self.stage).await?;
        let people = now.people();
        let person = self.chance.one_of(&people);
        let person = person.ok_or_else(|| Failure::Stage("nobody lives at the provider".to_owned()))?;
        let deed = if person.is_here() {
            self.chance
                .one_of(&Deed::TO_AN_ACCOUNT)
                .copied()
                .unwrap_or(Deed::Refresh)
        } else {
            Deed::Connect
        };
        let mut again: Vec<Death> = vec![];
        while self.chance.one_in(DIES_AGAIN) {
            again.push(Docket::at_a_start(&mut self.chance));
        }
        Ok(Trial {
            deed,
            email: person.email.clone(),
            death: self.docket.next(deed, &mut self.chance),
            again,
            season,
            span: self.spans.get(&deed).copied().unwrap_or(FIRST_SPAN),
        })
    }

    /// What it took last weighs as much as all before.
    fn learn_span(&mut self, deed: Deed, ending: &Ending) {
        if let Some(took) = ending.took {
            let span = self.spans.entry(deed).or_insert(took);
            *span = (*span + took) / 2;
        }
    }

    /// What led to a failure, and how to see it again.
    fn told(&mut self, wish: Wish, failure: Failure) -> Failure {
        self.stage.folders.keep();
        let kills = self.tally.kills + 1;
        failure.with(&format!(
            "\n\nThe story:\n{}\nWhat the agent said in each life: {}\nTo repeat it: evergrant-crash \
             --seed {} --kills {kills}",
            self.story,
            self.stage.folders.at("logs").display(),
            wish.seed,
        ))
    }
}
