use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use evergrant_domain::{
    AccessToken, Api, Client, Code, Fault, Grant, Person, RefreshToken, ScopeSet, Timestamp,
};

use super::people::{lease, person};
use super::{Call, Journal, Mood, locked};
use crate::ports::{CodeExchange, ConsentAsk, Picture, ProbeAnswer, Provider, Refreshed};

/// A provider that answers what it was told to.
pub struct ScriptedProvider {
    pub consent_link: Mood,
    pub exchange: Mood,
    pub refresh: Mood,
    pub revoke: Mood,
    pub person: Mood,
    pub probe: Mood,
    pub picture: Mood,
    script: Mutex<Script>,
    leases: AtomicU64,
    now: Timestamp,
    journal: Journal,
}

struct Script {
    grants: VecDeque<Grant>,
    rotations: VecDeque<RefreshToken>,
    scopes: Option<ScopeSet>,
    whoever: Person,
    switched_off: Vec<Api>,
    refreshed_with: Vec<RefreshToken>,
    revoked: Vec<RefreshToken>,
}

impl ScriptedProvider {
    /// Leases are good for an hour from `now`.
    pub fn new(journal: &Journal, now: Timestamp) -> Self {
        Self {
            consent_link: Mood::default(),
            exchange: Mood::default(),
            refresh: Mood::default(),
            revoke: Mood::default(),
            person: Mood::default(),
            probe: Mood::default(),
            picture: Mood::default(),
            script: Mutex::new(Script {
                grants: VecDeque::new(),
                rotations: VecDeque::new(),
                scopes: None,
                whoever: person("alice"),
                switched_off: vec![],
                refreshed_with: vec![],
                revoked: vec![],
            }),
            leases: AtomicU64::default(),
            now,
            journal: journal.clone(),
        }
    }

    /// The next exchange brings this.
    pub fn grant_next(&self, grant: Grant) {
        locked(&self.script).grants.push_back(grant);
    }

    /// The next refresh brings a new refresh token along.
    pub fn rotate_next(&self, token: &str) {
        locked(&self.script).rotations.push_back(RefreshToken::new(token));
    }

    /// From now on leases open this.
    pub fn open_with(&self, scopes: &str) {
        locked(&self.script).scopes = Some(ScopeSet::parse(scopes));
    }

    /// From now on leases belong to this person.
    pub fn belongs_to(&self, person: Person) {
        locked(&self.script).whoever = person;
    }

    pub fn switch_off(&self, api: Api) {
        locked(&self.script).switched_off.push(api);
    }

    /// The tokens it was asked to refresh, in order.
    pub fn refreshed_with(&self) -> Vec<RefreshToken> {
        locked(&self.script).refreshed_with.clone()
    }

    /// The tokens it was asked to revoke, in order, whatever it answered.
    pub fn revoked(&self) -> Vec<RefreshToken> {
        locked(&self.script).revoked.clone()
    }
}

#[async_trait]
impl Provider for ScriptedProvider {
    async fn consent_link(&self, ask: ConsentAsk<'_>) -> Result<String, Fault> {
        let call = Call::ConsentLink(ask.purpose.clone(), ask.scopes.clone());
        self.journal.note(call);
        self.consent_link.turn().await?;
        Ok(format!("https://issuer.example/auth?back={}", ask.redirect_uri))
    }

    async fn exchange(&self, _exchange: CodeExchange<'_>) -> Result<Grant, Fault> {
        self.journal.note(Call::Exchange);
        self.exchange.turn().await?;
        let grant = locked(&self.script).grants.pop_front();
        grant.ok_or_else(|| Code::CodeRefused.into())
    }

    async fn refresh(&self, _client: &Client, token: &RefreshToken) -> Result<Refreshed, Fault> {
        self.journal.note(Call::Refresh);
        locked(&self.script).refreshed_with.push(token.clone());
        self.refresh.turn().await?;
        let number = self.leases.fetch_add(1, Ordering::SeqCst);
        let mut lease = lease(&format!("ya29.refreshed-{number}"), self.now);
        let mut script = locked(&self.script);
        if let Some(scopes) = &script.scopes {
            lease.scopes = scopes.clone();
        }
        Ok(Refreshed {
            lease,
            rotated: script.rotations.pop_front(),
            ends_at: None,
        })
    }

    async fn revoke(&self, _client: &Client, token: &RefreshToken) -> Result<(), Fault> {
        self.journal.note(Call::Revoke);
        locked(&self.script).revoked.push(token.clone());
        self.revoke.turn().await
    }

    async fn person(&self, _token: &AccessToken) -> Result<Person, Fault> {
        self.journal.note(Call::Person);
        self.person.turn().await?;
        Ok(locked(&self.script).whoever.clone())
    }

    async fn probe(&self, api: Api, _token: &AccessToken) -> Result<ProbeAnswer, Fault> {
        self.journal.note(Call::Probe(api));
        self.probe.turn().await?;
        let off = locked(&self.script).switched_off.contains(&api);
        Ok(if off {
            ProbeAnswer::SwitchedOff
        } else {
            ProbeAnswer::Works
        })
    }

    async fn picture(&self, _address: &str) -> Result<Picture, Fault> {
        self.journal.note(Call::Picture);
        self.picture.turn().await?;
        Ok(Picture {
            media_type: "image/png",
            bytes: vec![1],
        })
    }
}
