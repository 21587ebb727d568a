//! Secrets are opened in few places, each with its reason on a list.

use crate::breach::Breach;
use crate::sources::Source;

const REASON: &str = "every place that opens a secret can leak it: what a reviewer has to read is this list, \
                      so a new place is a decision, not a detail";
const STALE: &str = "a list that names places which open nothing teaches nobody to read it";

/// A file that may open secrets, and what for.
pub struct Opening {
    pub path: &'static str,
    pub purpose: &'static str,
}

pub fn breaches(sources: &[Source], allowed: &[Opening]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut used = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.ends_with(&[".rs"]) && !source.is_test())
    {
        for (number, line) in source.shipped_lines() {
            if line.contains(".expose(") || line.contains("::expose") {
                used.push(source.path.as_str());
                if !allowed.iter().any(|opening| opening.path == source.path) {
                    breaches.push(Breach {
                        place: format!("{}:{number}", source.path),
                        found: "opens a secret with expose() and is not on the list of tests/boundaries/tests/house.rs".into(),
                        reason: REASON,
                    });
                }
            }
        }
    }
    for opening in allowed.iter().filter(|opening| !used.contains(&opening.path)) {
        breaches.push(Breach {
            place: opening.path.to_owned(),
            found: format!("may open secrets ({}) and opens none", opening.purpose),
            reason: STALE,
        });
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unlisted_opening_and_a_stale_line_are_found() {
        let sources = [
            Source::new("src/listed.rs", "send(token.expose());\n"),
            Source::new(
                "src/other.rs",
                "let a = 1;\nlog(token.expose());\n#[cfg(test)]\nmod tests {\n x.expose(); }\n",
            ),
        ];
        let allowed = [
            Opening {
                path: "src/listed.rs",
                purpose: "sends it",
            },
            Opening {
                path: "src/gone.rs",
                purpose: "did once",
            },
        ];
        let places: Vec<String> = breaches(&sources, &allowed)
            .into_iter()
            .map(|breach| breach.place)
            .collect();
        assert_eq!(places, ["src/other.rs:2", "src/gone.rs"]);
    }
}
