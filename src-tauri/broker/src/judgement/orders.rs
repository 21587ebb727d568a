//! What a person has decided so far, and what it says about a wish.

use std::collections::HashMap;

use evergrant_domain::{AccountId, ScopeSet, Timestamp};

use crate::ports::{Grant, GrantId, Refusal, RefusalEnd};
use crate::program::{Program, ProgramKey};

/// The standing orders: grants, refusals, and whether everything is paused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    /// By account too: a program may have been granted a thousand of them.
    grants: HashMap<ProgramKey, HashMap<AccountId, Vec<Grant>>>,
    refusals: HashMap<ProgramKey, Refusal>,
    pub paused: bool,
}

/// What is to be done about a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// By these grants.
    Allow(Vec<GrantId>),
    /// Nobody decided yet.
    Ask,
    /// A person said no, and the program may not ask again before then (`None`: ever).
    Refuse(Option<Timestamp>),
    Paused,
}

impl Orders {
    pub fn new(grants: Vec<Grant>, refusals: Vec<Refusal>, paused: bool) -> Self {
        let mut orders = Self {
            paused,
            ..Self::default()
        };
        for grant in grants {
            orders.put(grant);
        }
        for refusal in refusals {
            orders.refuse(refusal);
        }
        orders
    }

    /// The verdict on scopes of an account. Several grants may cover them together; a grant that is over
    /// counts for nothing.
    pub fn verdict(
        &self,
        program: &Program,
        account: &AccountId,
        scopes: &ScopeSet,
        now: Timestamp,
    ) -> Verdict {
        if self.paused {
            return Verdict::Paused;
        }
        if let Some(by) = self.covering(program, account, scopes, now) {
            return Verdict::Allow(by);
        }
        match self.refusals.get(&program.key).map(|refusal| refusal.end) {
            Some(RefusalEnd::Never) => Verdict::Refuse(None),
            Some(RefusalEnd::At(end)) if now < end => Verdict::Refuse(Some(end)),
            _ => Verdict::Ask,
        }
    }

    fn covering(
        &self,
        program: &Program,
        account: &AccountId,
        scopes: &ScopeSet,
        now: Timestamp,
    ) -> Option<Vec<GrantId>> {
        if scopes.is_empty() {
            return None;
        }
        let mine = || self.on(program, account, now);
        if let Some(one) = mine().find(|grant| scopes.is_subset_of(&grant.scopes)) {
            return Some(vec![one.id.clone()]);
        }
        let together: ScopeSet = mine().flat_map(|grant| grant.scopes.iter()).cloned().collect();
        let covers = scopes.is_subset_of(&together);
        covers.then(|| mine().map(|grant| grant.id.clone()).collect())
    }

    /// All that a program was granted of an account, where it was granted anything.
    pub fn granted(&self, program: &Program, account: &AccountId, now: Timestamp) -> Option<ScopeSet> {
        let mut mine = self.on(program, account, now);
        let first = mine.next()?;
        Some(mine.fold(first.scopes.clone(), |scopes, grant| scopes.union(&grant.scopes)))
    }

    /// The grants of a program on an account that live.
    fn on(&self, program: &Program, account: &AccountId, now: Timestamp) -> impl Iterator<Item = &Grant> {
        // A program that cannot be told apart has no grant, whatever the book says.
        let mine = self
            .grants
            .get(&program.key)
            .filter(|_| program.can_be_remembered());
        let mine = mine.and_then(|accounts| accounts.get(account));
        mine.into_iter().flatten().filter(move |grant| lives(grant, now))
    }

    /// The grants of a program that live.
    pub fn of<'a>(&'a self, program: &'a Program, now: Timestamp) -> impl Iterator<Item = &'a Grant> {
        let all = self
            .grants
            .get(&program.key)
            .into_iter()
            .flat_map(HashMap::values)
            .flatten();
        all.filter(move |grant| program.can_be_remembered() && lives(grant, now))
    }

    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.grants.values().flat_map(HashMap::values).flatten()
    }

    pub fn grant(&self, id: &GrantId) -> Option<&Grant> {
        self.grants().find(|grant| grant.id == *id)
    }

    pub fn refusals(&self) -> impl Iterator<Item = &Refusal> {
        self.refusals.values()
    }

    pub fn refusal(&self, program: &ProgramKey) -> Option<&Refusal> {
        self.refusals.get(program)
    }

    /// Inserts or replaces a grant.
    pub fn put(&mut self, grant: Grant) {
        let accounts = self.grants.entry(grant.program.key.clone()).or_default();
        let list = accounts.entry(grant.account.clone()).or_default();
        list.retain(|other| other.id != grant.id);
        list.push(grant);
    }

    pub fn end(&mut self, ids: &[GrantId]) {
        self.grants.retain(|_, accounts| {
            accounts.retain(|_, list| {
                list.retain(|grant| !ids.contains(&grant.id));
                !list.is_empty()
            });
            !accounts.is_empty()
        });
    }

    pub fn refuse(&mut self, refusal: Refusal) {
        self.refusals.insert(refusal.program.key.clone(), refusal);
    }

    pub fn lift(&mut self, program: &ProgramKey) {
        self.refusals.remove(program);
    }

    /// Grants that are over.
    pub fn over(&self, now: Timestamp) -> Vec<GrantId> {
        let over = self.grants().filter(|grant| !lives(grant, now));
        over.map(|grant| grant.id.clone()).collect()
    }

    /// The moment at which the next grant is over.
    pub fn next_end(&self) -> Option<Timestamp> {
        self.grants().filter_map(|grant| grant.until).min()
    }
}

fn lives(grant: &Grant, now: Timestamp) -> bool {
    grant.until.is_none_or(|until| now < until)
}

#[cfg(test)]
#[path = "orders/tests.rs"]
mod tests;
