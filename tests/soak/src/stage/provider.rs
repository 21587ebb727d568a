use std::collections::BTreeSet;
use std::time::Duration;

use evergrant_practice::{Options, PRACTICE_ISSUER, Practice, start_seeded};
use reqwest::{Client, redirect};
use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::look::Fingerprint;

/// The practice Google, in this process: it is never killed.
pub struct Provider {
    practice: Practice,
    pub(super) http: Client,
}

/// What the provider holds for a person.
#[derive(Clone, Debug)]
pub struct Given {
    pub email: String,
    pub sub: String,
    /// The refresh tokens that live.
    pub live: BTreeSet<Fingerprint>,
}

impl Provider {
    pub async fn start(seed: u64) -> Result<Self, Failure> {
        let options = Options {
            issuer: Some(PRACTICE_ISSUER.to_owned()),
            ..Options::default()
        };
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(30))
            .build()?;
        Ok(Self {
            practice: start_seeded(options, Some(seed)).await?,
            http,
        })
    }

    pub fn address(&self) -> String {
        self.practice.base_url()
    }

    /// Sets switches of the project.
    pub async fn set(&self, project: &Value) -> Result<(), Failure> {
        let request = self.http.post(self.control("project")).json(project);
        let answer = request.bearer_auth(self.practice.control_key()).send().await?;
        answer.error_for_status()?;
        Ok(())
    }

    /// What everybody was given.
    pub async fn given(&self) -> Result<Vec<Given>, Failure> {
        let request = self.http.get(self.control("grants"));
        let answer = request.bearer_auth(self.practice.control_key()).send().await?;
        let listed: Listed = answer.error_for_status()?.json().await?;
        Ok(listed.grants.into_iter().map(Given::from).collect())
    }

    fn control(&self, path: &str) -> String {
        format!("{}/_control/{path}", self.address())
    }
}

#[derive(Deserialize)]
struct Listed {
    grants: Vec<Grant>,
}

#[derive(Deserialize)]
struct Grant {
    email: String,
    sub: String,
    refresh_tokens: Vec<Token>,
}

#[derive(Deserialize)]
struct Token {
    fingerprint: Fingerprint,
    ended: Value,
}

impl From<Grant> for Given {
    fn from(grant: Grant) -> Self {
        let live = grant.refresh_tokens.into_iter();
        Self {
            email: grant.email,
            sub: grant.sub,
            live: live
                .filter(|token| token.ended.is_null())
                .map(|token| token.fingerprint)
                .collect(),
        }
    }
}
