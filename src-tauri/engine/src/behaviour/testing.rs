use evergrant_domain::{Api, Code, lifecycle::Standing};

use super::stage::Stage;
use crate::event::{Activity, Check, Outcome, TestLine};
use crate::fakes::{Call, person};
use crate::ports::ProbeAnswer;

const GRANTED: &str = "openid email https://www.googleapis.com/auth/gmail.readonly \
                       https://www.googleapis.com/auth/calendar";

async fn tested(stage: &mut Stage) -> Vec<TestLine> {
    stage.account("alice").test().await.expect("the test begins");
    stage.settle().await;
    let status = stage.status("alice");
    assert_eq!(status.busy, None);
    match status.outcome {
        Some(Outcome::Tested { lines, .. }) => lines,
        other => panic!("no test ended: {other:?}"),
    }
}

fn line(check: Check, answer: ProbeAnswer) -> TestLine {
    TestLine {
        check,
        result: Ok(answer),
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_for_sign_in_for_the_person_and_for_each_granted_api() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.open_with(GRANTED);
    stage.house.provider.switch_off(Api::Calendar);
    let expected = [
        line(Check::SignIn, ProbeAnswer::Works),
        line(Check::Identity, ProbeAnswer::Works),
        line(Check::Api(Api::Gmail), ProbeAnswer::Works),
        line(Check::Api(Api::Calendar), ProbeAnswer::SwitchedOff),
    ];
    assert_eq!(tested(&mut stage).await, expected);
    assert_eq!(
        stage.house.journal.count(&Call::Refresh),
        1,
        "a fresh refresh comes first"
    );
    assert_eq!(
        stage.house.journal.count(&Call::Probe(Api::Drive)),
        0,
        "not granted, not tried"
    );
}

#[tokio::test(start_paused = true)]
async fn another_person_is_noticed_and_not_taken_over() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.belongs_to(person("mallory"));
    let lines = tested(&mut stage).await;
    let fault = lines[1].result.clone().expect_err("not Alice");
    assert_eq!(
        (lines[1].check, fault.code),
        (Check::Identity, Code::IdentityUnproven)
    );
    assert_eq!(stage.status("alice").row.person, person("alice"));
}

#[tokio::test(start_paused = true)]
async fn new_labels_of_the_same_person_are_kept() {
    let mut stage = Stage::with("alice", "1//alice").await;
    let mut renamed = person("alice");
    renamed.name = Some("Alice Liddell".into());
    renamed.email = Some("liddell@example.com".into());
    stage.house.provider.belongs_to(renamed.clone());
    tested(&mut stage).await;
    assert_eq!(stage.status("alice").row.person, renamed);
    assert_eq!(stage.house.ledger.all()[0].person, renamed);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_fails_is_the_only_line() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.refresh.fail_next(Code::GrantUnknown);
    let lines = tested(&mut stage).await;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].check, Check::SignIn);
    let dead = Some(Standing::NeedsReconnect(Code::GrantUnknown));
    assert_eq!(stage.recorded("alice"), dead);
}

#[tokio::test(start_paused = true)]
async fn one_api_that_fails_does_not_hide_the_others() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.open_with(GRANTED);
    stage.house.provider.probe.fail_next(Code::ProviderBusy);
    let lines = tested(&mut stage).await;
    assert!(lines[2].result.is_err());
    assert_eq!(lines[3], line(Check::Api(Api::Calendar), ProbeAnswer::Works));
    assert_eq!(stage.recorded("alice"), Some(Standing::Connected));
}

#[tokio::test(start_paused = true)]
async fn the_button_cannot_be_pressed_twice() {
    let mut stage = Stage::with("alice", "1//alice").await;
    stage.house.provider.person.hold();
    let account = stage.account("alice");
    account.test().await.expect("pressed");
    // Before the first press is even seen.
    let _ = account.test().await;
    stage.settle().await;
    assert_eq!(stage.status("alice").busy, Some(Activity::Testing));
    let fault = account.test().await.expect_err("at work");
    assert_eq!(fault.code, Code::AlreadyAtWork);
    stage.house.provider.person.release();
    stage.settle().await;
    assert_eq!(stage.house.journal.count(&Call::Person), 1);
}
