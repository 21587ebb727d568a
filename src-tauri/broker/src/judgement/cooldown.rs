//! How long a program that was refused has to wait before it may ask again.

use evergrant_domain::{Timestamp, time::Seconds};

use crate::judgement::Decision;
use crate::ports::{Known, Refusal, RefusalEnd};

/// The first wait; each further refusal makes it four times as long.
const FIRST: Seconds = Seconds(5 * 60);
const LONGEST: Seconds = Seconds(24 * 3600);
/// A refusal is forgotten this long after its wait is over.
const MEMORY: Seconds = Seconds(7 * 24 * 3600);

/// The refusal that follows from a no, after those before it.
pub fn next_refusal(
    program: Known,
    earlier: Option<&Refusal>,
    decision: Decision,
    now: Timestamp,
) -> Refusal {
    let before = earlier
        .filter(|refusal| remembered(refusal, now))
        .map_or(0, |r| r.times);
    let end = match decision {
        Decision::DenyAndMute => RefusalEnd::Never,
        _ => RefusalEnd::At(now + wait(before)),
    };
    Refusal {
        program,
        end,
        times: before.saturating_add(1),
    }
}

fn remembered(refusal: &Refusal, now: Timestamp) -> bool {
    match refusal.end {
        RefusalEnd::At(end) => now < end + MEMORY,
        RefusalEnd::Never => true,
    }
}

fn wait(before: u32) -> Seconds {
    let grown = FIRST.0.saturating_mul(4_i64.saturating_pow(before));
    Seconds(grown.min(LONGEST.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Assurance, Origin, ProgramKey};

    fn known() -> Known {
        Known {
            key: ProgramKey::new("exe:/usr/bin/mutt"),
            name: "mutt".into(),
            path: None,
            assurance: Assurance::System,
            origin: Origin::Direct,
        }
    }

    #[test]
    fn each_refusal_makes_the_wait_longer_up_to_a_day() {
        let now = Timestamp(1_000_000);
        let mut waits = vec![];
        let mut last = None;
        for _ in 0..6 {
            let refusal = next_refusal(known(), last.as_ref(), Decision::Deny, now);
            let RefusalEnd::At(end) = refusal.end else {
                panic!("not muted")
            };
            waits.push((end - now).0);
            last = Some(refusal);
        }
        assert_eq!(waits, [300, 1_200, 4_800, 19_200, 76_800, 86_400]);
    }

    #[test]
    fn an_old_refusal_is_forgotten_and_a_mute_is_not() {
        let first = next_refusal(known(), None, Decision::Silence, Timestamp(0));
        let later = Timestamp(0) + Seconds(8 * 24 * 3600);
        assert_eq!(
            next_refusal(known(), Some(&first), Decision::Deny, later).times,
            1
        );
        let muted = next_refusal(known(), None, Decision::DenyAndMute, Timestamp(0));
        assert_eq!(muted.end, RefusalEnd::Never);
    }
}
