//! The broker: orders, questions and ports behind one door. What a person does with it is in `person`, what
//! programs ask in `server`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use evergrant_domain::{Fault, Moment, Timestamp};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::approval::{Approval, Shown};
use crate::freshness::Freshened;
use crate::judgement::{Decision, Orders, Passes};
use crate::ports::{Accounts, Book, Clock, Grant, Log, Office, Page, Refusal, Search};
use crate::undo::TakenBack;
use crate::usage::Usage;

/// How often usage figures go to the book.
const USAGE: Duration = Duration::from_secs(5);

/// What a broker is made of.
pub struct Setup {
    pub accounts: Arc<dyn Accounts>,
    pub book: Arc<dyn Book>,
    pub log: Arc<dyn Log>,
    pub office: Arc<dyn Office>,
    pub clock: Arc<dyn Clock>,
    /// Random bytes for the names of grants.
    pub random: fn() -> [u8; 8],
    /// Nobody can be asked here: approvals are given beforehand.
    pub headless: bool,
    pub version: &'static str,
}

pub struct Broker {
    pub(crate) setup: Setup,
    pub(crate) approval: Approval,
    pub(crate) freshened: Freshened,
    pub(crate) usage: Usage,
    /// Refreshes ahead of time.
    pub(crate) ahead: Mutex<JoinSet<()>>,
    orders: RwLock<Orders>,
    passes: Mutex<Passes>,
    taken_back: Mutex<Option<TakenBack>>,
    changed: watch::Sender<u64>,
    pub(crate) woken: Notify,
}

impl Broker {
    /// Reads the book.
    ///
    /// # Errors
    /// The book's.
    pub async fn open(setup: Setup) -> Result<Arc<Self>, Fault> {
        let grants = setup.book.grants().await?;
        let refusals = setup.book.refusals().await?;
        let paused = setup.book.paused().await?;
        Ok(Arc::new(Self {
            approval: Approval::new(Arc::clone(&setup.clock)),
            freshened: Freshened::default(),
            usage: Usage::default(),
            ahead: Mutex::default(),
            orders: RwLock::new(Orders::new(grants, refusals, paused)),
            passes: Mutex::default(),
            taken_back: Mutex::default(),
            changed: watch::Sender::new(0),
            woken: Notify::new(),
            setup,
        }))
    }

    /// Keeps time until it is dropped: silence becomes a no, grants end, figures are saved.
    pub async fn keep_time(&self) {
        let mut save = tokio::time::interval(USAGE);
        loop {
            tokio::select! {
                () = self.next_moment() => {}
                () = self.woken.notified() => {}
                _ = save.tick() => self.save_usage().await,
            }
            while let Some(late) = self.approval.late() {
                self.answer(late, Decision::Silence).await;
            }
            self.end_what_is_over().await;
        }
    }

    /// Until the next deadline or end, looked at anew at least every minute: clocks jump.
    async fn next_moment(&self) {
        let next = [self.approval.deadline(), self.orders().next_end()];
        let now = self.now();
        let left = next
            .into_iter()
            .flatten()
            .map(|moment| (moment - now).0.max(0))
            .min();
        let seconds = left.and_then(|left| u64::try_from(left).ok()).unwrap_or(60);
        tokio::time::sleep(Duration::from_secs(seconds.min(60))).await;
    }

    /// What is saved late is saved now, and nobody waits any more.
    pub async fn close(&self) {
        self.withdraw_questions();
        self.ahead
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .abort_all();
        self.save_usage().await;
        if let Err(fault) = self.setup.log.flush().await {
            tracing::warn!(code = fault.code.as_str(), "the log is not whole");
        }
    }

    /// Counts up with every change of grants, refusals or pause.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// What a person is asked, now and from now on.
    pub fn questions(&self) -> watch::Receiver<Option<Shown>> {
        self.approval.shown()
    }

    /// The grants with their newest figures.
    pub fn grants(&self) -> Vec<Grant> {
        let orders = self.orders();
        orders.grants().map(|grant| self.usage.on(grant)).collect()
    }

    pub fn refusals(&self) -> Vec<Refusal> {
        self.orders().refusals().cloned().collect()
    }

    pub fn is_paused(&self) -> bool {
        self.orders().paused
    }

    /// # Errors
    /// The log's.
    pub async fn log(&self, search: Search) -> Result<Page, Fault> {
        self.setup.log.flush().await?;
        self.setup.log.page(search).await
    }

    async fn end_what_is_over(&self) {
        let over = self.orders().over(self.now());
        if !over.is_empty() {
            // Tried again at the next start; until then they are over anyway.
            let _ = self.end(&over).await;
        }
    }

    async fn save_usage(&self) {
        let used = self.usage.take_used();
        let changed: Vec<Grant> = {
            let orders = self.orders();
            used.iter()
                .filter_map(|id| orders.grant(id))
                .map(|grant| self.usage.on(grant))
                .collect()
        };
        if !changed.is_empty() && self.setup.book.save(&changed).await.is_ok() {
            self.tell();
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.setup.clock.now()
    }

    /// Now, on both clocks.
    pub fn moment(&self) -> Moment {
        self.setup.clock.moment()
    }

    pub(crate) fn orders(&self) -> RwLockReadGuard<'_, Orders> {
        self.orders.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn orders_mut(&self) -> RwLockWriteGuard<'_, Orders> {
        self.orders.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn passes(&self) -> MutexGuard<'_, Passes> {
        self.passes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn taken_back_mut(&self) -> MutexGuard<'_, Option<TakenBack>> {
        self.taken_back.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tell(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }
}
