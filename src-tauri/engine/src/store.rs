//! The one way a grant is stored: vault write, read back, compare, ledger.

use evergrant_domain::{AccountId, Code, Fault, Grant, RefreshToken, secret::VaultText};

use crate::kept::KeptGrant;
use crate::ports::{Row, Vault, VaultKey};
use crate::world::World;

/// Stores what a consent brought, then its row. An absent refresh token leaves the kept one alone.
///
/// # Errors
/// The vault's and the ledger's faults; `NoLastingAccess` where neither the consent nor the vault has
/// a refresh token. Nothing that was kept before is lost.
pub async fn keep_grant(world: &World, row: &Row, grant: &Grant) -> Result<(), Fault> {
    match grant.refresh_token.as_ref().filter(|token| !token.is_empty()) {
        Some(token) => keep_token(&*world.vault, row, token).await?,
        None => something_kept(&*world.vault, &row.id).await?,
    }
    world.ledger.save(row).await
}

/// Absent is not removed, but without a kept token the account would die within the hour.
async fn something_kept(vault: &dyn Vault, id: &AccountId) -> Result<(), Fault> {
    match kept_grant(vault, id).await {
        Err(fault) if lacks_item(fault.code) => Err(Code::NoLastingAccess.into()),
        kept => kept.map(|_| ()),
    }
}

/// Stores a refresh token and reads it back; where that fails, what stood there before is put back.
pub async fn keep_token(vault: &dyn Vault, row: &Row, token: &RefreshToken) -> Result<(), Fault> {
    let key = VaultKey::Account(row.id.clone());
    let before = match vault.read(&key).await {
        Ok(text) => Some(text),
        // A damaged item holds nothing to put back.
        Err(fault) if lacks_item(fault.code) => None,
        Err(fault) => return Err(fault),
    };
    let text = KeptGrant::new(&row.provider, &row.person, &row.client_id, token).encode();
    let stored = write_and_compare(vault, &key, row.person.label(), &text).await;
    if stored.is_err() {
        put_back(vault, &key, row.person.label(), before).await;
    }
    stored
}

async fn write_and_compare(
    vault: &dyn Vault,
    key: &VaultKey,
    label: &str,
    text: &VaultText,
) -> Result<(), Fault> {
    vault.write(key, &format!("Evergrant: {label}"), text).await?;
    if vault.read(key).await? == *text {
        Ok(())
    } else {
        Err(Code::VaultUnfaithful.into())
    }
}

async fn put_back(vault: &dyn Vault, key: &VaultKey, label: &str, before: Option<VaultText>) {
    if let Some(before) = before
        && let Err(fault) = write_and_compare(vault, key, label, &before).await
    {
        tracing::warn!(
            code = fault.code.as_str(),
            "the earlier item could not be put back"
        );
    }
}

/// Reads an account's grant.
///
/// # Errors
/// `VaultItemMissing`, `VaultItemDamaged`, the vault's faults.
pub async fn kept_grant(vault: &dyn Vault, id: &AccountId) -> Result<KeptGrant, Fault> {
    let text = vault.read(&VaultKey::Account(id.clone())).await?;
    KeptGrant::decode(&text)
}

const fn lacks_item(code: Code) -> bool {
    matches!(code, Code::VaultItemMissing | Code::VaultItemDamaged)
}
