//! Grants between their table and the program's own types.

use evergrant_broker::ports::{Grant, GrantId};
use evergrant_domain::{AccountId, ScopeSet, Timestamp};
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, named_params};

use super::known;

/// All grants, oldest first. One that makes no sense is left where it is and gives nothing.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Grant>> {
    let mut statement = connection.prepare_cached("SELECT * FROM grants ORDER BY since, id")?;
    let mut found = statement.query([])?;
    let mut grants = Vec::new();
    while let Some(row) = found.next()? {
        if let Some(grant) = read(row)? {
            grants.push(grant);
        } else {
            tracing::warn!("a grant in the book makes no sense and is not used");
        }
    }
    Ok(grants)
}

/// Saves all of these or none.
pub(super) fn save(connection: &Connection, grants: &[Grant]) -> rusqlite::Result<()> {
    let saving = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    for grant in grants {
        save_one(&saving, grant)?;
    }
    saving.commit()
}

/// Removes all of these or none.
pub(super) fn remove(connection: &Connection, grants: &[GrantId]) -> rusqlite::Result<()> {
    let removing = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    for id in grants {
        let mut statement = removing.prepare_cached("DELETE FROM grants WHERE id = ?1")?;
        statement.execute([id.as_str()])?;
    }
    removing.commit()
}

fn save_one(connection: &Connection, grant: &Grant) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO grants
            (id, program, name, path, assurance, origin, account, email, scopes,
             since, until, last_used, uses)
         VALUES
            (:id, :program, :name, :path, :assurance, :origin, :account, :email, :scopes,
             :since, :until, :last_used, :uses)",
    )?;
    statement.execute(named_params! {
        ":id": grant.id.as_str(),
        ":program": grant.program.key.as_str(),
        ":name": grant.program.name,
        ":path": grant.program.path,
        ":assurance": grant.program.assurance.as_str(),
        ":origin": known::origin_text(grant.program.origin),
        ":account": grant.account.as_str(),
        ":email": grant.email,
        ":scopes": grant.scopes.joined(),
        ":since": grant.since.0,
        ":until": grant.until.map(|moment| moment.0),
        ":last_used": grant.last_used.map(|moment| moment.0),
        ":uses": i64::try_from(grant.uses).unwrap_or(i64::MAX),
    })?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<Grant>> {
    let text = |column| row.get::<_, String>(column);
    let moment = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp));
    let names = (
        GrantId::parse(&text("id")?),
        known::read(row)?,
        AccountId::parse(&text("account")?),
        u64::try_from(row.get::<_, i64>("uses")?),
    );
    let (Some(id), Some(program), Some(account), Ok(uses)) = names else {
        return Ok(None);
    };
    Ok(Some(Grant {
        id,
        program,
        account,
        email: text("email")?,
        scopes: ScopeSet::parse(&text("scopes")?),
        since: Timestamp(row.get("since")?),
        until: moment("until")?,
        last_used: moment("last_used")?,
        uses,
    }))
}
