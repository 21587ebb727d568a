//! A house with two accounts, as the broker sees it. Behind it lies a refresh token that nobody may see.

use std::sync::Arc;

use async_trait::async_trait;
use evergrant_broker::ports::{Account, Accounts, Clock, Condition, Found, Office, Undertaking};
use evergrant_domain::{
    AccessToken, AccountId, Code, Fault, Lease, Moment, RefreshToken, ScopeSet, Timestamp,
    identity::Subject,
    lifecycle::{Freshness, Standing},
    time::{Seconds, Uptime},
};
use evergrant_protocol::AccountName;
use evergrant_protocol::command::{Attempt, Check, Connect, Happened, HistoryLine, Outcome, Trouble};
use tokio::time::Instant;

use super::scene::ANOTHERS_GRANT;

/// In what the provider says of a failure, and in nothing that leaves the house.
pub const REFRESH_TOKEN: &str = "1//0canary-refresh-dJx7Pq2mZk9";
/// Carries what the program was granted.
pub const NARROW_TOKEN: &str = "ya29.canary-narrow-Vb3nTq8wRs";
/// Carries more.
pub const WIDE_TOKEN: &str = "ya29.canary-wide-Hy5kLc1xGf";

pub const NARROW: &str = "https://mail.google.com/";
const WIDE: &str = "https://mail.google.com/ https://www.googleapis.com/auth/calendar";
pub const EMAIL: &str = "zoe@example.com";
/// When the story begins.
pub const BEGIN: Timestamp = Timestamp(1_800_000_000);

pub struct House {
    accounts: Vec<Arc<Account>>,
    refresh_token: RefreshToken,
    /// The provider refuses, and repeats what it was sent.
    refuses: bool,
    begin: Instant,
}

pub fn account_id(sub: &str) -> AccountId {
    AccountId::of(&Subject {
        issuer: "https://accounts.google.com".into(),
        sub: sub.into(),
    })
}

impl House {
    pub fn new(refuses: bool) -> Self {
        // Two of the same address, one of them elsewhere and not to be used.
        let account = |provider: &str, standing| {
            Arc::new(Account {
                id: account_id(provider),
                provider: provider.into(),
                email: EMAIL.into(),
                name: Some("Zoë \"Z\" \u{202e}".into()),
                granted: ScopeSet::parse(WIDE),
                standing,
            })
        };
        let dead = Standing::NeedsReconnect(Code::GrantEnded);
        Self {
            accounts: vec![account("google", Standing::Connected), account("other", dead)],
            refresh_token: RefreshToken::new(REFRESH_TOKEN),
            refuses,
            begin: Instant::now(),
        }
    }
}

impl Clock for House {
    fn moment(&self) -> Moment {
        let passed = self.begin.elapsed().as_secs();
        let begin = Moment {
            wall: BEGIN,
            up: Uptime::default(),
        };
        begin + Seconds(i64::try_from(passed).expect("a short story"))
    }
}

#[async_trait]
impl Accounts for House {
    async fn ready(&self) -> Result<(), Fault> {
        Ok(())
    }

    fn all(&self) -> Vec<Arc<Account>> {
        self.accounts.clone()
    }

    fn find(&self, name: &str) -> Found {
        let means = |account: &&Arc<Account>| {
            let full = format!("{}:{}", account.provider, account.email);
            name == account.id.as_str()
                || name.eq_ignore_ascii_case(&account.email)
                || name.eq_ignore_ascii_case(&full)
        };
        let mut found: Vec<_> = self.accounts.iter().filter(means).cloned().collect();
        match (found.pop(), found.is_empty()) {
            (None, _) => Found::Nobody,
            (Some(one), true) => Found::One(one),
            (Some(another), false) => {
                found.push(another);
                Found::Several(found)
            }
        }
    }

    fn kept(&self, _: &AccountId, scopes: &ScopeSet, at_least: Seconds) -> Option<Lease> {
        // Little is left of it, so that it is also renewed ahead.
        (!self.refuses && at_least <= Seconds(300)).then(|| self.leased(scopes, Seconds(301)))
    }

    async fn lease(&self, _: &AccountId, scopes: &ScopeSet, _: Freshness) -> Result<Lease, Fault> {
        if self.refuses {
            let words = format!("Bad refresh_token={}", self.refresh_token.expose());
            return Err(Fault::with_detail(Code::ProviderSilent, &words));
        }
        Ok(self.leased(scopes, Seconds(3600)))
    }
}

impl House {
    fn leased(&self, scopes: &ScopeSet, lasts: Seconds) -> Lease {
        let narrow = !scopes.is_empty() && scopes.is_subset_of(&ScopeSet::parse(NARROW));
        let (token, scopes) = if narrow {
            (NARROW_TOKEN, NARROW)
        } else {
            (WIDE_TOKEN, WIDE)
        };
        Lease {
            token: AccessToken::new(token),
            ends: self.moment() + lasts,
            scopes: ScopeSet::parse(scopes),
        }
    }
}

#[async_trait]
impl Office for House {
    async fn connect(&self, wish: Connect) -> Result<(), Trouble> {
        let Some(detail) = wish.provider else {
            return Ok(());
        };
        Err(Trouble {
            code: Code::AlreadyAtWork.as_str().into(),
            what: "It is busy.".into(),
            todo: "Wait.".into(),
            detail: Some(detail),
        })
    }

    async fn attempt(&self) -> Attempt {
        Attempt {
            step: "none".into(),
            email: None,
            link: None,
            deadline: None,
            fault: None,
        }
    }

    async fn cancel(&self) {}

    async fn undertake(&self, account: &AccountId, _: Undertaking) -> Result<Outcome, Trouble> {
        Ok(Outcome {
            account: AccountName {
                id: account.as_str().into(),
                provider: "google".into(),
                email: EMAIL.into(),
            },
            done: true,
            fresh_until: None,
            lines: vec![],
            trouble: None,
        })
    }

    fn condition(&self, _: &AccountId) -> Condition {
        Condition::default()
    }

    /// Another program was given access, once for each account.
    async fn history(&self, accounts: &[AccountId], limit: u32) -> Result<Vec<HistoryLine>, Trouble> {
        let line = |account: &AccountId| HistoryLine {
            account: AccountName {
                id: account.as_str().into(),
                provider: "google".into(),
                email: EMAIL.into(),
            },
            what: Happened::Given,
            first: BEGIN.0,
            last: BEGIN.0,
            times: 1,
            fault: None,
            program: Some(ANOTHERS_GRANT.into()),
        };
        Ok(accounts.iter().map(line).take(limit as usize).collect())
    }

    async fn examine(&self) -> Vec<Check> {
        vec![]
    }
}
