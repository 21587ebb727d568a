//! What stands in the menu, from top to bottom. Drawn by `menu`, which knows no more.

use evergrant_agent::messages::say;

use super::TrayModel;
use super::model::Need;

pub const QUESTION: &str = "question";
pub const OPEN: &str = "open";
pub const CONNECT: &str = "connect";
pub const TEST_ALL: &str = "test-all";
pub const PROGRAMS: &str = "programs";
pub const PAUSE: &str = "pause";
pub const RESUME: &str = "resume";
pub const QUIT: &str = "quit";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Line,
    Item {
        id: String,
        words: String,
        enabled: bool,
    },
}

pub fn all(model: &TrayModel) -> Vec<Entry> {
    let mut entries = Vec::new();
    if model.need == Some(Need::Question) {
        entries.extend([item(QUESTION, "tray.question", true), Entry::Line]);
    }
    if model.practice {
        entries.push(item("practice", "tray.practice", false));
    }
    if model.accounts.is_empty() {
        entries.push(item("none", "tray.none", false));
    }
    entries.extend(model.accounts.iter().map(|line| Entry::Item {
        id: format!("account:{}", line.account),
        words: plain(&line.words),
        enabled: true,
    }));
    // The id says what the words say, whatever has changed by the time it is chosen.
    let pause = if model.paused {
        item(RESUME, "tray.resume", true)
    } else {
        item(PAUSE, "tray.pause", true)
    };
    entries.extend([
        Entry::Line,
        item(OPEN, "tray.open", true),
        item(CONNECT, "tray.connect", true),
        item(TEST_ALL, "tray.test_all", !model.accounts.is_empty()),
        Entry::Line,
        item(PROGRAMS, "tray.programs", true),
        pause,
        Entry::Line,
        item(QUIT, "tray.quit", true),
    ]);
    entries
}

fn item(id: &str, words: &str, enabled: bool) -> Entry {
    Entry::Item {
        id: id.to_owned(),
        words: say(words, &[]),
        enabled,
    }
}

/// An ampersand would mark a key to press.
fn plain(words: &str) -> String {
    words.replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(model: &TrayModel) -> Vec<String> {
        let id = |entry| match entry {
            Entry::Line => "-".to_owned(),
            Entry::Item { id, .. } => id,
        };
        all(model).into_iter().map(id).collect()
    }

    #[test]
    fn a_question_stands_at_the_very_top_while_it_waits() {
        let waiting = TrayModel {
            need: Some(Need::Question),
            practice: true,
            ..TrayModel::default()
        };
        assert_eq!(ids(&waiting)[..3], [QUESTION, "-", "practice"]);
        assert!(!ids(&TrayModel::default()).contains(&QUESTION.to_owned()));
    }

    #[test]
    fn programs_are_paused_or_resumed_never_both() {
        for (paused, there, away) in [(false, PAUSE, RESUME), (true, RESUME, PAUSE)] {
            let ids = ids(&TrayModel {
                paused,
                ..TrayModel::default()
            });
            assert!(ids.contains(&there.to_owned()) && !ids.contains(&away.to_owned()));
        }
    }

    #[test]
    fn every_item_has_its_words() {
        for paused in [false, true] {
            let model = TrayModel {
                need: Some(Need::Question),
                practice: true,
                paused,
                ..TrayModel::default()
            };
            for entry in all(&model) {
                if let Entry::Item { words, .. } = entry {
                    assert!(!words.starts_with("tray."), "ui/messages/en.json has no {words}");
                }
            }
        }
    }
}
