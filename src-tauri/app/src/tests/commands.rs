use std::path::PathBuf;

use evergrant_agent::interface::{
    ConsentRequest, FaultView, ProfileName, ProxyUnfit, Reach, RecoveryView, Reply, Request,
};
use serde_json::{Value, json};

use super::page::Page;
use crate::background::Background;

#[test]
fn the_snapshot_reaches_the_page_in_its_own_spelling() {
    let snapshot = Page::open().call("snapshot", json!({})).expect("a snapshot");
    assert_eq!(snapshot["accounts"][0]["connectedSince"], 1_700_000_000);
    let client = &snapshot["providers"][0]["client"];
    assert_eq!(client["kind"], "imported");
    assert_eq!(
        client["clients"][0]["clientId"],
        "42-abc.apps.googleusercontent.com"
    );
}

#[test]
fn a_command_asks_the_agent_for_what_was_pressed() {
    let page = Page::open();
    page.call("show_profile", json!({ "profile": "practice" }))
        .expect("an answer");
    page.call("disconnect", json!({ "account": "alice", "reach": "everywhere" }))
        .expect("an answer");
    let account = "alice".to_owned();
    let wanted = [
        Request::ShowProfile(ProfileName::Practice),
        Request::Disconnect {
            account,
            reach: Reach::Everywhere,
        },
    ];
    assert_eq!(page.agent.asked(), wanted);
}

#[test]
fn a_fault_of_the_agent_reaches_the_page() {
    let page = Page::open();
    let recovery = RecoveryView::TryAgain;
    page.agent.answer_next(Err(FaultView {
        code: "offline".to_owned(),
        recovery,
        detail: None,
    }));
    let fault = page
        .call("refresh", json!({ "account": "alice" }))
        .expect_err("a fault");
    assert_eq!(
        fault,
        json!({ "code": "offline", "recovery": "tryAgain", "detail": null })
    );
}

#[test]
fn only_the_path_of_a_chosen_file_goes_to_the_agent() {
    let page = Page::open();
    let file = PathBuf::from("/home/alice/client_secret_1.json");
    *page.desktop.file.lock().expect("the fake's lock") = Some(file.clone());
    let answer = page
        .call("choose_client_file", json!({ "provider": "google" }))
        .expect("an answer");
    assert_eq!(answer, Value::Null);
    assert_eq!(
        page.agent.asked(),
        [Request::ImportClient {
            provider: "google".to_owned(),
            file
        }]
    );
}

#[test]
fn a_client_is_chosen_renamed_and_removed_by_its_name() {
    const CLIENT: &str = "google:0123456789abcdef";
    let page = Page::open();
    let ask = json!({ "permissions": [], "scopes": [] });
    for (command, arguments) in [
        (
            "connect",
            json!({ "provider": "google", "client": CLIENT, "ask": ask }),
        ),
        ("reconnect", json!({ "account": "alice", "client": CLIENT })),
        ("rename_client", json!({ "client": CLIENT, "name": "Work" })),
        ("remove_client", json!({ "client": CLIENT })),
    ] {
        page.call(command, arguments).expect("an answer");
    }
    let (client, name) = (CLIENT.to_owned(), "Work".to_owned());
    let wanted = [
        Request::Connect {
            provider: "google".to_owned(),
            client: Some(client.clone()),
            consent: ConsentRequest::default(),
        },
        Request::Reconnect {
            account: "alice".to_owned(),
            client: Some(client.clone()),
        },
        Request::RenameClient {
            client: client.clone(),
            name,
        },
        Request::RemoveClient { client },
    ];
    assert_eq!(page.agent.asked(), wanted);
}

#[test]
fn choosing_no_file_asks_nothing() {
    let page = Page::open();
    page.call("choose_client_file", json!({ "provider": "google" }))
        .expect("an answer");
    assert!(page.agent.asked().is_empty());
}

#[test]
fn the_link_is_copied_and_never_told_to_the_page() {
    let page = Page::open();
    page.agent
        .answer_next(Ok(Reply::Link("https://accounts.example/consent".to_owned())));
    let answer = page.call("copy_link", json!({})).expect("an answer");
    assert_eq!(answer, Value::Null);
    assert_eq!(page.desktop.done(), ["copy https://accounts.example/consent"]);
}

#[test]
fn pages_are_opened_from_a_closed_list() {
    let page = Page::open();
    page.call("open_page", json!({ "page": "consoleClients" }))
        .expect("an answer");
    assert_eq!(
        page.desktop.done(),
        ["open https://console.cloud.google.com/auth/clients"]
    );
    for (client, end) in [("google:0123456789abcdef", "?project=42"), ("google:unknown", "")] {
        page.call("open_page", json!({ "page": "consoleClients", "client": client }))
            .expect("an answer");
        let address = format!("open https://console.cloud.google.com/auth/clients{end}");
        assert_eq!(page.desktop.done().last(), Some(&address));
    }
    assert!(
        page.call("open_page", json!({ "page": "https://evil.example" }))
            .is_err()
    );
}

#[test]
fn what_the_desktop_refuses_is_a_fault_and_changes_nothing() {
    let page = Page::open();
    page.desktop.refuse_next();
    let fault = page
        .call("set_start_at_login", json!({ "on": true }))
        .expect_err("a fault");
    assert_eq!(fault["code"], "desktop_refused");
    assert!(!page.shell.known().start_at_login);
}

#[test]
fn what_closing_means_is_changed_and_remembered_without_closing() {
    for keep in [true, false] {
        let page = Page::open();
        page.call("set_keep_running", json!({ "keep": keep }))
            .expect("an answer");
        let (name, value) = ("keep_running".to_owned(), keep.to_string());
        assert_eq!(page.agent.asked(), [Request::SetSetting { name, value }]);
        assert!(page.desktop.done().is_empty());
        assert_eq!(page.shell.known().view().keeps_running, keep);
    }
}

#[test]
fn what_closing_means_stays_where_it_cannot_be_remembered() {
    let page = Page::open();
    let before = page.shell.known();
    page.agent.answer_next(Err(FaultView {
        code: "disk_full".to_owned(),
        recovery: RecoveryView::MendComputer,
        detail: None,
    }));
    page.call(
        "set_keep_running",
        json!({ "keep": !before.view().keeps_running }),
    )
    .expect_err("a fault");
    assert_eq!(page.shell.known(), before);
}

#[test]
fn why_something_is_no_proxy_reaches_the_page() {
    let page = Page::open();
    let wish = json!({ "proxy": { "kind": "own", "address": "alice:secret@proxy.example" } });
    page.agent.answer_next(Ok(Reply::Unfit(ProxyUnfit::WithPassword)));
    assert_eq!(page.call("set_proxy", wish.clone()), Ok(json!("withPassword")));
    assert_eq!(page.call("set_proxy", wish), Ok(Value::Null));
}

#[test]
fn the_background_answer_is_remembered_and_acted_on() {
    for (keep, act) in [(true, "close window"), (false, "quit")] {
        let page = Page::open();
        page.shell.set(|known| known.background = Background::Asking);
        page.call("keep_running", json!({ "keep": keep }))
            .expect("an answer");
        let (name, value) = ("keep_running".to_owned(), keep.to_string());
        assert_eq!(page.agent.asked(), [Request::SetSetting { name, value }]);
        assert_eq!(page.desktop.done(), [act]);
        assert!(!page.shell.known().view().asking_background);
    }
}
