use std::time::Duration;

use evergrant_domain::{
    AccountId, Client, ClientKey, ClientSecret, Code, Moment, RefreshToken, ScopeSet, lifecycle::Standing,
    time::Seconds,
};
use tokio::sync::mpsc;

use crate::account::AccountHandle;
use crate::clients::Which;
use crate::engine::Engine;
use crate::event::{AttemptPurpose, AttemptStatus, Event, Showing, Status, Step};
use crate::fakes::{FakeHouse, grant, provider_id, subject};
use crate::kept::KeptGrant;
use crate::ports::{Clock, VaultKey};

/// An engine on fakes, and everything it announced.
pub struct Stage {
    pub house: FakeHouse,
    pub engine: Engine,
    events: mpsc::UnboundedReceiver<Event>,
    seen: Vec<Event>,
}

impl Stage {
    pub async fn open() -> Self {
        Self::on(FakeHouse::default()).await
    }

    pub async fn on(house: FakeHouse) -> Self {
        let stage = Self::start(house).await;
        stage.house.journal.clear();
        stage
    }

    async fn start(house: FakeHouse) -> Self {
        let (engine, events) = Engine::start(house.world()).await.expect("the engine starts");
        let mut stage = Self {
            house,
            engine,
            events,
            seen: vec![],
        };
        stage.settle().await;
        stage
    }

    /// With an account connected, and nothing in the journal yet.
    pub async fn with(sub: &str, token: &str) -> Self {
        let mut stage = Self::open().await;
        stage.connect_as(sub, Some(token)).await;
        stage.forget_what_was();
        stage
    }

    /// Stops this engine and starts another one on what it left.
    pub async fn restart(self) -> Self {
        self.engine.stop().await;
        Self::on(self.house).await
    }

    /// Ends this engine as a power cut does, whatever it was doing, and starts another one with
    /// nothing held back.
    pub async fn lose_power(self) -> Self {
        let Self { house, engine, .. } = self;
        // Nothing of it runs any more once they are all cancelled: its tasks are owned by it.
        drop(engine);
        tokio::time::sleep(Duration::from_millis(1)).await;
        house.provider.exchange.release();
        house.ledger.save.release();
        house.journal.clear();
        Self::start(house).await
    }

    /// Lets everything happen that needs no time.
    pub async fn settle(&mut self) {
        self.wait(Duration::from_millis(1)).await;
    }

    pub async fn wait(&mut self, span: Duration) {
        tokio::time::sleep(span).await;
        while let Ok(event) = self.events.try_recv() {
            self.seen.push(event);
        }
    }

    pub fn forget_what_was(&mut self) {
        self.house.journal.clear();
        self.seen.clear();
    }

    pub fn seen(&self, is: impl Fn(&Event) -> bool) -> usize {
        self.seen.iter().filter(|event| is(event)).count()
    }

    pub fn all_seen(&self) -> &[Event] {
        &self.seen
    }

    pub fn now(&self) -> Moment {
        self.house.clock.moment()
    }

    /// Long enough for every kept lease to end.
    pub fn let_leases_end(&self) {
        self.house.clock.advance(Seconds(7_200));
    }

    // Consents

    /// Presses Connect; the browser then waits for a Yes.
    pub async fn connect(&mut self) {
        self.connect_with(Which::LastUsed).await;
    }

    pub async fn connect_with(&mut self, client: Which) {
        let asked = ScopeSet::parse("openid email profile");
        self.engine
            .connect_with(&provider_id(), client, asked, Showing::Browser)
            .await
            .expect("a consent begins");
        self.settle().await;
    }

    /// Imports the file of this client.
    pub async fn import(&mut self, id: &str, secret: &str) -> Result<(), Code> {
        let client = Client {
            id: id.into(),
            secret: Some(ClientSecret::new(secret)),
        };
        let imported = self.engine.import_client(&provider_id(), &client, None).await;
        // Which one was used last follows from the clock.
        self.house.clock.advance(Seconds(1));
        self.settle().await;
        imported.map_err(|fault| fault.code)
    }

    pub async fn reconnect(&mut self, sub: &str) {
        let purpose = AttemptPurpose::Reconnecting;
        self.engine
            .renew(&id(sub), purpose, Showing::Browser)
            .await
            .expect("a consent begins");
        self.settle().await;
    }

    /// Presses Yes on the consent page, which brings this.
    pub async fn allow_as(&mut self, sub: &str, token: Option<&str>) {
        self.house.provider.grant_next(grant(sub, token, self.now()));
        assert!(self.house.redirects.allow(), "nobody waits for the browser");
        self.settle().await;
    }

    pub async fn connect_as(&mut self, sub: &str, token: Option<&str>) {
        self.connect().await;
        self.allow_as(sub, token).await;
    }

    pub async fn cancel(&mut self) {
        self.engine.attempt().expect("an attempt").cancel().await;
        self.settle().await;
    }

    /// The attempt as the window shows it now.
    pub fn attempt(&self) -> Option<AttemptStatus> {
        let last = self.seen.iter().rev().find_map(|event| match event {
            Event::Attempt(attempt) => Some(attempt.clone()),
            _ => None,
        });
        last.flatten()
    }

    pub fn step(&self) -> Option<Step> {
        self.attempt().map(|attempt| attempt.step)
    }

    pub fn attempt_fault(&self) -> Option<Code> {
        self.attempt()?.fault.map(|fault| fault.code)
    }

    // Accounts

    pub fn account(&self, sub: &str) -> AccountHandle {
        self.engine.account(&id(sub)).expect("the account is there")
    }

    pub fn status(&self, sub: &str) -> Status {
        self.account(sub).status()
    }

    pub fn trouble(&self, sub: &str) -> Option<Code> {
        self.status(sub).trouble.map(|fault| fault.code)
    }

    /// The standing as the ledger has it.
    pub fn recorded(&self, sub: &str) -> Option<Standing> {
        self.house.ledger.row(&id(sub)).map(|row| row.standing)
    }

    /// The one that is kept beside it.
    pub fn kept_before(&self, sub: &str) -> Option<RefreshToken> {
        let items = self.house.vault.items();
        KeptGrant::decode(items.get(&key(sub))?)
            .expect("a whole item")
            .previous
    }

    /// The refresh token in the vault.
    pub fn kept(&self, sub: &str) -> Option<RefreshToken> {
        let items = self.house.vault.items();
        let text = items.get(&key(sub))?;
        Some(KeptGrant::decode(text).expect("a whole item").refresh_token)
    }
}

/// The whole grant, as a caller asks for it.
pub fn whole() -> ScopeSet {
    ScopeSet::default()
}

pub fn id(sub: &str) -> AccountId {
    AccountId::of(&subject(sub))
}

pub fn key(sub: &str) -> VaultKey {
    VaultKey::Account(id(sub))
}

pub fn client_key(id: &str) -> ClientKey {
    ClientKey::of(&provider_id(), id)
}

pub fn token(text: &str) -> RefreshToken {
    RefreshToken::new(text)
}
