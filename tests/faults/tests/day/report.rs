//! What a day came to.

use std::collections::BTreeMap;
use std::fmt;

use evergrant_adapters::ledger::SqliteLedger;
use evergrant_domain::{Code, lifecycle::Standing};
use evergrant_engine::{
    account::AccountHandle,
    ports::{Happening, History},
};

use crate::programs::Asked;

/// The most that memory may grow between a quarter of the day and its end, in KiB.
const MOST_GROWTH: u64 = 6 * 1_024;
/// More lines than a day brings.
const LINES: u32 = 1_000;

pub struct Report {
    refreshed: u32,
    failed: BTreeMap<&'static str, u32>,
    asked: Asked,
    connected: usize,
    stopped: Vec<String>,
    memory: (Option<u64>, Option<u64>),
}

impl Report {
    /// By the accounts' own histories.
    pub async fn of(
        ledger: &SqliteLedger,
        accounts: &[AccountHandle],
        asked: Asked,
        memory: (Option<u64>, Option<u64>),
    ) -> Self {
        let mut report = Self {
            refreshed: 0,
            failed: BTreeMap::new(),
            asked,
            connected: 0,
            stopped: vec![],
            memory,
        };
        for account in accounts {
            let status = account.status();
            match status.standing {
                Standing::Connected => report.connected += 1,
                other => report
                    .stopped
                    .push(format!("{}: {other:?}", status.row.person.label())),
            }
            let lines = ledger.lines(&status.row.id, LINES).await.expect("a history");
            for line in lines {
                match line.what {
                    Happening::Refreshed => report.refreshed += line.times,
                    Happening::Failed(code) => *report.failed.entry(code.as_str()).or_default() += line.times,
                    _ => {}
                }
            }
        }
        report
    }

    /// Nobody was lost, whatever failed passes by itself, and memory is flat.
    pub fn judge(&self, accounts: usize, whole_day: bool) {
        assert_eq!(self.connected, accounts, "{:?}", self.stopped);
        assert!(
            self.refreshed as usize > accounts,
            "hardly a day: {} refreshes",
            self.refreshed
        );
        let failed: u32 = self.failed.values().sum();
        assert!(failed > 0, "no fault fell");
        let lasting = |name: &&&str| Code::parse(name).is_none_or(|code| !code.passes_by_itself());
        let lasting: Vec<_> = self.failed.keys().filter(lasting).collect();
        assert!(lasting.is_empty(), "{lasting:?} does not pass by itself");
        if let ((Some(quarter), Some(end)), true) = (self.memory, whole_day) {
            assert!(
                end < quarter + MOST_GROWTH,
                "memory grew from {quarter} to {end} KiB"
            );
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Asked {
            kept,
            waited,
            refused,
        } = &self.asked;
        let refusals: usize = refused.values().sum();
        writeln!(
            f,
            "accounts    {} connected, {} not",
            self.connected,
            self.stopped.len()
        )?;
        writeln!(
            f,
            "refreshes   {} made, {} failed",
            self.refreshed,
            self.failed.values().sum::<u32>()
        )?;
        for (code, times) in &self.failed {
            writeln!(f, "              {code} {times}")?;
        }
        writeln!(
            f,
            "leases      {} asked: {kept} kept ones, {waited} fetched, {refusals} refused",
            kept + waited + refusals
        )?;
        for (code, times) in refused {
            writeln!(f, "              {code} {times}")?;
        }
        let kib =
            |memory: Option<u64>| memory.map_or_else(|| "unknown".to_owned(), |kib| format!("{kib} KiB"));
        write!(
            f,
            "memory      {} at a quarter, {} at the end",
            kib(self.memory.0),
            kib(self.memory.1)
        )
    }
}
