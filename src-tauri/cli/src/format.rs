//! The forms in which a token is printed.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use evergrant_protocol::client::Unreachable;
use evergrant_protocol::{AccountName, TokenAnswer};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::arguments::Format;
use crate::stop::Stop;

/// The token as JSON. A view of the answer: no secret's own type can be serialized.
#[derive(Serialize)]
struct Shown<'a> {
    access_token: &'a str,
    token_type: &'a str,
    expires_at: i64,
    scopes: &'a [String],
    account: &'a AccountName,
}

/// The text to print, with its line end.
pub fn token(answer: &TokenAnswer, format: Format) -> Result<Zeroizing<String>, Stop> {
    let token = visible(answer.access_token.expose())?;
    let account = &answer.account.email;
    match format {
        Format::Raw => Ok(line(&["", token])),
        Format::Header => Ok(line(&["Authorization: Bearer ", token])),
        Format::Xoauth2 => Ok(line(&["", &xoauth2(visible(account)?, token)])),
        Format::Json => json(answer, token),
    }
}

/// What git reads from a credential helper (git-credential(1)).
pub fn git(answer: &TokenAnswer) -> Result<Zeroizing<String>, Stop> {
    let token = visible(answer.access_token.expose())?;
    let account = visible(&answer.account.email)?;
    let expiry = answer.expires_at.to_string();
    let pieces = [
        "username=",
        account,
        "\npassword=",
        token,
        "\npassword_expiry_utc=",
        &expiry,
    ];
    Ok(line(&pieces))
}

/// The initial client response of AUTH XOAUTH2.
/// Source: Google, "OAuth 2.0 Mechanism", "The SASL XOAUTH2 Mechanism".
fn xoauth2(account: &str, token: &str) -> Zeroizing<String> {
    let pieces = ["user=", account, "\x01auth=Bearer ", token, "\x01\x01"];
    let said = joined(&pieces);
    let mut encoded = Zeroizing::new(vec![0; said.len().div_ceil(3) * 4]);
    let length = STANDARD
        .encode_slice(said.as_bytes(), &mut encoded)
        .unwrap_or_default();
    joined(&[str::from_utf8(&encoded[..length]).unwrap_or_default()])
}

fn json(answer: &TokenAnswer, token: &str) -> Result<Zeroizing<String>, Stop> {
    let shown = Shown {
        access_token: token,
        token_type: &answer.token_type,
        expires_at: answer.expires_at,
        scopes: &answer.scopes,
        account: &answer.account,
    };
    // Large enough for nearly every answer, so that no unwiped copy stays behind where it grew.
    let mut text = Zeroizing::new(Vec::with_capacity(16 * 1024));
    serde_json::to_writer(&mut *text, &shown).map_err(io::Error::from)?;
    Ok(line(&[str::from_utf8(&text).unwrap_or_default()]))
}

/// A line break or a space in a header, or in an answer to git, would say more than a token.
fn visible(text: &str) -> Result<&str, Stop> {
    let visible = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    visible.then_some(text).ok_or_else(|| Unreachable::Broken.into())
}

fn line(pieces: &[&str]) -> Zeroizing<String> {
    let mut pieces = pieces.to_vec();
    pieces.push("\n");
    joined(&pieces)
}

fn joined(pieces: &[&str]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(
        pieces.iter().map(|piece| piece.len()).sum(),
    ));
    for piece in pieces {
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use evergrant_domain::AccessToken;

    use super::*;

    fn answer(token: &str, email: &str) -> TokenAnswer {
        TokenAnswer {
            access_token: AccessToken::new(token),
            token_type: "Bearer".into(),
            expires_at: 1_800_000_000,
            scopes: vec!["openid".into()],
            account: AccountName {
                id: "a1".into(),
                provider: "google".into(),
                email: email.into(),
            },
        }
    }

    #[test]
    fn the_mail_form_is_the_one_that_google_documents() {
        let text = xoauth2(
            "someuser@example.com",
            "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
        );
        let documented = "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==";
        assert_eq!(text.as_str(), documented);
    }

    #[test]
    fn nothing_that_could_break_a_line_is_printed() {
        for token in ["", "a b", "a\r\nX-Evil: 1", "a\u{1}b", "ä"] {
            for format in [Format::Raw, Format::Header, Format::Xoauth2, Format::Json] {
                assert!(
                    super::token(&answer(token, "a@example.com"), format).is_err(),
                    "{token:?}"
                );
            }
        }
        assert!(git(&answer("ya29.x", "a@example.com\npassword=b")).is_err());
    }
}
