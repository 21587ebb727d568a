use evergrant_protocol::command::{Disconnect, OneAccount};

use super::super::{Answered, Asked, answer, read, wishes};
use crate::ports::Undertaking;
use crate::server::refused::Refused;

pub async fn undertake(asked: Asked<'_>, what: Undertaking) -> Answered {
    let wanted: OneAccount = read::json(&asked.body)?;
    run(asked, &wanted.account, what).await
}

pub async fn disconnect(asked: Asked<'_>) -> Answered {
    let wanted: Disconnect = read::json(&asked.body)?;
    let what = if wanted.only_here {
        Undertaking::Remove
    } else {
        Undertaking::Disconnect
    };
    run(asked, &wanted.account, what).await
}

async fn run(asked: Asked<'_>, account: &str, what: Undertaking) -> Answered {
    let setup = &asked.broker.setup;
    setup.accounts.ready().await?;
    let account = wishes::account(asked.broker, account)?;
    let outcome = setup
        .office
        .undertake(&account.id, what)
        .await
        .map_err(Refused::from)?;
    Ok(answer::ok(&outcome))
}
