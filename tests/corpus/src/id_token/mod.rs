//! An `id_token` from anybody. The first byte says what of it comes from the input: all of it, what it claims,
//! its header, a change to the right one, or the keys it is checked with.

mod signing;

use evergrant_adapters::provider::wireless::{self, SignIn};
use evergrant_domain::secret::{AccessToken, Nonce};
use evergrant_domain::{Person, Timestamp};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};

use signing::{HASH_OF_ACCESS_TOKEN, Signer, header};

const ISSUER: &str = "https://id.example";
const CLIENT: &str = "evergrant-desktop";
const NONCE: &str = "bm9uY2Utb2YtdGhlLXNlZWRz";
const ACCESS_TOKEN: &str = "the-token";
const NOW: i64 = 1_800_000_000;
/// Clocks differ a little.
const LEEWAY: f64 = 60.0;

/// Never a panic; only what the issuer itself signed, as it was signed, for this client and this attempt and
/// not too long ago, says who signed in.
pub fn id_token(bytes: &[u8]) {
    let Some((what, rest)) = bytes.split_first() else {
        return;
    };
    match what % 8 {
        0 => whole(rest),
        1 => claims(rest),
        2 => payload(rest),
        3 => heading(rest),
        4 => mangled(rest),
        5 => keys(rest),
        6 => by_another(Signer::Stranger, rest),
        _ => confused(rest),
    }
}

/// A text as it is: nobody else can make the right one.
fn whole(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else { return };
    assert!(
        proven(text).is_none() || text == signing::right(),
        "accepted: {text}"
    );
}

/// The issuer signs other claims than expected.
fn claims(changes: &[u8]) {
    let Ok(Value::Object(changes)) = serde_json::from_slice(changes) else {
        return;
    };
    let claims = Value::Object(changed(changes));
    let person = proven(&Signer::Issuer.sign(&header("RS256"), claims.to_string().as_bytes()));
    if claims == right_claims() {
        assert!(person.is_some(), "the right token is refused");
    }
    fits(person, &claims);
}

/// The issuer signs something else altogether.
fn payload(payload: &[u8]) {
    let person = proven(&Signer::Issuer.sign(&header("RS256"), payload));
    // Less patient with what is not read anyway.
    if let Ok(claims) = serde_json::from_slice(payload) {
        fits(person, &claims);
    }
}

/// The right claims and a right signature under a header that says something else of them.
fn heading(header: &[u8]) {
    let token = Signer::Issuer.sign(header, right_claims().to_string().as_bytes());
    if proven(&token).is_some() {
        let header: Heading = serde_json::from_slice(header).expect("a header is JSON");
        assert_eq!(header.alg, "RS256", "accepted as something else");
        assert!(header.crit.is_none(), "not all of it was understood");
    }
}

/// As patient with everything else as whoever reads it.
#[derive(Deserialize)]
struct Heading {
    alg: String,
    crit: Option<IgnoredAny>,
}

/// Three bytes each: where the right token is changed, and by what.
fn mangled(changes: &[u8]) {
    let mut token = signing::right().as_bytes().to_vec();
    for change in changes.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([change[0], change[1]])) % token.len();
        token[place] ^= change[2];
    }
    if let Ok(token) = str::from_utf8(&token) {
        assert_eq!(proven(token).is_some(), token == signing::right(), "{token}");
    }
}

/// Keys from the input prove the right token only where they hold the key that signed it.
fn keys(keys: &[u8]) {
    let person = proven_with(signing::right(), keys);
    if person.is_some() {
        // Less patient with what is not read anyway.
        let Ok(keys) = serde_json::from_slice::<Value>(keys) else {
            return;
        };
        let ours = &signing::published()["keys"][0]["n"];
        let listed = keys["keys"].as_array().expect("a list");
        assert!(
            listed.iter().any(|key| key["n"] == *ours),
            "proven by another key"
        );
    }
}

fn by_another(signer: Signer, changes: &[u8]) {
    let changes = serde_json::from_slice(changes).unwrap_or_default();
    let claims = Value::Object(changed(changes)).to_string();
    let token = signer.sign(&header("RS256"), claims.as_bytes());
    assert_eq!(proven(&token), None, "signed by a stranger");
}

/// Unsigned, signed with what everybody knows, or in another way than agreed, under a header of the input's
/// choice or an honest one.
fn confused(header_text: &[u8]) {
    let mut claims = right_claims();
    // It would give the way of signing away by itself.
    claims["at_hash"].take();
    let claims = claims.to_string();
    for signer in [
        Signer::Nobody,
        Signer::WithPublicKey,
        Signer::WithClientSecret,
        Signer::IssuerOtherwise,
    ] {
        for header in [&header(signer.algorithm()), header_text] {
            let token = signer.sign(header, claims.as_bytes());
            assert_eq!(proven(&token), None, "{signer:?}: {token}");
        }
    }
}

fn proven(token: &str) -> Option<Person> {
    proven_with(token, signing::published().to_string().as_bytes())
}

fn proven_with(token: &str, keys: &[u8]) -> Option<Person> {
    let sign_in = SignIn {
        issuer: ISSUER,
        client_id: CLIENT,
        nonce: &Nonce::new(NONCE),
        access_token: &AccessToken::new(ACCESS_TOKEN),
        now: Timestamp(NOW),
    };
    wireless::id_token(token, keys, &sign_in).ok()
}

fn right_claims() -> Value {
    json!({
        "iss": ISSUER, "aud": CLIENT, "azp": CLIENT, "sub": "42", "nonce": NONCE, "iat": NOW - 5, "exp": NOW + 3_600,
        "at_hash": HASH_OF_ACCESS_TOKEN, "email": "alice@example.com", "name": "Alice",
    })
}

fn changed(changes: Map<String, Value>) -> Map<String, Value> {
    let Value::Object(mut claims) = right_claims() else {
        unreachable!("claims are an object")
    };
    claims.extend(changes);
    claims
}

/// Whoever is believed to have signed in is the one the claims name, to this client, in this attempt.
fn fits(person: Option<Person>, claims: &Value) {
    let Some(person) = person else { return };
    assert_eq!(claims["iss"], ISSUER);
    assert!(
        claims["aud"] == CLIENT || claims["aud"] == json!([CLIENT]),
        "for another client"
    );
    assert!(
        claims["azp"].is_null() || claims["azp"] == CLIENT,
        "asked for by another client"
    );
    assert_eq!(claims["nonce"], NONCE);
    assert!(claims["at_hash"].is_null() || claims["at_hash"] == HASH_OF_ACCESS_TOKEN);
    let end = claims["exp"].as_f64().expect("an end");
    #[expect(clippy::cast_precision_loss, reason = "seconds of this century are exact")]
    let now = NOW as f64;
    assert!(end > now - LEEWAY, "over since {end}");
    assert_eq!(person.subject.issuer, ISSUER);
    assert_eq!(claims["sub"], person.subject.sub);
    assert_eq!(claims["email"].as_str(), person.email.as_deref());
}
