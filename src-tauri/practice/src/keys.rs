//! The two keys that sign. They are public on purpose: they vouch for nobody outside the loopback.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt;

const EMBEDDED: [(&str, &str); 2] = [
    ("practice-key-one", include_str!("../keys/one.pem")),
    ("practice-key-two", include_str!("../keys/two.pem")),
];

#[derive(Clone)]
struct Key {
    id: &'static str,
    secret: EncodingKey,
    published: Value,
}

#[derive(Clone)]
pub struct Keys {
    all: Vec<Key>,
    signing: usize,
    /// After a hard rotation, only the signing key can still be fetched.
    only_signing_published: bool,
}

impl Keys {
    pub fn embedded() -> Self {
        let all = EMBEDDED
            .iter()
            .map(|&(id, pem)| {
                let secret =
                    EncodingKey::from_rsa_pem(pem.as_bytes()).expect("an embedded key is well formed");
                let mut jwk =
                    Jwk::from_encoding_key(&secret, Algorithm::RS256).expect("an RSA key has a public half");
                jwk.common.key_id = Some(id.to_owned());
                jwk.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
                Key {
                    id,
                    secret,
                    published: json!(jwk),
                }
            })
            .collect();
        Self {
            all,
            signing: 0,
            only_signing_published: false,
        }
    }

    /// Signs with the other key from now on.
    pub fn rotate(&mut self, publish_only_current: bool) {
        self.signing = (self.signing + 1) % self.all.len();
        self.only_signing_published = publish_only_current;
    }

    pub fn signing_id(&self) -> &'static str {
        self.all[self.signing].id
    }

    /// RFC 7517 section 5.
    pub fn published(&self) -> Value {
        let keys: Vec<&Value> = self
            .all
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.only_signing_published || *index == self.signing)
            .map(|(_, key)| &key.published)
            .collect();
        json!({ "keys": keys })
    }

    pub fn sign(&self, claims: &impl Serialize) -> String {
        let key = &self.all[self.signing];
        let header = Header {
            kid: Some(key.id.to_owned()),
            ..Header::new(Algorithm::RS256)
        };
        encode(&header, claims, &key.secret).expect("claims are JSON and the key signs")
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Keys")
            .field("signing", &self.signing_id())
            .finish_non_exhaustive()
    }
}
