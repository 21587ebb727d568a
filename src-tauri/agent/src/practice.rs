//! The practice provider: inside this process, or one that already runs on this computer.

use evergrant_adapters::places::Places;
use evergrant_adapters::provider::Address;
use evergrant_domain::{Code, Fault};
use evergrant_practice::{Options, PRACTICE_ISSUER, Practice};

/// Names a practice provider that already runs; only this computer's own addresses are accepted.
const ELSEWHERE: &str = "EVERGRANT_PRACTICE_URL";

/// The practice provider in use. Dropping it ends one that runs inside.
pub struct PracticeGround {
    pub base_url: String,
    inside: Option<Practice>,
}

impl PracticeGround {
    /// # Errors
    /// `PracticeUnavailable`.
    pub async fn open(places: &Places) -> Result<Self, Fault> {
        let named = std::env::var(ELSEWHERE).ok();
        if let Some(named) = named.filter(|address| !address.is_empty()) {
            return Ok(Self {
                base_url: on_this_computer(&named)?,
                inside: None,
            });
        }
        let options = Options {
            issuer: Some(PRACTICE_ISSUER.to_owned()),
            state_file: Some(places.practice_state()),
            ..Options::default()
        };
        let inside = evergrant_practice::start(options)
            .await
            .map_err(|error| Fault::with_detail(Code::PracticeUnavailable, &error.to_string()))?;
        Ok(Self {
            base_url: inside.base_url(),
            inside: Some(inside),
        })
    }

    pub async fn close(self) {
        if let Some(inside) = self.inside {
            inside.stop().await;
        }
    }
}

/// The address, if it is one of this computer's own.
fn on_this_computer(named: &str) -> Result<String, Fault> {
    let refused = || {
        let words = format!("{ELSEWHERE} must name a port of 127.0.0.1");
        Fault::with_detail(Code::PracticeUnavailable, &words)
    };
    let address = Address::parse(named).map_err(|_| refused())?;
    if address.url().host_str() == Some("127.0.0.1") {
        Ok(named.trim_end_matches('/').to_owned())
    } else {
        Err(refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_practice_provider_is_on_this_computer() {
        let named = on_this_computer("http://127.0.0.1:4600/").unwrap();
        assert_eq!(named, "http://127.0.0.1:4600");
        for elsewhere in [
            "https://example.com",
            "http://127.0.0.1:1@example.com",
            "http://127.0.0.1.example.com",
            "4600",
        ] {
            assert!(on_this_computer(elsewhere).is_err(), "{elsewhere}");
        }
    }
}
