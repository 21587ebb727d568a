//! Walks every sequence of inputs up to a length and holds the promises at each step.

mod story;

use super::{Reach, Standing};
use crate::{Code, ScopeSet};
use story::Story;

/// Inputs by shape; the epoch is filled in at the moment of use: the current one or the one before.
#[derive(Clone, Copy, Debug)]
enum Move {
    Resume,
    WantKept(Asked),
    WantNew(Asked),
    Refreshed(Age),
    Busy(Age),
    /// The scopes asked are refused (`invalid_scope`).
    Refused(Age),
    Dead(Age),
    Rapt(Age),
    Reconnected,
    Disconnect(Reach),
    Revoked(Age),
    RevokeFailed(Age),
    Forgotten(Age),
    ForgetFailed(Age),
    PauseOver(Age),
    Hope,
    /// Long enough for every pause, not for a lease.
    TimePasses,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Age {
    Current,
    Late,
}

/// The scopes that callers ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asked {
    Whole,
    Mail,
    Drive,
}

impl Asked {
    fn scopes(self) -> ScopeSet {
        ScopeSet::parse(match self {
            Self::Whole => "",
            Self::Mail => "mail",
            Self::Drive => "drive",
        })
    }
}

/// Everything that can happen, with one narrowed set.
const LIFE: [Move; 22] = [
    Move::Resume,
    Move::WantKept(Asked::Whole),
    Move::WantNew(Asked::Whole),
    Move::WantNew(Asked::Mail),
    Move::Refreshed(Age::Current),
    Move::Refreshed(Age::Late),
    Move::Busy(Age::Current),
    Move::Refused(Age::Current),
    Move::Dead(Age::Current),
    Move::Dead(Age::Late),
    Move::Rapt(Age::Current),
    Move::Reconnected,
    Move::Disconnect(Reach::Everywhere),
    Move::Disconnect(Reach::ThisComputer),
    Move::Revoked(Age::Current),
    Move::Revoked(Age::Late),
    Move::RevokeFailed(Age::Current),
    Move::Forgotten(Age::Current),
    Move::ForgetFailed(Age::Current),
    Move::PauseOver(Age::Current),
    Move::Hope,
    Move::TimePasses,
];

/// What decides who gets which lease: the whole grant and two narrowed sets, one step further.
const LEASING: [Move; 12] = [
    Move::WantKept(Asked::Whole),
    Move::WantNew(Asked::Whole),
    Move::WantKept(Asked::Mail),
    Move::WantNew(Asked::Mail),
    Move::WantKept(Asked::Drive),
    Move::WantNew(Asked::Drive),
    Move::Refreshed(Age::Current),
    Move::Refused(Age::Current),
    Move::Busy(Age::Current),
    Move::Dead(Age::Current),
    Move::Reconnected,
    Move::Disconnect(Reach::Everywhere),
];

fn walk(story: &Story, moves: &[Move], length: usize, path: &mut Vec<Move>) -> u64 {
    if path.len() == length {
        return 1;
    }
    let mut walked = 0;
    for step in moves {
        path.push(*step);
        let mut next = story.clone();
        next.take(*step, path);
        walked += walk(&next, moves, length, path);
        path.pop();
    }
    walked
}

fn walk_all(moves: &[Move], length: u32, beginnings: &[Standing]) {
    let from = |standing: &Standing| walk(&Story::new(*standing), moves, length as usize, &mut vec![]);
    let walked: u64 = beginnings.iter().map(from).sum();
    let expected = beginnings.len() as u64 * (moves.len() as u64).pow(length);
    assert_eq!(walked, expected, "some stories were not walked");
}

#[test]
fn every_story_of_a_life_keeps_the_promises() {
    let beginnings = [
        Standing::Connected,
        Standing::NeedsReconnect(Code::GrantEnded),
        Standing::Disconnecting(Reach::Everywhere),
    ];
    walk_all(&LIFE, 5, &beginnings);
}

#[test]
fn every_story_of_leases_keeps_the_promises() {
    walk_all(&LEASING, 6, &[Standing::Connected]);
}
