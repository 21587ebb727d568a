//! The items of one service: what each operation does to the store.

use std::collections::BTreeSet;

use evergrant_domain::{Code, Fault, secret::VaultText};
use evergrant_engine::ports::VaultKey;
use keyring_core::{Entry, Error};
use zeroize::Zeroize;

use super::{
    call::{Asking, Call},
    fault::fault,
    store,
};

/// The items kept under one service name.
#[derive(Clone)]
pub(super) struct Shelf {
    service: String,
}

impl Shelf {
    pub(super) fn new(service: &str) -> Self {
        Self {
            service: service.to_owned(),
        }
    }

    pub(super) fn read(&self, call: &Call, key: &VaultKey) -> Result<VaultText, Fault> {
        store::unlock_items(call, &self.service, Asking::Once).map_err(fault)?;
        match self.entry(call, key, "")?.get_secret() {
            Ok(bytes) => text(bytes),
            Err(Error::Ambiguous(twins)) => same_text(&twins),
            Err(Error::NoEntry) => Err(not_found(call)),
            Err(error) => Err(fault(error)),
        }
    }

    /// Writes an item. One that lands after the caller gave up is taken away again, but only where
    /// nothing stood before: the caller was told that it failed, and may have gone on.
    pub(super) fn write(
        &self,
        call: &Call,
        key: &VaultKey,
        label: &str,
        text: &VaultText,
    ) -> Result<(), Fault> {
        fits(text)?;
        store::unlock(call, &self.service).map_err(fault)?;
        let entry = self.entry(call, key, label)?;
        let stood = match entry.get_credential() {
            Ok(_) => true,
            Err(Error::NoEntry) => false,
            // Two items differ, and which one counts is not for us to decide.
            Err(error) => return Err(fault(error)),
        };
        call.still_awaited()?;
        if stood {
            store::relabel(&entry, label);
        }
        land(call, &entry, stood, text)
    }

    /// Deletes an item, and its twins if there are any: a person asked for it to be gone.
    pub(super) fn delete(&self, call: &Call, key: &VaultKey) -> Result<(), Fault> {
        store::unlock_items(call, &self.service, Asking::Once).map_err(fault)?;
        let found = match self.entry(call, key, "")?.get_credential() {
            Ok(entry) => vec![entry],
            Err(Error::NoEntry) => return really_nothing(call),
            Err(Error::Ambiguous(twins)) => twins,
            Err(error) => return Err(fault(error)),
        };
        call.still_awaited()?;
        for entry in found {
            match entry.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        Ok(())
    }

    pub(super) fn keys(&self, call: &Call) -> Result<Vec<VaultKey>, Fault> {
        store::unlock_items(call, &self.service, Asking::Once).map_err(fault)?;
        let found = store::open(call)
            .and_then(|open| open.search(&store::search(&self.service)))
            .map_err(fault)?;
        let keys: BTreeSet<VaultKey> = found
            .iter()
            .filter_map(Entry::get_specifiers)
            .filter(|(service, _)| *service == self.service)
            .filter_map(|(_, user)| VaultKey::parse(&user))
            .collect();
        if keys.is_empty() {
            really_nothing(call)?;
        }
        Ok(keys.into_iter().collect())
    }

    pub(super) fn ready(&self, call: &Call) -> Result<(), Fault> {
        store::unlock(call, &self.service).map_err(fault)?;
        let probe = store::open(call)
            .and_then(|open| open.build(&self.service, "ready", None))
            .and_then(|entry| entry.get_credential());
        match probe {
            Ok(_) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(error)),
        }
    }

    /// Whether everything could be read and written now. Nobody is asked.
    #[cfg(target_os = "linux")]
    pub(super) fn looks_open(&self, call: &Call) -> Result<bool, Fault> {
        store::looks_open(call, &self.service).map_err(fault)
    }

    fn entry(&self, call: &Call, key: &VaultKey, label: &str) -> Result<Entry, Fault> {
        store::open(call)
            .and_then(|open| open.build(&self.service, &key.name(), store::ways(label).as_ref()))
            .map_err(fault)
    }
}

/// Larger is refused here, before anything that stands is touched.
fn fits(text: &VaultText) -> Result<(), Fault> {
    let size = text.expose().len();
    if size <= store::LARGEST {
        return Ok(());
    }
    let detail = format!("{size} bytes, of at most {}", store::LARGEST);
    Err(Fault::with_detail(Code::VaultTooSmall, &detail))
}

/// Why an item was not found: it is not there, or its vault is locked or empty.
fn not_found(call: &Call) -> Fault {
    store::not_found(call).map_or_else(fault, Fault::from)
}

/// Finding nothing is an answer, unless it may be hidden behind a lock.
///
/// # Errors
/// `VaultLocked` where it may be; those of looking.
fn really_nothing(call: &Call) -> Result<(), Fault> {
    let why = not_found(call);
    match why.code {
        Code::VaultItemMissing | Code::VaultEmpty => Ok(()),
        _ => Err(why),
    }
}

/// Bytes to text without a copy left behind.
fn text(bytes: Vec<u8>) -> Result<VaultText, Fault> {
    String::from_utf8(bytes).map(VaultText::new).map_err(|error| {
        error.into_bytes().zeroize();
        Fault::with_detail(Code::VaultItemDamaged, "not text")
    })
}

/// Twins that say the same, as after restoring a keyring beside another, are as good as one item.
fn same_text(twins: &[Entry]) -> Result<VaultText, Fault> {
    let differ = || Fault::with_detail(Code::VaultItemDamaged, "several items that differ");
    let mut texts = twins
        .iter()
        .map(|twin| twin.get_secret().map_err(fault).and_then(text));
    let first = texts.next().ok_or_else(differ)??;
    for other in texts {
        if other? != first {
            return Err(differ());
        }
    }
    Ok(first)
}

/// Writes, and takes it back where nobody waits any more and nothing stood before.
fn land(call: &Call, entry: &Entry, stood: bool, text: &VaultText) -> Result<(), Fault> {
    entry.set_secret(text.expose().as_bytes()).map_err(fault)?;
    if !call.commit() && !stood {
        undo(entry, text);
    }
    Ok(())
}

/// Deletes what was just written, if it is still that. Best effort: nobody waits for it.
fn undo(entry: &Entry, written: &VaultText) {
    let stands = entry.get_secret().map_err(fault).and_then(text);
    if stands.is_ok_and(|stands| stands == *written) {
        let undone = entry.delete_credential();
        tracing::info!(undone = undone.is_ok(), "a vault item landed too late");
    }
}

#[cfg(test)]
mod tests {
    use keyring_core::{api::CredentialStoreApi, mock};

    use super::*;

    fn entry() -> Entry {
        let store = mock::Store::new().expect("a store");
        store.build("service", "user", None).expect("an entry")
    }

    fn stands(entry: &Entry) -> Option<Vec<u8>> {
        entry.get_secret().ok()
    }

    #[test]
    fn a_write_that_lands_too_late_is_undone_only_where_nothing_stood() {
        let late = Call::given_up();
        let (fresh, kept) = (entry(), entry());
        kept.set_secret(b"old").expect("set");
        land(&late, &fresh, false, &VaultText::new("new")).expect("landed");
        land(&late, &kept, true, &VaultText::new("new")).expect("landed");
        assert_eq!(stands(&fresh), None, "undone");
        assert_eq!(stands(&kept).as_deref(), Some(&b"new"[..]), "never deleted");
    }

    #[test]
    fn what_somebody_else_wrote_meanwhile_is_not_undone() {
        let entry = entry();
        entry.set_secret(b"of somebody else").expect("set");
        undo(&entry, &VaultText::new("ours"));
        assert!(stands(&entry).is_some());
    }

    #[test]
    fn what_is_too_large_is_refused_with_its_size() {
        assert!(fits(&VaultText::new("a".repeat(store::LARGEST))).is_ok());
        let fault = fits(&VaultText::new("a".repeat(store::LARGEST + 1))).expect_err("one too many");
        assert_eq!(fault.code, Code::VaultTooSmall);
    }

    #[test]
    fn bytes_that_are_no_text_are_damage() {
        let fault = text(vec![0xff, 0xfe]).expect_err("no text");
        assert_eq!(fault.code, Code::VaultItemDamaged);
    }
}
