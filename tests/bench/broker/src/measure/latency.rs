//! How long one caller waits for a token that is there, beside the echo.

use std::io;

use super::COMPOSED;
use crate::Outcome;
use crate::figure::{Figure, Target};
use crate::running::Running;
use crate::samples::{Samples, median};
use crate::server::address;
use crate::wire::{Line, Saying};

const ROUNDS: usize = 11;
const KEPT_OPEN: usize = 4_000;
const CONNECTIONS: usize = 2_000;

/// The same caller again and again, over one connection.
pub fn kept_open(floor: &Running, broker: &Running) -> Outcome<Vec<Figure>> {
    let (echo, token) = (Saying::echo(), Saying::token(&address(0)));
    let mut echoed = Line::to(floor.socket())?;
    let mut asked = Line::to(broker.socket())?;
    let (beneath, above) = in_turn(KEPT_OPEN, &mut || echoed.say(&echo), &mut || asked.say(&token))?;
    Ok(beside(
        "warm token, connection kept open",
        "echo kept open",
        Target::Times(5.0),
        &beneath,
        &above,
    ))
}

/// A new connection each, so that who asks is made out each time.
pub fn new_connection(floor: &Running, broker: &Running) -> Outcome<Vec<Figure>> {
    let (echo, token) = (Saying::echo(), Saying::token(&address(0)));
    let (beneath, above) = in_turn(
        CONNECTIONS,
        &mut || Line::to(floor.socket())?.say(&echo),
        &mut || Line::to(broker.socket())?.say(&token),
    )?;
    Ok(beside(
        "warm token, a new connection each",
        "echo, a connection each",
        Target::Times(3.0),
        &beneath,
        &above,
    ))
}

type Call<'a> = &'a mut dyn FnMut() -> io::Result<()>;

/// Rounds of the floor and of the broker in turn: what else the computer does meanwhile meets both.
/// The first round only warms.
fn in_turn(times: usize, floor: Call<'_>, broker: Call<'_>) -> Outcome<(Vec<Samples>, Vec<Samples>)> {
    let (mut beneath, mut above) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (floor, broker) = (
            Samples::of(times, &mut *floor)?,
            Samples::of(times, &mut *broker)?,
        );
        if round > 0 {
            beneath.push(floor);
            above.push(broker);
        }
    }
    Ok((beneath, above))
}

/// p50 with the target, and p99 beside the floor's own.
fn beside(name: &str, floor: &str, target: Target, beneath: &[Samples], above: &[Samples]) -> Vec<Figure> {
    let figure = |percent: usize| {
        let of = |samples: &[Samples]| samples.iter().map(|round| round.percentile(percent)).collect();
        let (low, high): (Vec<f64>, Vec<f64>) = (of(beneath), of(above));
        let ratios = low.iter().zip(&high).map(|(low, high)| high / low).collect();
        Figure::new(format!("{name}, p{percent}"), median(high), "µs", COMPOSED)
            .beside(format!("{floor}, p{percent}"), median(low))
            .ratio(median(ratios))
    };
    vec![figure(50).target(target), figure(99)]
}
