//! The practice provider: inside this process, or one that already runs on this computer.

use evergrant_adapters::places::Places;
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
        if let Ok(base_url) = std::env::var(ELSEWHERE) {
            if !base_url.starts_with("http://127.0.0.1:") {
                let words = format!("{ELSEWHERE} must start with http://127.0.0.1:");
                return Err(Fault::with_detail(Code::PracticeUnavailable, &words));
            }
            let base_url = base_url.trim_end_matches('/').to_owned();
            return Ok(Self {
                base_url,
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
