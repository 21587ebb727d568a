//! When an account is worth a refresh that nobody asked for. One pure rule; the engine looks every now
//! and then.

use crate::{
    Moment, Timestamp,
    lifecycle::{Standing, Trouble},
    time::Seconds,
};

/// What the rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub standing: Standing,
    /// The end of the kept lease.
    pub fresh_until: Option<Moment>,
    /// When a program last got a lease.
    pub last_used: Option<Timestamp>,
    /// When the provider last confirmed the grant.
    pub last_checked: Timestamp,
    pub trouble: Option<Trouble>,
    pub share: Share,
}

/// An account's own share of a span, so that a thousand accounts do not all act at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(u16);

impl Share {
    const WHOLE: i64 = 1 << 16;

    /// Any number makes one; equal numbers make equal shares.
    pub fn of(number: u16) -> Self {
        Self(number)
    }

    fn part_of(self, span: Seconds) -> Seconds {
        Seconds(span.0 * i64::from(self.0) / Self::WHOLE)
    }
}

/// What happened to the whole computer, after which accounts take their turns one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    pub at: Moment,
    /// The turns are spread over this.
    pub over: Seconds,
}

impl Wake {
    /// After a start, or after the computer slept.
    pub const AFTER_SLEEP: Seconds = Seconds(60);
    /// After the network came back: soon, and still not all at once.
    pub const AFTER_NETWORK: Seconds = Seconds(5);

    /// Whether its turns are still being taken. A clock that is set makes that no longer.
    pub fn lasts(self, now: Moment) -> bool {
        now.until(self.at + self.over) > Seconds(0)
    }

    fn lets(self, share: Share, now: Moment) -> bool {
        now.until(self.at + share.part_of(self.over)) <= Seconds(0)
    }
}

/// Why an account is refreshed unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Programs use it, and its lease ends soon.
    InUse,
    /// Nobody used it for so long that the provider might end it.
    KeptAlive,
    /// What failed may work by now.
    Again,
}

/// A lease in use is renewed this long before its end, each account up to as much earlier as its share.
pub const AHEAD: Seconds = Seconds(8 * 60);
const AHEAD_SPREAD: Seconds = Seconds(4 * 60);
/// Whoever is refreshed unasked gets a lease that serves at least this long.
pub const ENOUGH: Seconds = Seconds(AHEAD.0 + AHEAD_SPREAD.0);
/// Programs that asked within this long still use the account.
const IN_USE: Seconds = Seconds(2 * HOUR);
/// Google ends what was not used for six months; once a month leaves five tries.
const KEEP_ALIVE: Seconds = Seconds(30 * 24 * HOUR);
const KEEP_ALIVE_SPREAD: Seconds = Seconds(2 * 24 * HOUR);
/// Each account's second try comes this much later at most.
const AGAIN_SPREAD: Seconds = Seconds(20);
const HOUR: i64 = 60 * 60;

/// Whether to refresh now, and why.
pub fn due(account: &Account, wake: Wake, now: Moment) -> Option<Because> {
    if account.standing != Standing::Connected || !wake.lets(account.share, now) {
        return None;
    }
    if let Some(trouble) = &account.trouble {
        return again(account, trouble, now).then_some(Because::Again);
    }
    if is_in_use(account, now.wall) && ends_soon(account, now) && !is_new(account, now.wall) {
        return Some(Because::InUse);
    }
    let idle = now.wall - account.last_checked;
    let longest = KEEP_ALIVE.0 - account.share.part_of(KEEP_ALIVE_SPREAD).0;
    (idle.0 >= longest).then_some(Because::KeptAlive)
}

/// What a person has to mend is tried unasked only once there is a sign that it is mended.
fn again(account: &Account, trouble: &Trouble, now: Moment) -> bool {
    let later = account.share.part_of(AGAIN_SPREAD);
    let is_time = now.until(trouble.again_at + later) <= Seconds(0);
    let hopeful = trouble.times == 0;
    hopeful || (trouble.fault.code.passes_by_itself() && is_time)
}

fn is_in_use(account: &Account, now: Timestamp) -> bool {
    let used = |at: Timestamp| (now - at).0.abs() <= IN_USE.0;
    account.last_used.is_some_and(used)
}

/// A provider whose leases are short is not asked for ever new ones.
fn is_new(account: &Account, now: Timestamp) -> bool {
    (now - account.last_checked).0.abs() < AHEAD.0
}

fn ends_soon(account: &Account, now: Moment) -> bool {
    let ahead = Seconds(AHEAD.0 + account.share.part_of(AHEAD_SPREAD).0);
    account.fresh_until.is_none_or(|end| now.until(end) < ahead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, time::Uptime};

    const DAY: i64 = 24 * HOUR;
    const START: Moment = Moment {
        wall: Timestamp(1_800_000_000),
        up: Uptime(5_000),
    };
    const LONG_AWAKE: Wake = Wake {
        at: Moment {
            wall: Timestamp(1_700_000_000),
            up: Uptime(0),
        },
        over: Wake::AFTER_SLEEP,
    };

    fn account() -> Account {
        Account {
            standing: Standing::Connected,
            fresh_until: None,
            last_used: None,
            last_checked: START.wall,
            trouble: None,
            share: Share::of(0),
        }
    }

    fn used_until(left: i64) -> Account {
        Account {
            fresh_until: Some(START + Seconds(left)),
            last_used: Some(START.wall),
            last_checked: START.wall + Seconds(-HOUR),
            ..account()
        }
    }

    fn asked(account: &Account) -> Option<Because> {
        due(account, LONG_AWAKE, START)
    }

    #[test]
    fn what_is_in_use_is_renewed_before_its_end_and_what_is_not_is_left_alone() {
        assert_eq!(asked(&used_until(AHEAD.0 + 60)), None);
        assert_eq!(asked(&used_until(AHEAD.0)), None);
        assert_eq!(asked(&used_until(AHEAD.0 - 60)), Some(Because::InUse));
        let idle = Account {
            last_used: Some(START.wall + Seconds(-3 * HOUR)),
            ..used_until(10)
        };
        assert_eq!(asked(&idle), None);
        let short = Account {
            last_checked: START.wall + Seconds(-60),
            ..used_until(10)
        };
        assert_eq!(asked(&short), None, "its leases are that short");
        let just_long_enough = Account {
            last_checked: START.wall + Seconds(-AHEAD.0),
            ..used_until(10)
        };
        assert_eq!(asked(&just_long_enough), Some(Because::InUse));
    }

    #[test]
    fn accounts_take_turns() {
        let later = Account {
            share: Share::of(u16::MAX),
            ..used_until(AHEAD.0 + 200)
        };
        assert_eq!(asked(&later), Some(Because::InUse), "its share makes it earlier");
        let woke = Wake {
            at: START,
            over: Wake::AFTER_SLEEP,
        };
        let at = |seconds| due(&later, woke, START + Seconds(seconds));
        assert_eq!(
            [at(0), at(30)],
            [None, None],
            "the minute after a sleep is shared out"
        );
        assert_eq!(at(60), Some(Because::InUse));
        let first = Account {
            share: Share::of(0),
            ..used_until(10)
        };
        assert_eq!(due(&first, woke, START), Some(Because::InUse));
    }

    #[test]
    fn what_nobody_uses_is_kept_alive_once_a_month() {
        let unused = |days: i64, share| Account {
            last_checked: START.wall + Seconds(-days * DAY),
            share: Share::of(share),
            ..account()
        };
        assert_eq!(asked(&unused(27, 0)), None);
        assert_eq!(asked(&unused(30, 0)), Some(Because::KeptAlive));
        assert_eq!(asked(&unused(29, u16::MAX)), Some(Because::KeptAlive));
        let never = Account {
            last_checked: START.wall + Seconds(400 * DAY),
            ..account()
        };
        assert_eq!(
            asked(&never),
            None,
            "checked in the future: the clock was set back"
        );
    }

    #[test]
    fn what_failed_is_tried_again_when_its_pause_is_over() {
        let failed = |code: Code, times, wait| {
            let trouble = Trouble {
                fault: code.into(),
                times,
                again_at: START + Seconds(wait),
            };
            let account = Account {
                trouble: Some(trouble),
                ..used_until(10)
            };
            asked(&account)
        };
        assert_eq!(failed(Code::ProviderBusy, 1, 5), None);
        assert_eq!(failed(Code::ProviderBusy, 1, 0), Some(Because::Again));
        assert_eq!(failed(Code::VaultLocked, 1, 0), None, "asking does not unlock it");
        assert_eq!(
            failed(Code::VaultLocked, 0, 0),
            Some(Because::Again),
            "it was unlocked"
        );
    }

    #[test]
    fn only_a_connected_account_is_looked_after() {
        for standing in [Standing::NeedsSignIn, Standing::NeedsReconnect(Code::GrantEnded)] {
            let stopped = Account {
                standing,
                ..used_until(10)
            };
            assert_eq!(asked(&stopped), None);
        }
    }

    #[test]
    fn a_clock_set_by_years_makes_nobody_wait_for_years() {
        let back = Moment {
            wall: Timestamp(0),
            ..START
        };
        let woke = Wake {
            at: START,
            over: Wake::AFTER_SLEEP,
        };
        let later = Moment {
            up: Uptime(START.up.0 + 61),
            ..back
        };
        let account = Account {
            last_used: Some(Timestamp(0)),
            share: Share::of(u16::MAX),
            ..used_until(30)
        };
        assert_eq!(due(&account, woke, later), Some(Because::InUse));
    }

    #[test]
    fn turns_are_taken_from_the_wake_to_the_end_of_its_span() {
        let wake = Wake {
            at: START,
            over: Wake::AFTER_SLEEP,
        };
        let lasts = |second| wake.lasts(START + Seconds(second));
        assert!(lasts(0) && lasts(30) && lasts(59));
        assert!(!lasts(60) && !lasts(61));
        let set_back = Moment {
            wall: Timestamp(0),
            up: Uptime(START.up.0 + 60),
        };
        assert!(
            !wake.lasts(set_back),
            "a clock that was set back makes no turn of it"
        );
    }

    #[test]
    fn the_spans_are_as_they_are_said() {
        assert_eq!(ENOUGH, Seconds(720));
        assert_eq!((AHEAD, AHEAD_SPREAD), (Seconds(480), Seconds(240)));
        assert_eq!(IN_USE, Seconds(7_200));
        assert_eq!(
            (KEEP_ALIVE, KEEP_ALIVE_SPREAD),
            (Seconds(2_592_000), Seconds(172_800))
        );
    }
}
