use super::*;
use crate::{AccessToken, Lease, Moment, Person, RefreshToken, ScopeSet, time::Seconds};

fn subject(sub: &str) -> Subject {
    Subject {
        issuer: "https://issuer".into(),
        sub: sub.into(),
    }
}

fn grant(sub: &str, refresh_token: Option<&str>) -> Grant {
    Grant {
        person: Person {
            subject: subject(sub),
            email: Some(format!("{sub}@example.com")),
            name: None,
            picture: None,
            organisation: None,
        },
        granted: ScopeSet::default(),
        refresh_token: refresh_token.map(RefreshToken::new),
        lease: Lease {
            token: AccessToken::new("a"),
            ends: Moment::default() + Seconds(3_600),
            scopes: ScopeSet::default(),
        },
        ends_at: None,
    }
}

fn finishing(target: Target) -> Attempt {
    let (mut attempt, _) = Attempt::begin(target);
    answer(&mut attempt);
    attempt
}

fn answer(attempt: &mut Attempt) -> Vec<Effect> {
    attempt.step(Input::Answered {
        epoch: attempt.epoch,
        answer: Ok(AuthorizationCode::new("c")),
    })
}

fn exchange(attempt: &mut Attempt, grant: Grant, held: Held) -> Vec<Effect> {
    attempt.step(Input::Exchanged {
        epoch: attempt.epoch,
        result: Ok(Box::new((grant, held))),
    })
}

fn asks(effects: &[Effect]) -> usize {
    let is_ask = |effect: &&Effect| matches!(effect, Effect::Ask(..));
    effects.iter().filter(is_ask).count()
}

fn returns(effects: &[Effect]) -> bool {
    effects.iter().any(|e| matches!(e, Effect::Return(_)))
}

#[test]
fn without_a_refresh_token_it_asks_exactly_once_more() {
    for missing in [None, Some("")] {
        let mut attempt = finishing(Target::Anyone);
        let first = exchange(&mut attempt, grant("alice", missing), Held::Nothing);
        assert_eq!(asks(&first), 1, "asked once more");
        let hinted = Effect::Ask(
            attempt.epoch,
            Purpose::Renewing {
                login_hint: "alice@example.com".into(),
            },
        );
        assert!(first.contains(&hinted));
        answer(&mut attempt);
        let second = exchange(&mut attempt, grant("alice", missing), Held::Nothing);
        assert_eq!(asks(&second), 0, "never a third time");
        assert_eq!(attempt.state, State::Failed(Code::NoLastingAccess.into()));
    }
}

#[test]
fn a_working_grant_outlives_an_answer_without_a_refresh_token() {
    let mut attempt = finishing(Target::Anyone);
    let effects = exchange(&mut attempt, grant("alice", None), Held::Live);
    assert_eq!(asks(&effects), 0);
    assert!(matches!(attempt.state, State::Saving(_)));
}

#[test]
fn a_dead_grant_is_not_mended_by_an_answer_without_a_refresh_token() {
    let mut attempt = finishing(Target::Anyone);
    let effects = exchange(&mut attempt, grant("alice", None), Held::Dead);
    assert_eq!(asks(&effects), 1);
}

#[test]
fn another_account_is_refused_and_its_grant_returned() {
    let mut attempt = finishing(Target::Only {
        subject: subject("alice"),
        login_hint: "alice@example.com".into(),
    });
    let effects = exchange(&mut attempt, grant("bob", Some("r")), Held::Nothing);
    assert!(returns(&effects));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Save(..))));
    assert!(matches!(&attempt.state, State::Failed(f) if f.code == Code::OtherAccountChosen));
}

#[test]
fn a_late_grant_is_returned() {
    let mut attempt = finishing(Target::Anyone);
    let asked_in = attempt.epoch;
    attempt.step(Input::Cancelled);
    let effects = attempt.step(Input::Exchanged {
        epoch: asked_in,
        result: Ok(Box::new((grant("alice", Some("r")), Held::Nothing))),
    });
    assert!(returns(&effects));
    assert_eq!(attempt.state, State::GivenUp);
}

#[test]
fn what_could_not_be_saved_waits_for_another_try_or_is_returned() {
    let mut attempt = finishing(Target::Anyone);
    exchange(&mut attempt, grant("alice", Some("r")), Held::Nothing);
    let epoch = attempt.epoch;
    let locked = || Input::Saved {
        epoch,
        result: Err(Code::VaultLocked.into()),
    };
    attempt.step(locked());
    assert!(matches!(attempt.state, State::NotSaved(..)));
    let again = attempt.step(Input::SaveAsked);
    assert!(again.iter().any(|e| matches!(e, Effect::Save(..))));
    attempt.step(locked());
    assert!(returns(&attempt.step(Input::Cancelled)));
}

#[test]
fn answers_to_an_earlier_question_do_not_count() {
    let mut attempt = finishing(Target::Anyone);
    let first = attempt.epoch;
    exchange(&mut attempt, grant("alice", None), Held::Nothing);
    let late = attempt.step(Input::Answered {
        epoch: first,
        answer: Ok(AuthorizationCode::new("c")),
    });
    assert!(late.is_empty());
    assert_eq!(attempt.state, State::Waiting);
}

#[test]
fn what_was_disconnected_before_it_was_saved_is_returned_and_not_saved_again() {
    let mut attempt = finishing(Target::Anyone);
    exchange(&mut attempt, grant("alice", Some("1//a")), Held::Nothing);
    let ended = Fault::from(Code::GrantEnded);
    let effects = attempt.step(Input::Saved {
        epoch: attempt.epoch,
        result: Err(ended.clone()),
    });
    assert!(returns(&effects));
    assert_eq!(attempt.state, State::Failed(ended));
    assert_eq!(attempt.step(Input::SaveAsked), []);
}

#[test]
fn a_grant_from_another_question_is_returned_and_not_taken() {
    let mut attempt = finishing(Target::Anyone);
    let effects = attempt.step(Input::Exchanged {
        epoch: attempt.epoch.next(),
        result: Ok(Box::new((grant("alice", Some("r")), Held::Nothing))),
    });
    assert!(returns(&effects));
    assert_eq!(attempt.state, State::Finishing);
}

#[test]
fn what_was_saved_of_another_question_does_not_count() {
    let mut attempt = finishing(Target::Anyone);
    exchange(&mut attempt, grant("alice", Some("r")), Held::Nothing);
    let effects = attempt.step(Input::Saved {
        epoch: attempt.epoch.next(),
        result: Ok(()),
    });
    assert_eq!(effects, []);
    assert!(matches!(attempt.state, State::Saving(_)));
}

#[test]
fn it_is_over_once_it_is_stored_or_given_up_and_not_before() {
    let mut stored = finishing(Target::Anyone);
    exchange(&mut stored, grant("alice", Some("r")), Held::Nothing);
    assert!(!stored.is_over(), "it is being stored");
    stored.step(Input::Saved {
        epoch: stored.epoch,
        result: Ok(()),
    });
    assert!(stored.is_over());

    let mut given_up = finishing(Target::Anyone);
    given_up.step(Input::Cancelled);
    assert!(given_up.is_over());

    let mut failed = finishing(Target::Anyone);
    failed.step(Input::Exchanged {
        epoch: failed.epoch,
        result: Err(Code::Offline.into()),
    });
    assert!(!failed.is_over(), "what failed can be tried again");
}
