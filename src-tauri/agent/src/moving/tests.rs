use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use evergrant_domain::secret::VaultText;
use evergrant_engine::fakes::MemoryVault;

use super::*;

type Kept = BTreeMap<VaultKey, VaultText>;

/// A vault that works for so many calls, counted together with those of others, and then no more.
struct Failing<'a> {
    inner: &'a MemoryVault,
    calls: Arc<AtomicUsize>,
}

impl Failing<'_> {
    fn turn(&self) -> Result<(), Fault> {
        let spent = |left: usize| left.checked_sub(1);
        let turn = self.calls.fetch_update(Ordering::SeqCst, Ordering::SeqCst, spent);
        turn.map(drop).map_err(|_| Code::VaultLocked.into())
    }
}

#[async_trait]
impl Vault for Failing<'_> {
    async fn write(&self, key: &VaultKey, label: &str, text: &VaultText) -> Result<(), Fault> {
        self.turn()?;
        self.inner.write(key, label, text).await
    }

    async fn read(&self, key: &VaultKey) -> Result<VaultText, Fault> {
        self.turn()?;
        self.inner.read(key).await
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), Fault> {
        self.turn()?;
        self.inner.delete(key).await
    }

    async fn keys(&self) -> Result<Vec<VaultKey>, Fault> {
        self.turn()?;
        self.inner.keys().await
    }

    async fn ready(&self) -> Result<(), Fault> {
        self.turn()
    }
}

fn sample() -> Kept {
    let account = |digit: char| format!("account:{}", digit.to_string().repeat(32));
    [account('a'), account('b'), "client:google".to_owned()]
        .iter()
        .map(|name| {
            let key = VaultKey::parse(name).expect("a key");
            (key, VaultText::new(format!("of {name}")))
        })
        .collect()
}

fn filled(items: &Kept) -> MemoryVault {
    let vault = MemoryVault::default();
    for (key, text) in items {
        vault.plant(key.clone(), text.clone());
    }
    vault
}

/// Everything that either vault holds; where both hold an item, they agree.
fn either(from: &MemoryVault, to: &MemoryVault) -> Kept {
    let (mut all, copied) = (from.items(), to.items());
    for (key, text) in copied {
        let known = all.insert(key, text.clone());
        assert!(known.is_none_or(|known| known == text), "they differ");
    }
    all
}

async fn moving(from: &dyn Vault, to: &dyn Vault, chosen: &Cell<bool>) -> Result<Moved, Fault> {
    let routes = [Route { from, to }];
    let choose = || {
        chosen.set(true);
        Ok(())
    };
    everything(&routes, || Ok(choose)).await
}

#[tokio::test]
async fn everything_is_there_afterwards_and_nothing_where_it_was() {
    let (from, to, chosen) = (filled(&sample()), MemoryVault::default(), Cell::new(false));
    let moved = moving(&from, &to, &chosen).await.expect("moved");
    assert_eq!((moved.items, moved.damaged), (3, 0));
    assert!(from.items().is_empty() && to.items() == sample() && chosen.get());
}

#[tokio::test]
async fn stopped_after_any_call_nothing_is_lost_and_the_next_time_it_ends_well() {
    let mut stops = 0;
    loop {
        let (from, to, chosen) = (filled(&sample()), MemoryVault::default(), Cell::new(false));
        let calls = Arc::new(AtomicUsize::new(stops));
        let failing = |inner| Failing {
            inner,
            calls: Arc::clone(&calls),
        };
        let stopped = moving(&failing(&from), &failing(&to), &chosen).await;
        assert!(either(&from, &to) == sample(), "lost after {stops} calls");
        assert_eq!(stopped.is_ok(), chosen.get(), "the choice comes last");
        if stopped.is_ok() {
            break;
        }
        moving(&from, &to, &chosen).await.expect("moved");
        assert!(from.items().is_empty() && to.items() == sample() && chosen.get());
        stops += 1;
    }
    assert!(stops > 20, "it was stopped at every step: {stops}");
}

#[tokio::test]
async fn a_copy_that_does_not_come_back_the_same_deletes_nothing() {
    let (from, to, chosen) = (filled(&sample()), MemoryVault::default(), Cell::new(false));
    to.unfaithful_next();
    let fault = moving(&from, &to, &chosen).await.expect_err("unfaithful");
    assert_eq!(fault.code, Code::VaultUnfaithful);
    assert!(from.items() == sample() && !chosen.get());
}

#[tokio::test]
async fn a_choice_that_cannot_be_prepared_deletes_nothing() {
    let (from, to) = (filled(&sample()), MemoryVault::default());
    let routes = [Route { from: &from, to: &to }];
    let full = || Err::<fn() -> Result<(), Fault>, Fault>(Code::DiskFull.into());
    let fault = everything(&routes, full).await.expect_err("full");
    assert_eq!(fault.code, Code::DiskFull);
    assert!(from.items() == sample());
}

/// Left from a move that was stopped, and renewed since in the vault that counts.
#[tokio::test]
async fn what_the_source_holds_counts_until_the_move_is_complete() {
    let (key, _) = sample().pop_first().expect("one");
    let older: Kept = [(key, VaultText::new("older"))].into();
    let (from, to, chosen) = (filled(&sample()), filled(&older), Cell::new(false));
    moving(&from, &to, &chosen).await.expect("moved");
    assert!(to.items() == sample());
}

#[tokio::test]
async fn an_item_that_cannot_be_read_stays_and_is_counted() {
    let (from, to, chosen) = (filled(&sample()), MemoryVault::default(), Cell::new(false));
    from.read.fail_next(Code::VaultItemDamaged);
    let moved = moving(&from, &to, &chosen).await.expect("moved");
    assert_eq!((moved.items, moved.damaged), (2, 1));
    assert!(either(&from, &to) == sample());
    assert_eq!(from.items().len(), 1);
}
