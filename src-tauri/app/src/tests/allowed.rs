use serde_json::{Value, json};

use super::page::Page;
use crate::window;

fn refusal(answer: Result<Value, Value>) -> String {
    answer.expect_err("it must be refused").to_string()
}

/// Every command of the main window, with arguments that it takes.
fn calls() -> Vec<(&'static str, Value)> {
    let account = json!({ "account": "alice" });
    vec![
        ("snapshot", json!({})),
        ("shell", json!({})),
        ("show_profile", json!({ "profile": "practice" })),
        ("choose_client_file", json!({ "provider": "google" })),
        (
            "rename_client",
            json!({ "client": "google:0123456789abcdef", "name": "Private" }),
        ),
        ("remove_client", json!({ "client": "google:0123456789abcdef" })),
        (
            "connect",
            json!({ "provider": "google", "client": null, "ask": { "permissions": [], "scopes": [] } }),
        ),
        ("reconnect", json!({ "account": "alice", "client": null })),
        ("ask_again", account.clone()),
        ("cancel_attempt", json!({})),
        ("open_again", json!({})),
        ("copy_link", json!({})),
        ("save_again", json!({})),
        ("test", account.clone()),
        ("test_all", json!({})),
        ("refresh", account.clone()),
        (
            "disconnect",
            json!({ "account": "alice", "reach": "thisComputer" }),
        ),
        ("disconnect_all", json!({})),
        ("delete_everything", json!({ "now": false })),
        ("keep_everything", json!({})),
        ("quit", json!({})),
        ("picture", account.clone()),
        ("history", account.clone()),
        ("account_browser", account),
        (
            "set_account_browser",
            json!({ "account": "alice", "browser": { "browser": "firefox.desktop", "profile": null } }),
        ),
        ("dismiss", json!({ "notice": 3 })),
        ("open_page", json!({ "page": "consoleApis" })),
        ("walk", json!({})),
        ("keep_running", json!({ "keep": true })),
        ("set_keep_running", json!({ "keep": true })),
        ("set_start_at_login", json!({ "on": true })),
        ("set_language", json!({ "language": "de" })),
        ("set_theme", json!({ "theme": "dark" })),
        ("browsers", json!({})),
        ("set_proxy", json!({ "proxy": { "kind": "direct" } })),
        (
            "set_browser",
            json!({ "browser": { "kind": "own", "browser": "firefox.desktop", "profile": null } }),
        ),
        (
            "change_grant",
            json!({ "grant": "7", "scopes": [], "lasting": "twelveHours" }),
        ),
        ("end_grant", json!({ "grant": "7" })),
        ("forget_program", json!({ "program": "sync" })),
        ("end_all_grants", json!({})),
        ("give_back", json!({})),
        ("pause_programs", json!({ "paused": true })),
        ("program_log", json!({ "search": "", "before": null })),
    ]
}

/// Every command of the window that asks.
fn calls_of_question() -> Vec<(&'static str, Value)> {
    vec![
        ("question", json!({})),
        ("answer", json!({ "question": 1, "decision": "deny" })),
    ]
}

#[test]
fn every_command_can_be_called() {
    let page = Page::open();
    for (command, arguments) in calls() {
        let answer = page.call(command, arguments);
        assert!(answer.is_ok(), "{command} answered {answer:?}");
    }
}

#[test]
fn the_window_that_asks_can_ask_and_answer_and_nothing_else() {
    let page = Page::of(window::question::LABEL);
    for (command, arguments) in calls_of_question() {
        let answer = page.call(command, arguments);
        assert!(answer.is_ok(), "{command} answered {answer:?}");
    }
    for (command, arguments) in calls() {
        let answer = refusal(page.call(command, arguments));
        assert!(answer.contains("not allowed"), "{command} answered {answer}");
    }
}

#[test]
fn the_main_window_can_neither_ask_nor_answer() {
    let page = Page::open();
    for (command, arguments) in calls_of_question() {
        let answer = refusal(page.call(command, arguments));
        assert!(answer.contains("not allowed"), "{command} answered {answer}");
    }
    assert!(page.agent.asked().is_empty());
}

#[test]
fn nothing_else_can_be_called() {
    for label in [window::main::LABEL, window::question::LABEL] {
        nothing_of_the_toolkit(&Page::of(label));
    }
}

fn nothing_of_the_toolkit(page: &Page) {
    for command in [
        "plugin:opener|open_url",
        "plugin:opener|open_path",
        "plugin:clipboard-manager|read_text",
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:fs|read_text_file",
        "plugin:shell|execute",
    ] {
        let answer = refusal(page.call(command, json!({})));
        assert!(answer.contains("not allowed"), "{command} answered {answer}");
    }
}

#[test]
fn no_other_page_can_call_anything() {
    let page = Page::of(window::question::LABEL);
    for (command, arguments) in calls_of_question() {
        let answer = refusal(page.call_from("https://accounts.google.com", command, arguments));
        assert!(answer.contains("not allowed"), "{command} answered {answer}");
    }
    let page = Page::open();
    for (command, arguments) in calls() {
        let answer = refusal(page.call_from("https://accounts.google.com", command, arguments));
        assert!(answer.contains("not allowed"), "{command} answered {answer}");
    }
}
