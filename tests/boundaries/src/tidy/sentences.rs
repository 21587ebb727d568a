//! A sentence for people stands in one file, and few places read that file.

use std::collections::BTreeMap;

use regex::Regex;

use crate::breach::Breach;
use crate::sources::Source;

const REPEATED: &str = "a sentence that stands in two places is changed in one: window, tray, command and browser \
                        page then say the same thing differently; say it by its key";
const READ: &str = "who reads the sentences past the two places made for it can say others for the same key";
const CODE: &[&str] = &[".rs", ".ts", ".svelte", ".html", ".mjs"];
/// Shorter ones are labels, and words that stand anywhere by chance.
const SHORTEST: usize = 20;

/// `messages` is the file of sentences by its path; `readers` are the files that may read it. Emulated strangers have
/// sentences of their own: `strangers` are their folders.
pub fn breaches(sources: &[Source], messages: &str, readers: &[&str], strangers: &[&str]) -> Vec<Breach> {
    let file = sources.iter().find(|source| source.path == messages);
    let sentences: BTreeMap<String, String> = file
        .and_then(|file| serde_json::from_str(&file.text).ok())
        .expect("the messages are among the sources");
    let name = messages.rsplit_once("ui/").map_or(messages, |(_, name)| name);
    let ours = |source: &&Source| {
        source.ends_with(CODE)
            && !source.is_test()
            && !strangers.iter().any(|folder| source.path.starts_with(folder))
    };
    let remarks = Regex::new(r"(?s)/\*\*.*?\*/|<!--.*?-->").expect("a valid pattern");
    let mut breaches = Vec::new();
    for source in sources.iter().filter(ours) {
        let text = in_one_line(&remarks.replace_all(&source.shipped_text(), " "));
        for (key, sentence) in &sentences {
            if sentence.contains(' ') && sentence.chars().count() >= SHORTEST && text.contains(sentence) {
                breaches.push(breach(source, format!("repeats {key}"), REPEATED));
            }
        }
        if text.contains(name) && !readers.contains(&source.path.as_str()) {
            breaches.push(breach(source, format!("reads {name}"), READ));
        }
    }
    breaches
}

/// A string may go on in the next line, and a text of a page wherever it likes.
fn in_one_line(text: &str) -> String {
    let joined = text.replace("\\\n", "\n");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn breach(source: &Source, found: String, reason: &'static str) -> Breach {
    Breach {
        place: source.path.clone(),
        found,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_sentences_and_further_readers_are_found() {
        let sources = [
            Source::new(
                "ui/messages/en.json",
                r#"{"fault.disk_full.what":"The disk of this computer is full.","app.close":"Close"}"#,
            ),
            Source::new("ui/src/words.ts", "import en from \"../messages/en.json\";\n"),
            Source::new("ui/src/other.ts", "import en from \"../messages/en.json\";\n"),
            Source::new(
                "src/a.rs",
                "say(\"The disk of \\\n    this computer is full.\");\n",
            ),
            Source::new(
                "src/b.rs",
                "// The disk of this computer is full.\nlabel(\"Close\");\n",
            ),
            Source::new(
                "ui/src/A.svelte",
                "<p>\n  The disk of this\n  computer is full.\n</p>\n",
            ),
            Source::new(
                "practice/page.rs",
                "say(\"The disk of this computer is full.\");\n",
            ),
        ];
        let found: Vec<String> = breaches(
            &sources,
            "ui/messages/en.json",
            &["ui/src/words.ts"],
            &["practice/"],
        )
        .into_iter()
        .map(|breach| format!("{} {}", breach.place, breach.found))
        .collect();
        assert_eq!(
            found,
            [
                "ui/src/other.ts reads messages/en.json",
                "src/a.rs repeats fault.disk_full.what",
                "ui/src/A.svelte repeats fault.disk_full.what",
            ]
        );
    }
}
