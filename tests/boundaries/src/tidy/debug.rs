//! `Debug` is never derived over the text of a secret.

use std::sync::LazyLock;

use regex::Regex;

use crate::breach::Breach;
use crate::sources::Source;

const REASON: &str = "a derived Debug prints the text into the next log line; give the field one of the types of \
                      domain/secret.rs, whose Debug shows the name only";
/// The one place where secrets are made into types.
const HOME: &str = "src-tauri/domain/src/secret.rs";
/// An emulated provider: its secrets are made up, guard nothing, and are good to see in a failed test.
const MADE_UP: &str = "src-tauri/practice/";

pub fn breaches(sources: &[Source]) -> Vec<Breach> {
    let derive = pattern(r"#\[derive\(([^)]*)\)\]");
    let head = pattern(r"^(?:\s*#\[[^\]]*\])*\s*(?:pub(?:\([^)]*\))? )?(?:struct|enum) (\w+)");
    let mut breaches = Vec::new();
    let shipped = |source: &&Source| {
        source.ends_with(&[".rs"])
            && source.path != HOME
            && !source.path.starts_with(MADE_UP)
            && !source.is_test()
    };
    for source in sources.iter().filter(shipped) {
        let text = source.shipped_text();
        for derived in derive.captures_iter(&text) {
            if !derived[1].split(',').any(|name| name.trim() == "Debug") {
                continue;
            }
            let after = derived.get(0).map_or(0, |all| all.end());
            let Some(declared) = head.captures(&text[after..]) else {
                continue;
            };
            let name = declared.get(1).map_or("", |name| name.as_str());
            let body_at = after + declared.get(0).map_or(0, |all| all.end());
            for field in naked_secrets(name, body(&text[body_at..])) {
                breaches.push(Breach {
                    place: source.place(&text, body_at),
                    found: format!("{name} derives Debug and holds `{field}`"),
                    reason: REASON,
                });
            }
        }
    }
    breaches
}

/// The text between the first bracket of a declaration and its partner.
fn body(text: &str) -> &str {
    let mut depth = 0_usize;
    for (offset, letter) in text.char_indices() {
        match letter {
            '{' | '(' => depth += 1,
            '}' | ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return &text[..=offset];
                }
            }
            ';' if depth == 0 => return &text[..offset],
            _ => {}
        }
    }
    text
}

/// A type whose text is in the open.
const NAKED: &str = r"(?:Option<|Box<|Arc<|Vec<)*(?:String|&(?:'\w+ )?str|str|u8|Cow<[^>]*>)>*";

static SECRET: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)token|secret|verifier|passphrase|password"));
static ABOUT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)_(?:endpoint|url|uri|type|kind|path|hint|name|error|state|for)$"));
static FIELD: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?m)(\w+): ({NAKED})\s*(?:,|\}}|$)")));
static TUPLE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^\s*\((?:pub )?({NAKED})\)")));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

fn naked_secrets(owner: &str, body: &str) -> Vec<String> {
    if owner.contains("Endpoint") {
        return Vec::new(); // its `token` is an address
    }
    let mut found: Vec<String> = FIELD
        .captures_iter(body)
        .filter(|field| SECRET.is_match(&field[1]) && !ABOUT.is_match(&field[1]))
        .map(|field| format!("{}: {}", &field[1], &field[2]))
        .collect();
    if SECRET.is_match(owner)
        && let Some(inner) = TUPLE.captures(body)
    {
        found.push(inner[1].to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        breaches(&[Source::new("src/a.rs", text)])
            .into_iter()
            .map(|breach| breach.found)
            .collect()
    }

    #[test]
    fn a_naked_secret_under_derived_debug_is_found() {
        assert_eq!(
            found(
                "#[derive(Clone, Debug)]\n#[serde(default)]\npub struct Answer {\n    refresh_token: Option<String>,\n}\n"
            ),
            ["Answer derives Debug and holds `refresh_token: Option<String>`"]
        );
        assert_eq!(
            found("#[derive(Debug)]\nstruct Token(String);\n"),
            ["Token derives Debug and holds `String`"]
        );
        assert_eq!(
            found("#[derive(Debug)]\nenum A { One { client_secret: &'static str } }\n").len(),
            1
        );
    }

    #[test]
    fn typed_secrets_and_words_about_secrets_are_left_alone() {
        assert_eq!(
            found("#[derive(Debug)]\nstruct A {\n    token: RefreshToken,\n    token_endpoint: String,\n}\n"),
            [""; 0]
        );
        assert_eq!(
            found("#[derive(Clone)]\nstruct A {\n    token: String,\n}\n"),
            [""; 0]
        );
    }
}
