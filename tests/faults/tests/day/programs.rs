//! Programs that ask for leases, at random, as long as it is day.

use std::collections::BTreeMap;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use std::time::Duration;

use evergrant_domain::{ScopeSet, lifecycle::Freshness, time::Seconds};
use evergrant_engine::{account::AccountHandle, ports::Clock};
use tokio::{task::JoinSet, time::sleep};

use crate::quick::QuickClock;

/// What programs were answered.
#[derive(Default)]
pub struct Asked {
    pub kept: usize,
    pub waited: usize,
    pub refused: BTreeMap<&'static str, usize>,
}

pub struct Programs {
    tasks: JoinSet<Asked>,
    evening: Arc<AtomicBool>,
}

impl Programs {
    pub fn begin(number: usize, accounts: &[AccountHandle], clock: &Arc<QuickClock>) -> Self {
        let evening = Arc::new(AtomicBool::new(false));
        let mut tasks = JoinSet::new();
        for first in 0..number {
            let (accounts, clock) = (accounts.to_vec(), Arc::clone(clock));
            let evening = Arc::clone(&evening);
            tasks.spawn(async move { ask(first, &accounts, &clock, &evening).await });
        }
        Self { tasks, evening }
    }

    pub async fn end(mut self) -> Asked {
        self.evening.store(true, Ordering::SeqCst);
        let mut all = Asked::default();
        while let Some(asked) = self.tasks.join_next().await {
            let asked = asked.expect("a program that ends");
            all.kept += asked.kept;
            all.waited += asked.waited;
            for (code, times) in asked.refused {
                *all.refused.entry(code).or_default() += times;
            }
        }
        all
    }
}

/// One program: now this account, now that one, for everything or for one scope.
async fn ask(first: usize, accounts: &[AccountHandle], clock: &QuickClock, evening: &AtomicBool) -> Asked {
    let mut asked = Asked::default();
    let narrow = ScopeSet::parse("https://www.googleapis.com/auth/calendar");
    let enough = Seconds(60);
    let mut dice = first;
    while !evening.load(Ordering::SeqCst) {
        // A walk that visits all without a pattern (Knuth, TAOCP 3.3.4).
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) & 0xffff_ffff;
        let account = &accounts[(dice >> 8) % accounts.len()];
        let scopes = if dice & 0x80 == 0 {
            ScopeSet::default()
        } else {
            narrow.clone()
        };
        let now = clock.moment();
        if account.kept(&scopes, now, enough).is_some() {
            asked.kept += 1;
        } else {
            match account.lease(&scopes, Freshness::AtLeast(enough)).await {
                Ok(lease) => {
                    assert!(
                        clock.moment().until(lease.ends) > Seconds(0),
                        "a lease that has ended"
                    );
                    asked.waited += 1;
                }
                Err(fault) => *asked.refused.entry(fault.code.as_str()).or_default() += 1,
            }
        }
        sleep(Duration::from_millis(5 + (dice as u64 >> 16) % 20)).await;
    }
    asked
}
