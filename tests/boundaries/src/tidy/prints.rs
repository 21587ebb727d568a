//! Nothing is printed on the side.

use regex::Regex;

use crate::breach::Breach;
use crate::sources::Source;

const REASON: &str = "a print goes past the log's levels and past its redaction, into a terminal or a journal \
                      nobody chose; use tracing, or return the words";
const CODE: &[&str] = &[".rs", ".ts", ".svelte"];

/// Printing is how these speak to cargo.
const BUILDS: &[&str] = &["/build.rs"];

/// `speakers` are the files whose business is to print.
pub fn breaches(sources: &[Source], speakers: &[&str]) -> Vec<Breach> {
    let print = Regex::new(r"\b(?:e?println?|dbg)!|\bconsole\.\w+\(|\bdebugger\b").expect("a valid pattern");
    let mut breaches = Vec::new();
    let shipped = |source: &&Source| {
        source.ends_with(CODE)
            && !source.ends_with(BUILDS)
            && !source.is_test()
            && !speakers.contains(&source.path.as_str())
    };
    for source in sources.iter().filter(shipped) {
        for (number, line) in source.shipped_lines() {
            if let Some(found) = print.find(line) {
                breaches.push(Breach {
                    place: format!("{}:{number}", source.path),
                    found: format!("prints with {}", found.as_str()),
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
    fn prints_are_found_outside_tests_and_speakers() {
        let sources = [
            Source::new("src/a.rs", "// println!(1)\nprintln!(\"{token}\");\n"),
            Source::new("ui/src/a.ts", "console.log(answer);\n"),
            Source::new("src/main.rs", "eprintln!(\"no display\");\n"),
            Source::new("tests/a.rs", "dbg!(1);\n"),
        ];
        let places: Vec<String> = breaches(&sources, &["src/main.rs"])
            .into_iter()
            .map(|breach| breach.place)
            .collect();
        assert_eq!(places, ["src/a.rs:2", "ui/src/a.ts:1"]);
    }
}
