use std::collections::VecDeque;
use std::fmt;

/// Trials that are remembered; what went wrong may have begun some trials ago.
const REMEMBERED: usize = 6;

/// What happened, trial by trial.
#[derive(Default)]
pub struct Story(VecDeque<Vec<String>>);

impl Story {
    pub fn begin(&mut self, trial: String) {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(vec![trial]);
    }

    pub fn tell(&mut self, line: String) {
        if let Some(trial) = self.0.back_mut() {
            trial.push(line);
        }
    }
}

impl fmt::Display for Story {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for trial in &self.0 {
            for (number, line) in trial.iter().enumerate() {
                let indent = if number == 0 { "" } else { "  " };
                writeln!(to, "{indent}{line}")?;
            }
        }
        Ok(())
    }
}
