//! The broker: orders, questions and ports behind one door. What a person does with it is here, what
//! programs ask is in `server`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use evergrant_domain::{AccountId, Code, Fault, Scope, ScopeSet, Timestamp};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::approval::{Approval, Shown, asker};
use crate::freshness::Freshened;
use crate::judgement::{Decision, Orders, Passes, Question, QuestionId, next_refusal};
use crate::ports::{Accounts, Book, Clock, Grant, GrantId, Known, Log, Office, Page, Refusal, Search};
use crate::program::{Program, ProgramKey};
use crate::record;
use crate::usage::Usage;
use crate::witness::Caller;

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
    changed: watch::Sender<u64>,
    woken: Notify,
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

    /// A person's answer. Fine when the question is no longer asked.
    pub async fn answer(&self, id: QuestionId, decision: Decision) {
        let Some(taken) = self.approval.take(id) else {
            return;
        };
        let question = &taken.question;
        let remembered = question.program.can_be_remembered();
        let decision = if remembered {
            decision
        } else {
            decision.unremembered()
        };
        if decision.is_yes() {
            self.say_yes(question, &taken.callers, decision).await;
        } else if remembered {
            self.say_no(question, decision).await;
        }
        // A no to somebody who waits for it is a line by itself.
        if decision.is_yes() || question.waiting == 0 {
            for wish in &question.wishes {
                let entry = record::decided(&question.program, wish, decision, self.now());
                self.setup.log.note(entry);
            }
        }
        taken.tell(decision);
        self.woken.notify_one();
    }

    async fn say_yes(&self, question: &Question, callers: &[Arc<Caller>], decision: Decision) {
        let now = self.now();
        self.lift(&question.program.key).await;
        match decision.lasting(now) {
            Some(until) => {
                let grants: Vec<Grant> = question
                    .wishes
                    .iter()
                    .map(|wish| Grant {
                        id: GrantId::of((self.setup.random)()),
                        program: known(&question.program),
                        account: wish.account.clone(),
                        email: wish.email.clone(),
                        scopes: wish.scopes.clone(),
                        since: now,
                        until,
                        last_used: None,
                        uses: 0,
                    })
                    .collect();
                self.put(grants).await;
            }
            // Whoever waits is served; whoever comes back for it has a pass.
            None if question.lasting => {
                let mut passes = self.passes();
                for caller in callers {
                    passes.give(&asker(caller), &question.wishes, now);
                }
            }
            None => {}
        }
    }

    async fn say_no(&self, question: &Question, decision: Decision) {
        let program = known(&question.program);
        let refusal = {
            let orders = self.orders();
            next_refusal(
                program,
                orders.refusal(&question.program.key),
                decision,
                self.now(),
            )
        };
        if let Err(fault) = self.setup.book.refuse(&refusal).await {
            tracing::warn!(
                code = fault.code.as_str(),
                "a refusal holds only until the next start"
            );
        }
        self.orders_mut().refuse(refusal);
        self.tell();
    }

    /// Puts grants in force. Where the book cannot be written they hold until the next start.
    pub(crate) async fn put(&self, grants: Vec<Grant>) {
        if let Err(fault) = self.setup.book.save(&grants).await {
            tracing::warn!(
                code = fault.code.as_str(),
                "a permission holds only until the next start"
            );
        }
        let mut orders = self.orders_mut();
        for grant in grants {
            orders.put(grant);
        }
        drop(orders);
        self.tell();
        self.woken.notify_one();
    }

    /// Makes a grant narrower, or last otherwise. Scopes that it did not have are left out.
    ///
    /// # Errors
    /// `AccountUnknown` when there is no such grant; the book's.
    pub async fn change(
        &self,
        id: &GrantId,
        scopes: &ScopeSet,
        until: Option<Option<Timestamp>>,
    ) -> Result<(), Fault> {
        let grant = self.orders().grant(id).cloned().ok_or(Code::AccountUnknown)?;
        // Sign-in opens nothing and is not shown to be chosen.
        let stays = |scope: &&Scope| scope.is_sign_in() || scopes.contains(scope);
        let kept: ScopeSet = grant.scopes.iter().filter(stays).cloned().collect();
        if kept.iter().all(Scope::is_sign_in) && kept != grant.scopes {
            return self.end(std::slice::from_ref(id)).await;
        }
        let changed = Grant {
            scopes: kept,
            until: until.unwrap_or(grant.until),
            ..grant
        };
        self.setup.book.save(&[self.usage.on(&changed)]).await?;
        self.orders_mut().put(changed);
        self.tell();
        self.woken.notify_one();
        Ok(())
    }

    /// Ends grants: what they allowed is refused from now on.
    ///
    /// # Errors
    /// The book's; the grants are out of force all the same until the next start.
    pub async fn end(&self, ids: &[GrantId]) -> Result<(), Fault> {
        let ended: Vec<Grant> = {
            let mut orders = self.orders_mut();
            let ended = ids.iter().filter_map(|id| orders.grant(id).cloned()).collect();
            orders.end(ids);
            ended
        };
        for grant in &ended {
            self.setup.log.note(record::ended(grant, self.now()));
        }
        self.tell();
        self.setup.book.remove(ids).await
    }

    /// Ends all that was granted.
    ///
    /// # Errors
    /// As `end`.
    pub async fn end_all(&self) -> Result<(), Fault> {
        let ids: Vec<GrantId> = self.orders().grants().map(|grant| grant.id.clone()).collect();
        self.passes().clear();
        self.end(&ids).await
    }

    /// Ends all that was granted of an account that is gone.
    ///
    /// # Errors
    /// As `end`.
    pub async fn forget_account(&self, account: &AccountId) -> Result<(), Fault> {
        let ids: Vec<GrantId> = {
            let orders = self.orders();
            let of_it = orders.grants().filter(|grant| grant.account == *account);
            of_it.map(|grant| grant.id.clone()).collect()
        };
        if ids.is_empty() {
            Ok(())
        } else {
            self.end(&ids).await
        }
    }

    /// Ends what a program was granted and forgets that it was refused or muted.
    ///
    /// # Errors
    /// As `end`.
    pub async fn forget(&self, program: &ProgramKey) -> Result<(), Fault> {
        let ids: Vec<GrantId> = {
            let orders = self.orders();
            let mine = orders.grants().filter(|grant| grant.program.key == *program);
            mine.map(|grant| grant.id.clone()).collect()
        };
        self.lift(program).await;
        self.end(&ids).await
    }

    async fn lift(&self, program: &ProgramKey) {
        if self.orders().refusal(program).is_none() {
            return;
        }
        if let Err(fault) = self.setup.book.lift(program).await {
            tracing::warn!(
                code = fault.code.as_str(),
                "a refusal comes back at the next start"
            );
        }
        self.orders_mut().lift(program);
        self.tell();
    }

    /// Ends every question without an answer, which is a no for now and none for later.
    fn withdraw_questions(&self) {
        for id in self.approval.ids() {
            if let Some(taken) = self.approval.take(id) {
                taken.tell(Decision::Silence);
            }
        }
    }

    /// No program gets anything until it is ended, and none is asked about.
    ///
    /// # Errors
    /// The book's; it holds all the same until the next start.
    pub async fn pause(&self, paused: bool) -> Result<(), Fault> {
        self.orders_mut().paused = paused;
        if paused {
            self.withdraw_questions();
        }
        self.tell();
        self.setup.book.set_paused(paused).await
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

    pub(crate) fn orders(&self) -> RwLockReadGuard<'_, Orders> {
        self.orders.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn orders_mut(&self) -> RwLockWriteGuard<'_, Orders> {
        self.orders.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn passes(&self) -> MutexGuard<'_, Passes> {
        self.passes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// The labels under which a program is remembered.
pub fn known(program: &Program) -> Known {
    Known {
        key: program.key.clone(),
        name: program.name.clone(),
        path: program.path.as_ref().map(|path| path.display().to_string()),
        assurance: program.assurance,
        origin: program.origin,
    }
}
