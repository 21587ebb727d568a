use evergrant_protocol::client::{Client, Method};
use evergrant_protocol::{AccountList, AccountState, AccountView};
use evergrant_words::say;

use crate::columns::aligned;
use crate::reach::SHORT;
use crate::stop::Stop;
use crate::voice;

/// The accounts that the command may see: all of them.
pub fn all(client: &mut Client) -> Result<AccountList, Stop> {
    Ok(client.ask(Method::Get, "/v1/accounts", None::<&()>, SHORT)?)
}

pub fn list(client: &mut Client, json: bool) -> Result<(), Stop> {
    let list = all(client)?;
    if json {
        return voice::json(&list);
    }
    if list.accounts.is_empty() {
        let todo = say("cli.no_accounts.todo", &[]);
        voice::complain(&say("cli.no_accounts.what", &[]), Some(&todo), None);
    }
    let rows: Vec<Vec<String>> = list
        .accounts
        .iter()
        .map(|account| {
            let name = format!("{}:{}", account.provider, account.email);
            vec![account.email.clone(), state(account.state), name]
        })
        .collect();
    voice::text(&aligned(&rows))?;
    for sentence in sentences(&list) {
        voice::remark(&voice::plain(&sentence));
    }
    Ok(())
}

/// Why accounts stopped, and what will end others, each with what to do.
pub fn sentences(list: &AccountList) -> Vec<String> {
    let told = |account: &AccountView| {
        let words = account.reason.as_ref().or(account.forecast.as_ref())?;
        Some(say(
            "cli.account.why",
            &[("email", &account.email), ("why", words)],
        ))
    };
    list.accounts.iter().filter_map(told).collect()
}

fn state(state: AccountState) -> String {
    let key = match state {
        AccountState::Connected => "state.connected",
        AccountState::NeedsReconnect => "state.needsReconnect",
        AccountState::NeedsSignIn => "state.needsSignIn",
        AccountState::Disconnecting => "state.disconnecting",
    };
    say(key, &[])
}
