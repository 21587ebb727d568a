//! Who may know whom: over `cargo metadata` for what a crate names itself, over `cargo tree` for what
//! comes in through others.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::breach::Breach;

/// What a crate may not know, however far away it comes from.
pub struct Absence {
    pub owner: &'static str,
    /// Names of crates; one that ends in `*` stands for all that begin so.
    pub absent: &'static [&'static str],
    pub reason: &'static str,
}

/// The crates of this house that one of them may name.
pub struct Neighbours {
    pub owner: &'static str,
    pub allowed: &'static [&'static str],
    pub reason: &'static str,
}

pub const ABSENCES: &[Absence] = &[
    Absence {
        owner: "evergrant-domain",
        absent: &[
            "tokio*", "async-*", "futures*", "reqwest", "hyper*", "serde*", "tauri*", "tracing*", "zbus*",
        ],
        reason: "domain says what a connection is; with no I/O, no async, no clock and no wire format in it, \
                 its rules can be walked exhaustively and no secret can be serialized by accident",
    },
    Absence {
        owner: "evergrant-engine",
        absent: &[
            "reqwest",
            "hyper*",
            "oauth2",
            "openidconnect",
            "keyring*",
            "*-keyring-store",
            "secret-service",
            "zbus*",
            "rusqlite",
            "libsqlite3-sys",
            "serde*",
            "tauri*",
        ],
        reason: "engine reaches the world through its ports only, so that every failure of network, vault and \
                 disk can be played by a fake",
    },
    Absence {
        owner: "evergrant-adapters",
        absent: &["tauri*", "wry", "gtk*", "webkit2gtk*"],
        reason: "the ports made real also serve where no window exists",
    },
    Absence {
        owner: "evergrant-broker",
        absent: &[
            "reqwest",
            "oauth2",
            "openidconnect",
            "keyring*",
            "secret-service",
            "zbus*",
            "rusqlite",
            "tauri*",
            "evergrant-engine",
        ],
        reason: "the broker judges and speaks; it cannot reach a refresh token even by mistake",
    },
    Absence {
        owner: "evergrant-protocol",
        absent: &[
            "tokio*",
            "hyper*",
            "axum*",
            "reqwest",
            "tauri*",
            "evergrant-engine",
            "evergrant-broker",
        ],
        reason: "a client that needs no runtime starts as fast as any small command",
    },
    Absence {
        owner: "evergrant-cli",
        absent: &[
            "tokio*",
            "hyper*",
            "axum*",
            "reqwest",
            "tauri*",
            "gtk*",
            "wry",
            "rusqlite",
            "evergrant-engine",
            "evergrant-broker",
        ],
        reason: "the command starts as fast as any small command",
    },
    Absence {
        owner: "evergrant-agent",
        absent: &[
            "tauri",
            "tauri-build",
            "tauri-runtime*",
            "tauri-plugin*",
            "wry",
            "gtk*",
            "webkit2gtk*",
        ],
        reason: "the agent also runs headless; window and agent could be two processes",
    },
    Absence {
        owner: "evergrant-practice",
        absent: &["evergrant-*", "oauth2", "openidconnect", "tauri*"],
        reason: "an emulated provider that shares code with the product would agree with the product's mistakes",
    },
];

pub const NEIGHBOURS: &[Neighbours] = &[
    Neighbours {
        owner: "evergrant-domain",
        allowed: &[],
        reason: "domain stands on nothing of this house",
    },
    Neighbours {
        owner: "evergrant-engine",
        allowed: &["evergrant-domain"],
        reason: "engine knows rules and ports, never who fills them",
    },
    Neighbours {
        owner: "evergrant-protocol",
        allowed: &["evergrant-domain"],
        reason: "what goes over the socket says nothing of how it is answered",
    },
    Neighbours {
        owner: "evergrant-cli",
        allowed: &["evergrant-domain", "evergrant-protocol", "evergrant-words"],
        reason: "the command is one more client of the broker, and can do no more than it is answered",
    },
    Neighbours {
        owner: "evergrant-words",
        allowed: &[],
        reason: "sentences, and nothing else",
    },
    Neighbours {
        owner: "evergrant-broker",
        allowed: &["evergrant-domain", "evergrant-protocol", "evergrant-words"],
        reason: "the broker knows accounts through its ports only, never who keeps them",
    },
    Neighbours {
        owner: "evergrant-adapters",
        allowed: &["evergrant-domain", "evergrant-engine", "evergrant-broker"],
        reason: "an adapter fills a port; it does not know who composes it",
    },
    Neighbours {
        owner: "evergrant-practice",
        allowed: &[],
        reason: "practice is the other side of the wire",
    },
    Neighbours {
        owner: "evergrant-agent",
        allowed: &[
            "evergrant-domain",
            "evergrant-engine",
            "evergrant-adapters",
            "evergrant-broker",
            "evergrant-practice",
            "evergrant-protocol",
            "evergrant-words",
        ],
        reason: "the agent composes everything but the window",
    },
    Neighbours {
        owner: "evergrant",
        allowed: &["evergrant-agent"],
        reason: "the window knows the agent only through its one serializable interface",
    },
    Neighbours {
        owner: "evergrant-bench",
        allowed: &[
            "evergrant-domain",
            "evergrant-engine",
            "evergrant-adapters",
            "evergrant-broker",
            "evergrant-agent",
            "evergrant-protocol",
        ],
        reason: "it composes the broker over fakes to measure it, and ships with nothing",
    },
    Neighbours {
        owner: "evergrant-soak",
        allowed: &["evergrant-agent", "evergrant-practice", "evergrant-protocol"],
        reason: "it watches the agent from outside; of the agent it knows the steps at which that can die, and of \
                 everything else what a client knows",
    },
    Neighbours {
        owner: "evergrant-boundaries",
        allowed: &["evergrant-domain"],
        reason: "it reads; it does not run",
    },
    Neighbours {
        owner: "evergrant-corpus",
        allowed: &[
            "evergrant-domain",
            "evergrant-engine",
            "evergrant-adapters",
            "evergrant-broker",
            "evergrant-protocol",
        ],
        reason: "it sends bytes to whatever takes them from outside, and nothing else takes any",
    },
    Neighbours {
        owner: "evergrant-faults",
        allowed: &[],
        reason: "it is tests only, and ships with nothing",
    },
];

/// One crate of the house and what it names itself.
#[derive(Debug)]
pub struct Named {
    pub owner: String,
    /// Without those of tests and builds.
    pub names: Vec<String>,
}

/// What the crates of the house name, from the text of `cargo metadata --no-deps`.
pub fn named(metadata: &str) -> Vec<Named> {
    let metadata: Value = serde_json::from_str(metadata).expect("cargo metadata prints JSON");
    list(&metadata["packages"])
        .iter()
        .map(|package| Named {
            owner: text(&package["name"]),
            names: list(&package["dependencies"])
                .iter()
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| text(&dependency["name"]))
                .collect(),
        })
        .collect()
}

/// Crates of the house that name a neighbour they may not know, or that no rule speaks of.
pub fn wrong_neighbours(crates: &[Named], rules: &[Neighbours]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for named in crates {
        let Some(rule) = rules.iter().find(|rule| rule.owner == named.owner) else {
            breaches.push(Breach {
                place: named.owner.clone(),
                found: "no rule says whom it may know; add one to NEIGHBOURS".into(),
                reason: "a crate nobody placed on the map ends up knowing everybody",
            });
            continue;
        };
        for name in named
            .names
            .iter()
            .filter(|name| crates.iter().any(|other| &other.owner == *name))
        {
            if !rule.allowed.contains(&name.as_str()) {
                breaches.push(Breach {
                    place: named.owner.clone(),
                    found: format!("names {name}"),
                    reason: rule.reason,
                });
            }
        }
    }
    breaches
}

/// Crates that came in against an absence, with the way they came, from the text of
/// `cargo tree --prefix depth`.
pub fn intruders(tree: &str, rule: &Absence) -> Vec<Breach> {
    let mut way: Vec<&str> = Vec::new();
    let mut breaches: Vec<Breach> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let digits = line.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(0);
        let depth: usize = line[..digits].parse().expect("cargo tree prints the depth");
        let name = line[digits..].split(' ').next().unwrap_or_default();
        way.truncate(depth);
        way.push(name);
        if depth > 0 && rule.absent.iter().any(|pattern| matches(pattern, name)) {
            let breach = Breach {
                place: rule.owner.to_owned(),
                found: format!("knows {name}, by way of {}", way.join(" > ")),
                reason: rule.reason,
            };
            if !breaches
                .iter()
                .any(|other| other.found.starts_with(&format!("knows {name},")))
            {
                breaches.push(breach);
            }
        }
    }
    breaches
}

fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(start), _) => name.starts_with(start),
        (_, Some(end)) => name.ends_with(end),
        _ => name == pattern,
    }
}

/// The text cargo prints, run in the repository.
pub fn cargo(root: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "cargo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Absence = Absence {
        owner: "inner",
        absent: &["tokio*", "*-keyring-store", "serde"],
        reason: "inner is pure",
    };

    #[test]
    fn an_intruder_is_found_with_the_way_it_came() {
        let tree = "0inner v0.1.0\n1url v2.0.0\n2serde v1.0.0\n1sha2 v0.10.0\n2tokio-util v0.7.0 (*)\n1a-keyring-store v1.0.0\n";
        let found: Vec<String> = intruders(tree, &RULE)
            .into_iter()
            .map(|breach| breach.found)
            .collect();
        assert_eq!(
            found,
            [
                "knows serde, by way of inner > url > serde",
                "knows tokio-util, by way of inner > sha2 > tokio-util",
                "knows a-keyring-store, by way of inner > a-keyring-store",
            ]
        );
    }

    #[test]
    fn a_pure_tree_is_left_alone() {
        assert_eq!(intruders("0inner v0.1.0\n1serde_json v1.0.0\n", &RULE), []);
    }

    #[test]
    fn a_forbidden_neighbour_and_an_unplaced_crate_are_found() {
        let metadata = r#"{"packages":[
            {"name":"inner","dependencies":[{"name":"outer","kind":null},{"name":"serde","kind":null}]},
            {"name":"outer","dependencies":[{"name":"inner","kind":"dev"}]},
            {"name":"new","dependencies":[]}]}"#;
        let rules = [
            Neighbours {
                owner: "inner",
                allowed: &[],
                reason: "inner stands alone",
            },
            Neighbours {
                owner: "outer",
                allowed: &[],
                reason: "tests may look inside",
            },
        ];
        let breaches = wrong_neighbours(&named(metadata), &rules);
        let found: Vec<&str> = breaches.iter().map(|breach| breach.found.as_str()).collect();
        assert_eq!(
            found,
            [
                "names outer",
                "no rule says whom it may know; add one to NEIGHBOURS"
            ]
        );
        assert!(breaches[0].to_string().contains("because: inner stands alone"));
    }
}
