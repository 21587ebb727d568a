//! `docs/openapi.json` says exactly what the types here say: held together schema by schema.

mod answers;
mod document;
mod guide;
mod problems;
mod requests;

use std::collections::BTreeSet;

use document::Document;

/// Schemas that are no object of their own: they are judged where they are used.
const PARTS: &[&str] = &[
    "AccountState",
    "Assurance",
    "GrantId",
    "ProblemCode",
    "ReportKind",
    "Scope",
];

#[test]
fn every_schema_is_held_to_a_type() {
    let held = [requests::HELD, answers::HELD, PARTS].concat();
    let held: BTreeSet<&str> = held.into_iter().collect();
    assert_eq!(Document::read().schemas(), held);
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_used() {
    let document = Document::read();
    let used = document.references();
    for reference in &used {
        assert!(document.follow(reference).is_some(), "{reference} leads nowhere");
    }
    for component in document.components() {
        assert!(used.contains(&component), "{component} is used nowhere");
    }
}
