//! Scopes as the provider names them, compared in one spelling.

use std::{borrow::Borrow, collections::BTreeSet, sync::Arc};

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
        matches!(
            canonical(&self.0),
            Self::OPENID | Self::EMAIL | Self::PROFILE | "offline_access"
        )
    }
}

/// Scopes are found by their text; equal, ordered and hashed as it is.
impl Borrow<str> for Scope {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Google answers `email` and `profile` as full addresses; both mean the same.
fn canonical(scope: &str) -> &str {
    match scope {
        "email" => Scope::EMAIL,
        "profile" => Scope::PROFILE,
        other => other,
    }
}

/// A set of scopes in which `email` and its long spelling are one, in any order.
///
/// Cheap to clone, and nothing is allocated to look into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeSet(Arc<BTreeSet<Scope>>);

impl ScopeSet {
    /// Reads a space-separated list and leaves out what is no scope.
    pub fn parse(text: &str) -> Self {
        text.split_whitespace().filter_map(Scope::parse).collect()
    }

    pub fn contains(&self, scope: &Scope) -> bool {
        self.has(scope.as_str())
    }

    pub fn has(&self, scope: &str) -> bool {
        self.0.contains(canonical(scope))
    }

    pub fn insert(&mut self, scope: &Scope) {
        Arc::make_mut(&mut self.0).insert(Scope(canonical(scope.as_str()).to_owned()));
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
        let spelt = |scope: Scope| match canonical(&scope.0) {
            same if same == scope.0 => scope,
            other => Scope(other.to_owned()),
        };
        Self(Arc::new(scopes.into_iter().map(spelt).collect()))
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
    fn a_part_is_a_subset_and_more_is_not() {
        let granted = ScopeSet::parse("openid email calendar drive");
        for part in [
            "",
            "drive",
            "calendar openid",
            Scope::EMAIL,
            "openid email calendar drive",
        ] {
            assert!(ScopeSet::parse(part).is_subset_of(&granted), "{part}");
        }
        for more in ["mail", "drive mail", "openid email calendar drive mail"] {
            assert!(!ScopeSet::parse(more).is_subset_of(&granted), "{more}");
        }
        assert!(!granted.is_subset_of(&ScopeSet::default()));
    }

    #[test]
    fn equal_sets_are_one_key_however_they_were_written() {
        let one = ScopeSet::parse("drive email");
        let other = ScopeSet::parse(&format!("{} drive", Scope::EMAIL));
        let keys: std::collections::HashSet<_> = [one.clone(), other.clone()].into();
        assert_eq!(keys.len(), 1);
        assert_eq!(one.cmp(&other), std::cmp::Ordering::Equal);
        assert_ne!(one.cmp(&ScopeSet::parse("drive")), std::cmp::Ordering::Equal);
    }

    #[test]
    fn a_copy_goes_its_own_way() {
        let before = ScopeSet::parse("drive");
        let mut after = before.clone();
        after.insert(&Scope::parse("mail").expect("a scope"));
        assert!(after.has("mail") && !before.has("mail"));
    }

    #[test]
    fn what_is_no_scope_is_left_out() {
        assert!(Scope::parse("two words").is_none());
        assert!(Scope::parse("quo\"te").is_none());
        assert_eq!(ScopeSet::parse("  openid   openid ").joined(), "openid");
    }

    #[test]
    fn what_is_missing_is_what_was_not_granted() {
        let asked = ScopeSet::parse("openid mail drive");
        let granted = ScopeSet::parse("openid drive more");
        assert_eq!(asked.missing_from(&granted), ScopeSet::parse("mail"));
        let mail = Scope::parse("mail").expect("a scope");
        assert!(asked.contains(&mail) && !granted.contains(&mail));
    }
}
