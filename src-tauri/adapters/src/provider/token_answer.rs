//! What a token endpoint answers (RFC 6749 5.1), read with patience and never written out.

use std::{fmt, time::Duration};

use evergrant_domain::{AccessToken, Lease, Moment, RefreshToken, ScopeSet, Timestamp, time::Seconds};
use oauth2::{TokenResponse, basic::BasicTokenType};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _};
use serde_json::Value;

/// Fields beyond these are ignored.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    #[serde(deserialize_with = "not_empty")]
    access_token: oauth2::AccessToken,
    #[serde(default = "bearer", deserialize_with = "only_bearer")]
    token_type: BasicTokenType,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<i64>,
    refresh_token: Option<oauth2::RefreshToken>,
    #[serde(default, deserialize_with = "seconds")]
    refresh_token_expires_in: Option<i64>,
    scope: Option<String>,
    pub id_token: Option<String>,
}

/// A token answer in the domain's terms.
pub(super) struct Tokens {
    pub lease: Lease,
    /// Absent is not removed.
    pub refresh_token: Option<RefreshToken>,
    pub ends_at: Option<Timestamp>,
}

impl TokenAnswer {
    /// No pass is trusted for longer, whatever the answer says.
    const LONGEST_LEASE: i64 = 24 * 60 * 60;

    /// `assumed` are the scopes where the answer names none, which means "as asked".
    ///
    /// A lease whose end is unknown, or not in the future, counts as ending now: it serves the call
    /// it was fetched for and is refreshed before the next.
    pub fn into_tokens(self, now: Moment, assumed: &ScopeSet) -> Tokens {
        let lasts = self.expires_in.unwrap_or(0).clamp(0, Self::LONGEST_LEASE);
        let refresh_token = self
            .refresh_token
            .map(|token| RefreshToken::new(token.into_secret()));
        let ends_in = self.refresh_token_expires_in.filter(|seconds| *seconds > 0);
        Tokens {
            lease: Lease {
                token: AccessToken::new(self.access_token.into_secret()),
                ends: now + Seconds(lasts),
                scopes: self
                    .scope
                    .map_or_else(|| assumed.clone(), |text| ScopeSet::parse(&text)),
            },
            refresh_token: refresh_token.filter(|token| !token.is_empty()),
            ends_at: ends_in.map(|seconds| (now + Seconds(seconds)).wall),
        }
    }
}

fn not_empty<'de, D: Deserializer<'de>>(from: D) -> Result<oauth2::AccessToken, D::Error> {
    let token = oauth2::AccessToken::deserialize(from)?;
    if token.secret().is_empty() {
        return Err(D::Error::custom("an empty access token"));
    }
    Ok(token)
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

/// A token of a kind that is not understood must not be used (RFC 6749 7.1).
fn only_bearer<'de, D: Deserializer<'de>>(from: D) -> Result<BasicTokenType, D::Error> {
    let named = String::deserialize(from)?;
    if named.eq_ignore_ascii_case("bearer") {
        Ok(BasicTokenType::Bearer)
    } else {
        Err(D::Error::custom("a token type that is not understood"))
    }
}

/// A number, or a number in quotes as some send it; anything else is as good as absent.
fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let read = match Value::deserialize(from)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
    Ok(read
        .filter(|seconds: &f64| seconds.is_finite())
        .map(|seconds| seconds as i64))
}

impl TokenResponse for TokenAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &oauth2::AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&oauth2::RefreshToken> {
        self.refresh_token.as_ref()
    }

    /// Kept as one text: see `into_tokens`.
    fn scopes(&self) -> Option<&Vec<oauth2::Scope>> {
        None
    }
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenAnswer(…)")
    }
}

/// The `oauth2` crate asks for it and never calls it.
impl Serialize for TokenAnswer {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("tokens are not written out"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use evergrant_domain::time::Uptime;

    const NOW: Moment = Moment {
        wall: Timestamp(1_000),
        up: Uptime(1_000),
    };

    fn read(json: &str) -> Option<Tokens> {
        let answer: TokenAnswer = serde_json::from_str(json).ok()?;
        Some(answer.into_tokens(NOW, &ScopeSet::parse("openid asked")))
    }

    fn with(field: &str) -> Tokens {
        read(&format!(r#"{{"access_token":"a","token_type":"Bearer"{field}}}"#)).expect("read")
    }

    #[test]
    fn every_lifetime_becomes_a_sane_end() {
        for (field, lasts) in [
            (r#","expires_in":3599"#, 3_599),
            (r#","expires_in":"3599""#, 3_599),
            (r#","expires_in":3599.9"#, 3_599),
            ("", 0),
            (r#","expires_in":null"#, 0),
            (r#","expires_in":"soon""#, 0),
            (r#","expires_in":0"#, 0),
            (r#","expires_in":-3599"#, 0),
            (r#","expires_in":99999999999999999999999"#, 86_400),
            (r#","expires_in":"inf""#, 0),
        ] {
            assert_eq!(
                with(field).lease.expires_at(),
                Timestamp(1_000 + lasts),
                "{field}"
            );
        }
    }

    #[test]
    fn no_refresh_token_is_read_from_null_or_nothing() {
        for field in ["", r#","refresh_token":null"#, r#","refresh_token":"""#] {
            assert_eq!(with(field).refresh_token, None, "{field}");
        }
        let there = with(r#","refresh_token":"1//0x""#).refresh_token;
        assert_eq!(there, Some(RefreshToken::new("1//0x")));
    }

    #[test]
    fn the_grants_end_is_read_where_it_lies_ahead() {
        let week = with(r#","refresh_token_expires_in":604799"#).ends_at;
        assert_eq!(week, Some(Timestamp(605_799)));
        assert_eq!(with(r#","refresh_token_expires_in":0"#).ends_at, None);
    }

    #[test]
    fn scopes_are_as_answered_or_as_asked() {
        assert!(with(r#","scope":"openid less""#).lease.scopes.has("less"));
        assert!(!with(r#","scope":"openid less""#).lease.scopes.has("asked"));
        assert!(with("").lease.scopes.has("asked"));
    }

    #[test]
    fn what_cannot_be_used_is_not_read() {
        for json in [
            "",
            "[]",
            "{}",
            r#"{"access_token":"","token_type":"Bearer"}"#,
            r#"{"access_token":null,"token_type":"Bearer"}"#,
            r#"{"access_token":"a","token_type":"mac"}"#,
        ] {
            assert!(read(json).is_none(), "{json}");
        }
        assert!(
            read(r#"{"access_token":"a","new":{"x":[1]}}"#).is_some(),
            "unknown fields are fine"
        );
    }

    #[test]
    fn nothing_writes_tokens_out() {
        let answer: TokenAnswer =
            serde_json::from_str(r#"{"access_token":"canary","refresh_token":"canary"}"#).expect("read");
        assert!(!format!("{answer:?}").contains("canary"));
        assert!(serde_json::to_string(&answer).is_err());
    }
}
