/// How much work a passphrase costs whoever tries one: scrypt with N = 2 to this power, r = 8, p = 1
/// (RFC 7914).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work(u8);

impl Work {
    /// For tests: a millisecond.
    pub const LEAST: Self = Self(2);
    /// A file that asks for more is refused: a quarter of a minute and 4 GiB.
    pub const MOST: Self = Self(22);

    pub(super) const fn log2(self) -> u8 {
        self.0
    }
}

/// About a second, and 256 MiB while it lasts: what the `age` tool takes too. OWASP's least is 17.
impl Default for Work {
    fn default() -> Self {
        Self(18)
    }
}
