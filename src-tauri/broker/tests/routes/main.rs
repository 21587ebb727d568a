//! The paths of `docs/openapi.json` are those of the server, asked over a real socket: by a program, and by
//! the `evergrant` command, whose paths answer nobody else.
#![cfg(unix)]

mod empty_house;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use wire::Server;

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/// Stands for an id that is nobody's.
const NOBODYS: &str = "0123456789abcdef";

#[tokio::test(flavor = "multi_thread")]
async fn each_path_knows_its_methods_and_no_other() {
    let server = Server::open(true).await;
    for (path, known) in documented() {
        for method in METHODS {
            // No request can be made of this, so nothing is set going.
            let (head, body) = server.ask(method, &path.replace("{id}", NOBODYS), "{").await;
            let place = format!("{method} {path}: {body}");
            if known.contains(method) {
                let nobodys = path.contains("{id}") && body["code"] == "not_found";
                assert!(
                    nobodys || !matches!(body["status"].as_u64(), Some(404 | 405)),
                    "{place}"
                );
                continue;
            }
            assert_eq!(body["code"], "method_not_allowed", "{place}");
            assert_eq!(allowed(&head), known, "{place}: RFC 9110 15.5.6");
        }
    }
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_the_commands_answers_no_other_program() {
    let server = Server::open(false).await;
    for (path, known) in documented() {
        let path = path.replace("{id}", NOBODYS);
        for method in known {
            let (_, body) = server.ask(&method, &path, "{").await;
            let refused = body["code"] == "command_only";
            assert_eq!(
                refused,
                path.starts_with("/v1/command/"),
                "{method} {path}: {body}"
            );
        }
    }
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_path_is_unknown() {
    let server = Server::open(true).await;
    for path in [
        "/",
        "/v1",
        "/v1/",
        "/v2/token",
        "/v1/token/",
        "/v1/tokens",
        "/v1/command",
        "/v1/command/quit",
    ] {
        let (_, body) = server.ask("GET", path, "").await;
        assert_eq!(body["code"], "not_found", "{path}");
    }
    server.close().await;
}

/// A path that nobody described would be found by no request: the words of the routers are read instead.
#[test]
fn no_path_is_left_out() {
    let routers = [
        ("/v1/", include_str!("../../src/server/mod.rs")),
        ("/v1/command/", include_str!("../../src/server/command/mod.rs")),
    ];
    for (above, router) in routers {
        let documented: BTreeSet<String> = documented()
            .into_keys()
            .filter_map(|path| path.strip_prefix(above)?.split('/').next().map(str::to_owned))
            .collect();
        assert_eq!(words(router), documented, "below {above}");
    }
}

/// The quoted words of a source file that can be a piece of a path.
fn words(source: &str) -> BTreeSet<String> {
    let quoted = source.split('"').skip(1).step_by(2);
    quoted
        .map(|text| text.trim_end_matches('/'))
        .filter(|text| !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect()
}

fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let file: Value =
        serde_json::from_str(include_str!("../../../../docs/openapi.json")).expect("it is JSON");
    let paths = file["paths"].as_object().expect("paths");
    let methods = |operations: &Value| {
        let names = operations.as_object().expect("methods").keys();
        names.map(|name| name.to_uppercase()).collect()
    };
    paths
        .iter()
        .map(|(path, operations)| (path.clone(), methods(operations)))
        .collect()
}

/// The methods of the `Allow` header.
fn allowed(head: &str) -> BTreeSet<String> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let list = lines
        .filter(|(name, _)| name.eq_ignore_ascii_case("allow"))
        .map(|(_, list)| list);
    list.flat_map(|list| list.split(','))
        .map(|method| method.trim().to_owned())
        .collect()
}
