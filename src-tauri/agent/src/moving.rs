//! All items from one vault into another: written, read back and compared, and only then deleted where they
//! were. The choice of the vault is changed last, so until then the one they come from counts: stopped at any
//! point, the same move is begun again and loses nothing.

use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::{Vault, VaultKey};

use crate::label::label;

/// From where to where, for one profile.
pub struct Route<'a> {
    pub from: &'a dyn Vault,
    pub to: &'a dyn Vault,
}

/// What a move did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub items: usize,
    /// Items that cannot be read. They stay where they are.
    pub damaged: usize,
}

/// Moves everything. `prepare` gets the choice ready, before anything is deleted; what it returns makes the
/// choice count.
///
/// # Errors
/// The vaults', `VaultUnfaithful`, those of `prepare` and of what it returns.
pub async fn everything<Choose>(
    routes: &[Route<'_>],
    prepare: impl FnOnce() -> Result<Choose, Fault>,
) -> Result<Moved, Fault>
where
    Choose: FnOnce() -> Result<(), Fault>,
{
    let mut moved = Moved::default();
    let mut carried = Vec::new();
    for route in routes {
        let (keys, damaged) = route.carry().await?;
        moved.items += keys.len();
        moved.damaged += damaged;
        carried.push((route, keys));
    }
    for (route, keys) in &carried {
        route.compare(keys).await?;
    }
    let choose = prepare()?;
    for (route, keys) in &carried {
        route.clear(keys).await?;
    }
    choose()?;
    Ok(moved)
}

impl Route<'_> {
    /// Writes a copy of each item. The items, and how many cannot be read.
    async fn carry(&self) -> Result<(Vec<VaultKey>, usize), Fault> {
        self.from.ready().await?;
        self.to.ready().await?;
        let (mut keys, mut damaged) = (Vec::new(), 0);
        for key in self.from.keys().await? {
            let text = match self.from.read(&key).await {
                Ok(text) => text,
                Err(fault) if fault.code == Code::VaultItemDamaged => {
                    damaged += 1;
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            // Where an earlier move was stopped, it may be there already.
            if self.to.read(&key).await.as_ref() != Ok(&text) {
                self.to.write(&key, &label(&key, &text), &text).await?;
            }
            keys.push(key);
        }
        Ok((keys, damaged))
    }

    async fn compare(&self, keys: &[VaultKey]) -> Result<(), Fault> {
        for key in keys {
            self.is_the_same(key).await?;
        }
        Ok(())
    }

    /// Looks once more at each item before it is deleted.
    async fn clear(&self, keys: &[VaultKey]) -> Result<(), Fault> {
        for key in keys {
            self.is_the_same(key).await?;
            self.from.delete(key).await?;
        }
        Ok(())
    }

    async fn is_the_same(&self, key: &VaultKey) -> Result<(), Fault> {
        if self.from.read(key).await? == self.to.read(key).await? {
            Ok(())
        } else {
            Err(Code::VaultUnfaithful.into())
        }
    }
}

#[cfg(test)]
mod tests;
