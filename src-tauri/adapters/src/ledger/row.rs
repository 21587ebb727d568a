//! Rows between their table and the program's own types.

use evergrant_domain::{
    AccountId, Code, Person, ScopeSet, Subject, Timestamp,
    lifecycle::{Reach, Standing},
    provider::ProviderId,
};
use evergrant_engine::ports::Row;
use rusqlite::{Connection, named_params};

/// All rows, oldest account first. One that makes no sense is left where it is and not shown: the
/// others must not go missing for it.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached("SELECT * FROM accounts ORDER BY connected_since, id")?;
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(stored) = found.next()? {
        if let Some(row) = read(stored)? {
            rows.push(row);
        } else {
            tracing::warn!("a row of the ledger makes no sense and is not shown");
        }
    }
    Ok(rows)
}

pub(super) fn save(connection: &Connection, row: &Row) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO accounts
            (id, provider, client_id, issuer, sub, email, name, picture, organisation,
             asked, granted, standing, connected_since, last_checked, grant_ends_at, consents,
             consented_at, last_used, stopped_at, rotates)
         VALUES
            (:id, :provider, :client_id, :issuer, :sub, :email, :name, :picture, :organisation,
             :asked, :granted, :standing, :connected_since, :last_checked, :grant_ends_at, :consents,
             :consented_at, :last_used, :stopped_at, :rotates)",
    )?;
    statement.execute(named_params! {
        ":id": row.id.as_str(),
        ":provider": row.provider.as_str(),
        ":client_id": row.client_id,
        ":issuer": row.person.subject.issuer,
        ":sub": row.person.subject.sub,
        ":email": row.person.email,
        ":name": row.person.name,
        ":picture": row.person.picture,
        ":organisation": row.person.organisation,
        ":asked": row.asked.joined(),
        ":granted": row.granted.joined(),
        ":standing": standing_text(row.standing),
        ":connected_since": row.connected_since.0,
        ":last_checked": row.last_checked.map(|moment| moment.0),
        ":grant_ends_at": row.grant_ends_at.map(|moment| moment.0),
        ":consents": row.consents,
        ":consented_at": row.consented_at.0,
        ":last_used": row.last_used.map(|moment| moment.0),
        ":stopped_at": row.stopped_at.map(|moment| moment.0),
        ":rotates": row.rotates,
    })?;
    Ok(())
}

fn read(stored: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Row>> {
    let text = |column| stored.get::<_, String>(column);
    let moment = |column| stored.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp));
    let names = (
        AccountId::parse(&text("id")?),
        ProviderId::parse(&text("provider")?),
        standing(&text("standing")?),
    );
    let (Some(id), Some(provider), Some(standing)) = names else {
        return Ok(None);
    };
    Ok(Some(Row {
        id,
        provider,
        client_id: text("client_id")?,
        person: Person {
            subject: Subject {
                issuer: text("issuer")?,
                sub: text("sub")?,
            },
            email: stored.get("email")?,
            name: stored.get("name")?,
            picture: stored.get("picture")?,
            organisation: stored.get("organisation")?,
        },
        asked: ScopeSet::parse(&text("asked")?),
        granted: ScopeSet::parse(&text("granted")?),
        standing,
        connected_since: Timestamp(stored.get("connected_since")?),
        last_checked: moment("last_checked")?,
        grant_ends_at: moment("grant_ends_at")?,
        consents: stored.get("consents")?,
        consented_at: Timestamp(stored.get("consented_at")?),
        last_used: moment("last_used")?,
        stopped_at: moment("stopped_at")?,
        rotates: stored.get("rotates")?,
    }))
}

const NEEDS_RECONNECT: &str = "needs_reconnect:";

/// As it stands in the table.
pub(crate) fn standing_text(standing: Standing) -> String {
    match standing {
        Standing::Connected => "connected".to_owned(),
        Standing::NeedsReconnect(code) => format!("{NEEDS_RECONNECT}{}", code.as_str()),
        Standing::NeedsSignIn => "needs_sign_in".to_owned(),
        Standing::Disconnecting(Reach::Everywhere) => "disconnecting:everywhere".to_owned(),
        Standing::Disconnecting(Reach::ThisComputer) => "disconnecting:this_computer".to_owned(),
    }
}

/// `None` where it is none.
pub(crate) fn standing(text: &str) -> Option<Standing> {
    match text {
        "connected" => Some(Standing::Connected),
        "needs_sign_in" => Some(Standing::NeedsSignIn),
        "disconnecting:everywhere" => Some(Standing::Disconnecting(Reach::Everywhere)),
        "disconnecting:this_computer" => Some(Standing::Disconnecting(Reach::ThisComputer)),
        other => {
            let name = other.strip_prefix(NEEDS_RECONNECT)?;
            let code = Code::ALL.iter().find(|code| code.as_str() == name)?;
            Some(Standing::NeedsReconnect(*code))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standing_is_read_as_it_was_written() {
        let all = Code::ALL
            .iter()
            .map(|code| Standing::NeedsReconnect(*code))
            .chain([
                Standing::Connected,
                Standing::NeedsSignIn,
                Standing::Disconnecting(Reach::Everywhere),
                Standing::Disconnecting(Reach::ThisComputer),
            ]);
        for expected in all {
            assert_eq!(standing(&standing_text(expected)), Some(expected));
        }
        assert_eq!(standing("needs_reconnect:something_else"), None);
    }
}
