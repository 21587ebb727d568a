//! `docs/faults.md` is written from the list of faults and the sentences of `ui/messages`. Make it anew with
//! `EVERGRANT_WRITE_DOCS=1 cargo test -p evergrant-words --test faults`.

mod listed;
mod page;

use std::path::{Path, PathBuf};
use std::{env, fs};

use evergrant_domain::Code;
use evergrant_words::say;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_page_of_faults_is_fresh() {
    let path = root().join("docs/faults.md");
    let page = page::written();
    if env::var_os("EVERGRANT_WRITE_DOCS").is_some() {
        fs::write(&path, &page).expect("written");
    }
    assert!(
        fs::read_to_string(&path).is_ok_and(|kept| kept == page),
        "docs/faults.md is stale: EVERGRANT_WRITE_DOCS=1 cargo test -p evergrant-words --test faults"
    );
}

#[test]
fn the_page_names_every_fault_once_and_nothing_else() {
    let page = page::written();
    let headings: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'))
        .collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(headings, codes);
}

/// The window takes its sentences from the file that is compiled in here, under the same names.
#[test]
fn the_window_says_a_fault_as_everything_else_does() {
    let window = fs::read_to_string(root().join("ui/src/words.ts")).expect("the window's words");
    for line in [
        r#"from "../messages/en.json""#,
        "`fault.${fault.code}.what`",
        "`fault.${fault.code}.todo`",
    ] {
        assert!(window.contains(line), "ui/src/words.ts has no {line}");
    }
    let file = fs::read_to_string(root().join("ui/messages/en.json")).expect("the sentences");
    let sentences: serde_json::Value = serde_json::from_str(&file).expect("an object of sentences");
    for code in Code::ALL {
        for part in ["what", "todo"] {
            let key = format!("fault.{}.{part}", code.as_str());
            assert_eq!(sentences[&key], say(&key, &[]), "{key}");
        }
    }
}
