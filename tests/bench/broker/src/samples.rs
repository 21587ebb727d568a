//! From many times to one that can be compared.

use std::time::{Duration, Instant};

/// The times of one round, in order.
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Does it so often and notes each time.
    pub fn of<E>(times: usize, mut what: impl FnMut() -> Result<(), E>) -> Result<Self, E> {
        let mut samples = Vec::with_capacity(times);
        for _ in 0..times {
            let began = Instant::now();
            what()?;
            samples.push(began.elapsed());
        }
        samples.sort_unstable();
        Ok(Self(samples))
    }

    /// The time that so many of a hundred do not exceed, in microseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let place = (self.0.len() * percent / 100).min(last);
        self.0
            .get(place)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e6)
    }
}

/// The middle of several rounds.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_taken_from_the_times_in_order() {
        let times = (1..=200).map(Duration::from_micros).collect();
        let samples = Samples(times);
        assert!((samples.percentile(50) - 101.0).abs() < 0.01);
        assert!((samples.percentile(99) - 199.0).abs() < 0.01);
        assert!((samples.percentile(100) - 200.0).abs() < 0.01);
    }

    #[test]
    fn the_middle_does_not_follow_one_that_went_wrong() {
        assert!((median(vec![3.0, 1000.0, 1.0, 2.0, 4.0]) - 3.0).abs() < f64::EPSILON);
    }
}
