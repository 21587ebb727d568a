//! Asks for a token and prints it: `cargo run -p evergrant-protocol --example token`.

use std::io::Write;
use std::time::Duration;

use evergrant_protocol::client::{Client, Method, Refusal};
use evergrant_protocol::{TokenAnswer, TokenRequest};

fn main() -> Result<(), Refusal> {
    let request = TokenRequest {
        account: "alice@example.com".to_owned(),
        wait_seconds: Some(120),
        ..TokenRequest::default()
    };
    let patience = Duration::from_secs(120 + 90);
    let answer: TokenAnswer = Client::connect()?.ask(Method::Post, "/v1/token", Some(&request), patience)?;
    let _ = writeln!(std::io::stdout(), "{}", answer.access_token.expose());
    Ok(())
}
