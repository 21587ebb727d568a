//! Features that no shipped program may have: who turns them on, over `cargo metadata`.

use serde_json::Value;

use crate::breach::Breach;

/// A feature that is for one crate of the tests alone.
pub struct Reserved {
    pub owner: &'static str,
    pub feature: &'static str,
    /// The one crate that may ask for it.
    pub only: &'static str,
    pub reason: &'static str,
}

pub const RESERVED: &[Reserved] = &[Reserved {
    owner: "evergrant-agent",
    feature: "fail-points",
    only: "evergrant-soak",
    reason: "a program that dies when its environment tells it to is for the crash test alone",
}];

/// Who turns a reserved feature on who may not: another crate that asks for it, or a feature that brings it.
/// Reads the text of `cargo metadata --no-deps`.
pub fn turned_on(metadata: &str, rule: &Reserved) -> Vec<Breach> {
    let metadata: Value = serde_json::from_str(metadata).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    assert!(
        packages.iter().any(|package| owns(package, rule)),
        "{} has no feature {}",
        rule.owner,
        rule.feature
    );
    packages
        .iter()
        .filter(|package| package["name"] != rule.only)
        .flat_map(|package| asked(package, rule).into_iter().chain(brought(package, rule)))
        .collect()
}

fn owns(package: &Value, rule: &Reserved) -> bool {
    package["name"] == rule.owner && package["features"].get(rule.feature).is_some()
}

/// As a dependency of whatever kind, those of tests too: they are built with the program.
fn asked(package: &Value, rule: &Reserved) -> Option<Breach> {
    let dependencies = package["dependencies"].as_array()?;
    let asks = |dependency: &&Value| {
        dependency["name"] == rule.owner && names(&dependency["features"]).any(|name| name == rule.feature)
    };
    dependencies
        .iter()
        .find(asks)
        .map(|_| breach(package, format!("asks for {}/{}", rule.owner, rule.feature), rule))
}

/// By another feature of its own, `default` first of all.
fn brought(package: &Value, rule: &Reserved) -> Vec<Breach> {
    let far = format!("{}/{}", rule.owner, rule.feature);
    let brings = |name: &str| {
        name == far || name == far.replace('/', "?/") || (owns(package, rule) && name == rule.feature)
    };
    let features = package["features"].as_object().into_iter().flatten();
    features
        .filter(|(_, parts)| names(parts).any(brings))
        .map(|(feature, _)| breach(package, format!("its feature {feature} brings {far}"), rule))
        .collect()
}

fn breach(package: &Value, found: String, rule: &Reserved) -> Breach {
    Breach {
        place: package["name"].as_str().unwrap_or_default().to_owned(),
        found,
        reason: rule.reason,
    }
}

fn names(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Reserved = Reserved {
        owner: "inner",
        feature: "deadly",
        only: "tester",
        reason: "deadly",
    };

    fn found(metadata: &str) -> Vec<String> {
        let breaches = turned_on(metadata, &RULE);
        breaches
            .into_iter()
            .map(|breach| format!("{} {}", breach.place, breach.found))
            .collect()
    }

    #[test]
    fn whoever_turns_it_on_is_found() {
        let metadata = r#"{"packages":[
            {"name":"inner","features":{"deadly":[],"default":["deadly"]},"dependencies":[]},
            {"name":"window","features":{},"dependencies":[{"name":"inner","features":["deadly"]}]},
            {"name":"other","features":{"all":["inner/deadly"]},"dependencies":[{"name":"inner","features":[]}]},
            {"name":"tester","features":{},"dependencies":[{"name":"inner","features":["deadly"]}]}]}"#;
        assert_eq!(
            found(metadata),
            [
                "inner its feature default brings inner/deadly",
                "window asks for inner/deadly",
                "other its feature all brings inner/deadly",
            ]
        );
    }

    #[test]
    fn the_one_crate_that_may_is_left_alone() {
        let metadata = r#"{"packages":[
            {"name":"inner","features":{"deadly":[]},"dependencies":[]},
            {"name":"tester","features":{},"dependencies":[{"name":"inner","features":["deadly"]}]}]}"#;
        assert!(found(metadata).is_empty());
    }
}
