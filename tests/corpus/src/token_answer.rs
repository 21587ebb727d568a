//! What a token endpoint answers, well or badly. The first byte is the endpoint, the second the status of a
//! refusal; a byte 0xfe stands for a token as long as real ones are.

use evergrant_adapters::provider::{Endpoint, Failure, classify, wireless};
use evergrant_domain::fault::Detail;
use evergrant_domain::secret::{AccessToken, RefreshToken};
use evergrant_domain::time::{Seconds, Uptime};
use evergrant_domain::{Code, Fault, Moment, ScopeSet, Timestamp};
use evergrant_engine::ports::Refreshed;
use serde_json::Value;

use crate::strings::{is_among, planted};

const ENDPOINTS: [Endpoint; 8] = [
    Endpoint::TokenRefresh,
    Endpoint::TokenCode,
    Endpoint::Revocation,
    Endpoint::Discovery,
    Endpoint::Keys,
    Endpoint::Userinfo,
    Endpoint::Api,
    Endpoint::Picture,
];
const STATUSES: [u16; 14] = [
    400, 401, 403, 404, 408, 429, 500, 503, 511, 302, 200, 100, 0, 65_535,
];
const TOKEN: &str = "1//09canary-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4";
/// What is left of it where an escape in front of it took its first letters.
const MOST_OF_IT: &str = TOKEN.split_at(8).1;
const NOW: Moment = Moment {
    wall: Timestamp(1_800_000_000),
    up: Uptime(5_000),
};
const DAY: Seconds = Seconds(24 * 60 * 60);

/// Never a panic; what is read stands there, lasts no longer than a day and shows itself to nobody; a refusal
/// always has a meaning, and only one about the grant ends a grant.
pub fn token_answer(bytes: &[u8]) {
    let [endpoint, status, body @ ..] = bytes else {
        return;
    };
    let endpoint = ENDPOINTS[usize::from(*endpoint) % ENDPOINTS.len()];
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let body = planted(body, TOKEN);
    let asked = ScopeSet::parse("openid asked");
    match wireless::token_answer(endpoint, &body, NOW, &asked) {
        Ok(answer) => {
            lasts_within_reason(&answer);
            shows_no_token(&answer);
            stands_there(&answer, &body);
        }
        Err(fault) => says_little(&fault),
    }
    for elsewhere in [None, Some("login.example")] {
        refusal(endpoint, status, &body, elsewhere);
    }
}

fn lasts_within_reason(answer: &Refreshed) {
    let ends = answer.lease.ends;
    assert!((NOW.wall..=NOW.wall + DAY).contains(&ends.wall), "{ends:?}");
    assert_eq!(
        NOW.until(ends),
        ends.wall - NOW.wall,
        "both clocks are asked alike"
    );
    assert!(
        answer.ends_at.is_none_or(|end| end > NOW.wall),
        "a grant over before it began"
    );
}

/// What is printed is the same, whatever the tokens are.
fn shows_no_token(answer: &Refreshed) {
    let mut other = answer.clone();
    other.lease.token = AccessToken::new("another");
    other.rotated = answer.rotated.as_ref().map(|_| RefreshToken::new("another"));
    assert_eq!(format!("{answer:?}"), format!("{other:?}"), "a token is printed");
}

fn stands_there(answer: &Refreshed, body: &[u8]) {
    let access = answer.lease.token.expose();
    let refresh = answer.rotated.as_ref().map(RefreshToken::expose);
    assert!(!access.is_empty(), "nothing taken for an access token");
    assert_ne!(refresh, Some(""), "nothing taken for a refresh token");
    // Less patient with what is not read anyway.
    let Ok(json) = serde_json::from_slice::<Value>(body) else {
        return;
    };
    assert!(is_among(access, &json), "an access token from nowhere");
    assert!(
        refresh.is_none_or(|token| is_among(token, &json)),
        "a refresh token from nowhere"
    );
    if let Value::Object(fields) = &json {
        let text = |name| fields.get(name).and_then(Value::as_str);
        assert_eq!(text("access_token"), Some(access));
        assert_eq!(text("refresh_token").filter(|token| !token.is_empty()), refresh);
        let kind = text("token_type").unwrap_or("bearer");
        assert!(
            kind.eq_ignore_ascii_case("bearer"),
            "a token of a kind nobody understands"
        );
    }
}

/// `elsewhere` is the other host that a redirect leads to.
fn refusal(endpoint: Endpoint, status: u16, body: &[u8], elsewhere: Option<&str>) {
    let wait = Seconds(17);
    let failure = Failure::Refused {
        status,
        body: body.to_vec().into(),
        retry_after: Some(wait),
        elsewhere: elsewhere.map(str::to_owned),
    };
    let fault = classify(endpoint, &failure);
    assert_eq!(
        fault,
        classify(endpoint, &failure),
        "the same answer means the same"
    );
    says_little(&fault);
    assert!(
        !fault.code.is_of_the_vault(),
        "{:?} said by a provider",
        fault.code
    );
    let waits = matches!(fault.code, Code::ProviderBusy | Code::ProviderDown);
    assert_eq!(fault.retry_after, waits.then_some(wait));
    assert!(
        !fault.code.ends_grant() || ends_a_grant(endpoint, status, body),
        "{:?} ends a grant without cause",
        fault.code
    );
}

/// By the word of RFC 6749 5.2, and not of an organisation that wants a fresh sign-in.
fn ends_a_grant(endpoint: Endpoint, status: u16, body: &[u8]) -> bool {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let asks_for_sign_in =
        json["error_subtype"] == "invalid_rapt" || json["error_subtype"] == "rapt_required";
    matches!(endpoint, Endpoint::TokenRefresh | Endpoint::Revocation)
        && matches!(status, 400 | 401)
        && json["error"] == "invalid_grant"
        && !asks_for_sign_in
}

fn says_little(fault: &Fault) {
    assert!(
        !format!("{fault:?}").contains(MOST_OF_IT),
        "a token is said: {fault:?}"
    );
    let detail = fault.detail.as_ref().map_or("", Detail::as_str);
    assert!(detail.chars().count() <= 200 && !detail.chars().any(char::is_control));
}
