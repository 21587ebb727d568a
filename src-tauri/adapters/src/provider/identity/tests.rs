//! Tokens signed here, each wrong in one way.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use evergrant_domain::{AccessToken, Person, Timestamp, secret::Nonce};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreHmacKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm as Algorithm, CoreRsaPrivateSigningKey},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Expected, Unproven, prove};

const NOW: i64 = 1_800_000_000;
const CLIENT: &str = "evergrant-desktop";
const SECRET: &str = "not-confidential";

/// The practice provider's key, out of its PKCS#8 wrapping: the crate reads PKCS#1 only.
fn key(kid: &str) -> CoreRsaPrivateSigningKey {
    const WRAPPING: usize = 26;
    let pem = include_str!("../../../../practice/keys/one.pem");
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let der = BASE64_STANDARD.decode(text).expect("base64");
    let inner = BASE64_STANDARD.encode(&der[WRAPPING..]).into_bytes();
    let lines: Vec<_> = inner.chunks(64).map(String::from_utf8_lossy).collect();
    let name = "RSA PRIVATE KEY";
    let pem = format!(
        "-----BEGIN {name}-----\n{}\n-----END {name}-----\n",
        lines.join("\n")
    );
    CoreRsaPrivateSigningKey::from_pem(&pem, Some(JsonWebKeyId::new(kid.to_owned()))).expect("a key")
}

fn part(value: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}

fn sign(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn signed_with(algorithm: &Algorithm, name: &str, claims: &Value) -> String {
    let header = json!({"alg": name, "typ": "JWT", "kid": "known"});
    sign(&header, claims, |bytes| {
        key("known").sign(algorithm, bytes).expect("signed")
    })
}

fn signed(claims: &Value) -> String {
    signed_with(&Algorithm::RsaSsaPkcs1V15Sha256, "RS256", claims)
}

fn claims() -> Value {
    json!({
        "iss": "https://id.example", "aud": CLIENT, "azp": CLIENT, "sub": "42", "nonce": "the-nonce",
        "iat": NOW - 5, "exp": NOW + 3_600, "at_hash": hash("the-token"),
        "email": "alice@example.com", "name": "Alice", "picture": "https://id.example/a.png", "hd": "example.com",
    })
}

/// OIDC Core 3.1.3.6.
fn hash(token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(token)[..16])
}

fn with(name: &str, value: Value) -> String {
    let mut changed = claims();
    changed[name] = value;
    signed(&changed)
}

fn without(name: &str) -> String {
    let mut changed = claims();
    changed.as_object_mut().expect("an object").remove(name);
    signed(&changed)
}

fn proven(id_token: &str) -> Result<Person, Unproven> {
    let keys = CoreJsonWebKeySet::new(vec![key("known").as_verification_key()]);
    let expected = Expected {
        issuer: "https://id.example",
        client_id: CLIENT,
        nonce: &Nonce::new("the-nonce"),
        access_token: &AccessToken::new("the-token"),
        now: Timestamp(NOW),
    };
    prove(id_token, &expected, &keys)
}

#[test]
fn a_right_token_says_who_it_is() {
    let person = proven(&signed(&claims())).expect("proven");
    assert_eq!(
        (person.subject.issuer.as_str(), person.subject.sub.as_str()),
        ("https://id.example", "42")
    );
    assert_eq!(person.email.as_deref(), Some("alice@example.com"));
    assert_eq!(person.name.as_deref(), Some("Alice"));
    assert_eq!(person.picture.as_deref(), Some("https://id.example/a.png"));
    assert_eq!(person.organisation.as_deref(), Some("example.com"));
}

#[test]
fn what_may_be_missing_may_be_missing() {
    for name in ["azp", "at_hash", "email", "name", "picture", "hd"] {
        assert!(proven(&without(name)).is_ok(), "{name}");
    }
    assert!(
        proven(&with("aud", json!([CLIENT]))).is_ok(),
        "one audience, as a list"
    );
}

#[test]
fn what_is_not_right_proves_nothing() {
    for (name, value, why) in [
        ("iss", json!("https://id.example/"), Unproven::Issuer),
        ("iss", json!("https://elsewhere.example"), Unproven::Issuer),
        ("aud", json!("another"), Unproven::Audience),
        ("aud", json!([CLIENT, "another"]), Unproven::Audience),
        ("aud", json!([CLIENT, CLIENT]), Unproven::Audience),
        ("aud", json!([]), Unproven::Audience),
        ("azp", json!("another"), Unproven::AuthorizedParty),
        ("nonce", json!("another"), Unproven::Nonce),
        ("at_hash", json!(hash("another")), Unproven::AccessTokenHash),
        ("exp", json!(NOW - 60), Unproven::Expired),
    ] {
        assert_eq!(proven(&with(name, value.clone())), Err(why), "{name} = {value}");
    }
    assert_eq!(proven(&without("nonce")), Err(Unproven::Nonce));
    assert_eq!(proven(&without("aud")), Err(Unproven::Audience));
    assert_eq!(proven(&without("exp")), Err(Unproven::Malformed));
    assert_eq!(proven(&without("sub")), Err(Unproven::Malformed));
    assert!(
        proven(&with("exp", json!(NOW - 59))).is_ok(),
        "clocks differ a little"
    );
}

#[test]
fn only_the_providers_own_rs256_counts() {
    let nobody = |_: &[u8]| Vec::new();
    let unsigned = sign(&json!({"alg": "none"}), &claims(), nobody);
    assert_eq!(proven(&unsigned), Err(Unproven::Signature));

    let other = signed_with(&Algorithm::RsaSsaPkcs1V15Sha384, "RS384", &claims());
    assert_eq!(proven(&other), Err(Unproven::Signature));

    // The secret is known to everybody who has the program.
    let shared = |bytes: &[u8]| {
        CoreHmacKey::new(SECRET.as_bytes())
            .sign(&Algorithm::HmacSha256, bytes)
            .expect("signed")
    };
    let confused = sign(&json!({"alg": "HS256", "kid": "known"}), &claims(), shared);
    assert_eq!(proven(&confused), Err(Unproven::Signature));

    let forged = signed(&claims());
    let (body, _) = forged.rsplit_once('.').expect("three parts");
    let forged = format!("{body}.{}", BASE64_URL_SAFE_NO_PAD.encode([7; 256]));
    assert_eq!(proven(&forged), Err(Unproven::Signature));

    let header = json!({"alg": "RS256", "kid": "newer"});
    let rs256 = |bytes: &[u8]| {
        key("newer")
            .sign(&Algorithm::RsaSsaPkcs1V15Sha256, bytes)
            .expect("signed")
    };
    assert_eq!(
        proven(&sign(&header, &claims(), rs256)),
        Err(Unproven::UnknownKey)
    );
    assert_eq!(proven("not.a.token"), Err(Unproven::Malformed));
}
