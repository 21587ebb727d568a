//! What a story has to know of itself so that its next line makes sense.

use std::collections::BTreeSet;

use evergrant_domain::lifecycle::Reach;
use evergrant_engine::ports::Connection;
use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;

use crate::story::{Broken, Command, Mishap, Span, Who, Wish};

#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// Who may have an account.
    accounts: BTreeSet<Who>,
    vault_broken: bool,
    disk_full: bool,
    rotates: bool,
}

impl ReferenceStateMachine for Circumstances {
    type State = Self;
    type Transition = Command;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::default()).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Command> {
        prop_oneof![
            12 => deed(),
            2 => (deed(), 0_u8..24).prop_map(|(deed, steps)| Command::KilledDuring {
                deed: Box::new(deed),
                steps
            }),
            6 => event(),
        ]
        .boxed()
    }

    fn preconditions(now: &Self, command: &Command) -> bool {
        match command {
            Command::Reconnects { account: who, .. }
            | Command::Refreshes(who)
            | Command::Tests(who)
            | Command::Disconnects(who, _)
            | Command::Asks { of: who, .. }
            | Command::ProviderEnds(who) => now.accounts.contains(who),
            Command::KilledDuring { deed, .. } => Self::preconditions(now, deed),
            Command::VaultBreaks(_) => !now.vault_broken,
            Command::VaultMended => now.vault_broken,
            Command::DiskFull => !now.disk_full,
            Command::DiskFreed => now.disk_full,
            Command::ProviderRotates(rotates) => now.rotates != *rotates,
            _ => true,
        }
    }

    fn apply(mut now: Self, command: &Command) -> Self {
        match command {
            Command::Connects { who, .. } | Command::Reconnects { who, .. } => {
                now.accounts.insert(*who);
            }
            Command::KilledDuring { deed, .. } => return Self::apply(now, deed),
            Command::VaultBreaks(_) => now.vault_broken = true,
            Command::VaultMended => now.vault_broken = false,
            Command::DiskFull => now.disk_full = true,
            Command::DiskFreed => now.disk_full = false,
            Command::ProviderRotates(rotates) => now.rotates = *rotates,
            _ => {}
        }
        now
    }
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![3 => Just(Who::Alice), 1 => Just(Who::Bob)]
}

fn lasting() -> impl Strategy<Value = bool> {
    prop_oneof![4 => Just(true), 1 => Just(false)]
}

/// What a person or a program does.
fn deed() -> impl Strategy<Value = Command> {
    let wish = prop_oneof![Just(Wish::Whole), Just(Wish::Narrow)];
    let reach = prop_oneof![2 => Just(Reach::Everywhere), 1 => Just(Reach::ThisComputer)];
    prop_oneof![
        6 => (who(), lasting()).prop_map(|(who, lasting)| Command::Connects { who, lasting }),
        3 => (who(), who(), lasting())
            .prop_map(|(account, who, lasting)| Command::Reconnects { account, who, lasting }),
        1 => who().prop_map(|who| Command::GivesUpLate { who }),
        1 => Just(Command::SavesAgain),
        1 => Just(Command::GivesUp),
        2 => who().prop_map(Command::Refreshes),
        2 => who().prop_map(Command::Tests),
        3 => (who(), reach).prop_map(|(who, reach)| Command::Disconnects(who, reach)),
        8 => (who(), wish, any::<bool>()).prop_map(|(of, wish, new)| Command::Asks { of, wish, new }),
        1 => Just(Command::Restarts),
    ]
}

/// What befalls them.
fn event() -> impl Strategy<Value = Command> {
    let span = prop_oneof![
        4 => (1_u8..60).prop_map(Span::Minutes),
        2 => (1_u8..48).prop_map(Span::Hours),
        1 => (1_u8..8).prop_map(Span::Months),
    ];
    let connection = prop_oneof![
        Just(Connection::Offline),
        Just(Connection::Metered),
        Just(Connection::Online)
    ];
    let broken = prop_oneof![
        Just(Broken::Locked),
        Just(Broken::Dismissed),
        Just(Broken::Absent),
        Just(Broken::Full)
    ];
    let mishap = prop_oneof![
        1 => Just(Mishap::Busy),
        1 => Just(Mishap::Down),
        1 => Just(Mishap::Silent),
        1 => Just(Mishap::SignInWanted),
        3 => Just(Mishap::AnswerLost),
    ];
    prop_oneof![
        4 => span.prop_map(Command::TimePasses),
        1 => (1_u8..24).prop_map(Command::Sleeps),
        1 => (-10_i8..10).prop_map(|years| Command::SetsClock { years }),
        3 => connection.prop_map(Command::Network),
        2 => broken.prop_map(Command::VaultBreaks),
        1 => Just(Command::VaultGarbles),
        3 => Just(Command::VaultMended),
        1 => Just(Command::DiskFull),
        2 => Just(Command::DiskFreed),
        4 => mishap.prop_map(Command::ProviderSuffers),
        2 => any::<bool>().prop_map(Command::ProviderRotates),
        1 => who().prop_map(Command::ProviderEnds),
        1 => Just(Command::Killed),
    ]
}
