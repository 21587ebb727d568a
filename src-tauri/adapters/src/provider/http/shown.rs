use std::borrow::Cow;

use rustls::pki_types::{CertificateDer, UnixTime};
use x509_cert::{Certificate, der::Decode, name::Name};

/// What a certificate says of itself, believed by nobody (RFC 5280 4.1.2).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The issuer's name and organisation.
    pub issuer: Option<String>,
    /// When its time begins.
    pub from: UnixTime,
}

impl Shown {
    /// `None` for what is no certificate.
    pub fn read(certificate: &CertificateDer<'_>) -> Option<Self> {
        let read = Certificate::from_der(certificate).ok()?;
        let says = read.tbs_certificate();
        Some(Self {
            issuer: named(says.issuer()),
            from: UnixTime::since_unix_epoch(says.validity().not_before.to_unix_duration()),
        })
    }
}

/// The common name and the organisation, as far as there are such.
fn named(name: &Name) -> Option<String> {
    let parts = [name.common_name(), name.organization()];
    let mut parts: Vec<_> = parts.into_iter().filter_map(|part| part.ok().flatten()).collect();
    parts.dedup();
    let words: Vec<Cow<'_, str>> = parts.iter().map(|part| part.value()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
