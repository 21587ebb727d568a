//! A test's signal reaches nobody else.

use regex::Regex;

use crate::breach::Breach;
use crate::sources::Source;

const REASON: &str = "to the system 0 means the whole run and -1 everything, and a note read too early is 0; \
                      signal.mjs refuses both: use its signal, signalGroup or lives";
const SENDER: &str = "tests/e2e/harness/signal.mjs";

pub fn breaches(sources: &[Source]) -> Vec<Breach> {
    let raw = Regex::new(r"\bprocess\.kill\(").expect("a valid pattern");
    let mut breaches = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.ends_with(&[".mjs"]) && source.path != SENDER)
    {
        for (number, line) in source.shipped_lines() {
            if raw.is_match(line) {
                breaches.push(Breach {
                    place: format!("{}:{number}", source.path),
                    found: "sends a signal by itself".to_owned(),
                    reason: REASON,
                });
            }
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_are_found_outside_their_sender() {
        let sources = [
            Source::new(
                "tests/e2e/a.test.mjs",
                "// process.kill(1)\nprocess.kill(app.pid);\n",
            ),
            Source::new("tests/bench/a.mjs", "child.kill();\n"),
            Source::new(SENDER, "process.kill(target, name);\n"),
        ];
        let places: Vec<String> = breaches(&sources)
            .into_iter()
            .map(|breach| breach.place)
            .collect();
        assert_eq!(places, ["tests/e2e/a.test.mjs:2"]);
    }
}
