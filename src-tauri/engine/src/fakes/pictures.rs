use std::collections::BTreeMap;
use std::sync::Mutex;

use evergrant_domain::{AccountId, Fault};

use super::{Mood, locked};
use crate::ports::{Picture, Pictures};

/// Pictures in memory.
#[derive(Default)]
pub struct MemoryPictures {
    pub save: Mood,
    kept: Mutex<BTreeMap<AccountId, Picture>>,
}

impl Pictures for MemoryPictures {
    fn has(&self, id: &AccountId) -> bool {
        locked(&self.kept).contains_key(id)
    }

    fn load(&self, id: &AccountId) -> Option<Picture> {
        locked(&self.kept).get(id).cloned()
    }

    fn save(&self, id: &AccountId, picture: &Picture) -> Result<(), Fault> {
        self.save.turn_now()?;
        locked(&self.kept).insert(id.clone(), picture.clone());
        Ok(())
    }

    fn remove(&self, id: &AccountId) {
        locked(&self.kept).remove(id);
    }
}
