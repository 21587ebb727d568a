//! Whether memory grows with use.

use std::sync::Arc;

use super::COMPOSED;
use crate::crowd::Crowd;
use crate::figure::{Figure, Target};
use crate::running::Running;
use crate::server::address;
use crate::wire::Saying;
use crate::{Outcome, place};

const CLIENTS: usize = 10;
const REQUESTS: usize = 1_000_000;
/// Before the first look: buffers, caches and the log's backlog have their size then.
const WARMING: usize = 500_000;
/// Megabytes by which two looks at the same process differ.
const SAME: f64 = 1.0;

/// Memory before and after a million requests, each time with the log written.
pub fn million() -> Outcome<Vec<Figure>> {
    let mut broker = Running::broker(1, 0)?;
    let sayings = Arc::from([Saying::token(&address(0))]);
    let mut crowd = Crowd::at(broker.socket(), CLIENTS)?;
    let mut looks = Vec::new();
    for requests in [WARMING, REQUESTS] {
        crowd.say(&sayings, requests)?;
        broker.tell("flush")?;
        looks.push(place::memory(broker.pid())?);
    }
    let [before, after] = looks[..] else {
        return Err("two looks".into());
    };
    Ok(vec![
        Figure::new("memory after 1,000,000 requests", after, "MB", COMPOSED).beside("before", before),
        Figure::new("growth", after - before, "MB", COMPOSED).target(Target::Most(SAME)),
    ])
}
