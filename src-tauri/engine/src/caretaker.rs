//! What is done unasked: finishing what an earlier run left, refreshing before somebody waits, keeping
//! alive what nobody uses, and going on at once when the network or the vault is back.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use evergrant_domain::{
    Moment,
    lifecycle::Standing,
    time::Seconds,
    upkeep::{self, Account, Share, Wake},
};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::account::AccountHandle;
use crate::clients::take_in;
use crate::consent::{Shared, settle};
use crate::event::{Event, Status};
use crate::ports::{Connection, VaultKey};
use crate::recover::accounts_only_in_the_vault;

/// How often it looks; moments more or less do not matter to anything it does.
const ROUND: Duration = Duration::from_secs(15);
/// And while accounts take turns.
const TURN: Duration = Duration::from_secs(1);
/// Uptime that ran ahead of the running program by more than this was spent asleep.
const NAP: Seconds = Seconds(30);

/// Looks after all accounts of an engine, until it is dropped.
pub(crate) struct Caretaker {
    shared: Shared,
    /// Whatever an earlier run left is brought to its end.
    settled: bool,
    /// The vault's silence was told.
    told: bool,
    wake: Wake,
    /// The same instant on the computer's clocks and on the one that stops with the computer.
    seen: (Moment, Instant),
    /// Another one each run, so that accounts take turns differently.
    run: String,
    stop: watch::Receiver<bool>,
}

impl Caretaker {
    /// `stop` becomes true when the engine stops.
    pub fn new(shared: Shared, stop: watch::Receiver<bool>) -> Self {
        let now = shared.world.clock.moment();
        let run = shared.world.entropy.unguessable();
        Self {
            shared,
            settled: false,
            told: false,
            wake: Wake {
                at: now,
                over: Wake::AFTER_SLEEP,
            },
            seen: (now, Instant::now()),
            run,
            stop,
        }
    }

    pub async fn run(mut self) {
        let world = self.shared.world.clone();
        self.finish_what_was_left().await;
        let mut changed = world.network.changed();
        let mut mended = world.vault.mended();
        loop {
            let now = world.clock.moment();
            let pause = if self.wake.lasts(now) { TURN } else { ROUND };
            tokio::select! {
                // What it has begun it ends; an engine that is gone wants nothing either.
                _ = self.stop.changed() => return,
                () = tokio::time::sleep(pause) => self.notice_sleep(),
                () = &mut changed => {
                    changed = world.network.changed();
                    self.network_changed();
                }
                () = &mut mended => {
                    mended = world.vault.mended();
                    self.vault_mended();
                }
            }
            if world.network.connection() == Connection::Online {
                self.look_after_accounts();
                if !self.settled {
                    self.finish_what_was_left().await;
                }
            }
        }
    }

    /// A vault that does not answer is told, once.
    async fn finish_what_was_left(&mut self) {
        match self.shared.world.vault.keys().await {
            Ok(keys) => {
                let clients = self.take_in_clients(&keys).await;
                accounts_only_in_the_vault(&self.shared, &keys).await;
                self.settled = settle(&self.shared, &keys).await && clients;
            }
            Err(fault) if !self.told => {
                self.told = true;
                let _ = self.shared.events.send(Event::Trouble(fault));
            }
            Err(_) => {}
        }
    }

    /// Whether all are in; those that are not wait for the vault or the disk.
    async fn take_in_clients(&self, keys: &[VaultKey]) -> bool {
        let _turn = self.shared.clients.lock().await;
        let taken_in = take_in(&self.shared.world, keys).await;
        match &taken_in {
            Ok(false) => {}
            Ok(true) => drop(self.shared.events.send(Event::Clients)),
            Err(fault) => {
                let code = fault.code.as_str();
                tracing::info!(code, "a client waits to be taken in");
            }
        }
        taken_in.is_ok()
    }

    fn notice_sleep(&mut self) {
        let (now, awake) = (self.shared.world.clock.moment(), Instant::now());
        let (before, began) = self.seen;
        self.seen = (now, awake);
        let ran = i64::try_from(awake.duration_since(began).as_secs()).unwrap_or(i64::MAX);
        if now.up.0 - before.up.0 - ran > NAP.0 {
            self.wake = Wake {
                at: now,
                over: Wake::AFTER_SLEEP,
            };
        }
    }

    fn network_changed(&mut self) {
        if self.shared.world.network.connection() == Connection::Offline {
            return;
        }
        self.hope(|status| {
            status
                .trouble
                .as_ref()
                .is_some_and(|fault| fault.code.passes_by_itself())
        });
    }

    fn vault_mended(&mut self) {
        self.settled = false;
        self.hope(|status| {
            status
                .trouble
                .as_ref()
                .is_some_and(|fault| fault.code.is_of_the_vault())
        });
    }

    /// Those concerned may try at once, a few seconds apart; those that are being ended, right now.
    fn hope(&mut self, is_concerned: impl Fn(&Status) -> bool) {
        let now = self.shared.world.clock.moment();
        let minute_is_shared_out = self.wake.lasts(now);
        if !minute_is_shared_out {
            self.wake = Wake {
                at: now,
                over: Wake::AFTER_NETWORK,
            };
        }
        for account in self.shared.accounts.all() {
            let status = account.status();
            let ending = matches!(status.standing, Standing::Disconnecting(_));
            if ending || is_concerned(&status) {
                account.hope();
            }
        }
    }

    fn look_after_accounts(&self) {
        let now = self.shared.world.clock.moment();
        for account in self.shared.accounts.all() {
            if let Some(because) = upkeep::due(&self.as_judged(&account), self.wake, now) {
                tracing::debug!(?because, "an account is refreshed unasked");
                account.keep_fresh();
            }
        }
    }

    fn as_judged(&self, account: &AccountHandle) -> Account {
        let status = account.status();
        let mut turn = DefaultHasher::new();
        (&self.run, &status.row.id).hash(&mut turn);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a part of a hash is as good as the whole"
        )]
        let share = Share::of(turn.finish() as u16);
        Account {
            standing: status.standing,
            fresh_until: status.fresh_until,
            last_used: account.last_used(),
            last_checked: status.row.last_checked.unwrap_or(status.row.consented_at),
            trouble: status.passing,
            share,
        }
    }
}
