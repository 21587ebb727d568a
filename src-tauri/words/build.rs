//! Fails the build when a sentence that this program has to say is missing from `ui/messages`, in English or in
//! any other language that has a file there; and lists those languages.

#[path = "src/form.rs"]
mod form;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use evergrant_domain::reason::{Cause, Forecast, Sureness};
use evergrant_domain::{Code, Permission};
use evergrant_protocol::ProblemCode;
use evergrant_protocol::command::Happened;
use icu_locale_core::Locale;
use icu_plurals::PluralRules;

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

type Sentences = BTreeMap<String, String>;

fn main() {
    // Asked when it runs: a build folder that several checkouts share keeps the compiled script.
    let here = std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where this crate is");
    let folder = Path::new(&here).join("../../ui/messages");
    println!("cargo::rerun-if-changed={}", folder.display());
    let languages = languages(&folder);
    let english = &languages["en"];
    let missing: Vec<String> = wanted()
        .into_iter()
        .filter(|key| {
            let said = english.get(key).or_else(|| english.get(&format!("{key}.other")));
            said.is_none_or(String::is_empty)
        })
        .collect();
    assert!(
        missing.is_empty(),
        "people would meet a fault without a word about it: add to ui/messages/en.json {missing:?}"
    );
    for (tag, sentences) in &languages {
        let (whole, own) = (keys_in(tag, english), sentences.keys().cloned().collect());
        let missing: Vec<&String> = whole.difference(&own).collect();
        let unused: Vec<&String> = own.difference(&whole).collect();
        assert!(missing.is_empty(), "add to ui/messages/{tag}.json {missing:?}");
        assert!(unused.is_empty(), "take out of ui/messages/{tag}.json {unused:?}");
    }
    write(&folder, &languages);
}

/// Every language that has a file, by its tag.
fn languages(folder: &Path) -> BTreeMap<String, Sentences> {
    let files = std::fs::read_dir(folder).expect("ui/messages can be read");
    let paths = files.map(|file| file.expect("a file of ui/messages").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    paths
        .map(|path| {
            println!("cargo::rerun-if-changed={}", path.display());
            let tag = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .expect("a language tag");
            let text = std::fs::read_to_string(&path).expect("a file of ui/messages can be read");
            let sentences = serde_json::from_str(&text);
            (
                tag.to_owned(),
                sentences.expect("ui/messages holds objects of sentences"),
            )
        })
        .collect()
}

/// The keys that a language has to have: those of English, and where a sentence holds a number, a form for each
/// plural category of the language.
fn keys_in(tag: &str, english: &Sentences) -> BTreeSet<String> {
    let locale: Locale = tag
        .parse()
        .expect("a file of ui/messages is named by a language tag");
    let rules = PluralRules::try_new_cardinal(locale.into()).expect("plural rules of the language");
    let forms: Vec<&str> = rules.categories().map(form::name).collect();
    let mut keys = BTreeSet::new();
    for key in english.keys() {
        match key.rsplit_once('.') {
            Some((sentence, "other")) => {
                keys.extend(forms.iter().map(|form| format!("{sentence}.{form}")));
            }
            Some((sentence, "one")) if english.contains_key(&format!("{sentence}.other")) => {}
            _ => {
                keys.insert(key.clone());
            }
        }
    }
    keys
}

/// The list of files for `src/language.rs`.
fn write(folder: &Path, languages: &BTreeMap<String, Sentences>) {
    let mut list = String::from("pub const FILES: &[(&str, &str)] = &[\n");
    for tag in languages.keys() {
        let path = folder.join(format!("{tag}.json"));
        let path = path.to_str().expect("a path that can be written down");
        let _ = writeln!(list, "    ({tag:?}, include_str!({path:?})),");
    }
    let english = languages.keys().position(|tag| tag == "en");
    let _ = writeln!(
        list,
        "];\npub const ENGLISH: usize = {};",
        english.expect("English")
    );
    let out = std::env::var("OUT_DIR").expect("cargo says where to write");
    std::fs::write(Path::new(&out).join("files.rs"), list).expect("the list can be written");
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
