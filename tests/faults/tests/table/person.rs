//! A person at the computer: presses buttons and sees what the window shows.

use std::{sync::Arc, time::Duration};

use evergrant_adapters::clock::SystemClock;
use evergrant_domain::{AccountId, Code, ScopeSet, Subject, secret::VaultText};
use evergrant_engine::{
    Engine,
    account::AccountHandle,
    event::{AttemptPurpose, AttemptStatus, Event, Showing, Step},
    fakes::FakeHouse,
    ports::VaultKey,
};
use tokio::{
    sync::mpsc::UnboundedReceiver,
    time::{Instant, sleep},
};

use crate::house::{
    google::Google,
    provider_id,
    robot::{Robot, Walk},
    world,
};

/// Everything an account can be tested with.
pub const SCOPES: &str = "openid email profile https://www.googleapis.com/auth/gmail.readonly \
    https://www.googleapis.com/auth/calendar https://www.googleapis.com/auth/drive \
    https://www.googleapis.com/auth/contacts";

/// Nothing here takes longer, a pause between two tries and a busy machine included.
const LONGEST: Duration = Duration::from_secs(60);

pub struct Person {
    pub google: Google,
    pub fakes: FakeHouse,
    pub engine: Engine,
    robot: Robot,
    events: UnboundedReceiver<Event>,
    attempt: Option<AttemptStatus>,
}

/// How a consent ended, as the window shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    Connected,
    Failed(Code),
    /// Nothing came back from the browser, and the window says so.
    Waits,
}

impl Person {
    pub async fn sits_down() -> Self {
        let (google, fakes) = (Google::open().await, FakeHouse::default());
        Self::starts(google, fakes).await
    }

    /// Quits and starts again: nothing is remembered but what was kept.
    pub async fn restarts(self) -> Self {
        self.engine.stop().await;
        Self::starts(self.google, self.fakes).await
    }

    async fn starts(google: Google, fakes: FakeHouse) -> Self {
        let world = world(&fakes, &(Arc::new(SystemClock) as _), &google.base());
        let (engine, events) = Engine::start(world).await.expect("the engine starts");
        Self {
            google,
            fakes,
            engine,
            robot: Robot::new(),
            events,
            attempt: None,
        }
    }

    pub async fn connects(&mut self) -> Consent {
        let (pages, provider) = (self.pages_opened(), provider_id());
        let begun = self
            .engine
            .connect(&provider, ScopeSet::parse(SCOPES), Showing::Browser);
        begun.await.expect("a consent begins");
        self.sees_it_through(pages).await
    }

    pub async fn reconnects(&mut self) -> Consent {
        let (pages, id) = (self.pages_opened(), self.id());
        let begun = self
            .engine
            .renew(&id, AttemptPurpose::Reconnecting, Showing::Browser);
        begun.await.expect("a consent begins");
        self.sees_it_through(pages).await
    }

    /// Opens the page of the attempt that waits once more.
    pub async fn opens_the_page_again(&mut self) -> Consent {
        let pages = self.pages_opened();
        self.engine.attempt().expect("an attempt").open_again().await;
        self.sees_it_through(pages).await
    }

    async fn sees_it_through(&mut self, mut seen: usize) -> Consent {
        self.attempt = None;
        let begun = Instant::now();
        loop {
            if self.looks_at_the_window() {
                return Consent::Connected;
            }
            if let Some(attempt) = &self.attempt
                && matches!(attempt.step, Step::Failed | Step::NotSaved)
            {
                return Consent::Failed(attempt.fault.as_ref().expect("a reason").code);
            }
            let opened = self.fakes.browser.opened();
            if opened.len() > seen {
                seen = opened.len();
                if self.robot.consent(&opened[seen - 1], "alice").await != Walk::Arrived {
                    return self.finds_it_waiting().await;
                }
            }
            assert!(
                begun.elapsed() < LONGEST,
                "the consent never ends: {:?}",
                self.attempt
            );
            sleep(Duration::from_millis(5)).await;
        }
    }

    async fn finds_it_waiting(&mut self) -> Consent {
        // Were it to end, it would end now.
        sleep(Duration::from_millis(50)).await;
        assert!(!self.looks_at_the_window(), "connected by nobody");
        let attempt = self.attempt.as_ref().expect("an attempt");
        assert_eq!((attempt.step, &attempt.fault), (Step::Waiting, &None));
        Consent::Waits
    }

    /// Sees what was shown since; whether an account was connected.
    fn looks_at_the_window(&mut self) -> bool {
        let mut connected = false;
        while let Ok(event) = self.events.try_recv() {
            match event {
                Event::Attempt(attempt) => self.attempt = attempt,
                Event::Connected { .. } => connected = true,
                _ => {}
            }
        }
        connected
    }

    fn pages_opened(&self) -> usize {
        self.fakes.browser.opened().len()
    }

    /// Waits until it is so; `false` where it never becomes so.
    pub async fn waits_until(&self, is: impl Fn(&Self) -> bool) -> bool {
        let begun = Instant::now();
        while !is(self) {
            if begun.elapsed() > LONGEST {
                return false;
            }
            sleep(Duration::from_millis(5)).await;
        }
        true
    }

    pub fn id(&self) -> AccountId {
        AccountId::of(&Subject {
            issuer: self.google.base(),
            sub: "100000000000000000001".to_owned(),
        })
    }

    pub fn account(&self) -> Option<AccountHandle> {
        self.engine.account(&self.id()).ok()
    }

    /// The vault's item of the account.
    pub fn kept(&self) -> Option<VaultText> {
        self.fakes.vault.items().remove(&VaultKey::Account(self.id()))
    }
}
