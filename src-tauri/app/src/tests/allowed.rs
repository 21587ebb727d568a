use serde_json::{Value, json};

use super::page::Page;

fn refusal(answer: Result<Value, Value>) -> String {
    answer.expect_err("it must be refused").to_string()
}

/// Every command of the bindings, with arguments that it takes.
fn calls() -> Vec<(&'static str, Value)> {
    let account = json!({ "account": "alice" });
    vec![
        ("snapshot", json!({})),
        ("shell", json!({})),
        ("show_profile", json!({ "profile": "practice" })),
        ("choose_client_file", json!({ "provider": "google" })),
        (
            "connect",
            json!({ "provider": "google", "ask": { "permissions": [], "scopes": [] } }),
        ),
        ("reconnect", account.clone()),
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
        ("picture", account),
        ("dismiss", json!({ "notice": 3 })),
        ("open_page", json!({ "page": "consoleApis" })),
        ("keep_running", json!({ "keep": true })),
        ("set_start_at_login", json!({ "on": true })),
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
fn nothing_else_can_be_called() {
    let page = Page::open();
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
    let page = Page::open();
    for (command, arguments) in calls() {
        let answer = refusal(page.call_from("https://accounts.google.com", command, arguments));
        assert!(answer.contains("not allowed"), "{command} answered {answer}");
    }
}
