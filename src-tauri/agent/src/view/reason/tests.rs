use evergrant_adapters::provider::google;
use evergrant_domain::{AccountId, Fault, ScopeSet, lifecycle::Reach};
use evergrant_engine::fakes::{person, provider_id};

use super::*;
use crate::interface::RecoveryView;

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
const CONSENT: Timestamp = Timestamp(1_800_000_000);
const STOP: Timestamp = Timestamp(CONSENT.0 + 30 * DAY);

/// Works, and was checked an hour before `STOP`.
fn status(sub: &str) -> Status {
    let person = person(sub);
    Status {
        row: Row {
            id: AccountId::of(&person.subject),
            provider: provider_id(),
            client_id: "client".into(),
            asked: ScopeSet::default(),
            granted: ScopeSet::parse("openid https://www.googleapis.com/auth/drive"),
            standing: Standing::Connected,
            connected_since: CONSENT,
            last_checked: Some(STOP + Seconds(-HOUR)),
            grant_ends_at: None,
            consents: 1,
            consented_at: CONSENT,
            last_used: None,
            stopped_at: None,
            rotates: false,
            person,
        },
        standing: Standing::Connected,
        trouble: None,
        passing: None,
        fresh_until: None,
        busy: None,
        outcome: None,
        has_picture: false,
    }
}

fn stopped(sub: &str, at: Timestamp) -> Status {
    let mut status = status(sub);
    status.standing = Standing::NeedsReconnect(Code::GrantEnded);
    status.row.standing = status.standing;
    status.row.stopped_at = Some(at);
    status
}

fn shown(status: &Status, neighbours: &[Status]) -> ReasonView {
    reason(status, &google(), neighbours, STOP).expect("a reason")
}

#[test]
fn an_account_that_works_needs_no_reason() {
    let mut alice = status("alice");
    assert_eq!(reason(&alice, &google(), &[], STOP), None);
    alice.trouble = Some(Code::Offline.into());
    assert_eq!(
        reason(&alice, &google(), &[], STOP),
        None,
        "the network says it itself"
    );
    let leaving = Status {
        standing: Standing::Disconnecting(Reach::Everywhere),
        ..stopped("alice", STOP)
    };
    assert_eq!(
        reason(&leaving, &google(), &[], STOP),
        None,
        "a person asked for it"
    );
}

#[test]
fn every_field_of_the_row_tells() {
    let plain = shown(&stopped("alice", STOP), &[]);
    assert_eq!(
        (plain.cause.as_str(), plain.sureness),
        ("removed_by_person", Sureness::Likely)
    );
    assert_eq!(plain.recovery, RecoveryView::Reconnect);
    assert_eq!(plain.values["provider"], "Google");
    assert!(plain.others.len() <= OTHERS && !plain.others.is_empty());

    let change = |change: fn(&mut Row)| {
        let mut status = stopped("alice", STOP);
        change(&mut status.row);
        let view = shown(&status, &[]);
        (view.cause, view.sureness)
    };
    let cause = |name: &str, sureness| (name.to_owned(), sureness);
    let testing = change(|row| {
        row.consented_at = STOP + Seconds(-7 * DAY);
        row.grant_ends_at = Some(STOP);
    });
    assert_eq!(testing, cause("testing_ended", Sureness::Certain));
    let consents = change(|row| row.consents = 100);
    assert_eq!(consents, cause("too_many_consents", Sureness::Likely));
    let mail = change(|row| row.granted = ScopeSet::parse("https://mail.google.com/"));
    assert_eq!(mail, cause("password_changed", Sureness::Possible));
    let idle = |row: &mut Row| {
        row.consented_at = STOP + Seconds(-400 * DAY);
        row.last_checked = Some(STOP + Seconds(-200 * DAY));
    };
    assert_eq!(change(idle), cause("unused", Sureness::Likely));
    let used = change(|row| {
        row.consented_at = STOP + Seconds(-400 * DAY);
        row.last_checked = Some(STOP + Seconds(-200 * DAY));
        row.last_used = Some(STOP + Seconds(-HOUR));
    });
    assert_eq!(used, cause("removed_by_person", Sureness::Likely));
    let mut organisation = stopped("alice", STOP);
    organisation.row.person.organisation = Some("example.com".into());
    organisation.row.last_checked = None;
    let all: Vec<_> = shown(&organisation, &[]).others;
    assert!(all.contains(&"administrator".to_owned()), "{all:?}");
}

#[test]
fn neighbours_of_the_same_client_that_fell_with_it_tell() {
    let alice = stopped("alice", STOP);
    let cause = |neighbours: &[Status]| shown(&alice, neighbours).cause;
    let near = stopped("bob", STOP + Seconds(HOUR));
    assert_eq!(cause(&[alice.clone(), near.clone()]), "revoked_elsewhere");
    let before = stopped("bob", STOP + Seconds(-HOUR));
    assert_eq!(cause(std::slice::from_ref(&before)), "revoked_elsewhere");
    let later = stopped("bob", STOP + Seconds(HOUR + 1));
    assert_eq!(cause(&[later]), "removed_by_person");
    let mut stranger = near.clone();
    stranger.row.client_id = "another".into();
    assert_eq!(cause(&[stranger]), "removed_by_person");
    assert_eq!(
        cause(&[near, status("carol")]),
        "removed_by_person",
        "not most of them"
    );
}

#[test]
fn trouble_of_the_client_or_the_vault_has_its_reason_too() {
    for (code, cause, recovery) in [
        (Code::ClientDeleted, "client_deleted", RecoveryView::ImportClient),
        (
            Code::AdministratorBlocked,
            "administrator",
            RecoveryView::AskAdministrator,
        ),
        (Code::VaultItemMissing, "vault_lost", RecoveryView::Reconnect),
        (Code::ClientMismatch, "other_client", RecoveryView::Reconnect),
    ] {
        let troubled = Status {
            trouble: Some(Fault::from(code)),
            ..status("alice")
        };
        let view = shown(&troubled, &[]);
        assert_eq!((view.cause.as_str(), view.sureness), (cause, Sureness::Certain));
        assert_eq!(view.recovery, recovery);
        assert!(view.others.is_empty());
    }
    let session = Status {
        standing: Standing::NeedsSignIn,
        ..status("alice")
    };
    assert_eq!(shown(&session, &[]).recovery, RecoveryView::SignInAgain);
}

#[test]
fn a_stop_that_nobody_wrote_down_is_of_now() {
    let mut old = stopped("alice", STOP);
    old.row.stopped_at = None;
    old.row.last_checked = Some(STOP + Seconds(-200 * DAY));
    old.row.consented_at = STOP + Seconds(-300 * DAY);
    assert_eq!(shown(&old, &[]).cause, "unused");
}

#[test]
fn only_what_works_has_something_ahead() {
    let mut testing = status("alice");
    let end = CONSENT + Seconds(7 * DAY);
    testing.row.grant_ends_at = Some(end);
    let day = |days: i64| CONSENT + Seconds(days * DAY);
    assert_eq!(forecast(&testing, &google(), day(4)), None);
    let ahead = forecast(&testing, &google(), day(5)).expect("a forecast");
    assert_eq!(
        (ahead.kind.as_str(), ahead.at, ahead.count),
        ("testing_ends", Some(seconds(end)), None)
    );
    assert_eq!(ahead.recovery, RecoveryView::Reconnect);
    testing.standing = Standing::NeedsReconnect(Code::GrantEnded);
    assert_eq!(forecast(&testing, &google(), day(5)), None);

    let mut often = status("alice");
    often.row.consents = 93;
    let ahead = forecast(&often, &google(), STOP).expect("a forecast");
    assert_eq!(
        (ahead.kind.as_str(), ahead.at, ahead.count),
        ("consents", None, Some(93))
    );
    assert_eq!(ahead.recovery, RecoveryView::Nothing);
}
