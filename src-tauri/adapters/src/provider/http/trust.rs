//! Whom TLS believes: whoever the system believes. A refusal says who issued what was shown, or that
//! only the time is wrong.

use std::{fmt, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, OtherError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use rustls_platform_verifier::Verifier;

use super::shown::Shown;

/// The system's judgement of certificates. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Trust {
    system: Arc<dyn ServerCertVerifier>,
    cryptography: Arc<CryptoProvider>,
}

/// Why a certificate was refused, as the error of a connection carries it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Distrust {
    /// Who issued it, where it says so.
    Issuer(Option<String>),
    /// It would be trusted at another time.
    OutOfDate,
}

impl Trust {
    /// Reads the system's trust store, which takes a while.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn of_this_system() -> Result<Self, TlsError> {
        let cryptography = cryptography();
        let system = Arc::new(Verifier::new(Arc::clone(&cryptography))?);
        Ok(Self { system, cryptography })
    }

    /// For calls that matter.
    pub fn now(&self) -> Result<ClientConfig, TlsError> {
        self.config(false)
    }

    /// Also believes who was to be believed at another time: for asking what time it is, and for
    /// nothing else.
    pub fn at_any_time(&self) -> Result<ClientConfig, TlsError> {
        self.config(true)
    }

    fn config(&self, at_any_time: bool) -> Result<ClientConfig, TlsError> {
        let examiner = Examiner {
            system: Arc::clone(&self.system),
            at_any_time,
        };
        let mut config = ClientConfig::builder_with_provider(Arc::clone(&self.cryptography))
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(examiner))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

pub(super) fn cryptography() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// Asks the system, and looks closer where it refuses. It never believes more than the system does at
/// some time.
#[derive(Debug)]
struct Examiner {
    system: Arc<dyn ServerCertVerifier>,
    at_any_time: bool,
}

impl ServerCertVerifier for Examiner {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let judged_at = |moment| self.system.verify_server_cert(leaf, chain, name, ocsp, moment);
        let why = match judged_at(now) {
            Err(TlsError::InvalidCertificate(why)) => why,
            judged => return judged,
        };
        let shown = Shown::read(leaf);
        let fresh = shown.as_ref().filter(|_| is_of_its_time(&why));
        let distrust = match fresh.map(|shown| judged_at(shown.from)) {
            Some(Ok(verified)) if self.at_any_time => return Ok(verified),
            Some(Ok(_)) => Distrust::OutOfDate,
            _ => Distrust::Issuer(shown.and_then(|shown| shown.issuer)),
        };
        let why = CertificateError::Other(OtherError(Arc::new(distrust)));
        Err(TlsError::InvalidCertificate(why))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.system.verify_tls12_signature(message, leaf, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.system.verify_tls13_signature(message, leaf, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}

fn is_of_its_time(why: &CertificateError) -> bool {
    use CertificateError as E;
    matches!(
        why,
        E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. }
    )
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Issuer(_) => "a certificate that is not trusted here",
            Self::OutOfDate => "a certificate of another time",
        })
    }
}

impl std::error::Error for Distrust {}

#[cfg(test)]
impl Trust {
    /// Believes this authority beside the system's.
    pub fn beside(authority: CertificateDer<'static>) -> Self {
        let cryptography = cryptography();
        let system = Verifier::new_with_extra_roots([authority], Arc::clone(&cryptography));
        let system = Arc::new(system.expect("a trust store"));
        Self { system, cryptography }
    }
}
