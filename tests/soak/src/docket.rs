//! Which death comes next, so that every step is come to, before and after, the first time and the next.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use evergrant_agent::mortal::{Side, Step};

use crate::chance::Chance;
use crate::death::{Death, Doom};
use crate::deed::Deed;

/// Of the deaths, one in so many comes from outside.
const OUTSIDE: u32 = 4;

/// Rounds that a step sits out to which a deed did not come at all: it may where the provider has other
/// ways.
const SITS_OUT: u32 = 3;

/// What the start of an agent can come to, when something was left undone.
const AT_A_START: [Step; 8] = [
    Step::VaultKeys,
    Step::VaultRead,
    Step::VaultWrite,
    Step::VaultDelete,
    Step::LedgerSave,
    Step::LedgerRemove,
    Step::ProviderExchange,
    Step::ProviderRevoke,
];

pub struct Docket(BTreeMap<Deed, Vec<Cell>>);

/// One side of one step.
struct Cell {
    step: Step,
    side: Side,
    next: NonZeroU32,
    /// Deaths of which it was the turn, and those it sits out.
    turns: u32,
}

impl Docket {
    pub fn new(chance: &mut Chance) -> Self {
        let cells = Deed::ALL.map(|deed| {
            let mut cells: Vec<Cell> = both_sides(deed.steps()).map(Cell::new).collect();
            chance.shuffle(&mut cells);
            (deed, cells)
        });
        Self(cells.into())
    }

    /// The death that was tried least, or one from outside.
    pub fn next(&mut self, deed: Deed, chance: &mut Chance) -> Death {
        let cells = self.0.get_mut(&deed).map(Vec::as_mut_slice).unwrap_or_default();
        let cell = cells.iter_mut().min_by_key(|cell| cell.turns);
        match cell.filter(|_| !chance.one_in(OUTSIDE)) {
            Some(cell) => {
                cell.turns += 1;
                Death::Told(cell.doom())
            }
            None => Death::Outside(chance.part()),
        }
    }

    /// A death while the agent mends what an earlier one left.
    pub fn at_a_start(chance: &mut Chance) -> Death {
        let step = chance.one_of(&AT_A_START).copied();
        match (step, chance.one_of(Side::ALL).copied()) {
            (Some(step), Some(side)) if !chance.one_in(OUTSIDE) => Death::Told(Doom {
                step,
                side,
                nth: NonZeroU32::MIN,
            }),
            _ => Death::Outside(chance.part()),
        }
    }

    /// Whether the agent came to the step of this death: then the next time at the next such call, else
    /// at the first again.
    pub fn learn(&mut self, deed: Deed, death: &Death, reached: bool) {
        let Some(doom) = death.doom() else { return };
        let cells = self.0.get_mut(&deed).map(Vec::as_mut_slice).unwrap_or_default();
        let known = |cell: &&mut Cell| cell.step == doom.step && cell.side == doom.side;
        if let Some(cell) = cells.iter_mut().find(known) {
            if !reached && doom.nth == NonZeroU32::MIN {
                cell.turns += SITS_OUT;
            }
            cell.next = if reached {
                doom.nth.saturating_add(1)
            } else {
                NonZeroU32::MIN
            };
        }
    }
}

impl Cell {
    const fn new((step, side): (Step, Side)) -> Self {
        Self {
            step,
            side,
            next: NonZeroU32::MIN,
            turns: 0,
        }
    }

    const fn doom(&self) -> Doom {
        Doom {
            step: self.step,
            side: self.side,
            nth: self.next,
        }
    }
}

fn both_sides(steps: &[Step]) -> impl Iterator<Item = (Step, Side)> {
    let sides = |step: &Step| Side::ALL.iter().map(|side| (*step, *side)).collect::<Vec<_>>();
    steps.iter().flat_map(sides)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every deed that comes to each of its steps this often.
    fn places(deed: Deed, comes: u32, deaths: usize) -> BTreeSet<String> {
        let mut chance = Chance::of(1);
        let mut docket = Docket::new(&mut chance);
        let mut places = BTreeSet::new();
        for _ in 0..deaths {
            let death = docket.next(deed, &mut chance);
            let reached = death.doom().is_none_or(|doom| doom.nth.get() <= comes);
            if let Some(doom) = death.doom().filter(|_| reached) {
                places.insert(doom.told());
            }
            docket.learn(deed, &death, reached);
        }
        places
    }

    #[test]
    fn every_step_is_come_to_on_both_sides_as_often_as_there_is_one() {
        for deed in Deed::ALL {
            let all = deed.steps().len() * Side::ALL.len() * 2;
            assert_eq!(places(deed, 2, 200).len(), all, "{}", deed.name());
        }
    }

    #[test]
    fn a_step_that_is_not_come_to_is_tried_seldom_and_never_forgotten() {
        let mut chance = Chance::of(1);
        let mut docket = Docket::new(&mut chance);
        let mut tried = 0;
        for _ in 0..1_000 {
            let death = docket.next(Deed::Refresh, &mut chance);
            let barren = death.doom().is_some_and(|doom| doom.step == Step::HistoryNote);
            tried += u32::from(barren);
            docket.learn(Deed::Refresh, &death, !barren);
        }
        assert!((20..80).contains(&tried), "{tried}");
    }
}
