//! Where several causes fit, and where the evidence is thin or makes no sense.

use super::super::rules::RULES;
use super::*;
use Cause::{
    PasswordChanged, RemovedByPerson, RevokedElsewhere, TestingEnded, TimeLimited, TooManyConsents, Unused,
};
use Sureness::{Certain, Likely, Possible};

#[test]
fn for_each_cause_the_surest_rule_comes_first() {
    for (place, rule) in RULES.iter().enumerate() {
        let later = RULES[place..].iter().filter(|later| later.cause == rule.cause);
        for later in later {
            assert!(later.sureness <= rule.sureness, "{:?}", rule.cause);
        }
    }
}

#[test]
fn what_is_certain_stands_alone() {
    let testing = with(ended(7), |e| {
        e.record.grant_ends_at = Some(after(7));
        e.record.granted = ScopeSet::parse(SEND);
        e.record.consents = 200;
        e.record.organisation = true;
    });
    let only = Reason {
        cause: TestingEnded,
        sureness: Certain,
    };
    assert_eq!(reasons(&testing), [only]);
}

#[test]
fn two_that_are_as_likely_are_each_only_possible() {
    let both = with(ended(7), |e| e.record.consents = 100);
    assert_eq!(found(&ended(7), TestingEnded), Some(Likely));
    assert_eq!(found(&both, TestingEnded), Some(Possible));
    assert_eq!(found(&both, TooManyConsents), Some(Possible));
    let order: Vec<Cause> = reasons(&both).iter().map(|reason| reason.cause).collect();
    assert_eq!(order[..2], [TestingEnded, TooManyConsents]);

    // A new password and a removal leave the same traces.
    let mail = with(ended(30), |e| e.record.granted = ScopeSet::parse(SEND));
    let order: Vec<Cause> = reasons(&mail).iter().map(|reason| reason.cause).collect();
    assert_eq!(order[..2], [PasswordChanged, RemovedByPerson]);
    assert_eq!(found(&mail, RemovedByPerson), Some(Possible));
}

#[test]
fn every_scope_of_the_mailbox_goes_with_the_password() {
    for (scope, goes) in [
        ("https://mail.google.com/", true),
        (SEND, true),
        ("https://www.googleapis.com/auth/gmail.readonly", true),
        (DRIVE, false),
        ("https://www.googleapis.com/auth/calendar", false),
    ] {
        let evidence = with(ended(30), |e| e.record.granted = ScopeSet::parse(scope));
        assert_eq!(found(&evidence, PasswordChanged).is_some(), goes, "{scope}");
    }
}

#[test]
fn a_date_counts_only_between_the_last_sign_of_life_and_the_end() {
    let announced = |alive, stopped, end| {
        with(ended(alive), |e| {
            e.stopped_at = after(stopped);
            e.record.grant_ends_at = Some(after(end));
        })
    };
    // Found dead long after: it ended at the latest then, and perhaps earlier.
    assert_eq!(first(&announced(1, 20, 7)), (TestingEnded, Likely));
    // Dead before its day, and alive after it: something else.
    assert_eq!(found(&announced(3, 4, 7), TestingEnded), None);
    assert_eq!(found(&announced(9, 10, 7), TestingEnded), None);
    // Half a day counts as the day itself.
    let just = |hours: i64| {
        with(announced(6, 7, 7), |e| {
            e.stopped_at = after(7) + Seconds(hours * 3_600);
        })
    };
    assert_eq!(first(&just(-12)), (TestingEnded, Certain));
    assert_eq!(found(&just(-13), TestingEnded), None);
    // An announced end of another length is no Testing.
    assert_eq!(first(&announced(5, 6, 6)), (TimeLimited, Certain));
    // Where another end was announced, the seventh day is a day like any other.
    assert_eq!(found(&announced(6, 7, 30), TestingEnded), None);
    // Not announced, and nothing seen for weeks around the seventh day.
    let blind = with(ended(1), |e| e.stopped_at = after(20));
    assert_eq!(found(&blind, TestingEnded), Some(Possible));
}

#[test]
fn what_ended_before_cannot_have_gone_unused() {
    let forgotten = with(ended(1), |e| e.stopped_at = after(300));
    assert_eq!(first(&forgotten), (Unused, Likely));
    let announced = with(forgotten, |e| e.record.grant_ends_at = Some(after(7)));
    assert_eq!(first(&announced), (TestingEnded, Likely));
    assert_eq!(found(&announced, Unused), None);
}

#[test]
fn six_months_are_counted_from_the_last_use() {
    let idle = |days: i64| with(ended(30), |e| e.stopped_at = after(30 + days));
    assert_eq!(found(&idle(180), Unused), Some(Likely));
    assert_eq!(found(&idle(179), Unused), None);
    let used = with(idle(180), |e| e.record.last_used = Some(after(40)));
    assert_eq!(found(&used, Unused), None, "a lease that was given is a use");
    let never = with(idle(180), |e| e.record.last_success = None);
    assert_eq!(found(&never, Unused), Some(Likely), "from the consent on");
}

#[test]
fn ninety_consents_make_it_possible_and_a_hundred_likely() {
    for (consents, sureness) in [
        (89, None),
        (90, Some(Possible)),
        (99, Some(Possible)),
        (100, Some(Likely)),
    ] {
        let evidence = with(ended(30), |e| e.record.consents = consents);
        assert_eq!(found(&evidence, TooManyConsents), sureness, "{consents}");
    }
}

#[test]
fn most_of_the_neighbours_have_to_fall_with_it() {
    for (others, stopped_with_it, together) in [
        (0, 0, false),
        (1, 0, false),
        (1, 1, true),
        (2, 1, false),
        (3, 2, true),
    ] {
        let peers = Peers {
            others,
            stopped_with_it,
        };
        let evidence = with(ended(30), |e| e.peers = peers);
        let expected = if together {
            RevokedElsewhere
        } else {
            RemovedByPerson
        };
        assert_eq!(first(&evidence), (expected, Likely), "{peers:?}");
    }
    // Their common date explains it better.
    let testing = with(ended(7), |e| {
        e.peers.others = 3;
        e.peers.stopped_with_it = 3;
    });
    assert_eq!(first(&testing), (TestingEnded, Likely));
}

#[test]
fn whoever_was_not_seen_for_days_can_have_died_of_many_things() {
    let unseen = with(ended(30), |e| e.stopped_at = after(33));
    assert_eq!(first(&unseen), (RemovedByPerson, Possible));
}

#[test]
fn a_clock_that_went_back_makes_no_date_count() {
    let back = |change: fn(&mut Evidence)| with(with(ended(200), |e| e.stopped_at = Timestamp(0)), change);
    assert_eq!(first(&back(|_| ())), (RemovedByPerson, Possible));
    for cause in [TestingEnded, TimeLimited, Unused] {
        assert_eq!(found(&back(|_| ()), cause), None, "{cause:?}");
    }
    // What was announced is still worth a word, and no more.
    assert_eq!(
        first(&back(|e| e.record.grant_ends_at = Some(after(7)))),
        (TestingEnded, Possible)
    );
    assert_eq!(
        first(&back(|e| e.record.grant_ends_at = Some(after(2)))),
        (TimeLimited, Possible)
    );
    // Consent from the future, with nothing seen since.
    let future = with(ended(-1_000), |e| e.record.last_success = None);
    assert_eq!(first(&future), (RemovedByPerson, Possible));
}

#[test]
fn sureness_is_named_and_ordered() {
    let names = Sureness::ALL.map(Sureness::as_str);
    assert_eq!(names, ["certain", "likely", "possible"]);
    assert!(Sureness::ALL.is_sorted_by(|surer, less| surer > less));
}
