//! Which fault meets the next request.

use super::kind::Fault;
use crate::{chance::Chance, endpoint::Endpoint};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Planned {
    pub endpoint: Endpoint,
    #[serde(flatten)]
    pub fault: Fault,
    #[serde(flatten)]
    pub often: Often,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Often {
    /// This many more times.
    Count(u32),
    /// Until the faults are cleared.
    Probability(f64),
}

#[derive(Debug, Default)]
pub struct Schedule(Vec<Planned>);

impl Schedule {
    pub fn add(&mut self, planned: Planned) {
        self.0.push(planned);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn planned(&self) -> &[Planned] {
        &self.0
    }

    /// At most one fault meets a request: the one that was planned first.
    pub fn meet(&mut self, asked: Endpoint, chance: &mut Chance) -> Option<Fault> {
        let index = self.0.iter().position(|planned| {
            planned.endpoint.covers(asked)
                && match planned.often {
                    Often::Count(left) => left > 0,
                    Often::Probability(probability) => chance.happens(probability),
                }
        })?;
        if let Often::Count(left) = &mut self.0[index].often {
            *left -= 1;
            if *left == 0 {
                return Some(self.0.remove(index).fault);
            }
        }
        Some(self.0[index].fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_fault_meets_that_many_requests_in_order() {
        let mut chance = Chance::from_seed(Some(1));
        let mut schedule = Schedule::default();
        for (fault, count) in [(Fault::Forbidden, 2), (Fault::EmptyBody, 1)] {
            schedule.add(Planned {
                endpoint: Endpoint::Token,
                fault,
                often: Often::Count(count),
            });
        }
        let mut meet = |endpoint| schedule.meet(endpoint, &mut chance);
        assert_eq!(meet(Endpoint::Revoke), None);
        assert_eq!(meet(Endpoint::TokenCode), Some(Fault::Forbidden));
        assert_eq!(meet(Endpoint::TokenRefresh), Some(Fault::Forbidden));
        assert_eq!(meet(Endpoint::TokenCode), Some(Fault::EmptyBody));
        assert_eq!(meet(Endpoint::TokenCode), None);
    }
}
