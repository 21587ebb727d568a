//! `docs/clients.md` says what is so. Its samples that run are run end to end, elsewhere.

use evergrant_protocol::ProblemCode;
use serde_json::Value;

use crate::document::Document;

const GUIDE: &str = include_str!("../../../../docs/clients.md");

#[test]
fn the_guide_says_what_to_do_about_each_problem() {
    for code in ProblemCode::ALL {
        assert!(GUIDE.contains(&format!("`{}`", code.as_str())), "{code:?}");
    }
}

#[test]
fn the_guides_rust_is_the_example_that_is_built() {
    let example = include_str!("../../examples/token.rs");
    let (_, code) = example.split_once("\n\n").expect("what it is, then the code");
    assert_eq!(blocks("rust"), [code]);
}

#[test]
fn the_guides_requests_are_such_requests() {
    let document = Document::read();
    for block in blocks("http") {
        let (line, body) = block.split_once("\n\n").expect("a line and a body");
        let (method, path) = line.split_once(' ').expect("a method and a path");
        let schema = document.body(&method.to_lowercase(), path);
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert!(document.validator(schema).is_valid(&body), "{block}");
    }
}

/// The code blocks of a language.
fn blocks(language: &str) -> Vec<&str> {
    let begin = format!("```{language}\n");
    let after = GUIDE.split(&begin).skip(1);
    let blocks: Vec<&str> = after
        .map(|rest| rest.split("```").next().expect("an end"))
        .collect();
    assert!(!blocks.is_empty(), "the guide has no {language}");
    blocks
}
