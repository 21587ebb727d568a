//! `config.toml`: the example in the docs, and every mistake with its line and key.

use std::path::Path;

use evergrant_adapters::config::{Config, Kind, Why};
use evergrant_domain::{
    Api,
    provider::{Endpoints, OfflineAccess},
};

/// The example people copy.
fn documented() -> &'static str {
    let page = include_str!("../../../../docs/providers.md");
    let example = page.split("```toml\n").nth(1).expect("an example");
    example.split("```").next().expect("its end")
}

#[test]
fn the_documented_example_is_read() {
    let config = Config::read(documented()).expect("valid");
    let [own, other] = &config.providers[..] else {
        panic!("two providers: {config:?}");
    };
    assert_eq!(own.provider.id.as_str(), "example");
    assert_eq!(own.provider.endpoints, Endpoints::Discovered);
    assert_eq!(own.provider.offline, OfflineAccess::Scope);
    assert_eq!(own.provider.extra_scopes, ["groups"]);
    assert_eq!(own.client_id.as_deref(), Some("evergrant-desktop"));
    let Endpoints::Explicit(given) = &other.provider.endpoints else {
        panic!("explicit endpoints");
    };
    assert_eq!(given.revocation, None);
    assert!(other.provider.probe(Api::Calendar).is_some());
    assert_eq!(other.provider.offline, OfflineAccess::AccessType);
}

#[test]
fn no_file_is_an_empty_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let absent = Config::load(&folder.path().join("config.toml"));
    assert_eq!(absent, Ok(Config::default()));
    assert_eq!(Config::read(""), Ok(Config::default()));
    let unreadable = Config::load(folder.path()).expect_err("a folder is no file");
    assert_eq!(unreadable.why, Why::FileUnreadable);
    assert_ne!(Path::new(&unreadable.to_string()), folder.path());
}

/// A provider of which line 2 is `id`, line 3 `name`, line 4 `issuer`; more follows.
fn with(more: &str) -> String {
    format!("[[provider]]\nid = \"own\"\nname = \"Own\"\nissuer = \"https://id.example\"\n{more}")
}

/// A file, and the line, key and reason of its mistake.
type Row = (String, usize, &'static str, Why);

fn check(rows: Vec<Row>) {
    for (text, line, key, why) in rows {
        let mistake = Config::read(&text).expect_err(&text);
        let found = (mistake.line, mistake.key.as_str(), mistake.why);
        assert_eq!(found, (line, key, why), "in\n{text}");
    }
}

#[test]
fn a_slip_of_the_pen_is_named_with_its_line_and_key() {
    let own = with("");
    check(vec![
        (own.replace("own\"", "own"), 2, "", Why::NotToml),
        (with("name = \"Again\""), 5, "", Why::NotToml),
        (
            with("cleint_id = \"x\""),
            5,
            "provider.cleint_id",
            Why::KeyUnknown,
        ),
        ("providers = []".into(), 1, "providers", Why::KeyUnknown),
        (
            with("client_secret = \"x\""),
            5,
            "provider.client_secret",
            Why::SecretInFile,
        ),
        (
            with("[provider.endpoints]\ntokn = \"x\""),
            6,
            "provider.endpoints.tokn",
            Why::KeyUnknown,
        ),
        (
            with(
                "[provider.endpoints]\nauthorization = \"https://id.example/a\"\nkeys = \"https://id.example/k\"",
            ),
            5,
            "provider.endpoints.token",
            Why::KeyMissing,
        ),
        (
            own.replace("name = \"Own\"\n", ""),
            1,
            "provider.name",
            Why::KeyMissing,
        ),
        (
            own.replace("\"Own\"", "7"),
            3,
            "provider.name",
            Why::KindWrong(Kind::Text),
        ),
        (own.replace("\"Own\"", "\" \""), 3, "provider.name", Why::Empty),
        (
            with("scopes = \"a b\""),
            5,
            "provider.scopes",
            Why::KindWrong(Kind::ListOfText),
        ),
        (
            with("scopes = [\"a\", 1]"),
            5,
            "provider.scopes",
            Why::KindWrong(Kind::ListOfText),
        ),
        (
            with("scopes = [\"a b\"]"),
            5,
            "provider.scopes",
            Why::ScopeMalformed,
        ),
        (
            with("endpoints = \"x\""),
            5,
            "provider.endpoints",
            Why::KindWrong(Kind::Section),
        ),
        (
            own.replace("[[provider]]", "[provider]"),
            1,
            "provider",
            Why::KindWrong(Kind::ListOfSections),
        ),
    ]);
}

#[test]
fn a_value_that_cannot_be_is_named_with_its_line_and_key() {
    let own = with("");
    let twice = format!("{own}{own}");
    let same_issuer = format!("{own}{}", own.replace("\"own\"", "\"other\""));
    check(vec![
        (
            own.replace("\"own\"", "\"Own Thing\""),
            2,
            "provider.id",
            Why::IdMalformed,
        ),
        (
            own.replace("\"own\"", "\"google\""),
            2,
            "provider.id",
            Why::Reserved,
        ),
        (
            own.replace("\"own\"", "\"practice\""),
            2,
            "provider.id",
            Why::Reserved,
        ),
        (
            own.replace("https://id.example", "https://accounts.google.com"),
            4,
            "provider.issuer",
            Why::Reserved,
        ),
        (twice, 6, "provider.id", Why::Twice),
        (same_issuer, 8, "provider.issuer", Why::Twice),
        (
            own.replace("https://id.example", "id.example"),
            4,
            "provider.issuer",
            Why::NotAnAddress,
        ),
        (
            own.replace("https://", "http://"),
            4,
            "provider.issuer",
            Why::NotEncrypted,
        ),
        (
            with("offline = \"forever\""),
            5,
            "provider.offline",
            Why::OfflineUnknown,
        ),
        (
            with("[provider.probes]\nmail = \"https://x.example\""),
            6,
            "provider.probes.mail",
            Why::KeyUnknown,
        ),
        (
            with("[provider.probes]\ngmail = \"http://x.example\""),
            6,
            "provider.probes.gmail",
            Why::NotEncrypted,
        ),
    ]);
}

#[test]
fn unencrypted_issuers_are_fine_on_this_computer() {
    for host in ["127.0.0.1:8080", "[::1]:8080", "localhost:8080"] {
        let text = with("").replace("https://id.example", &format!("http://{host}"));
        assert!(Config::read(&text).is_ok(), "{host}");
    }
}

#[test]
fn a_mistake_never_repeats_a_value() {
    let mistake = Config::read(&with("client_secret = \"canary\"")).expect_err("refused");
    assert!(!format!("{mistake} {mistake:?}").contains("canary"));
}

#[test]
fn where_secrets_are_kept_is_read_strictly() {
    check(vec![
        ("[vault]\n".into(), 1, "vault.kind", Why::KeyMissing),
        (
            "[vault]\nkind = \"cloud\"\n".into(),
            2,
            "vault.kind",
            Why::VaultUnknown,
        ),
        (
            "[vault]\nkind = \"file\"\npath = \"vault\"\n".into(),
            3,
            "vault.path",
            Why::PathNotWhole,
        ),
        (
            "[vault]\nkind = \"file\"\nkey_file = \"~/key\"\n".into(),
            3,
            "vault.key_file",
            Why::PathNotWhole,
        ),
        (
            "[vault]\nkind = \"file\"\npassphrase = \"x\"\n".into(),
            3,
            "vault.passphrase",
            Why::KeyUnknown,
        ),
        (
            "vault = \"file\"\n".into(),
            1,
            "vault",
            Why::KindWrong(Kind::Section),
        ),
    ]);
}
