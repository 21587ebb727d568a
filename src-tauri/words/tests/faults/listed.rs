//! The list of faults as it stands in the source: its groups, and what is said there of each fault.

use evergrant_domain::Code;

const SOURCE: &str = include_str!("../../../domain/src/fault/code.rs");

/// Faults of one kind, in the order of the list.
pub struct Group {
    pub name: String,
    pub faults: Vec<Listed>,
}

pub struct Listed {
    pub code: Code,
    /// What brings it about, in the field's terms.
    pub cause: String,
}

/// All groups. A comment of its own begins one; a docstring says the cause.
pub fn groups() -> Vec<Group> {
    let (_, list) = SOURCE.split_once("\ncodes! {\n").expect("the list begins");
    let (list, _) = list.split_once("\n}\n").expect("the list ends");
    let mut groups: Vec<Group> = Vec::new();
    let mut cause = Vec::new();
    for line in list.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("/// ") {
            cause.push(words);
        } else if let Some(name) = line.strip_prefix("// ") {
            let faults = Vec::new();
            groups.push(Group {
                name: name.to_owned(),
                faults,
            });
        } else if let Some(code) = line.split('"').nth(1) {
            let code = Code::parse(code).expect("a fault of the list");
            let cause = std::mem::take(&mut cause).join(" ");
            let group = groups.last_mut().expect("a group before its faults");
            group.faults.push(Listed { code, cause });
        }
    }
    groups
}

#[test]
fn every_fault_stands_in_a_group_with_its_cause() {
    let groups = groups();
    let listed: Vec<Code> = groups
        .iter()
        .flat_map(|group| &group.faults)
        .map(|fault| fault.code)
        .collect();
    assert_eq!(listed, Code::ALL);
    assert!(groups.len() > 1 && groups.iter().all(|group| !group.faults.is_empty()));
    for fault in groups.iter().flat_map(|group| &group.faults) {
        assert!(!fault.cause.is_empty(), "{:?}", fault.code);
    }
}
