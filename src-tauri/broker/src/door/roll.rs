//! Who is in: how many in all and of each process, and who leaves when it gets narrow.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use super::pulse::{Phase, Pulse};

struct Seat {
    pid: u32,
    pulse: Arc<Pulse>,
    dismissed: bool,
}

/// Seats by key; the key is whatever tells connections apart.
pub(super) struct Roll<K> {
    most: usize,
    most_of_one: usize,
    seats: HashMap<K, Seat>,
    /// Seats of each process that has any.
    held: HashMap<u32, usize>,
}

impl<K: Eq + Hash> Roll<K> {
    pub(super) fn new(most: usize, most_of_one: usize) -> Self {
        Self {
            most,
            most_of_one,
            seats: HashMap::new(),
            held: HashMap::new(),
        }
    }

    /// Whether one more of this process may come in. When it gets narrow, an idle one is asked to leave.
    pub(super) fn has_room_for(&mut self, pid: u32) -> bool {
        if self.held_by(pid) >= self.most_of_one {
            return false;
        }
        if self.is_narrow() {
            self.dismiss_one();
        }
        self.seats.len() < self.most
    }

    pub(super) fn entered(&mut self, key: K, pid: u32, pulse: Arc<Pulse>) {
        *self.held.entry(pid).or_default() += 1;
        let dismissed = false;
        self.seats.insert(
            key,
            Seat {
                pid,
                pulse,
                dismissed,
            },
        );
    }

    pub(super) fn left(&mut self, key: &K) {
        let Some(seat) = self.seats.remove(key) else {
            return;
        };
        if let Some(held) = self.held.get_mut(&seat.pid) {
            *held -= 1;
            if *held == 0 {
                self.held.remove(&seat.pid);
            }
        }
    }

    pub(super) fn dismiss_all(&self) {
        self.seats.values().for_each(|seat| seat.pulse.dismiss());
    }

    fn held_by(&self, pid: u32) -> usize {
        self.held.get(&pid).copied().unwrap_or_default()
    }

    fn is_narrow(&self) -> bool {
        self.seats.len() * 10 >= self.most * 9
    }

    /// An idle one of the process that holds most, among those that have an idle one.
    fn dismiss_one(&mut self) {
        let held = &self.held;
        let leaves = self
            .seats
            .values_mut()
            .filter(|seat| !seat.dismissed && seat.pulse.phase() == Phase::Idle)
            .max_by_key(|seat| held.get(&seat.pid));
        if let Some(seat) = leaves {
            seat.dismissed = true;
            seat.pulse.dismiss();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREEDY: u32 = 7;
    const MODEST: u32 = 8;
    const NEW: u32 = 9;

    fn fill(roll: &mut Roll<usize>, pid: u32, keys: std::ops::Range<usize>, phase: Phase) {
        for key in keys {
            let pulse = Arc::new(Pulse::new());
            pulse.set(phase);
            roll.entered(key, pid, pulse);
        }
    }

    fn dismissed(roll: &Roll<usize>) -> Vec<u32> {
        let asked = roll.seats.values().filter(|seat| seat.dismissed);
        asked.map(|seat| seat.pid).collect()
    }

    #[test]
    fn a_process_has_its_share_and_gets_it_back() {
        let mut roll = Roll::new(100, 3);
        fill(&mut roll, GREEDY, 0..3, Phase::Idle);
        assert!(!roll.has_room_for(GREEDY));
        assert!(roll.has_room_for(MODEST));
        roll.left(&1);
        roll.left(&1);
        assert!(roll.has_room_for(GREEDY));
        fill(&mut roll, GREEDY, 1..2, Phase::Idle);
        assert!(!roll.has_room_for(GREEDY));
    }

    #[test]
    fn when_it_gets_narrow_an_idle_one_of_the_greediest_leaves_for_each_newcomer() {
        let mut roll = Roll::new(20, 20);
        fill(&mut roll, MODEST, 0..5, Phase::Idle);
        fill(&mut roll, GREEDY, 5..17, Phase::Idle);
        assert!(roll.has_room_for(NEW));
        assert!(dismissed(&roll).is_empty());
        fill(&mut roll, GREEDY, 17..18, Phase::Idle);
        assert!(roll.has_room_for(NEW));
        assert!(roll.has_room_for(NEW));
        assert_eq!(dismissed(&roll), [GREEDY, GREEDY]);
    }

    #[test]
    fn whoever_is_being_served_stays() {
        let mut roll = Roll::new(20, 20);
        fill(&mut roll, GREEDY, 0..16, Phase::Answering);
        fill(&mut roll, MODEST, 16..18, Phase::Idle);
        fill(&mut roll, NEW, 18..20, Phase::Head);
        for _ in 0..4 {
            assert!(!roll.has_room_for(NEW));
        }
        assert_eq!(dismissed(&roll), [MODEST, MODEST]);
    }

    #[test]
    fn those_who_left_are_forgotten() {
        let mut roll = Roll::new(20, 20);
        fill(&mut roll, GREEDY, 0..10, Phase::Idle);
        (0..10).for_each(|key| roll.left(&key));
        assert!(roll.seats.is_empty() && roll.held.is_empty());
    }
}
