use evergrant_domain::{AccountId, Fault};

use super::Picture;

/// Pictures kept on this computer, so that none is fetched twice. Losing one is no loss.
pub trait Pictures: Send + Sync {
    fn has(&self, id: &AccountId) -> bool;
    fn load(&self, id: &AccountId) -> Option<Picture>;
    fn save(&self, id: &AccountId, picture: &Picture) -> Result<(), Fault>;
    fn remove(&self, id: &AccountId);
}
