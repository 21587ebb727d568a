//! Judges what came back on the loopback redirect, without touching the network.

use crate::secret::{AuthorizationCode, State};
use crate::{Code, Fault};

/// What the attempt expects of an answer.
#[derive(Clone, Debug)]
pub struct Expected {
    pub state: State,
    /// Exactly this, where the provider sends one (RFC 9207 2.4).
    pub issuer: String,
}

/// What a request to the redirect address means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not ours (a stray request, a guess, an old tab): answered, and the attempt goes on.
    Stray,
    /// The consent was given.
    Code(AuthorizationCode),
    /// The attempt is over.
    Refused(Fault),
}

/// Judges the query of a request to the redirect path.
///
/// Parameters that nobody knows are ignored (RFC 6749 4.1.2); known ones that come twice are
/// refused (RFC 6749 3.1). Without the right `state` nothing ends an attempt, errors included.
pub fn judge(parameters: &[(String, String)], expected: &Expected) -> Verdict {
    let known = ["state", "iss", "code", "error", "error_description"];
    let times = |name: &str| parameters.iter().filter(|(k, _)| k == name).count();
    if known.iter().any(|name| times(name) > 1) {
        return Verdict::Stray;
    }
    let value = |name: &str| {
        let found = parameters.iter().find(|(k, _)| k == name);
        found.map(|(_, v)| v.as_str())
    };
    match value("state") {
        Some(state) if State::new(state) == expected.state => {}
        _ => return Verdict::Stray,
    }
    if value("iss").is_some_and(|iss| iss != expected.issuer) {
        return Verdict::Refused(Code::AnswerFromStranger.into());
    }
    match (value("error"), value("code")) {
        (Some(error), _) => Verdict::Refused(refusal(error, value("error_description"))),
        (None, Some(code)) if !code.is_empty() && code.len() <= LONGEST_CODE => {
            Verdict::Code(AuthorizationCode::new(code))
        }
        _ => Verdict::Stray,
    }
}

/// Google's codes are at most 256 bytes; other providers' are longer, none beyond this.
const LONGEST_CODE: usize = 4_096;

/// Source: RFC 6749 4.1.2.1; Google, "OAuth 2.0 for iOS & Desktop Apps". Google shows most of its own on a
/// page of its own, so they seldom come here.
fn refusal(error: &str, description: Option<&str>) -> Fault {
    let code = match error {
        "access_denied" => Code::ConsentDenied,
        "admin_policy_enforced" | "access_not_configured" => Code::AdministratorBlocked,
        "invalid_client" | "unauthorized_client" => Code::ClientRefused,
        "deleted_client" => Code::ClientDeleted,
        "invalid_request" | "invalid_scope" | "unsupported_response_type" => Code::RequestRefused,
        "rate_limit_exceeded" => Code::ProviderBusy,
        "temporarily_unavailable" | "server_error" => Code::ProviderDown,
        _ => Code::ConsentRefused,
    };
    Fault::with_detail(code, &format!("{error} {}", description.unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Mender;

    fn judged(query: &[(&str, &str)]) -> Verdict {
        let parameters: Vec<_> = query
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        let expected = Expected {
            state: State::new("right"),
            issuer: "https://issuer".into(),
        };
        judge(&parameters, &expected)
    }

    fn code_of(verdict: &Verdict) -> Option<Code> {
        match verdict {
            Verdict::Refused(fault) => Some(fault.code),
            _ => None,
        }
    }

    #[test]
    fn a_code_with_the_right_state_counts() {
        let expected = Verdict::Code(AuthorizationCode::new("4/0abc"));
        assert_eq!(judged(&[("state", "right"), ("code", "4/0abc")]), expected);
        let with_extras = [
            ("state", "right"),
            ("iss", "https://issuer"),
            ("code", "4/0abc"),
            ("authuser", "0"),
            ("hd", "example.com"),
        ];
        assert_eq!(judged(&with_extras), expected);
    }

    #[test]
    fn without_the_right_state_nothing_ends_the_attempt() {
        let stray: [&[(&str, &str)]; 5] = [
            &[("state", "wrong"), ("code", "c")],
            &[("code", "c")],
            &[("error", "access_denied")],
            &[("state", "wrong"), ("error", "access_denied")],
            &[],
        ];
        for query in stray {
            assert_eq!(judged(query), Verdict::Stray, "{query:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_code_ends_nothing() {
        for (length, counts) in [
            (0, false),
            (1, true),
            (LONGEST_CODE, true),
            (LONGEST_CODE + 1, false),
        ] {
            let code = "c".repeat(length);
            let verdict = judged(&[("state", "right"), ("code", &code)]);
            assert_eq!(matches!(verdict, Verdict::Code(_)), counts, "{length} bytes");
            assert_eq!(verdict == Verdict::Stray, !counts, "{length} bytes");
        }
    }

    #[test]
    fn a_parameter_sent_twice_is_refused() {
        let twice = [("state", "right"), ("code", "a"), ("code", "b")];
        assert_eq!(judged(&twice), Verdict::Stray);
        let states = [("state", "right"), ("state", "right"), ("code", "a")];
        assert_eq!(judged(&states), Verdict::Stray);
    }

    #[test]
    fn another_issuer_ends_the_attempt() {
        let query = [("state", "right"), ("iss", "https://issuer.evil"), ("code", "c")];
        assert_eq!(code_of(&judged(&query)), Some(Code::AnswerFromStranger));
    }

    /// Every row of Google's table of authorization errors, RFC 6749's own, and what is on no row.
    #[test]
    fn refusals_are_told_apart() {
        for (error, code, mender) in [
            ("access_denied", Code::ConsentDenied, Mender::You),
            (
                "admin_policy_enforced",
                Code::AdministratorBlocked,
                Mender::Administrator,
            ),
            (
                "access_not_configured",
                Code::AdministratorBlocked,
                Mender::Administrator,
            ),
            ("org_internal", Code::ConsentRefused, Mender::You),
            ("disallowed_useragent", Code::ConsentRefused, Mender::You),
            ("invalid_client", Code::ClientRefused, Mender::You),
            ("unauthorized_client", Code::ClientRefused, Mender::You),
            ("deleted_client", Code::ClientDeleted, Mender::You),
            ("redirect_uri_mismatch", Code::ConsentRefused, Mender::You),
            ("invalid_request", Code::RequestRefused, Mender::You),
            ("invalid_scope", Code::RequestRefused, Mender::You),
            ("unsupported_response_type", Code::RequestRefused, Mender::You),
            ("rate_limit_exceeded", Code::ProviderBusy, Mender::Time),
            ("server_error", Code::ProviderDown, Mender::Time),
            ("temporarily_unavailable", Code::ProviderDown, Mender::Time),
            ("something_new", Code::ConsentRefused, Mender::You),
        ] {
            let words = ("error_description", "says why");
            let Verdict::Refused(fault) = judged(&[("state", "right"), ("error", error), words]) else {
                panic!("{error} ends the attempt");
            };
            assert_eq!((fault.code, fault.code.mender()), (code, mender), "{error}");
            let detail = fault.detail.expect("words");
            assert_eq!(detail.as_str(), format!("{error} says why"));
            assert!(!code.ends_grant(), "{error}");
        }
    }
}
