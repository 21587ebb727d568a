use std::collections::HashMap;

use evergrant_domain::{AccountId, Scope, ScopeSet, lifecycle::Standing};
use evergrant_protocol::{AccountList, AccountState, AccountView};

use super::{Answered, Asked, answer};
use crate::ports::Account;

/// `GET /v1/accounts`: those that the program was granted something of; the command sees all.
pub async fn list(asked: Asked<'_>) -> Answered {
    let accounts = &asked.broker.setup.accounts;
    accounts.ready().await?;
    let all = accounts.all();
    let views = if asked.caller.command {
        all.iter()
            .map(|account| {
                let condition = asked.broker.setup.office.condition(&account.id);
                AccountView {
                    reason: condition.reason,
                    forecast: condition.forecast,
                    ..view(account, &account.granted)
                }
            })
            .collect()
    } else {
        let mine = granted(&asked);
        let known = |account| mine.get(account);
        all.iter()
            .filter_map(|account| known(&account.id).map(|scopes| view(account, scopes)))
            .collect()
    };
    Ok(answer::ok(&AccountList { accounts: views }))
}

fn granted(asked: &Asked<'_>) -> HashMap<AccountId, ScopeSet> {
    let orders = asked.broker.orders();
    let mut mine: HashMap<AccountId, ScopeSet> = HashMap::new();
    for grant in orders.of(&asked.caller.program, asked.broker.now()) {
        let scopes = mine.entry(grant.account.clone()).or_default();
        *scopes = scopes.union(&grant.scopes);
    }
    mine
}

fn view(account: &Account, scopes: &ScopeSet) -> AccountView {
    AccountView {
        id: account.id.as_str().to_owned(),
        provider: account.provider.clone(),
        email: account.email.clone(),
        name: account.name.clone(),
        state: match account.standing {
            Standing::Connected => AccountState::Connected,
            Standing::NeedsReconnect(_) => AccountState::NeedsReconnect,
            Standing::NeedsSignIn => AccountState::NeedsSignIn,
            Standing::Disconnecting(_) => AccountState::Disconnecting,
        },
        scopes: scopes.iter().map(Scope::as_str).map(str::to_owned).collect(),
        // What an account suffers from is its owner's business.
        reason: None,
        forecast: None,
    }
}
