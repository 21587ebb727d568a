//! What must follow in every cell, whatever the table says of it.

use std::time::Duration;

use evergrant_domain::{
    Code, ScopeSet,
    lifecycle::{Freshness, Standing},
    secret::VaultText,
};
use evergrant_engine::event::Status;
use evergrant_words::say;
use tokio::time::timeout;

use crate::person::Person;

type Held = Result<(), String>;

pub struct Follows<'a>(pub &'a Person);

/// A fault in the table's words. People are told in theirs: what it is, and what to do.
pub fn word(code: Code) -> Result<String, String> {
    for part in ["what", "todo"] {
        let key = format!("fault.{}.{part}", code.as_str());
        if say(&key, &[]) == key {
            return Err(format!("nobody is told: {key}"));
        }
    }
    Ok(code.as_str().to_owned())
}

impl Follows<'_> {
    /// A code counts once, so each is sent once; nobody asks about tokens either.
    pub async fn no_code_twice(&self) -> Held {
        let google = &self.0.google;
        let (codes, pages) = (google.requests("token.code").await, google.requests("auth").await);
        held(codes <= pages, || {
            format!("{codes} codes sent after {pages} pages")
        })?;
        let asked = google.requests("tokeninfo").await;
        held(asked == 0, || "tokeninfo was asked".to_owned())
    }

    pub async fn stands_after(&self, code: Code) -> Held {
        match code {
            Code::SignInExpired => self.stands(Standing::NeedsSignIn, Some(code)).await,
            ended if ended.ends_grant() => self.stands(Standing::NeedsReconnect(ended), Some(ended)).await,
            passing => self.stands(Standing::Connected, Some(passing)).await,
        }
    }

    /// As shown and as written down.
    pub async fn stands(&self, standing: Standing, trouble: Option<Code>) -> Held {
        let account = self.0.account().ok_or("the account is gone")?;
        let is_so = |status: &Status| {
            let shown = status.trouble.as_ref().map(|fault| fault.code);
            (status.standing, shown) == (standing, trouble)
        };
        // Whoever asked is answered a moment before the window is told.
        let mut status = account.follow();
        let told = timeout(Duration::from_secs(5), status.wait_for(is_so))
            .await
            .is_ok();
        held(told, || format!("shown as {:?}", account.status()))?;
        let row = self
            .0
            .fakes
            .ledger
            .row(&self.0.id())
            .ok_or("no row in the ledger")?;
        held(row.standing == standing, || {
            format!("the ledger says {:?}", row.standing)
        })
    }

    /// The vault's item, byte for byte.
    pub fn kept_is(&self, before: Option<&VaultText>) -> Held {
        held(self.0.kept().as_ref() == before, || {
            "the vault's item changed".to_owned()
        })
    }

    pub fn still_has_an_item(&self) -> Held {
        held(self.0.kept().is_some(), || "the vault's item is gone".to_owned())
    }

    /// A consent that failed left everything as it was.
    pub async fn nothing_changed(&self, before: Option<&VaultText>) -> Held {
        self.kept_is(before)?;
        match before {
            Some(_) => self.stands(Standing::Connected, None).await,
            None => self.is_gone(),
        }
    }

    /// What is kept still brings a lease, and nothing is wrong any more.
    pub async fn is_connected_and_well(&self) -> Held {
        let account = self.0.account().ok_or("no account")?;
        let lease = account.lease(&ScopeSet::default(), Freshness::New).await;
        held(lease.is_ok(), || {
            format!("no lease once the fault is over: {lease:?}")
        })?;
        self.still_has_an_item()?;
        self.stands(Standing::Connected, None).await
    }

    pub async fn hands_nothing_out(&self) -> Held {
        let account = self.0.account().ok_or("no account")?;
        let lease = account.lease(&ScopeSet::default(), Freshness::New).await;
        let refused = lease.is_err_and(|fault| fault.code == Code::Disconnecting);
        held(refused, || "a lease while it is being disconnected".to_owned())
    }

    pub fn is_gone(&self) -> Held {
        held(self.0.account().is_none(), || "an account".to_owned())?;
        held(self.0.kept().is_none(), || "an item in the vault".to_owned())?;
        held(self.0.fakes.ledger.all().is_empty(), || {
            "a row in the ledger".to_owned()
        })
    }
}

fn held(so: bool, broken: impl FnOnce() -> String) -> Held {
    if so { Ok(()) } else { Err(broken()) }
}
