//! Second thoughts: what a person took back can be given back for a while, just as it was.

use std::collections::BTreeSet;

use evergrant_domain::{Fault, Timestamp, time::Seconds};

use crate::broker::Broker;
use crate::ports::{Found, Grant, GrantId, Refusal};
use crate::program::ProgramKey;
use crate::record;

/// How long a person may think again.
const WHILE: Seconds = Seconds(60);

/// The last thing that was taken back. It is gone with the program.
#[derive(Clone, Debug)]
pub struct TakenBack {
    grants: Vec<Grant>,
    refusal: Option<Refusal>,
    at: Timestamp,
}

impl TakenBack {
    /// The program that it was taken from, where it was one.
    pub fn program(&self) -> Option<&str> {
        let keys: BTreeSet<&ProgramKey> = self.grants.iter().map(|grant| &grant.program.key).collect();
        let first = self.grants.first().filter(|_| keys.len() == 1)?;
        Some(&first.program.name)
    }

    /// The moment from which on it cannot be given back.
    pub fn until(&self) -> Timestamp {
        self.at + WHILE
    }

    fn can_be_given_back(&self, now: Timestamp) -> bool {
        (self.at..self.until()).contains(&now)
    }
}

impl Broker {
    /// Ends grants as a person asks for it in the window, who may think again.
    ///
    /// # Errors
    /// As `end`.
    pub async fn take_back(&self, ids: &[GrantId]) -> Result<(), Fault> {
        self.take_back_with(ids, None).await
    }

    /// Ends all that was granted.
    ///
    /// # Errors
    /// As `end`.
    pub async fn take_back_all(&self) -> Result<(), Fault> {
        let ids: Vec<GrantId> = self.orders().grants().map(|grant| grant.id.clone()).collect();
        self.passes().clear();
        self.take_back(&ids).await
    }

    /// Ends what a program was granted and forgets that it was refused or muted.
    ///
    /// # Errors
    /// As `end`.
    pub async fn forget(&self, program: &ProgramKey) -> Result<(), Fault> {
        let (ids, refusal): (Vec<GrantId>, _) = {
            let orders = self.orders();
            let mine = orders.grants().filter(|grant| grant.program.key == *program);
            let ids = mine.map(|grant| grant.id.clone()).collect();
            (ids, orders.refusal(program).cloned())
        };
        self.lift(program).await;
        self.take_back_with(&ids, refusal).await
    }

    async fn take_back_with(&self, ids: &[GrantId], refusal: Option<Refusal>) -> Result<(), Fault> {
        let grants = self.put_out_of_force(ids);
        let at = self.now();
        *self.taken_back_mut() = (!grants.is_empty()).then_some(TakenBack { grants, refusal, at });
        self.tell();
        self.setup.book.remove(ids).await
    }

    /// What can be given back now.
    pub fn taken_back(&self) -> Option<TakenBack> {
        let now = self.now();
        let kept = self.taken_back_mut().clone();
        kept.filter(|taken| taken.can_be_given_back(now))
    }

    /// Gives back what was taken back last, just as it was; fine when it is too late. Accounts that are gone
    /// meanwhile and grants that are over are left out. Where the book cannot be written it holds until the next
    /// start.
    pub async fn give_back(&self) {
        let Some(taken) = self.taken_back() else { return };
        *self.taken_back_mut() = None;
        let now = self.now();
        let lasts = |grant: &Grant| {
            let found = self.setup.accounts.find(grant.account.as_str());
            matches!(found, Found::One(_)) && grant.until.is_none_or(|until| now < until)
        };
        let grants: Vec<Grant> = taken.grants.into_iter().filter(lasts).collect();
        for grant in &grants {
            self.setup.log.note(record::given_back(grant, now));
        }
        if let Some(refusal) = taken.refusal {
            self.note_refusal(refusal).await;
        }
        self.put(grants).await;
    }
}
