use std::convert::Infallible;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::step::{Side, Step};

pub type Shared = Arc<Fate>;

/// Where this process dies, if it does.
pub struct Fate(Option<Doom>);

struct Doom {
    step: Step,
    side: Side,
    /// At which of these calls, from 1.
    nth: NonZeroU32,
    /// Such calls so far.
    met: AtomicU32,
}

impl Fate {
    /// Reads `step:side:nth`; nothing told is a life without an appointed end.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn told(told: Option<&str>) -> Result<Self, String> {
        told.map(Doom::parse).transpose().map(Self)
    }

    /// Makes the call, and dies on the appointed side of it.
    pub async fn around<T>(&self, step: Step, call: impl Future<Output = T>) -> T {
        let Some(side) = self.meets(step) else {
            return call.await;
        };
        if side == Side::After {
            call.await;
        }
        die()
    }

    /// Counts a call; on which side of it the end comes, where this is the one.
    fn meets(&self, step: Step) -> Option<Side> {
        let doom = self.0.as_ref().filter(|doom| doom.step == step)?;
        let count = doom.met.fetch_add(1, Ordering::Relaxed) + 1;
        (count == doom.nth.get()).then_some(doom.side)
    }
}

impl Doom {
    fn parse(told: &str) -> Result<Self, String> {
        let wrong = || format!("{told:?} is not step:side:number, such as vault.write:after:2");
        let mut parts = told.split(':');
        let (step, side, nth) = (parts.next(), parts.next(), parts.next());
        if parts.next().is_some() {
            return Err(wrong());
        }
        let step = Step::ALL.iter().find(|known| Some(known.name()) == step);
        let side = Side::ALL.iter().find(|known| Some(known.name()) == side);
        let nth = nth.and_then(|nth| nth.parse().ok());
        match (step, side, nth) {
            (Some(step), Some(side), Some(nth)) => Ok(Self {
                step: *step,
                side: *side,
                nth,
                met: AtomicU32::new(0),
            }),
            _ => Err(wrong()),
        }
    }
}

/// The way the kernel ends a process: nothing is written out, nothing is unwound, nobody is told.
fn die() -> ! {
    match kill() {}
}

#[cfg(target_os = "linux")]
fn kill() -> Infallible {
    use rustix::process::{Signal, getpid, kill_process};
    let _ = kill_process(getpid(), Signal::KILL);
    std::process::abort()
}

#[cfg(not(target_os = "linux"))]
fn kill() -> Infallible {
    std::process::abort()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(told: &str, steps: &[Step]) -> Vec<Option<Side>> {
        let fate = Fate::told(Some(told)).expect("understood");
        steps.iter().map(|step| fate.meets(*step)).collect()
    }

    #[test]
    fn the_end_comes_once_at_the_step_and_the_call_that_were_told() {
        let steps = [
            Step::VaultWrite,
            Step::VaultRead,
            Step::VaultWrite,
            Step::VaultWrite,
        ];
        assert_eq!(
            met("vault.write:after:2", &steps),
            [None, None, Some(Side::After), None]
        );
        assert_eq!(
            met("vault.read:before:1", &steps),
            [None, Some(Side::Before), None, None]
        );
        assert_eq!(met("ledger.save:before:1", &steps), [None; 4]);
    }

    #[test]
    fn every_step_can_be_told() {
        for step in Step::ALL {
            let told = format!("{}:before:1", step.name());
            assert_eq!(met(&told, &[*step]), [Some(Side::Before)], "{told}");
        }
    }

    #[tokio::test]
    async fn without_an_appointed_end_every_call_is_made() {
        let fate = Fate::told(None).expect("understood");
        assert_eq!(fate.around(Step::VaultWrite, async { 7 }).await, 7);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for told in [
            "",
            "vault.write",
            "vault.write:after",
            "vault.write:after:0",
            "vault.write:after:1:2",
            "vault.write:between:1",
            "vault.writes:after:1",
        ] {
            assert!(Fate::told(Some(told)).is_err(), "{told}");
        }
    }
}
