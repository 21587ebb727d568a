//! Fails the build when a sentence that this program has to say is missing from `ui/messages`.

use std::collections::BTreeMap;
use std::path::Path;

use evergrant_domain::reason::{Cause, Forecast, Sureness};
use evergrant_domain::{Code, Permission};
use evergrant_protocol::ProblemCode;
use evergrant_protocol::command::Happened;

/// Sentences said outside the window; `src/lib.rs` says them.
const SPOKEN: &[&str] = &[
    "app.name",
    "browser.done.title",
    "browser.done.text",
    "browser.waiting.title",
    "browser.waiting.text",
    "browser.denied.title",
    "browser.denied.text",
    "browser.failed.title",
    "browser.failed.text",
    "browser.stray.title",
    "browser.stray.text",
];

fn main() {
    // Asked when it runs: a build folder that several checkouts share keeps the compiled script.
    let here = std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where this crate is");
    let file = Path::new(&here).join("../../ui/messages/en.json");
    println!("cargo::rerun-if-changed={}", file.display());
    let text = std::fs::read_to_string(&file).expect("ui/messages/en.json can be read");
    let sentences: BTreeMap<String, String> =
        serde_json::from_str(&text).expect("ui/messages/en.json is an object of sentences");
    let missing: Vec<String> = wanted()
        .into_iter()
        .filter(|key| sentences.get(key).is_none_or(String::is_empty))
        .collect();
    assert!(
        missing.is_empty(),
        "people would meet a fault without a word about it: add to ui/messages/en.json {missing:?}"
    );
}

fn wanted() -> Vec<String> {
    let faults = Code::ALL
        .iter()
        .flat_map(|code| ["what", "todo"].map(|part| format!("fault.{}.{part}", code.as_str())));
    let problems = ProblemCode::ALL
        .iter()
        .flat_map(|code| ["what", "todo"].map(|part| format!("problem.{}.{part}", code.as_str())));
    let scopes = Permission::ALL
        .iter()
        .flat_map(|permission| permission.scopes())
        .filter_map(|scope| scope.strip_prefix("https://www.googleapis.com/auth/"))
        .map(|short| format!("scope.{short}"));
    let causes = Cause::ALL
        .iter()
        .flat_map(|cause| ["what", "todo", "short"].map(|part| format!("reason.{}.{part}", cause.as_str())));
    let sureness = Sureness::ALL.map(|sureness| format!("reason.{}", sureness.as_str()));
    let forecasts = Forecast::KINDS
        .iter()
        .flat_map(|kind| ["what", "todo"].map(|part| format!("forecast.{kind}.{part}")));
    let history = Happened::ALL.map(|what| format!("history.{}", what.as_str()));
    let spoken = SPOKEN.iter().map(|key| (*key).to_owned());
    let of_accounts = causes.chain(sureness).chain(forecasts).chain(history);
    let of_faults = faults.chain(problems);
    of_faults.chain(of_accounts).chain(scopes).chain(spoken).collect()
}
