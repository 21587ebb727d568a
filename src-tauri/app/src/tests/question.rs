//! From the agent's question to the window that asks, and back.

use std::sync::Arc;
use std::time::Duration;

use evergrant_agent::interface::{Decision, FaultView, ProgramRequest, RecoveryView, Request};
use evergrant_agent::walk::Walk;
use serde_json::json;
use tokio::time::{sleep, timeout};

use super::FakeAgent;
use super::page::Page;
use crate::desk::Desk;
use crate::desktop::fake::FakeDesktop;
use crate::question::{self, Asking};
use crate::shell::Shell;
use crate::window;

struct Asked {
    agent: Arc<FakeAgent>,
    desktop: Arc<FakeDesktop>,
    desk: Desk,
}

/// The task that keeps the window as the question is.
fn follow() -> Asked {
    let (agent, desktop) = (Arc::<FakeAgent>::default(), Arc::<FakeDesktop>::default());
    let desk = Desk {
        agent: agent.clone(),
        shell: Shell::new(false),
        desktop: desktop.clone(),
        asking: Asking::default(),
        walk: Arc::new(Walk::own()),
    };
    tokio::spawn(question::run(desk.clone()));
    Asked { agent, desktop, desk }
}

impl Asked {
    /// Waits until the desktop has done this and nothing else.
    async fn done(&self, wanted: &[&str]) {
        let waiting = async {
            while self.desktop.done().len() < wanted.len() {
                sleep(Duration::from_millis(2)).await;
            }
        };
        let _ = timeout(Duration::from_secs(5), waiting).await;
        assert_eq!(self.desktop.done(), wanted);
    }

    /// What closing the window does.
    async fn close(&self) {
        if let Some(refusal) = question::closed(&self.desk) {
            refusal.await;
        }
    }
}

fn no(question: u32) -> Request {
    let decision = Decision::Deny;
    Request::Programs(ProgramRequest::Answer { question, decision })
}

#[tokio::test]
async fn the_window_is_there_as_long_as_something_is_asked() {
    let asked = follow();
    asked.desk.asking.set(Some(1));
    asked.done(&["show question"]).await;
    // The same window comes forward again.
    asked.desk.asking.set(Some(2));
    asked.done(&["show question", "show question"]).await;
    asked.desk.asking.set(None);
    asked
        .done(&["show question", "show question", "close question"])
        .await;
    assert!(asked.agent.asked().is_empty(), "nobody answered");
}

#[tokio::test]
async fn the_tray_brings_the_window_back() {
    let asked = follow();
    asked.desk.asking.set(Some(1));
    asked.done(&["show question"]).await;
    asked.desk.asking.call();
    asked.done(&["show question", "show question"]).await;
}

#[tokio::test]
async fn a_window_that_is_closed_says_no_once() {
    let asked = follow();
    asked.desk.asking.set(Some(1));
    asked.done(&["show question"]).await;
    asked.close().await;
    asked.close().await;
    assert_eq!(asked.agent.asked(), [no(1)]);
}

#[tokio::test]
async fn a_window_that_goes_with_its_question_says_nothing() {
    let asked = follow();
    asked.desk.asking.set(Some(1));
    asked.done(&["show question"]).await;
    asked.desk.asking.set(None);
    asked.done(&["show question", "close question"]).await;
    asked.close().await;
    assert!(asked.agent.asked().is_empty());
}

#[tokio::test]
async fn a_question_that_cannot_be_shown_is_answered_no() {
    let asked = follow();
    asked.desktop.refuse_next();
    asked.desk.asking.set(Some(1));
    let answered = async {
        while asked.agent.asked().is_empty() {
            sleep(Duration::from_millis(2)).await;
        }
    };
    let _ = timeout(Duration::from_secs(5), answered).await;
    assert_eq!(asked.agent.asked(), [no(1)]);
    asked.close().await;
    assert_eq!(asked.agent.asked(), [no(1)]);
}

#[test]
fn closing_after_an_answer_says_nothing_more() {
    let page = Page::of(window::question::LABEL);
    page.asking.show(1);
    page.call("answer", json!({ "question": 1, "decision": "always" }))
        .expect("an answer");
    let (question, decision) = (1, Decision::Always);
    let always = Request::Programs(ProgramRequest::Answer { question, decision });
    assert_eq!(page.agent.asked(), [always]);
    assert_eq!(page.asking.take(), None);
}

#[test]
fn closing_after_an_answer_that_failed_is_still_a_no() {
    let page = Page::of(window::question::LABEL);
    page.asking.show(1);
    page.agent.answer_next(Err(FaultView {
        code: "ledger_failed".to_owned(),
        recovery: RecoveryView::TryAgain,
        detail: None,
    }));
    page.call("answer", json!({ "question": 1, "decision": "once" }))
        .expect_err("a fault");
    assert_eq!(page.asking.take(), Some(1));
}
