//! What happened to an account, with who asked for it; and how it fares, in sentences.

use std::sync::Arc;

use evergrant_broker::judgement::Decision;
use evergrant_broker::ports::{Condition, Log, Office as _};
use evergrant_domain::{AccountId, Code, time::Seconds};
use evergrant_engine::fakes::subject;
use evergrant_engine::ports::{Happening, History};
use serde_json::json;

use super::program::Program;
use super::stage::{MAIL, Stage};
use crate::history::{self, Event};
use crate::interface::{ForecastView, ProfileName, ReasonView, RecoveryView, Sureness};
use crate::profiles::Profiles;
use crate::programs::Office;
use crate::view;

impl Stage {
    /// What is told of an account, oldest first, with how often.
    async fn past(&self, id: &AccountId, limit: u32) -> Vec<(String, u32)> {
        let log: &dyn Log = &*self.book;
        let lines = history::of(&self.engine, Some(log), id, limit)
            .await
            .expect("told");
        let words = |what| match what {
            Event::Own(happening) => format!("{happening:?}"),
            Event::Given(program) => format!("{program} got access"),
            Event::Refused(program) => format!("{program} was refused"),
        };
        let told = lines.into_iter().rev();
        told.map(|line| (words(line.what), line.times)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_tells_its_life_and_who_asked_for_it() {
    let mut stage = Stage::open().await;
    let alice = stage.connect("alice", MAIL).await;
    stage.connect("bob", MAIL).await;
    stage.house.history.forget(&alice).await.expect("begun anew");
    let note = async |stage: &Stage, what| {
        let noted = stage.house.history.note(&alice, stage.now(), &what).await;
        noted.expect("noted");
    };
    note(&stage, Happening::Connected).await;

    let mut mutt = Program::start(&stage, "mutt");
    mutt.token("alice@example.com", json!({})).await;
    stage.pass(1);
    stage.decide(Decision::Always).await;
    for name in [
        "alice@example.com",
        "ALICE@example.com",
        "example:alice@example.com",
        alice.as_str(),
    ] {
        assert_eq!(mutt.token(name, json!({})).await.status, 200, "{name}");
    }
    stage.pass(1);
    let mut spy = Program::start(&stage, "spy");
    spy.token(alice.as_str(), json!({})).await;
    stage.decide(Decision::Deny).await;
    assert_eq!(
        spy.token(alice.as_str(), json!({})).await.code(),
        "approval_denied"
    );
    mutt.token("bob@example.com", json!({})).await;
    stage.pass(1);
    note(&stage, Happening::Failed(Code::Offline)).await;

    let told = stage.past(&alice, 100).await;
    let times = |of: &str| {
        let mut found = told.iter().filter(|(words, _)| words == of);
        let times = found.next().map(|(_, times)| *times);
        assert_eq!(found.next(), None, "{of} is one line: {told:?}");
        times
    };
    assert_eq!(times("mutt.client.py got access"), Some(4), "{told:?}");
    // When it was decided, and when it asked again.
    assert_eq!(times("spy.client.py was refused"), Some(2), "{told:?}");
    assert_eq!(
        times("mutt.client.py was refused"),
        None,
        "a person was being asked"
    );
    assert_eq!(told.first().map(|(words, _)| words.as_str()), Some("Connected"));
    assert_eq!(
        told.last().map(|(words, _)| words.as_str()),
        Some("Failed(Offline)")
    );
    assert_eq!(
        stage.past(&alice, 1).await,
        told[told.len() - 1..],
        "the newest alone"
    );
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_log_the_account_tells_its_own_life() {
    let mut stage = Stage::open().await;
    let alice = stage.connect("alice", MAIL).await;
    stage.house.history.forget(&alice).await.expect("begun anew");
    let now = stage.now();
    for (hours, what) in [(0, Happening::Connected), (48, Happening::Refreshed)] {
        let at = now + Seconds(hours * 3_600);
        stage.house.history.note(&alice, at, &what).await.expect("noted");
    }
    let lines = history::of(&stage.engine, None, &alice, 100).await.expect("told");
    let shown = view::history("alice", lines);
    assert_eq!(shown.lines.len(), 2);
    assert!(shown.lines[0].first > shown.lines[1].first, "newest first");
    let nobody = AccountId::of(&subject("nobody"));
    let fault = history::of(&stage.engine, None, &nobody, 100)
        .await
        .expect_err("nobody");
    assert_eq!(fault.code, Code::AccountUnknown);
    stage.close().await;
}

#[tokio::test]
async fn the_command_is_told_in_sentences_how_an_account_fares() {
    let profiles = Arc::new(Profiles::new(
        tokio::runtime::Handle::current(),
        ProfileName::Personal,
        None,
    ));
    let office = Office::new(Arc::downgrade(&profiles));
    let alice = AccountId::of(&subject("alice"));
    assert_eq!(office.condition(&alice), Condition::default(), "nobody is known");

    let mut shown = super::shown(alice.as_str());
    shown.reason = Some(ReasonView {
        cause: "password_changed".into(),
        sureness: Sureness::Possible,
        values: [("provider".to_owned(), "Google".to_owned())].into(),
        others: vec![],
        recovery: RecoveryView::Reconnect,
    });
    profiles.board.account(ProfileName::Personal, shown.clone());
    let condition = office.condition(&alice);
    assert_eq!(
        condition.reason.as_deref(),
        Some(
            "It may be this: The password of this account was changed, which also ends access to its mail. \
             Press Reconnect and sign in with the new password."
        )
    );
    assert_eq!(condition.forecast, None);

    shown.reason = None;
    shown.forecast = Some(ForecastView {
        kind: "consents".into(),
        at: None,
        count: Some(92),
        recovery: RecoveryView::Nothing,
    });
    profiles.board.account(ProfileName::Practice, shown);
    profiles.board.account_gone(ProfileName::Personal, alice.as_str());
    let condition = office.condition(&alice);
    assert!(condition.forecast.is_some_and(|words| words.contains("92 times")));
    assert_eq!(condition.reason, None);
}
