//! One line of the result: what was measured, what it stands beside, and whether the target is met.

use std::fmt;

use serde_json::{Value, json};

/// What a figure must be.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// At most so many times what it stands beside.
    Times(f64),
    /// At most this.
    Most(f64),
    /// Exactly this.
    Exactly(u32),
}

#[derive(Debug)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    /// What it is compared with, in the same unit and of the same run.
    pub beside: Option<(String, f64)>,
    /// The middle of the ratios of each round, where rounds were measured in turn.
    pub ratio: Option<f64>,
    pub target: Option<Target>,
    /// Which server answered.
    pub server: &'static str,
}

impl Figure {
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str, server: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            beside: None,
            ratio: None,
            target: None,
            server,
        }
    }

    pub fn beside(mut self, name: impl Into<String>, value: f64) -> Self {
        self.beside = Some((name.into(), value));
        self
    }

    pub fn ratio(mut self, ratio: f64) -> Self {
        self.ratio = Some(ratio);
        self
    }

    pub fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    fn times(&self) -> Option<f64> {
        self.ratio
            .or_else(|| self.beside.as_ref().map(|(_, value)| self.value / value))
    }

    /// `None` where there is no target.
    pub fn is_met(&self) -> Option<bool> {
        self.target.map(|target| match target {
            Target::Times(most) => self.times().is_some_and(|times| times <= most),
            Target::Most(most) => self.value <= most,
            Target::Exactly(number) => (self.value - f64::from(number)).abs() < 0.5,
        })
    }

    pub fn json(&self) -> Value {
        json!({
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "beside": self.beside.as_ref().map(|(name, value)| json!({ "name": name, "value": value })),
            "ratio": self.times(),
            "target": self.target.map(|target| target.to_string()),
            "met": self.is_met(),
            "server": self.server,
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Times(most) => write!(f, "≤ {most} ×"),
            Self::Most(most) => write!(f, "≤ {most}"),
            Self::Exactly(number) => write!(f, "= {number}"),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let judged = match (self.target, self.is_met()) {
            (Some(target), Some(true)) => format!("target {target}, met"),
            (Some(target), _) => format!("target {target}, MISSED"),
            (None, _) => String::new(),
        };
        let beside = match (&self.beside, self.times()) {
            (Some((name, value)), Some(times)) => {
                format!("{times:.2} × {name} ({} {})", round(*value), self.unit)
            }
            _ => String::new(),
        };
        let value = format!("{} {}", round(self.value), self.unit);
        let line = format!(
            "{:<42} {value:<18} {judged:<22} {beside:<52} [{}]",
            self.name, self.server
        );
        write!(f, "{}", line.trim_end())
    }
}

fn round(value: f64) -> String {
    if value < 100.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64) -> Figure {
        Figure::new("a token", value, "µs", "composed").beside("echo", 10.0)
    }

    #[test]
    fn a_ratio_decides_where_the_target_is_one() {
        assert_eq!(figure(50.0).target(Target::Times(5.0)).is_met(), Some(true));
        assert_eq!(figure(50.1).target(Target::Times(5.0)).is_met(), Some(false));
        let in_turn = figure(50.1).ratio(4.9).target(Target::Times(5.0));
        assert_eq!(in_turn.is_met(), Some(true), "the ratio of each round counts");
    }

    #[test]
    fn a_figure_without_a_target_is_neither_met_nor_missed() {
        assert_eq!(figure(1.0).is_met(), None);
        assert_eq!(figure(2.0).target(Target::Exactly(1)).is_met(), Some(false));
        assert!(
            figure(99.0)
                .target(Target::Times(5.0))
                .to_string()
                .contains("MISSED")
        );
    }

    #[test]
    fn what_cannot_be_compared_is_missed() {
        let alone = Figure::new("a token", 1.0, "µs", "composed").target(Target::Times(5.0));
        assert_eq!(alone.is_met(), Some(false));
    }
}
