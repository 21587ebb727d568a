//! What was there before the broker started: accounts, permissions, and a log of a long time.

use std::path::Path;
use std::sync::Arc;

use evergrant_adapters::book::SqliteBook;
use evergrant_broker::ports::{Book, Entry, EntryOutcome, Grant, GrantId, Known, Log};
use evergrant_broker::witness::program_at;
use evergrant_broker::{Origin, Program};
use evergrant_domain::{AccountId, Person, RefreshToken, ScopeSet, Subject, Timestamp, lifecycle::Standing};
use evergrant_engine::fakes::{FakeHouse, provider_id};
use evergrant_engine::kept::KeptGrant;
use evergrant_engine::ports::{Ledger, Row, Vault, VaultKey};

use super::setting::address;
use crate::Outcome;

/// The client of the fakes' house.
const CLIENT: &str = "client";
/// Entries that the log takes in at once.
const AT_ONCE: usize = 50_000;

/// What every account is granted, and every program of it.
pub fn granted() -> ScopeSet {
    ScopeSet::parse("openid email profile https://mail.example/read https://mail.example/send")
}

fn person(number: usize) -> Person {
    Person {
        subject: Subject {
            issuer: "https://issuer.example".into(),
            sub: number.to_string(),
        },
        email: Some(address(number)),
        name: None,
        picture: None,
        organisation: None,
    }
}

/// Connects accounts, as consents long ago did.
pub async fn connect(house: &FakeHouse, how_many: usize) -> Outcome<Vec<AccountId>> {
    let mut ids = Vec::with_capacity(how_many);
    for number in 0..how_many {
        let person = person(number);
        let id = AccountId::of(&person.subject);
        let token = RefreshToken::new(format!("1//{number}"));
        let kept = KeptGrant::new(&provider_id(), &person, CLIENT, &token).encode();
        let key = VaultKey::Account(id.clone());
        let row = Row {
            id: id.clone(),
            provider: provider_id(),
            client_id: CLIENT.into(),
            person,
            asked: granted(),
            granted: granted(),
            standing: Standing::Connected,
            connected_since: Timestamp(0),
            last_checked: None,
            grant_ends_at: None,
            consents: 1,
            consented_at: Timestamp(0),
            last_used: None,
            stopped_at: None,
            rotates: false,
        };
        house.vault.write(&key, "Example", &kept).await.map_err(said)?;
        house.ledger.save(&row).await.map_err(said)?;
        ids.push(id);
    }
    Ok(ids)
}

/// Allows this program, by itself and through the command, to use every account.
pub async fn allow(book: &SqliteBook, accounts: &[AccountId]) -> Outcome {
    let own = std::env::current_exe()?;
    let mut grants = Vec::new();
    for (way, origin) in [Origin::Direct, Origin::Command].into_iter().enumerate() {
        let program = program_at(&own, None, origin).ok_or("this program cannot be made out")?;
        grants.extend(accounts.iter().enumerate().map(|(number, account)| Grant {
            id: GrantId::of((number * 2 + way).to_be_bytes()),
            program: known(&program),
            account: account.clone(),
            email: address(number),
            scopes: granted(),
            since: Timestamp(0),
            until: None,
            last_used: None,
            uses: 0,
        }));
    }
    book.save(&grants).await.map_err(said)
}

fn known(program: &Program) -> Known {
    Known {
        key: program.key.clone(),
        name: program.name.clone(),
        path: program.path.as_ref().map(|path| path.display().to_string()),
        assurance: program.assurance,
        origin: program.origin,
    }
}

/// The book, with a log of so many entries.
pub async fn book(path: &Path, rows: usize, now: Timestamp) -> Outcome<Arc<SqliteBook>> {
    let (book, _) = SqliteBook::open(path).map_err(said)?;
    for number in 0..rows {
        book.note(Entry {
            at: now,
            program: "mailer".into(),
            path: Some("/usr/bin/mailer".into()),
            account: Some(address(number % 10)),
            scopes: granted().joined(),
            outcome: EntryOutcome::Given,
            code: None,
        });
        if number % AT_ONCE == AT_ONCE - 1 {
            book.flush().await.map_err(said)?;
        }
    }
    book.flush().await.map_err(said)?;
    Ok(book)
}

/// A fault in one word.
// The shape that `map_err` wants.
#[allow(clippy::needless_pass_by_value)]
pub fn said(fault: evergrant_domain::Fault) -> Box<dyn std::error::Error> {
    fault.code.as_str().into()
}
