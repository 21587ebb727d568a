use serde_json::{Value, json};

/// Trials before the provider changes its ways.
const LENGTH: usize = 10;

/// How the provider deals with refresh tokens and codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    rotation: Rotation,
    /// A code that is used again ends what it brought, as RFC 6749 section 4.1.2 has it.
    used_code_revokes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rotation {
    /// As Google: the refresh token stays what it is.
    None,
    /// A new one with each refresh, and the old one lives on.
    KeepsOld,
    /// A new one with each refresh, and only that one.
    Strict,
    /// And whoever shows an old one ends all of them (RFC 9700 section 4.14.2).
    Watchful,
}

const ALL: [Rotation; 4] = [
    Rotation::None,
    Rotation::KeepsOld,
    Rotation::Strict,
    Rotation::Watchful,
];

impl Season {
    /// Of the trial of this number, from 0.
    pub fn of(trial: usize) -> Self {
        let season = trial / LENGTH;
        Self {
            rotation: ALL[season % ALL.len()],
            // The other way round each time all rotations were seen.
            used_code_revokes: (season + season / ALL.len()).is_multiple_of(2),
        }
    }

    /// Whether an answer that never came leaves nothing that opens anything.
    pub const fn ends_the_old(self) -> bool {
        matches!(self.rotation, Rotation::Strict | Rotation::Watchful)
    }

    /// Whether a token that was taken away and is used again ends all of its line.
    pub const fn watches(self) -> bool {
        matches!(self.rotation, Rotation::Watchful)
    }

    /// As the practice provider is told.
    pub fn project(self) -> Value {
        json!({
            "rotates": self.rotation != Rotation::None,
            "rotation_keeps_old": self.rotation == Rotation::KeepsOld,
            "reuse_detection": self.rotation == Rotation::Watchful,
            "used_code_revokes": self.used_code_revokes,
        })
    }

    pub fn name(self) -> String {
        let rotation = match self.rotation {
            Rotation::None => "tokens stay",
            Rotation::KeepsOld => "tokens rotate, old ones live on",
            Rotation::Strict => "tokens rotate",
            Rotation::Watchful => "tokens rotate, reuse ends them",
        };
        let code = if self.used_code_revokes {
            "a used code ends what it brought"
        } else {
            "a used code ends nothing"
        };
        format!("{rotation}; {code}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_a_provider_has_its_season() {
        let mut seen: Vec<String> = (0..8 * LENGTH).map(|trial| Season::of(trial).name()).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 8);
    }
}
