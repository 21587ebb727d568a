//! Who signs an `id_token`, by a library that is not the one which reads it.

use std::sync::LazyLock;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::right_claims;

/// The practice provider's keys, public on purpose.
const OURS: &[u8] = include_bytes!("../../../../src-tauri/practice/keys/one.pem");
const ANOTHERS: &[u8] = include_bytes!("../../../../src-tauri/practice/keys/two.pem");
const KEY_ID: &str = "known";
/// Everybody who has the program has it.
const CLIENT_SECRET: &[u8] = b"not-confidential";
/// Of "the-token" (OpenID Connect Core 3.1.3.6).
pub const HASH_OF_ACCESS_TOKEN: &str = "wqc_z2HfvcrceaELozCy7w";

static ISSUERS_KEY: LazyLock<EncodingKey> = LazyLock::new(|| rsa(OURS));
static STRANGERS_KEY: LazyLock<EncodingKey> = LazyLock::new(|| rsa(ANOTHERS));
static PUBLISHED: LazyLock<Value> = LazyLock::new(|| {
    let mut key = Jwk::from_encoding_key(&ISSUERS_KEY, Algorithm::RS256).expect("a public half");
    key.common.key_id = Some(KEY_ID.into());
    // Which way to sign is not left to the key to say.
    key.common.key_algorithm = None;
    json!({ "keys": [key] })
});
static RIGHT: LazyLock<String> =
    LazyLock::new(|| Signer::Issuer.sign(&header("RS256"), right_claims().to_string().as_bytes()));

#[derive(Clone, Copy, Debug)]
pub enum Signer {
    Issuer,
    /// With a key of their own, under the name of the issuer's.
    Stranger,
    Nobody,
    WithPublicKey,
    WithClientSecret,
    /// The issuer, in a way that was not asked of it.
    IssuerOtherwise,
}

impl Signer {
    /// What an honest header calls it.
    pub fn algorithm(self) -> &'static str {
        match self {
            Self::Issuer | Self::Stranger => "RS256",
            Self::IssuerOtherwise => "RS384",
            Self::Nobody => "none",
            Self::WithPublicKey | Self::WithClientSecret => "HS256",
        }
    }

    /// Header and payload may be anything.
    pub fn sign(self, header: &[u8], payload: &[u8]) -> String {
        let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let signed = format!("{}.{}", part(header), part(payload));
        let signature = self.signature(signed.as_bytes());
        format!("{signed}.{signature}")
    }

    fn signature(self, bytes: &[u8]) -> String {
        let modulus = || PUBLISHED["keys"][0]["n"].as_str().expect("a modulus").as_bytes();
        let (key, algorithm) = match self {
            Self::Nobody => return String::new(),
            Self::Issuer => (&*ISSUERS_KEY, Algorithm::RS256),
            Self::IssuerOtherwise => (&*ISSUERS_KEY, Algorithm::RS384),
            Self::Stranger => (&*STRANGERS_KEY, Algorithm::RS256),
            Self::WithPublicKey => (&EncodingKey::from_secret(modulus()), Algorithm::HS256),
            Self::WithClientSecret => (&EncodingKey::from_secret(CLIENT_SECRET), Algorithm::HS256),
        };
        jsonwebtoken::crypto::sign(bytes, key, algorithm).expect("signed")
    }
}

/// The issuer's key set.
pub fn published() -> &'static Value {
    &PUBLISHED
}

/// The one token that is right in everything.
pub fn right() -> &'static str {
    &RIGHT
}

/// A header that says which key, and this algorithm.
pub fn header(algorithm: &str) -> Vec<u8> {
    json!({ "alg": algorithm, "typ": "JWT", "kid": KEY_ID })
        .to_string()
        .into_bytes()
}

fn rsa(pem: &[u8]) -> EncodingKey {
    EncodingKey::from_rsa_pem(pem).expect("a key")
}
