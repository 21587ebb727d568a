//! Why a connection failed, told from the error of the library.

use std::{error::Error, io};

use super::trust::Distrust;
use crate::provider::Failure;

impl Failure {
    /// `proxied` says that the way leads through a proxy: then what fails before TLS is its doing.
    pub(super) fn of(error: &reqwest::Error, proxied: bool) -> Self {
        if let Some(distrust) = causes(error).find_map(distrust) {
            return match distrust {
                Distrust::Issuer(issuer) => Self::Untrusted {
                    issuer: issuer.clone(),
                },
                Distrust::OutOfDate => Self::OutOfDate { ahead: None },
            };
        }
        match error {
            _ if proxied && (error.is_connect() || error.is_builder()) => Self::Proxy { words: root(error) },
            _ if error.is_dns() => Self::NameNotFound,
            _ if error.is_connect() => Self::Unreachable,
            _ if error.is_timeout() => Self::Silent,
            _ => Self::Broken,
        }
    }
}

/// The error, its cause, and so on to the first one. What an I/O error wraps is its cause too: the
/// standard library leaves that out.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

fn distrust<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Distrust> {
    use rustls::{CertificateError, Error as TlsError, OtherError};
    match error.downcast_ref()? {
        TlsError::InvalidCertificate(CertificateError::Other(OtherError(why))) => why.downcast_ref(),
        _ => None,
    }
}

/// The words of the first cause. The outer ones may hold the address that was called.
fn root(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}
