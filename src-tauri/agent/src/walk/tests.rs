use std::fs;

use serde_json::{Value, json};

use super::*;

fn changed(change: impl FnOnce(&mut Value)) -> Result<Walk, Unfit> {
    let mut walk: Value = serde_json::from_str(OWN).expect("JSON");
    change(&mut walk);
    Walk::read(&walk.to_string())
}

#[test]
fn what_comes_with_evergrant_is_whole() {
    let own = Walk::own();
    assert_eq!(own.version, VERSION);
    assert_eq!(own.steps.len(), 5);
    assert_eq!(
        own.address(HelpPage::ConsoleClients),
        "https://console.cloud.google.com/auth/clients"
    );
}

#[test]
fn a_page_is_opened_nowhere_but_at_google() {
    for address in [
        "http://console.cloud.google.com/auth/clients",
        "https://google.com.evil.example/auth/clients",
        "https://evilgoogle.com/auth/clients",
        "https://google.com@evil.example/",
        "https://someone@console.cloud.google.com/",
        "https://console.cloud.google.com:8443/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "",
    ] {
        let read = changed(|walk| walk["pages"]["consoleClients"] = json!(address));
        assert_eq!(read, Err(Unfit::Page(HelpPage::ConsoleClients)), "{address}");
    }
    let moved = changed(|walk| walk["pages"]["consoleClients"] = json!("https://cloud.google.com/new"));
    assert_eq!(
        moved.expect("it fits").address(HelpPage::ConsoleClients),
        "https://cloud.google.com/new"
    );
    let missing = changed(|walk| {
        walk["pages"]
            .as_object_mut()
            .expect("pages")
            .remove("consoleDrive");
    });
    assert_eq!(missing, Err(Unfit::Page(HelpPage::ConsoleDrive)));
}

#[test]
fn what_does_not_fit_says_why() {
    assert_eq!(changed(|walk| walk["version"] = json!(2)), Err(Unfit::Version(2)));
    assert_eq!(Walk::read("{\n\"version\": 1,\n]"), Err(Unfit::Shape { line: 3 }));
    let misspelt = changed(|walk| walk["steps"][0]["tittle"] = json!("x"));
    assert!(matches!(misspelt, Err(Unfit::Shape { .. })));
    for wrong in [
        changed(|walk| walk["steps"] = json!([])),
        changed(|walk| walk["steps"][0]["id"] = walk["steps"][1]["id"].clone()),
        changed(|walk| walk["steps"][0]["page"] = json!(null)),
        changed(|walk| walk["steps"][0]["otherwise"][0]["step"] = json!("nowhere")),
        changed(|walk| walk["steps"][4]["page"] = json!("consoleApis")),
    ] {
        assert_eq!(wrong, Err(Unfit::Steps));
    }
}

#[test]
fn a_file_of_ones_own_takes_its_place_and_a_bad_one_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("google.json");
    assert_eq!(Walk::load(&path), Ok(None));

    let corrected = OWN.replace("\"walk.project.title\"", "\"Make a project, as it looks now\"");
    fs::write(&path, corrected).expect("a file");
    let theirs = Walk::load(&path).expect("it fits").expect("it is there");
    assert_eq!(theirs.steps[0].title, "Make a project, as it looks now");

    fs::write(&path, " ".repeat(300 * 1024)).expect("a file");
    assert_eq!(Walk::load(&path), Err(Unfit::TooLong));
    fs::write(&path, [0xff, 0xfe]).expect("a file");
    assert_eq!(Walk::load(&path), Err(Unfit::Unreadable));
    assert_eq!(Walk::load(folder.path()), Err(Unfit::Unreadable));
}
