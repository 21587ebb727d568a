//! Every row of what can end a grant: what is found first, and how surely.

use super::*;
use Cause::{
    AccountDeleted, Administrator, ClientDeleted, OtherClient, PasswordChanged, RemovedByPerson,
    RevokedElsewhere, RotationLost, SecurityPurge, SessionControl, TestingEnded, TimeLimited,
    TooManyConsents, Unknown, Unused, VaultLost,
};
use Sureness::{Certain, Likely, Possible};

fn told(fault: Code) -> Evidence {
    with(ended(30), |e| e.fault = fault)
}

#[test]
fn each_row_is_found() {
    let announced = |days| move |e: &mut Evidence| e.record.grant_ends_at = Some(after(days));
    let mail = |e: &mut Evidence| e.record.granted = ScopeSet::parse(SEND);
    let idle = |days: i64| {
        move |e: &mut Evidence| {
            e.record.last_success = Some(after(30));
            e.stopped_at = after(30 + days);
        }
    };
    let company = |others, stopped_with_it| {
        move |e: &mut Evidence| {
            e.peers = Peers {
                others,
                stopped_with_it,
            }
        }
    };
    let cloud = |e: &mut Evidence| {
        e.record.granted = ScopeSet::parse("openid https://www.googleapis.com/auth/cloud-platform");
        e.record.organisation = true;
    };
    #[rustfmt::skip]
    let rows = [
        ("1 announced",         with(ended(7), announced(7)),                        TestingEnded,     Certain),
        ("1 not announced",     ended(7),                                            TestingEnded,     Likely),
        ("2",                   with(ended(30), idle(181)),                          Unused,           Likely),
        ("3",                   with(ended(30), mail),                               PasswordChanged,  Possible),
        ("4",                   with(ended(30), |e| e.record.consents = 100),        TooManyConsents,  Likely),
        ("5",                   ended(30),                                           RemovedByPerson,  Likely),
        ("6",                   with(ended(1), announced(1)),                        TimeLimited,      Certain),
        ("7",                   told(Code::AdministratorBlocked),                    Administrator,    Certain),
        ("8",                   with(told(Code::SignInExpired), cloud),              SessionControl,   Certain),
        ("8 without the scope", told(Code::SignInExpired),                           SessionControl,   Likely),
        ("9",                   told(Code::AccountDeleted),                          AccountDeleted,   Certain),
        ("10",                  told(Code::ClientDeleted),                           ClientDeleted,    Certain),
        ("10 forgotten",        told(Code::ClientRefused),                           ClientDeleted,    Likely),
        ("11",                  with(ended(30), company(2, 2)),                      RevokedElsewhere, Likely),
        ("12",                  with(with(ended(30), company(2, 2)), elsewhere),     SecurityPurge,    Likely),
        ("13 lost",             told(Code::VaultItemMissing),                        VaultLost,        Certain),
        ("13 damaged",          told(Code::VaultItemDamaged),                        VaultLost,        Certain),
        ("13 other client",     told(Code::ClientMismatch),                          OtherClient,      Certain),
        ("rotation",            told(Code::RotationLost),                            RotationLost,     Certain),
        ("nothing of these",    told(Code::DiskFull),                                Unknown,          Possible),
    ];
    for (row, evidence, cause, sureness) in &rows {
        assert_eq!(
            first(evidence),
            (*cause, *sureness),
            "row {row}: {:?}",
            reasons(evidence)
        );
    }
    for cause in Cause::ALL {
        let named = rows.iter().any(|(_, _, expected, _)| expected == cause);
        assert!(named, "{cause:?} is never the first");
    }
}

/// A provider whose habits nobody knows.
fn elsewhere(evidence: &mut Evidence) {
    evidence.record.habits = Habits::UNKNOWN;
}

#[test]
fn what_google_does_is_not_said_of_others() {
    for evidence in [
        ended(7),
        with(ended(30), |e| e.stopped_at = after(300)),
        with(ended(30), |e| e.record.consents = 200),
        with(ended(30), |e| e.record.granted = ScopeSet::parse(SEND)),
    ] {
        let others = with(evidence.clone(), elsewhere);
        assert_eq!(first(&others).0, RemovedByPerson, "{others:?}");
        for cause in [
            TestingEnded,
            Unused,
            TooManyConsents,
            PasswordChanged,
            RevokedElsewhere,
        ] {
            assert_eq!(found(&others, cause), None, "{cause:?}");
        }
    }
    // Another's seven days are a limit like any other.
    let week = with(with(ended(7), elsewhere), |e| {
        e.record.grant_ends_at = Some(after(7));
    });
    assert_eq!(first(&week), (TimeLimited, Certain));
}

#[test]
fn a_sign_in_alone_does_not_end_with_testing() {
    let sign_in = with(ended(7), |e| {
        e.record.granted = ScopeSet::parse("openid email profile");
    });
    assert_eq!(found(&sign_in, TestingEnded), None);
}

#[test]
fn a_grant_nobody_knows_is_not_called_removed_for_sure() {
    let unknown = with(ended(30), |e| e.fault = Code::GrantUnknown);
    assert_eq!(first(&unknown), (RemovedByPerson, Possible));
    assert_eq!(found(&unknown, VaultLost), Some(Possible));
    assert_eq!(found(&ended(30), VaultLost), None);
}

#[test]
fn an_organisation_may_be_behind_it() {
    assert_eq!(found(&ended(30), Administrator), None);
    let of_one = with(ended(30), |e| e.record.organisation = true);
    assert_eq!(found(&of_one, Administrator), Some(Possible));
}

#[test]
fn causes_have_distinct_names_and_all_can_be_found() {
    let mut names: Vec<_> = Cause::ALL.iter().map(|cause| cause.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Cause::ALL.len());
    for fault in Code::ALL {
        let silent = first(&told(*fault)).0 == Unknown;
        assert_eq!(silent, !Cause::is_behind(*fault), "{fault:?}");
    }
}
