use std::sync::Arc;

use evergrant_domain::{ScopeSet, consent::attempt::Target};

use crate::clients::Which;
use crate::event::{AttemptPurpose, Showing};
use crate::world::KnownProvider;

/// What a consent is wanted for.
#[derive(Clone)]
pub struct Errand {
    pub provider: Arc<KnownProvider>,
    pub client: Which,
    pub target: Target,
    pub purpose: AttemptPurpose,
    pub asked: ScopeSet,
    pub showing: Showing,
}

impl Errand {
    /// The `sub` it must be for, when it is for a known account.
    pub fn only(&self) -> Option<String> {
        match &self.target {
            Target::Anyone => None,
            Target::Only { subject, .. } => Some(subject.sub.clone()),
        }
    }

    /// The address it is for, when it is for a known account.
    pub fn label(&self) -> Option<String> {
        match &self.target {
            Target::Anyone => None,
            Target::Only { login_hint, .. } => Some(login_hint.clone()),
        }
    }
}
