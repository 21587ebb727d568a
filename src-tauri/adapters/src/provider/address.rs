//! Which addresses may be called at all.

use url::{Host, Url};

/// An address that may be called: `https` anywhere, `http` on this computer only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address may not be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMistake {
    /// Not an absolute `http(s)` address, or one with a name, a password or a fragment in it.
    NotAnAddress,
    /// Unencrypted to another computer (RFC 6749 3.1.2.1, 3.2: TLS is required).
    NotEncrypted,
}

impl Address {
    pub fn parse(text: &str) -> Result<Self, AddressMistake> {
        let url = Url::parse(text).map_err(|_| AddressMistake::NotAnAddress)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        match url.scheme() {
            "https" if plain && url.has_host() => Ok(Self(url)),
            "http" if plain && is_loopback(&url) => Ok(Self(url)),
            "http" if plain => Err(AddressMistake::NotEncrypted),
            _ => Err(AddressMistake::NotAnAddress),
        }
    }

    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether it stays on this computer, unencrypted, past any proxy.
    pub(super) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Whether it is one of this computer's own.
    pub(crate) fn is_here(&self) -> bool {
        is_loopback(&self.0)
    }
}

/// By exact name: `localhost.example` and `127.0.0.1.example` are places elsewhere.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip == std::net::Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(ip)) => ip == std::net::Ipv6Addr::LOCALHOST,
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unencrypted_calls_stay_on_this_computer() {
        for fine in [
            "https://issuer.example",
            "https://issuer.example:8443/token?a=b",
            "http://127.0.0.1:4600/token",
            "http://[::1]:4600",
            "http://localhost:4600",
        ] {
            assert!(Address::parse(fine).is_ok(), "{fine}");
        }
        for elsewhere in [
            "http://issuer.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://192.168.0.2",
        ] {
            let refused = Address::parse(elsewhere);
            assert_eq!(refused, Err(AddressMistake::NotEncrypted), "{elsewhere}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "",
            "issuer.example",
            "ftp://issuer.example",
            "file:///etc/passwd",
            "https://",
            "https://name:word@issuer.example",
            "https://issuer.example/#fragment",
            "http://127.0.0.1@issuer.example",
        ] {
            assert_eq!(
                Address::parse(wrong),
                Err(AddressMistake::NotAnAddress),
                "{wrong}"
            );
        }
    }
}
