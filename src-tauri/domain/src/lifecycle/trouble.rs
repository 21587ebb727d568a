//! A fault that did not end the account, and when it is worth asking again.

use crate::{Fault, Moment, time::Seconds};

/// Asking again waits: doubled each time the same way fails, up to the ceiling, and never shorter than a
/// busy provider asked for (RFC 9110 10.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub fault: Fault,
    /// How often in a row it failed; 0 once there is hope that it works.
    pub times: u32,
    /// Before this nobody is asked on a program's behalf.
    pub again_at: Moment,
}

impl Trouble {
    pub const FIRST_PAUSE: Seconds = Seconds(4);
    pub const LONGEST_PAUSE: Seconds = Seconds(15 * 60);
    /// A provider that asks for longer is asked again all the same.
    pub const LONGEST_ASKED: Seconds = Seconds(60 * 60);

    /// The trouble after one more failure.
    pub(super) fn after(earlier: Option<&Self>, fault: Fault, now: Moment) -> Self {
        let times = earlier.map_or(0, |trouble| trouble.times).saturating_add(1);
        let again_at = now + Self::pause(&fault, times);
        Self {
            fault,
            times,
            again_at,
        }
    }

    fn pause(fault: &Fault, times: u32) -> Seconds {
        // What waiting does not mend is not kept from being tried: a person may have mended it.
        let doublings = if fault.code.passes_by_itself() {
            times - 1
        } else {
            0
        };
        let own = Self::FIRST_PAUSE.0.saturating_mul(1 << doublings.min(16));
        let asked = fault.retry_after.unwrap_or(Seconds(0)).min(Self::LONGEST_ASKED);
        Seconds(own).min(Self::LONGEST_PAUSE).max(asked)
    }

    /// The fault with how long to wait, while it is too early to ask again.
    pub(super) fn unless_over(&self, now: Moment) -> Option<Fault> {
        let left = now.until(self.again_at);
        // Farther away than any pause is: the clock was set back.
        let waits = left > Seconds(0) && left <= Self::LONGEST_ASKED;
        waits.then(|| self.fault.clone().with_retry_after(left))
    }

    /// Something changed for the better: it is worth asking again at once.
    pub(super) fn hopeful(self, now: Moment) -> Self {
        Self {
            times: 0,
            again_at: now,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Timestamp, time::Uptime};

    fn at(second: i64) -> Moment {
        Moment {
            wall: Timestamp(1_800_000_000 + second),
            up: Uptime(second),
        }
    }

    fn pauses(fault: &Fault, how_many: usize) -> Vec<i64> {
        let mut trouble = None;
        let next = || {
            let failed = Trouble::after(trouble.as_ref(), fault.clone(), at(0));
            let pause = at(0).until(failed.again_at).0;
            trouble = Some(failed);
            pause
        };
        std::iter::repeat_with(next).take(how_many).collect()
    }

    #[test]
    fn pauses_grow_up_to_their_ceiling() {
        let busy = Code::ProviderBusy.into();
        assert_eq!(pauses(&busy, 10), [4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
        assert_eq!(pauses(&busy, 100).last(), Some(&900), "however often");
    }

    #[test]
    fn what_the_provider_asks_for_is_honoured_within_reason() {
        let asks = |seconds| Fault::from(Code::ProviderBusy).with_retry_after(Seconds(seconds));
        assert_eq!(pauses(&asks(120), 2), [120, 120]);
        assert_eq!(pauses(&asks(1), 2), [4, 8]);
        assert_eq!(pauses(&asks(999_999), 1), [3_600]);
    }

    #[test]
    fn what_only_a_person_mends_is_not_waited_for() {
        assert_eq!(pauses(&Code::VaultLocked.into(), 3), [4, 4, 4]);
    }

    #[test]
    fn the_pause_is_over_when_it_is_over_and_however_the_clock_is_set() {
        let trouble = Trouble::after(None, Code::Offline.into(), at(0));
        let left = |now| trouble.unless_over(now).and_then(|fault| fault.retry_after);
        assert_eq!(left(at(1)), Some(Seconds(3)));
        assert_eq!(left(at(4)), None);
        let mut set_back = at(5);
        set_back.wall = Timestamp(0);
        assert_eq!(
            left(set_back),
            None,
            "by the clock that only runs forward it is over"
        );
    }

    #[test]
    fn hope_ends_the_pause_and_what_fails_then_waits_as_the_first_time() {
        let failed = |earlier: Option<&Trouble>| Trouble::after(earlier, Code::Offline.into(), at(0));
        let first = failed(None);
        let hopeful = failed(Some(&first)).hopeful(at(1));
        assert_eq!((hopeful.times, hopeful.unless_over(at(1))), (0, None));
        assert_eq!(failed(Some(&hopeful)), first);
    }
}
