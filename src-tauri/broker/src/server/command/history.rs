use evergrant_domain::AccountId;
use evergrant_protocol::command::History;

use super::super::{Answered, Asked, answer, read, wishes};
use crate::server::refused::Refused;

/// Lines in one answer, unless another number is asked.
const LINES: u32 = 100;
/// Lines in one answer at most.
const MOST: u32 = 1_000;

/// `GET /v1/command/history`: of one account, or of all.
pub async fn page(asked: Asked<'_>) -> Answered {
    let limit = read::number(asked.query, "limit")?.unwrap_or(LINES);
    let setup = &asked.broker.setup;
    setup.accounts.ready().await?;
    let accounts: Vec<AccountId> = match read::field(asked.query, "account") {
        Some(name) => vec![wishes::account(asked.broker, &name)?.id.clone()],
        None => setup
            .accounts
            .all()
            .iter()
            .map(|account| account.id.clone())
            .collect(),
    };
    let lines = setup
        .office
        .history(&accounts, limit.min(MOST))
        .await
        .map_err(Refused::from)?;
    Ok(answer::ok(&History { lines }))
}
