/// Random text nobody can guess.
pub trait Entropy: Send + Sync {
    /// 43 characters of base64url holding 256 random bits: good for a `state`, a `nonce`, or a
    /// PKCE `code_verifier` (RFC 7636 4.1).
    fn unguessable(&self) -> String;
}
