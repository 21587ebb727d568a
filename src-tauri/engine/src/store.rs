//! The one way a secret is stored: vault write, read back, compare; where that fails, what stood there
//! before is put back. A grant's row comes after it.

use evergrant_domain::{AccountId, Code, Fault, Grant, RefreshToken, consent::AttemptId, secret::VaultText};

use crate::kept::KeptGrant;
use crate::ports::{Row, Vault, VaultKey};
use crate::world::World;

/// Stores what a consent brought, then its row. An absent refresh token leaves the kept one alone, and a
/// new one keeps it beside itself until the new one has refreshed once.
///
/// # Errors
/// The vault's and the ledger's faults; `NoLastingAccess` where neither the consent nor the vault has
/// a refresh token. Nothing that was kept before is lost.
pub async fn keep_grant(
    world: &World,
    row: &Row,
    grant: &Grant,
    attempt: Option<&AttemptId>,
) -> Result<(), Fault> {
    match grant.refresh_token.as_ref().filter(|token| !token.is_empty()) {
        Some(token) => {
            let kept = kept(row, token).brought_by(attempt);
            replace(&*world.vault, row, |before| {
                kept.replacing(earlier(row, before).as_ref())
            })
            .await?;
        }
        None => something_kept(&*world.vault, &row.id).await?,
    }
    world.ledger.save(row).await
}

/// Stores a refresh token of an account that is here, beside the one that it replaces.
///
/// # Errors
/// The vault's faults; what was kept before is kept still.
pub async fn keep_token(
    vault: &dyn Vault,
    row: &Row,
    token: &RefreshToken,
    previous: Option<&RefreshToken>,
) -> Result<(), Fault> {
    replace(vault, row, |_| kept(row, token).replacing(previous)).await
}

fn kept(row: &Row, token: &RefreshToken) -> KeptGrant {
    KeptGrant::new(&row.provider, &row.person, &row.client_id, token)
}

/// What stood there, where it could still be of use: it serves only the client it was given to.
fn earlier(row: &Row, before: Option<&VaultText>) -> Option<RefreshToken> {
    let before = KeptGrant::decode(before?).ok()?;
    (before.client_id == row.client_id).then_some(before.refresh_token)
}

/// Absent is not removed, but without a kept token the account would die within the hour.
async fn something_kept(vault: &dyn Vault, id: &AccountId) -> Result<(), Fault> {
    match kept_grant(vault, id).await {
        Err(fault) if lacks_item(fault.code) => Err(Code::NoLastingAccess.into()),
        kept => kept.map(|_| ()),
    }
}

async fn replace(
    vault: &dyn Vault,
    row: &Row,
    kept: impl FnOnce(Option<&VaultText>) -> KeptGrant,
) -> Result<(), Fault> {
    let key = VaultKey::Account(row.id.clone());
    let before = standing(vault, &key).await?;
    let text = kept(before.as_ref()).encode();
    let label = format!("Evergrant: {}", row.person.label());
    store(vault, &key, &label, &text, before).await
}

/// Stores the text of an item of whatever kind.
///
/// # Errors
/// The vault's faults, `VaultUnfaithful`; what stood there before stands there still.
pub async fn keep_item(
    vault: &dyn Vault,
    key: &VaultKey,
    label: &str,
    text: &VaultText,
) -> Result<(), Fault> {
    let before = standing(vault, key).await?;
    store(vault, key, label, text, before).await
}

/// What stands there now. A damaged item holds nothing to put back.
async fn standing(vault: &dyn Vault, key: &VaultKey) -> Result<Option<VaultText>, Fault> {
    match vault.read(key).await {
        Ok(text) => Ok(Some(text)),
        Err(fault) if lacks_item(fault.code) => Ok(None),
        Err(fault) => Err(fault),
    }
}

async fn store(
    vault: &dyn Vault,
    key: &VaultKey,
    label: &str,
    text: &VaultText,
    before: Option<VaultText>,
) -> Result<(), Fault> {
    let stored = write_and_compare(vault, key, label, text).await;
    if stored.is_err()
        && let Some(before) = before
        && let Err(fault) = write_and_compare(vault, key, label, &before).await
    {
        let code = fault.code.as_str();
        tracing::warn!(code, "the earlier item could not be put back");
    }
    stored
}

async fn write_and_compare(
    vault: &dyn Vault,
    key: &VaultKey,
    label: &str,
    text: &VaultText,
) -> Result<(), Fault> {
    vault.write(key, label, text).await?;
    if vault.read(key).await? == *text {
        Ok(())
    } else {
        Err(Code::VaultUnfaithful.into())
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

/// A vault without any collection has no item either; the write that follows makes one.
const fn lacks_item(code: Code) -> bool {
    matches!(
        code,
        Code::VaultItemMissing | Code::VaultItemDamaged | Code::VaultEmpty
    )
}
