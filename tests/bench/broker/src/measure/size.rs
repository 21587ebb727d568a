//! Whether it gets slower with what it keeps.

use std::cell::RefCell;

use super::COMPOSED;
use crate::Outcome;
use crate::figure::{Figure, Target};
use crate::running::Running;
use crate::samples::{Samples, median};
use crate::server::address;
use crate::wire::{Line, Saying};

const ROUNDS: usize = 15;
const REQUESTS: usize = 4_000;
const ACCOUNTS: usize = 1_000;
const ROWS: usize = 100_000;
/// At most a tenth slower.
const SAME: Target = Target::Times(1.1);

/// One account and an empty log beside a thousand accounts, each asked in turn, and beside a log of
/// 100,000 rows. The three are measured in turn, and compared round by round.
pub fn accounts_and_rows() -> Outcome<Vec<Figure>> {
    let servers = [
        Running::broker(1, 0)?,
        Running::broker(ACCOUNTS, 0)?,
        Running::broker(1, ROWS)?,
    ];
    let accounts = [1, ACCOUNTS, 1];
    let mut callers = Vec::new();
    for (server, accounts) in servers.iter().zip(accounts) {
        let sayings: Vec<_> = (0..accounts)
            .map(|number| Saying::token(&address(number)))
            .collect();
        callers.push((RefCell::new(Line::to(server.socket())?), sayings));
    }
    let mut rounds = [vec![], vec![], vec![]];
    for _ in 0..=ROUNDS {
        for ((line, sayings), medians) in callers.iter().zip(&mut rounds) {
            let mut turn = sayings.iter().cycle();
            let samples = Samples::of(REQUESTS, || match turn.next() {
                Some(saying) => line.borrow_mut().say(saying),
                None => Ok(()),
            })?;
            medians.push(samples.percentile(50));
        }
    }
    // The first round only warms.
    let [small, many, long] = rounds.map(|medians| medians[1..].to_vec());
    let figure = |name: &str, floor: &str, medians: Vec<f64>| {
        let ratios = small
            .iter()
            .zip(&medians)
            .map(|(small, large)| large / small)
            .collect();
        Figure::new(name, median(medians), "µs", COMPOSED)
            .beside(floor, median(small.clone()))
            .ratio(median(ratios))
            .target(SAME)
    };
    Ok(vec![
        figure("warm token of 1,000 accounts, p50", "of one account", many),
        figure("warm token, log of 100,000 rows, p50", "with an empty log", long),
    ])
}
