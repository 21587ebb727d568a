use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use evergrant_agent::interface::{Change, ChangeKind, QuestionView};
use evergrant_agent::walk::Walk;
use serde_json::{Value, json};
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri::{App, Listener};

use super::{FakeAgent, account, question};
use crate::desk::Desk;
use crate::desktop::fake::FakeDesktop;
use crate::question::Asking;
use crate::shell::{Route, Shell};
use crate::{bindings, forward};

struct Heard {
    agent: Arc<FakeAgent>,
    shell: Shell,
    asking: Asking,
    desktop: Arc<FakeDesktop>,
    events: Receiver<Value>,
    _app: App<MockRuntime>,
}

/// The forwarding, with what the page would hear of the event.
fn hear(event: &str) -> Heard {
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
    let desk = Desk {
        agent: agent.clone(),
        shell: shell.clone(),
        desktop: desktop.clone(),
        asking: asking.clone(),
        walk: Arc::new(Walk::own()),
    };
    tauri::async_runtime::spawn(forward::run(app.handle().clone(), desk));
    while agent.followers() == 0 {
        std::thread::yield_now();
    }
    Heard {
        agent,
        shell,
        asking,
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
        ["notify sync wants to use alice@example.com. Allow it or deny it in the Evergrant window."]
    );
}

#[test]
fn nobody_who_looks_at_evergrant_is_told_of_a_question() {
    let heard = hear("change");
    *heard.desktop.looked_at.lock().expect("the fake's lock") = Some("main".to_owned());
    ask(&heard, 8, Some(question(3)));
    assert!(heard.desktop.done().is_empty());
}
