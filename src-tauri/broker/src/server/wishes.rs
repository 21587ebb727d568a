//! What a program named: an account, scopes of it.

use std::sync::Arc;

use evergrant_domain::{Scope, ScopeSet, lifecycle::Standing};
use evergrant_protocol::{AccountName, ProblemCode};

use super::refused::Refused;
use crate::broker::Broker;
use crate::judgement::Wish;
use crate::ports::{Account, Found};
use crate::program::Program;

pub fn name(account: &Account) -> AccountName {
    AccountName {
        id: account.id.as_str().to_owned(),
        provider: account.provider.clone(),
        email: account.email.clone(),
    }
}

/// The account of this name.
pub fn account(broker: &Broker, text: &str) -> Result<Arc<Account>, Refused> {
    match broker.setup.accounts.find(text) {
        Found::One(account) => Ok(account),
        Found::Nobody => Err(ProblemCode::AccountUnknown.into()),
        Found::Several(several) => Err(Refused {
            accounts: several.iter().map(|account| name(account)).collect(),
            ..ProblemCode::AccountAmbiguous.into()
        }),
    }
}

/// The scopes that are meant. None named: what the program was granted, or all of the account's.
pub fn scopes(
    broker: &Broker,
    program: &Program,
    account: &Account,
    named: Option<&[String]>,
) -> Result<ScopeSet, Refused> {
    let named = named.unwrap_or_default();
    if named.is_empty() {
        let granted = broker.orders().granted(program, &account.id, broker.now());
        let Some(granted) = granted else {
            return Ok(account.granted.clone());
        };
        // A later consent may have brought less.
        let left: ScopeSet = granted
            .iter()
            .filter(|s| account.granted.contains(s))
            .cloned()
            .collect();
        return if left.is_empty() {
            Err(ProblemCode::ScopeNotGranted.into())
        } else {
            Ok(left)
        };
    }
    let mut scopes = ScopeSet::default();
    for (place, text) in named.iter().enumerate() {
        let wrong = || Refused::with_detail(ProblemCode::BadRequest, format!("scopes[{place}]: no scope"));
        scopes.insert(&Scope::parse(text).ok_or_else(wrong)?);
    }
    let missing = scopes.missing_from(&account.granted);
    if missing.is_empty() {
        Ok(scopes)
    } else {
        Err(Refused::with_detail(
            ProblemCode::ScopeNotGranted,
            missing.joined(),
        ))
    }
}

/// Nobody is asked about an account that cannot be used.
pub fn usable(account: &Account) -> Result<(), Refused> {
    match account.standing {
        Standing::Connected => Ok(()),
        Standing::NeedsReconnect(code) => Err(evergrant_domain::Fault::from(code).into()),
        Standing::NeedsSignIn => Err(ProblemCode::NeedsSignIn.into()),
        Standing::Disconnecting(_) => Err(ProblemCode::Disconnecting.into()),
    }
}

pub fn wish(account: &Account, scopes: ScopeSet) -> Wish {
    Wish {
        account: account.id.clone(),
        email: account.email.clone(),
        scopes,
    }
}

/// The scopes to narrow a lease to; none for all of the account's: the whole grant has one lease, however
/// its scopes are named.
pub fn narrowed(account: &Account, scopes: ScopeSet) -> ScopeSet {
    if scopes == account.granted {
        ScopeSet::default()
    } else {
        scopes
    }
}
