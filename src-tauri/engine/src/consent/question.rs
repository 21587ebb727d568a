use std::time::Duration;

use evergrant_domain::{
    Fault,
    consent::ask::{AttemptSecrets, Purpose},
    consent::callback::Expected,
    secret,
};
use tokio::time::Instant;

use super::Errand;
use crate::ports::{ConsentAsk, Redirect};
use crate::world::World;

/// How long the browser's answer is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(300);

/// What the browser is asked, and where its answer will arrive.
pub(super) struct Question {
    pub redirect: Box<dyn Redirect>,
    pub link: String,
    pub secrets: AttemptSecrets,
    pub until: Instant,
}

impl Question {
    /// Listens before the link is built, since the link names the port.
    pub async fn pose(
        world: &World,
        errand: &Errand,
        client_id: &str,
        purpose: &Purpose,
    ) -> Result<Self, Fault> {
        let secrets = AttemptSecrets {
            state: secret::State::new(world.entropy.unguessable()),
            nonce: secret::Nonce::new(world.entropy.unguessable()),
            verifier: secret::Verifier::new(world.entropy.unguessable()),
        };
        let expected = Expected {
            state: secrets.state.clone(),
            issuer: errand.provider.spec.issuer.clone(),
        };
        let redirect = world.redirects.listen(expected).await?;
        let ask = ConsentAsk {
            client_id,
            redirect_uri: &redirect.uri(),
            scopes: &errand.asked,
            purpose,
            secrets: &secrets,
        };
        let link = errand.provider.port.consent_link(ask).await?;
        Ok(Self {
            redirect,
            link,
            secrets,
            until: Instant::now() + PATIENCE,
        })
    }
}
