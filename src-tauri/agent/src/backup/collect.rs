use evergrant_adapters::backup::{Backup, is_kept};
use evergrant_domain::{Code, Fault, Timestamp, lifecycle::Standing};
use evergrant_engine::ports::{Ledger, Vault, VaultKey};

/// A backup, and the accounts that cannot be in it, by their address.
#[derive(Debug, PartialEq, Eq)]
pub struct Collected {
    pub backup: Backup,
    pub left_out: Vec<String>,
}

/// Reads everything of a profile. An account that a person is disconnecting is none of it.
///
/// # Errors
/// The vault's and the ledger's.
pub async fn collect(vault: &dyn Vault, ledger: &dyn Ledger, now: Timestamp) -> Result<Collected, Fault> {
    let mut backup = Backup {
        made_at: now,
        ..Backup::default()
    };
    let mut leaving = Vec::new();
    for row in ledger.rows().await? {
        if matches!(row.standing, Standing::Disconnecting(_)) {
            leaving.push(VaultKey::Account(row.id));
        } else {
            backup.rows.insert(row.id.clone(), row);
        }
    }
    for key in vault.keys().await? {
        if !is_kept(&key) || leaving.contains(&key) {
            continue;
        }
        match vault.read(&key).await {
            Ok(text) => drop(backup.items.insert(key, text)),
            Err(fault) if lacks_item(fault.code) => {}
            Err(fault) => return Err(fault),
        }
    }
    for client in ledger.clients().await? {
        let (own, earlier) = (
            VaultKey::Client(client.key()),
            VaultKey::OnlyClient(client.provider.clone()),
        );
        if backup.items.contains_key(&own) || backup.items.contains_key(&earlier) {
            backup.clients.insert(client.key(), client);
        }
    }
    // A row alone brings nothing back.
    let mut left_out = Vec::new();
    let items = &backup.items;
    backup.rows.retain(|id, row| {
        let whole = items.contains_key(&VaultKey::Account(id.clone()));
        if !whole {
            left_out.push(row.person.label().to_owned());
        }
        whole
    });
    Ok(Collected { backup, left_out })
}

const fn lacks_item(code: Code) -> bool {
    matches!(code, Code::VaultItemMissing | Code::VaultItemDamaged)
}
