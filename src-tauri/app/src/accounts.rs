use evergrant_agent::interface::{AccountView, ChangeKind, ProfileName, Snapshot};

/// The accounts as last told, for the tray and the notifications.
#[derive(Clone, Debug)]
pub struct Accounts {
    pub profile: ProfileName,
    pub list: Vec<AccountView>,
}

impl Accounts {
    /// Takes a change in. False: it needs the whole snapshot anew.
    pub fn apply(&mut self, what: &ChangeKind) -> bool {
        match what {
            ChangeKind::Account { account } => {
                match self.list.iter_mut().find(|known| known.id == account.id) {
                    Some(known) => known.clone_from(account),
                    None => self.list.push(account.clone()),
                }
            }
            ChangeKind::AccountGone { id } => self.list.retain(|known| known.id != *id),
            ChangeKind::Profile => return false,
            ChangeKind::Attempt { .. }
            | ChangeKind::Notices { .. }
            | ChangeKind::Providers { .. }
            | ChangeKind::Programs { .. }
            | ChangeKind::Question { .. } => {}
        }
        true
    }
}

impl From<Snapshot> for Accounts {
    fn from(snapshot: Snapshot) -> Self {
        Self {
            profile: snapshot.profile,
            list: snapshot.accounts,
        }
    }
}
