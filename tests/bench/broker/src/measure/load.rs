//! Many callers at once.

use std::sync::Arc;

use super::COMPOSED;
use crate::Outcome;
use crate::crowd::Crowd;
use crate::figure::{Figure, Target};
use crate::running::Running;
use crate::samples::median;
use crate::server::address;
use crate::wire::Saying;

const CLIENTS: [usize; 4] = [1, 10, 100, 1_000];
const REQUESTS: u32 = 30_000;
const ROUNDS: usize = 5;
/// Callers at once on a token that ended.
const CALLERS: usize = 1_000;

/// Tokens a second. Clients are connections of one process with one thread.
pub fn throughput(floor: &mut Running, broker: &Running) -> Outcome<Vec<Figure>> {
    floor.tell("threads")?;
    let mut figures = Vec::new();
    for clients in CLIENTS {
        let mut echoed = Crowd::at(floor.socket(), clients)?;
        let mut asked = Crowd::at(broker.socket(), clients)?;
        let (mut beneath, mut above) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            beneath.push(a_second(&mut echoed, Saying::echo())?);
            above.push(a_second(&mut asked, Saying::token(&address(0)))?);
        }
        let figure = Figure::new(
            format!("tokens a second, {clients} clients"),
            median(above),
            "/s",
            COMPOSED,
        )
        .beside("echo with as many", median(beneath));
        figures.push(figure);
    }
    Ok(figures)
}

fn a_second(crowd: &mut Crowd, saying: Saying) -> Outcome<f64> {
    let took = crowd.say(&Arc::from([saying]), REQUESTS as usize)?;
    Ok(f64::from(REQUESTS) / took.as_secs_f64())
}

/// A thousand callers find that the token has ended: the provider is asked once.
pub fn stampede(broker: &mut Running) -> Outcome<Vec<Figure>> {
    let sayings = Arc::from([Saying::token(&address(0))]);
    let mut crowd = Crowd::at(broker.socket(), CALLERS)?;
    let before = refreshes(broker)?;
    broker.tell("expire")?;
    let took = crowd.say(&sayings, CALLERS)?;
    let refreshes = refreshes(broker)? - before;
    Ok(vec![
        Figure::new(
            "refreshes for 1,000 callers at once",
            f64::from(refreshes),
            "",
            COMPOSED,
        )
        .target(Target::Exactly(1)),
        Figure::new(
            "until all of them had their token",
            took.as_secs_f64() * 1e3,
            "ms",
            COMPOSED,
        )
        .beside("the provider’s answer", 80.0),
    ])
}

fn refreshes(broker: &mut Running) -> Outcome<u32> {
    Ok(broker.tell("refreshes")?.parse()?)
}
