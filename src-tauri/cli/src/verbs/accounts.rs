use evergrant_protocol::client::{Client, Method};
use evergrant_protocol::{AccountList, AccountState};
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
    voice::text(&aligned(&rows))
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
