//! No file grows past what can be read in one sitting.

use crate::breach::Breach;
use crate::sources::Source;

pub const LONGEST: usize = 400;
const REASON: &str = "a file that does one thing fits in one sitting; split it where its second thing begins";
const COUNTED: &[&str] = &[".rs", ".ts", ".svelte", ".mjs", ".css", ".sh", ".py"];
/// Written by a program, not for reading.
const GENERATED: &[&str] = &["ui/src/bindings.ts"];

pub fn breaches(sources: &[Source]) -> Vec<Breach> {
    sources
        .iter()
        .filter(|source| source.ends_with(COUNTED) && !source.ends_with(GENERATED))
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(source, lines)| Breach {
            place: source.path.clone(),
            found: format!("{lines} lines, more than {LONGEST}"),
            reason: REASON,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found_and_a_generated_one_is_not() {
        let long = "x\n".repeat(LONGEST + 1);
        let sources = [
            Source::new("src/long.rs", &long),
            Source::new("ui/src/bindings.ts", &long),
            Source::new("src/short.rs", &"x\n".repeat(LONGEST)),
        ];
        let breaches = breaches(&sources);
        assert_eq!(breaches.len(), 1);
        assert_eq!(breaches[0].place, "src/long.rs");
    }
}
