use fastrand::Rng;

/// Dice that fall the same way for the same seed.
pub struct Chance(Rng);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// True once in `times`.
    pub fn one_in(&mut self, times: u32) -> bool {
        self.0.u32(..times) == 0
    }

    /// From 0 up to, not including, 1.
    pub fn part(&mut self) -> f64 {
        self.0.f64()
    }

    pub fn one_of<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        self.0.choice(among)
    }

    pub fn shuffle<T>(&mut self, what: &mut [T]) {
        self.0.shuffle(what);
    }
}
