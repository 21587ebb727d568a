use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use evergrant_agent::interface::{
    AccountState, AccountView, Change, ChangeKind, LeavingStep, LeavingView, QuestionView, Reply, Request,
};
use evergrant_agent::walk::Walk;
use serde_json::{Value, json};
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri::{App, Listener};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::{FakeAgent, account, question};
use crate::desk::Desk;
use crate::desktop::About;
use crate::desktop::fake::FakeDesktop;
use crate::question::Asking;
use crate::shell::{Route, Shell};
use crate::{bindings, forward};

struct Heard {
    agent: Arc<FakeAgent>,
    shell: Shell,
    asking: Asking,
    press: UnboundedSender<About>,
    desktop: Arc<FakeDesktop>,
    events: Receiver<Value>,
    _app: App<MockRuntime>,
}

/// The forwarding, with what the page would hear of the event.
fn hear(event: &str) -> Heard {
    hear_after(event, None)
}

/// The same, where this was remembered as told.
fn hear_after(event: &str, told: Option<String>) -> Heard {
    let app = mock_builder()
        .build(mock_context(noop_assets()))
        .expect("an app on no screen");
    bindings::builder::<MockRuntime>().mount_events(&app);
    let (said, events) = channel();
    app.listen_any(event, move |event| {
        let _ = said.send(serde_json::from_str(event.payload()).expect("JSON"));
    });
    let desktop = Arc::<FakeDesktop>::default();
    let (agent, shell, asking) = (Arc::<FakeAgent>::default(), Shell::new(true), Asking::default());
    agent.answer_next(Ok(Reply::Setting(told)));
    let desk = Desk {
        agent: agent.clone(),
        shell: shell.clone(),
        desktop: desktop.clone(),
        asking: asking.clone(),
        walk: Arc::new(Walk::own()),
    };
    let (press, presses) = unbounded_channel();
    tauri::async_runtime::spawn(forward::run(app.handle().clone(), desk, presses));
    while agent.followers() == 0 {
        std::thread::yield_now();
    }
    Heard {
        agent,
        shell,
        asking,
        press,
        desktop,
        events,
        _app: app,
    }
}

impl Heard {
    fn next(&self) -> Value {
        self.events
            .recv_timeout(Duration::from_secs(5))
            .expect("an event")
    }
}

#[test]
fn a_change_reaches_the_page() {
    let heard = hear("change");
    heard.agent.tell(Change {
        revision: 8,
        what: ChangeKind::Account {
            account: account("bob"),
        },
    });
    let change = heard.next();
    assert_eq!(change["revision"], 8);
    assert_eq!(change["what"]["account"]["email"], "bob@example.com");
}

#[test]
fn whoever_missed_too_much_loads_everything() {
    let heard = hear("change");
    heard.agent.tell_too_much();
    let last = std::iter::repeat_with(|| heard.next()).find(|change| change["what"]["kind"] == "profile");
    assert_eq!(
        last,
        Some(json!({ "revision": 7, "what": { "kind": "profile" } }))
    );
}

#[test]
fn the_page_hears_of_the_shell_once_it_has_asked() {
    let heard = hear("shell-change");
    heard.shell.set(|known| known.route = Route::Connect);
    assert_eq!(heard.shell.open_page().route, Route::Connect);
    heard.shell.set(|known| known.tray = false);
    let mut view = heard.next();
    while view["tray"] == true {
        view = heard.next();
    }
    assert_eq!(view["route"], "home", "a route that was told already");
}

/// Tells a question and waits until it has gone on to the window that asks.
fn ask(heard: &Heard, revision: u32, question: Option<QuestionView>) {
    let id = question.as_ref().map(|question| question.id);
    let what = ChangeKind::Question { question };
    heard.agent.tell(Change { revision, what });
    let mut asked = heard.asking.follow();
    tauri::async_runtime::block_on(async {
        let arrived = asked.wait_for(|asked| *asked == id);
        tokio::time::timeout(Duration::from_secs(5), arrived)
            .await
            .expect("in time")
            .expect("the question is followed");
    });
}

#[test]
fn a_question_reaches_the_window_and_is_told_once() {
    let heard = hear("change");
    ask(&heard, 8, Some(question(3)));
    let behind = QuestionView {
        behind: 1,
        ..question(3)
    };
    ask(&heard, 9, Some(behind));
    ask(&heard, 10, None);
    assert_eq!(
        heard.desktop.done(),
        [
            "notify sync wants to use alice@example.com. Allow it or deny it in the Evergrant window. [Open]",
            "withdraw Question",
        ]
    );
}

#[test]
fn nobody_who_looks_at_evergrant_is_told_of_a_question() {
    let heard = hear("change");
    *heard.desktop.looked_at.lock().expect("the fake's lock") = Some("main".to_owned());
    ask(&heard, 8, Some(question(3)));
    assert!(heard.desktop.done().is_empty());
}

fn stopped(name: &str) -> AccountView {
    AccountView {
        state: AccountState::NeedsReconnect,
        ..account(name)
    }
}

/// Tells how an account is now.
fn tell(heard: &Heard, revision: u32, account: AccountView) {
    let what = ChangeKind::Account { account };
    heard.agent.tell(Change { revision, what });
}

impl Heard {
    /// Waits until so much was done to the desktop.
    fn done(&self, count: usize) -> Vec<String> {
        let patience = std::time::Instant::now() + Duration::from_secs(20);
        loop {
            let done = self.desktop.done();
            if done.len() >= count || std::time::Instant::now() > patience {
                return done;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the agent was asked to remember as told.
    fn kept(&self) -> Option<String> {
        let asked = self.agent.asked().into_iter().rev();
        let mut kept = asked.filter_map(|request| match request {
            Request::SetSetting { name, value } if name == "told" => Some(value),
            _ => None,
        });
        kept.next()
    }
}

const ALICE: &str =
    "notify alice@example.com has to be connected again. Open Evergrant and press Reconnect. [Reconnect]";

#[test]
fn an_account_that_stops_is_told_and_its_button_leads_there() {
    let heard = hear("change");
    tell(&heard, 8, stopped("alice"));
    assert_eq!(heard.done(1), [ALICE]);
    heard.press.send(About::Accounts(1)).expect("somebody listens");
    assert_eq!(heard.done(2)[1..], ["open window"]);
    let view = heard.shell.tell();
    assert_eq!(
        (view.route, view.account.as_deref()),
        (Route::Account, Some("alice"))
    );
    tell(&heard, 9, account("alice"));
    assert_eq!(heard.done(3)[2..], ["withdraw Accounts(1)"]);
}

#[test]
fn those_that_stop_together_are_told_together() {
    let heard = hear("change");
    tell(&heard, 8, stopped("alice"));
    tell(&heard, 9, stopped("bob"));
    tell(&heard, 10, stopped("carol"));
    let all = "notify alice@example.com, bob@example.com, carol@example.com: They have to be connected again. Open \
               Evergrant to see how. [Open]";
    assert_eq!(heard.done(1), [all]);
}

#[test]
fn what_was_told_before_the_restart_is_not_told_again() {
    let first = hear("change");
    tell(&first, 8, stopped("alice"));
    assert_eq!(first.done(1), [ALICE]);
    let patience = std::time::Instant::now() + Duration::from_secs(20);
    while first.kept().is_none() && std::time::Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(20));
    }
    let kept = first.kept().expect("it is remembered");

    let second = hear_after("change", Some(kept));
    tell(&second, 8, stopped("alice"));
    tell(&second, 9, stopped("bob"));
    let done = second.done(1);
    assert_eq!(done.len(), 1);
    assert!(
        done[0].starts_with("notify bob@example.com has to be"),
        "{done:?}"
    );
}

#[test]
fn a_notification_of_the_question_shows_the_question() {
    let heard = hear("change");
    ask(&heard, 8, Some(question(3)));
    heard.press.send(About::Question).expect("somebody listens");
    tauri::async_runtime::block_on(async {
        tokio::time::timeout(Duration::from_secs(20), heard.asking.called())
            .await
            .expect("the question is called");
    });
}

#[test]
fn when_everything_is_deleted_the_desktop_forgets_it_and_it_quits() {
    let heard = hear("change");
    let leaving = |step| ChangeKind::Leaving {
        leaving: Some(LeavingView::at(step)),
    };
    for (revision, step) in [(8, LeavingStep::Ending), (9, LeavingStep::Deleting)] {
        heard.agent.tell(Change {
            revision,
            what: leaving(step),
        });
        heard.next();
    }
    assert_eq!(heard.desktop.done(), [] as [String; 0]);
    assert!(!heard.shell.is_leaving());
    *heard.desktop.starts_at_login.lock().expect("the fake's lock") = true;
    heard.agent.tell(Change {
        revision: 10,
        what: leaving(LeavingStep::Deleted),
    });
    assert_eq!(heard.done(2)[..2], ["start at login false", "quit"]);
    assert!(heard.shell.is_leaving());
}
