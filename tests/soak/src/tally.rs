use std::collections::BTreeMap;
use std::fmt;

use crate::trial::{Ending, Outcome};

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub kills: usize,
    pub trials: usize,
    by_step: BTreeMap<String, usize>,
    by_deed: BTreeMap<&'static str, usize>,
    by_outcome: BTreeMap<&'static str, usize>,
    /// Deeds that never came to the step at which they were to die, and went well.
    unharmed: usize,
    pub keyring_crashes: u32,
}

impl Tally {
    pub fn count(&mut self, ending: &Ending) {
        self.trials += 1;
        self.kills += ending.kills.len();
        for kill in &ending.kills {
            *self.by_step.entry(kill.place.clone()).or_default() += 1;
            *self.by_deed.entry(kill.during).or_default() += 1;
        }
        if ending.kills.is_empty() {
            self.unharmed += 1;
        } else {
            *self.by_outcome.entry(ending.outcome.name()).or_default() += 1;
        }
    }

    /// Deaths of this kind, such as `vault.write:after`.
    pub fn deaths_at(&self, place: &str) -> usize {
        self.by_step.get(place).copied().unwrap_or_default()
    }

    /// Deaths during this, such as `connect` or `start`.
    pub fn deaths_during(&self, deed: &str) -> usize {
        self.by_deed.get(deed).copied().unwrap_or_default()
    }

    /// Trials that ended so.
    pub fn ended(&self, outcome: Outcome) -> usize {
        self.by_outcome.get(outcome.name()).copied().unwrap_or_default()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            to,
            "{} kills in {} trials; every promise held.",
            self.kills, self.trials
        )?;
        writeln!(
            to,
            "  {} more deeds never came to their step and went well.",
            self.unharmed
        )?;
        if self.keyring_crashes > 0 {
            writeln!(
                to,
                "  The keyring itself crashed {} times and was started again.",
                self.keyring_crashes
            )?;
        }
        table(
            to,
            "Killed at",
            self.by_step.iter().map(|(step, count)| (step.as_str(), *count)),
        )?;
        table(
            to,
            "Killed during",
            self.by_deed.iter().map(|(deed, count)| (*deed, *count)),
        )?;
        table(
            to,
            "Afterwards",
            self.by_outcome.iter().map(|(end, count)| (*end, *count)),
        )
    }
}

fn table<'a>(
    to: &mut fmt::Formatter<'_>,
    title: &str,
    lines: impl Iterator<Item = (&'a str, usize)>,
) -> fmt::Result {
    writeln!(to, "{title}")?;
    for (name, count) in lines {
        writeln!(to, "  {name:<26}{count:>6}")?;
    }
    Ok(())
}
