//! What a person or a program does.

use std::time::Duration;

use evergrant_domain::{
    ScopeSet,
    lifecycle::{Freshness, Reach},
    time::Seconds,
};
use evergrant_engine::{
    Engine,
    event::{AttemptPurpose, Showing},
    fakes::provider_id,
};
use tokio::time::sleep;

use crate::caller::Caller;
use crate::life::{Belief, Life, id_of};
use crate::story::{Command, Span, Who, Wish};

const DAY: u64 = 24 * 60 * 60;
const YEAR: i64 = 365 * 24 * 60 * 60;

impl Life {
    pub async fn perform(&mut self, command: &Command) {
        match command {
            Command::Connects { who, lasting } => {
                self.connect().await;
                self.says_yes(*who, *lasting).await;
            }
            Command::Reconnects {
                account,
                who,
                lasting,
            } => {
                let (engine, id) = (self.engine.as_ref().expect("running"), id_of(*account));
                let renewal = engine.renew(&id, AttemptPurpose::Reconnecting, Showing::Browser);
                if renewal.await.is_ok() {
                    self.says_yes(*who, *lasting).await;
                }
            }
            Command::GivesUpLate { who } => {
                self.connect().await;
                sleep(Duration::from_millis(10)).await;
                let code = self.issuer.books().agree(*who, true);
                self.house.redirects.answer(Ok(code));
                sleep(Duration::from_millis(10)).await;
                self.give_up().await;
            }
            Command::SavesAgain => {
                if let Some(attempt) = self.engine.as_ref().and_then(Engine::attempt) {
                    attempt.save_again().await;
                }
            }
            Command::GivesUp => self.give_up().await,
            Command::Refreshes(who) => {
                if let Some(account) = self.account(*who) {
                    let _ = account.refresh().await;
                }
            }
            Command::Tests(who) => {
                if let Some(account) = self.account(*who) {
                    let _ = account.test().await;
                }
            }
            Command::Disconnects(who, reach) => self.disconnect(*who, *reach).await,
            Command::Asks { of, wish, new } => self.ask(*of, *wish, *new),
            Command::TimePasses(span) => sleep(length(*span)).await,
            Command::Sleeps(hours) => self.clocks.sleep(Seconds(i64::from(*hours) * 3_600)),
            Command::SetsClock { years } => self.clocks.set_ahead(Seconds(i64::from(*years) * YEAR)),
            Command::Restarts => self.restart().await,
            command => self.befalls(command),
        }
    }

    async fn connect(&mut self) {
        let asked = ScopeSet::parse("openid email profile");
        let (engine, provider) = (self.engine.as_ref().expect("running"), provider_id());
        // What fails is shown, and the browser then never asks.
        let _ = engine.connect(&provider, asked, Showing::Browser).await;
    }

    /// Yes in the browser, and once more where the program asks once more.
    async fn says_yes(&mut self, who: Who, lasting: bool) {
        // Whoever is asked for again may be given leases again.
        self.heard.lock().expect("whole").remove(&who);
        for _ in 0..2 {
            sleep(Duration::from_millis(500)).await;
            if self.house.redirects.open_ports() > 0 {
                let code = self.issuer.books().agree(who, lasting);
                self.house.redirects.answer(Ok(code));
            }
        }
    }

    async fn give_up(&mut self) {
        if let Some(attempt) = self.engine.as_ref().and_then(Engine::attempt) {
            attempt.cancel().await;
        }
    }

    async fn disconnect(&mut self, who: Who, reach: Reach) {
        let Some(account) = self.account(who) else { return };
        if account.disconnect(reach).await.is_ok() {
            let belief = Belief::Disconnecting(reach);
            self.beliefs.insert(who, belief);
            if reach == Reach::ThisComputer {
                self.leave_to_the_provider(who);
            }
            sleep(Duration::from_millis(1)).await;
            self.heard.lock().expect("whole").insert(who);
        }
    }

    fn ask(&mut self, of: Who, wish: Wish, new: bool) {
        let Some(account) = self.account(of) else { return };
        let scopes = match wish {
            Wish::Whole => ScopeSet::default(),
            Wish::Narrow => ScopeSet::parse("openid"),
        };
        let freshness = if new {
            Freshness::New
        } else {
            Freshness::AtLeast(Seconds(60))
        };
        let caller = Caller::asks(account, of, scopes, freshness, &self.clocks, &self.heard);
        self.callers.push(caller);
    }
}

fn length(span: Span) -> Duration {
    Duration::from_secs(match span {
        Span::Minutes(n) => u64::from(n) * 60,
        Span::Hours(n) => u64::from(n) * 3_600,
        Span::Months(n) => u64::from(n) * 30 * DAY,
    })
}
