//! A program that asks for a lease, and what it was answered.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use evergrant_domain::{Code, Fault, Lease, ScopeSet, lifecycle::Freshness, time::Seconds};
use evergrant_engine::{account::AccountHandle, ports::Clock};
use tokio::{task::JoinHandle, time::Instant};

use crate::clock::Clocks;
use crate::story::Who;

/// Longer than every wait in the provider together.
const LONGEST_WAIT: Duration = Duration::from_secs(10 * 60);

pub struct Caller {
    of: Who,
    since: Instant,
    answer: JoinHandle<Result<(), String>>,
}

impl Caller {
    /// Asks, and judges the answer in the moment it comes.
    pub fn asks(
        account: AccountHandle,
        of: Who,
        scopes: ScopeSet,
        freshness: Freshness,
        clocks: &Arc<Clocks>,
        heard: &Arc<Mutex<BTreeSet<Who>>>,
    ) -> Self {
        let (clocks, heard) = (Arc::clone(clocks), Arc::clone(heard));
        let answer = async move {
            let refused = || heard.lock().expect("whole").contains(&of);
            if refused() && account.kept(&scopes, clocks.moment(), Seconds(0)).is_some() {
                return Err(format!(
                    "a kept lease of {of} lies about while it is being disconnected"
                ));
            }
            let answer = account.lease(&scopes, freshness).await;
            judged(answer, of, &scopes, refused(), &clocks)
        };
        Self {
            of,
            since: Instant::now(),
            answer: tokio::spawn(answer),
        }
    }

    /// What it says of the answer; `None` while it still waits.
    pub async fn verdict(&mut self) -> Option<Result<(), String>> {
        if self.answer.is_finished() {
            let judged = (&mut self.answer).await;
            return Some(judged.unwrap_or_else(|lost| Err(format!("a caller was never answered: {lost}"))));
        }
        let late = self.since.elapsed() > LONGEST_WAIT;
        late.then(|| Err(format!("a program waits for a lease of {} for ever", self.of)))
    }
}

fn judged(
    answer: Result<Lease, Fault>,
    of: Who,
    scopes: &ScopeSet,
    refused: bool,
    clocks: &Clocks,
) -> Result<(), String> {
    let lease = match answer {
        Ok(lease) => lease,
        Err(fault) if fault.code == Code::AlreadyAtWork => return Err("a caller was turned away".to_owned()),
        Err(_) => return Ok(()),
    };
    if refused {
        return Err(format!("a lease of {of} was given after a disconnect began"));
    }
    if !lease.token.expose().contains(of.name()) {
        return Err(format!("a lease of somebody else was given for {of}"));
    }
    if !scopes.is_empty() && lease.scopes != *scopes {
        return Err(format!(
            "a lease of {of} opens {} and not what was asked",
            lease.scopes.joined()
        ));
    }
    if !lease.serves(clocks.moment(), Seconds(60)) {
        return Err(format!("a lease of {of} was given that has ended"));
    }
    Ok(())
}
