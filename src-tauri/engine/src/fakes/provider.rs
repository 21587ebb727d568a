use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use evergrant_domain::{AccessToken, Api, Client, Code, Fault, Grant, Person, RefreshToken, ScopeSet};

use super::people::{lease, person};
use super::{Call, FakeClock, Journal, Mood, locked};
use crate::ports::{Clock, CodeExchange, ConsentAsk, Picture, ProbeAnswer, Provider, Refreshed};

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
    refreshing: AtomicUsize,
    most_refreshing: AtomicUsize,
    clock: Arc<FakeClock>,
    journal: Journal,
}

/// What a provider makes of the scopes named in a refresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrowing {
    #[default]
    Honoured,
    /// Honoured, and the answer does not name the scopes (RFC 6749 5.1 lets it).
    Unsaid,
    /// The lease opens the whole grant, and says so.
    Ignored,
    /// `invalid_scope`.
    Refused,
}

struct Script {
    grants: VecDeque<Grant>,
    rotations: VecDeque<RefreshToken>,
    scopes: Option<ScopeSet>,
    narrowing: Narrowing,
    narrowed_to: Vec<Option<ScopeSet>>,
    whoever: Person,
    switched_off: Vec<Api>,
    refreshed_with: Vec<RefreshToken>,
    revoked: Vec<RefreshToken>,
    asked_by: Vec<(Call, String)>,
}

impl ScriptedProvider {
    /// Leases are good for an hour from when they are given.
    pub fn new(journal: &Journal, clock: &Arc<FakeClock>) -> Self {
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
                narrowing: Narrowing::default(),
                narrowed_to: vec![],
                whoever: person("alice"),
                switched_off: vec![],
                refreshed_with: vec![],
                revoked: vec![],
                asked_by: vec![],
            }),
            leases: AtomicU64::default(),
            refreshing: AtomicUsize::default(),
            most_refreshing: AtomicUsize::default(),
            clock: Arc::clone(clock),
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

    /// From now on it takes narrowing like this.
    pub fn narrow(&self, narrowing: Narrowing) {
        locked(&self.script).narrowing = narrowing;
    }

    /// The scopes each refresh was narrowed to, in order.
    pub fn narrowed_to(&self) -> Vec<Option<ScopeSet>> {
        locked(&self.script).narrowed_to.clone()
    }

    /// The most refreshes that were ever in flight at once.
    pub fn most_refreshing(&self) -> usize {
        self.most_refreshing.load(Ordering::SeqCst)
    }

    /// From now on leases belong to this person.
    pub fn belongs_to(&self, person: Person) {
        locked(&self.script).whoever = person;
    }

    pub fn switch_off(&self, api: Api) {
        locked(&self.script).switched_off.push(api);
    }

    /// What consents were to bring is forgotten.
    pub fn forget_grants(&self) {
        locked(&self.script).grants.clear();
    }

    /// The tokens it was asked to refresh, in order.
    pub fn refreshed_with(&self) -> Vec<RefreshToken> {
        locked(&self.script).refreshed_with.clone()
    }

    /// Which client exchanged, refreshed and revoked, in order.
    pub fn asked_by(&self) -> Vec<(Call, String)> {
        locked(&self.script).asked_by.clone()
    }

    fn note(&self, call: Call, client: &Client) {
        let asked = (call.clone(), client.id.clone());
        locked(&self.script).asked_by.push(asked);
        self.journal.note(call);
    }

    /// The tokens it was asked to revoke, in order, whatever it answered.
    pub fn revoked(&self) -> Vec<RefreshToken> {
        locked(&self.script).revoked.clone()
    }
}

/// Counts a refresh for as long as it runs, however it ends.
struct InFlight<'a>(&'a AtomicUsize);

impl<'a> InFlight<'a> {
    fn begin(running: &'a AtomicUsize, most: &AtomicUsize) -> Self {
        let now = running.fetch_add(1, Ordering::SeqCst) + 1;
        most.fetch_max(now, Ordering::SeqCst);
        Self(running)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
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

    async fn exchange(&self, exchange: CodeExchange<'_>) -> Result<Grant, Fault> {
        self.note(Call::Exchange, exchange.client);
        self.exchange.turn().await?;
        let grant = locked(&self.script).grants.pop_front();
        grant.ok_or_else(|| Code::CodeRefused.into())
    }

    async fn refresh(
        &self,
        client: &Client,
        token: &RefreshToken,
        scopes: Option<&ScopeSet>,
    ) -> Result<Refreshed, Fault> {
        let _in_flight = InFlight::begin(&self.refreshing, &self.most_refreshing);
        self.note(Call::Refresh, client);
        {
            let mut script = locked(&self.script);
            script.refreshed_with.push(token.clone());
            script.narrowed_to.push(scopes.cloned());
        }
        self.refresh.turn().await?;
        let number = self.leases.fetch_add(1, Ordering::SeqCst);
        let mut lease = lease(&format!("ya29.refreshed-{number}"), self.clock.moment());
        let mut script = locked(&self.script);
        if let Some(scopes) = &script.scopes {
            lease.scopes = scopes.clone();
        }
        match (scopes, script.narrowing) {
            (None, _) | (_, Narrowing::Ignored) => {}
            (Some(asked), Narrowing::Honoured) => lease.scopes = asked.clone(),
            (Some(_), Narrowing::Unsaid) => lease.scopes = ScopeSet::default(),
            (Some(_), Narrowing::Refused) => return Err(Code::RequestRefused.into()),
        }
        Ok(Refreshed {
            lease,
            rotated: script.rotations.pop_front(),
            ends_at: None,
        })
    }

    async fn revoke(&self, client: &Client, token: &RefreshToken) -> Result<(), Fault> {
        self.note(Call::Revoke, client);
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
