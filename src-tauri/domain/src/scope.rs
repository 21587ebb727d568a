//! Scopes as the provider names them, compared in one spelling.

use std::collections::BTreeSet;

/// One scope (RFC 6749 3.3), in its full spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(String);

impl Scope {
    pub const OPENID: &'static str = "openid";
    pub const EMAIL: &'static str = "https://www.googleapis.com/auth/userinfo.email";
    pub const PROFILE: &'static str = "https://www.googleapis.com/auth/userinfo.profile";

    /// Reads one scope; `None` when it holds what RFC 6749 does not allow in one.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        (!text.is_empty() && text.len() <= 256 && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Sign-in scopes say who somebody is and open nothing.
    pub fn is_sign_in(&self) -> bool {
        let spelt = self.canonical();
        matches!(
            spelt,
            Self::OPENID | Self::EMAIL | Self::PROFILE | "offline_access"
        )
    }

    /// Google answers `email` and `profile` as full addresses; both mean the same.
    fn canonical(&self) -> &str {
        match self.0.as_str() {
            "email" => Self::EMAIL,
            "profile" => Self::PROFILE,
            other => other,
        }
    }
}

/// A set of scopes in which `email` and its long spelling are one, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeSet(BTreeSet<Scope>);

impl ScopeSet {
    /// Reads a space-separated list and leaves out what is no scope.
    pub fn parse(text: &str) -> Self {
        text.split_whitespace().filter_map(Scope::parse).collect()
    }

    pub fn contains(&self, scope: &Scope) -> bool {
        self.0.contains(&Scope(scope.canonical().to_owned()))
    }

    pub fn has(&self, scope: &str) -> bool {
        Scope::parse(scope).is_some_and(|scope| self.contains(&scope))
    }

    pub fn insert(&mut self, scope: &Scope) {
        self.0.insert(Scope(scope.canonical().to_owned()));
    }

    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).cloned().collect()
    }

    /// What is in here and not in `granted`.
    #[must_use]
    pub fn missing_from(&self, granted: &Self) -> Self {
        self.iter().filter(|s| !granted.contains(s)).cloned().collect()
    }

    /// Whether every scope in here is in `other` too.
    pub fn is_subset_of(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Scope> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn joined(&self) -> String {
        let all: Vec<_> = self.iter().map(Scope::as_str).collect();
        all.join(" ")
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let mut set = Self::default();
        for scope in scopes {
            set.insert(&scope);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_spelling_are_one() {
        let asked = ScopeSet::parse("openid email profile");
        let answered = ScopeSet::parse(&format!("{} openid {}", Scope::PROFILE, Scope::EMAIL));
        assert!(asked.missing_from(&answered).is_empty());
        assert!(answered.has("email"));
    }

    #[test]
    fn what_is_no_scope_is_left_out() {
        assert!(Scope::parse("two words").is_none());
        assert!(Scope::parse("quo\"te").is_none());
        assert_eq!(ScopeSet::parse("  openid   openid ").joined(), "openid");
    }
}
