//! Clients between their table and the program's own type.

use evergrant_domain::{Timestamp, provider::ProviderId};
use evergrant_engine::ports::ClientRow;
use rusqlite::{Connection, named_params, params};

/// All clients. One that makes no sense is left where it is and not shown.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<ClientRow>> {
    let mut statement = connection.prepare_cached("SELECT * FROM clients ORDER BY provider, client_id")?;
    let mut found = statement.query([])?;
    let mut clients = Vec::new();
    while let Some(stored) = found.next()? {
        let Some(provider) = ProviderId::parse(&stored.get::<_, String>("provider")?) else {
            tracing::warn!("a client of the ledger makes no sense and is not shown");
            continue;
        };
        clients.push(ClientRow {
            provider,
            client_id: stored.get("client_id")?,
            project: stored.get("project")?,
            name: stored.get("name")?,
            imported_at: Timestamp(stored.get("imported_at")?),
        });
    }
    Ok(clients)
}

pub(super) fn save(connection: &Connection, client: &ClientRow) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO clients (provider, client_id, project, name, imported_at)
         VALUES (:provider, :client_id, :project, :name, :imported_at)",
    )?;
    statement.execute(named_params! {
        ":provider": client.provider.as_str(),
        ":client_id": client.client_id,
        ":project": client.project,
        ":name": client.name,
        ":imported_at": client.imported_at.0,
    })?;
    Ok(())
}

pub(super) fn remove(connection: &Connection, client: &ClientRow) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("DELETE FROM clients WHERE provider = ?1 AND client_id = ?2")?;
    statement.execute(params![client.provider.as_str(), client.client_id])?;
    Ok(())
}
