//! A type is named after what it is for.

use regex::Regex;

use crate::breach::Breach;
use crate::sources::Source;

const REASON: &str = "a name in the field's own terms (grant, consent, lease, vault) says what belongs inside; \
                      Manager, Helper, Util and Service let anything in";
/// Names that others gave and that we only repeat.
const GIVEN: &[&str] = &["SecretService", "CredentialManager", "credential_manager"];

pub fn breaches(sources: &[Source]) -> Vec<Breach> {
    let declared = Regex::new(
        r"(?m)^\s*(?:pub(?:\([^)]*\))? |export |default |abstract |unsafe )*(?:struct|enum|trait|type|union|class|interface|mod) (\w+)",
    )
    .expect("a valid pattern");
    let vague = Regex::new(
        r"(?i:manager|helper|util|utils|utilities)$|Services?$|^(?:service|services|misc|common)$",
    )
    .expect("a valid pattern");
    let mut breaches = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.ends_with(&[".rs", ".ts", ".svelte", ".mjs"]))
    {
        for found in declared.captures_iter(&source.text) {
            let name = &found[1];
            if vague.is_match(name) && !GIVEN.contains(&name) {
                let offset = found.get(1).map_or(0, |name| name.start());
                breaches.push(breach(source.place(&source.text, offset), name));
            }
        }
        let stem = source
            .path
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .split('.')
            .next()
            .unwrap_or_default();
        if vague.is_match(stem) && !GIVEN.contains(&stem) {
            breaches.push(breach(source.path.clone(), stem));
        }
    }
    breaches
}

fn breach(place: String, name: &str) -> Breach {
    Breach {
        place,
        found: format!("is called {name}"),
        reason: REASON,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vague_names_are_found_and_field_terms_are_not() {
        let sources = [
            Source::new(
                "a.rs",
                "pub(crate) struct TokenManager;\nstruct ServiceAccountKey;\n",
            ),
            Source::new(
                "b.ts",
                "export interface DateUtil {}\nexport class MailService {}\n",
            ),
            Source::new("src/utils.rs", "pub fn utility() {}\n"),
        ];
        let places: Vec<String> = breaches(&sources)
            .into_iter()
            .map(|breach| breach.place)
            .collect();
        assert_eq!(places, ["a.rs:1", "b.ts:1", "b.ts:2", "src/utils.rs"]);
    }
}
