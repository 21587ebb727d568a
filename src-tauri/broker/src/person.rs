//! What a person decides: answers to questions, and changes to what was answered before.

use std::sync::Arc;

use evergrant_domain::{AccountId, Code, Fault, Scope, ScopeSet, Timestamp};

use crate::approval::asker;
use crate::broker::Broker;
use crate::judgement::{Decision, Question, QuestionId, next_refusal};
use crate::ports::{Grant, GrantId, Known, Refusal};
use crate::program::{Program, ProgramKey};
use crate::record;
use crate::witness::Caller;

impl Broker {
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
        self.note_refusal(refusal).await;
    }

    /// Puts a refusal in force. Where the book cannot be written it holds until the next start.
    pub(crate) async fn note_refusal(&self, refusal: Refusal) {
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
            return self.take_back(std::slice::from_ref(id)).await;
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
        self.put_out_of_force(ids);
        self.tell();
        self.setup.book.remove(ids).await
    }

    /// Nothing of these holds any more, and the log says so. Each as it was, with its newest figures.
    pub(crate) fn put_out_of_force(&self, ids: &[GrantId]) -> Vec<Grant> {
        let ended: Vec<Grant> = {
            let mut orders = self.orders_mut();
            let known = ids.iter().filter_map(|id| orders.grant(id));
            let ended = known.map(|grant| self.usage.on(grant)).collect();
            orders.end(ids);
            ended
        };
        for grant in &ended {
            self.setup.log.note(record::ended(grant, self.now()));
        }
        ended
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

    pub(crate) async fn lift(&self, program: &ProgramKey) {
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
    pub(crate) fn withdraw_questions(&self) {
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
