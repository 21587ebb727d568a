//! The rules, run over this repository. A failure names the place, the finding and the rule's reason.

use evergrant_boundaries::breach::expect_none;
use evergrant_boundaries::tidy::expose::Opening;
use evergrant_boundaries::tidy::{debug, expose, length, messages, names, prints, sentences, signals};
use evergrant_boundaries::{crates, features, sources};
use evergrant_domain::fault::Code;

/// Every file that opens secrets, and what for.
const OPENINGS: &[Opening] = &[
    opening(
        "src-tauri/adapters/src/provider/bearer.rs",
        "the header of a call to an API",
    ),
    opening(
        "src-tauri/adapters/src/provider/client_auth.rs",
        "the client's proof of itself in a token request",
    ),
    opening(
        "src-tauri/adapters/src/provider/consent.rs",
        "state, nonce and challenge in the consent address",
    ),
    opening(
        "src-tauri/adapters/src/provider/exchange.rs",
        "the code and its verifier, for tokens",
    ),
    opening(
        "src-tauri/adapters/src/provider/identity.rs",
        "the hash and the nonce the id_token must carry",
    ),
    opening(
        "src-tauri/adapters/src/provider/refresh.rs",
        "the refresh token, for an access token",
    ),
    opening(
        "src-tauri/adapters/src/provider/revoke.rs",
        "the token to be revoked",
    ),
    opening(
        "src-tauri/adapters/src/provider/token_call.rs",
        "the form of a token request",
    ),
    opening(
        "src-tauri/adapters/src/vault/item.rs",
        "the text of the vault item",
    ),
    opening(
        "src-tauri/adapters/src/vault_file/items.rs",
        "the items, to be sealed",
    ),
    opening("src-tauri/adapters/src/backup/mod.rs", "the items, to be sealed"),
    opening("src-tauri/adapters/src/sealing/mod.rs", "the passphrase, for age"),
    opening(
        "src-tauri/agent/src/commands/asking.rs",
        "whether a new passphrase is long enough",
    ),
    opening(
        "src-tauri/cli/src/format.rs",
        "the token that a person asked for, on standard output",
    ),
    opening(
        "src-tauri/broker/src/server/answer.rs",
        "the access token in the answer to the program that may have it",
    ),
    opening(
        "src-tauri/cli/src/format.rs",
        "the access token that the person asked for, on the standard output",
    ),
    opening(
        "src-tauri/engine/src/kept.rs",
        "what is kept of a grant, as the vault's text and back",
    ),
    opening(
        "src-tauri/engine/src/consent/note.rs",
        "what is needed to finish a consent that is cut short, as the vault's text",
    ),
    opening(
        "src-tauri/protocol/examples/token.rs",
        "an example that prints the token it was given",
    ),
];

const fn opening(path: &'static str, purpose: &'static str) -> Opening {
    Opening { path, purpose }
}

/// Files whose business is to print.
const SPEAKERS: &[&str] = &[
    "src-tauri/practice/src/main.rs", // one line of JSON: where it listens
];

/// The sentences that people read.
const MESSAGES: &str = "ui/messages/en.json";

/// Who says them, and what the builds check or leave out of them.
const READERS: &[&str] = &[
    "src-tauri/words/build.rs",
    "ui/scripts/check-messages.mjs",
    "ui/src/words.ts",
];

#[test]
fn crates_know_only_their_neighbours() {
    let metadata = crates::cargo(
        &sources::root(),
        &["metadata", "--no-deps", "--format-version", "1"],
    );
    expect_none(&crates::wrong_neighbours(
        &crates::named(&metadata),
        crates::NEIGHBOURS,
    ));
}

#[test]
fn what_a_crate_must_not_know_does_not_come_in_through_others() {
    for rule in crates::ABSENCES {
        let tree = crates::cargo(
            &sources::root(),
            &[
                "tree",
                "--package",
                rule.owner,
                "--edges",
                "normal",
                "--prefix",
                "depth",
                "--locked",
            ],
        );
        expect_none(&crates::intruders(&tree, rule));
    }
}

#[test]
fn nothing_that_is_shipped_can_be_told_to_die() {
    let metadata = crates::cargo(
        &sources::root(),
        &["metadata", "--no-deps", "--format-version", "1"],
    );
    for rule in features::RESERVED {
        expect_none(&features::turned_on(&metadata, rule));
    }
}

#[test]
fn no_file_is_too_long() {
    expect_none(&length::breaches(&sources::all()));
}

#[test]
fn types_have_names_of_the_field() {
    expect_none(&names::breaches(&sources::all()));
}

#[test]
fn debug_is_not_derived_near_a_secret() {
    expect_none(&debug::breaches(&sources::all()));
}

#[test]
fn secrets_are_opened_only_where_it_is_said() {
    expect_none(&expose::breaches(&sources::all(), OPENINGS));
}

#[test]
fn nothing_prints_on_the_side() {
    expect_none(&prints::breaches(&sources::all(), SPEAKERS));
}

#[test]
fn every_fault_has_its_words() {
    let words = std::fs::read_to_string(sources::root().join(MESSAGES)).expect("the messages");
    let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    codes.push(messages::FALLBACK);
    expect_none(&messages::breaches(MESSAGES, &words, &codes));
}

#[test]
fn a_sentence_stands_in_one_place() {
    let strangers = ["src-tauri/practice/"];
    expect_none(&sentences::breaches(
        &sources::all(),
        MESSAGES,
        READERS,
        &strangers,
    ));
}

#[test]
fn a_tests_signal_reaches_nobody_else() {
    expect_none(&signals::breaches(&sources::all()));
}
