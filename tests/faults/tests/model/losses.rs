//! What nobody here can answer for any more.

use evergrant_domain::lifecycle::Standing;
use evergrant_engine::kept::KeptGrant;

use crate::issuer::token_of;
use crate::life::{Belief, Life, id_of, key_of};
use crate::story::Who;

impl Life {
    /// What could not be written down is not known after the next start.
    pub fn disks_forget(&mut self) {
        let ledger = &self.house.ledger;
        let unwritten = |who| {
            let row = ledger.row(&id_of(who));
            row.is_some_and(|row| !matches!(row.standing, Standing::Disconnecting(_)))
        };
        for (who, belief) in &mut self.beliefs {
            if matches!(belief, Belief::Disconnecting(_)) && unwritten(*who) {
                *belief = Belief::Unsure;
                self.heard.lock().expect("whole").remove(who);
            }
        }
    }

    /// A vault that lies and a kill at once are more than anybody can promise for.
    pub fn give_up_on_lies(&mut self) {
        let items = self.house.vault.items();
        for who in Who::ALL {
            let spoilt = |text| KeptGrant::decode(text).is_err();
            if items.get(&key_of(who)).is_some_and(spoilt) {
                self.beliefs.insert(who, Belief::Spoilt);
            }
        }
    }

    /// Tokens that never came into the vault end with the program's memory.
    pub fn lose_what_only_memory_had(&mut self) {
        self.disks_forget();
        let items = self.house.vault.items();
        // As an account's newest or earlier one, or as one that is being given back.
        let kept = |number: usize| {
            let token = token_of(number);
            let says = |line: &str| {
                line.split_once('=')
                    .is_some_and(|(_, value)| value == token.expose())
            };
            items.values().any(|text| text.expose().lines().any(says))
        };
        let mut books = self.issuer.books();
        for (number, token) in books.tokens.iter_mut().enumerate() {
            token.excused |= !kept(number);
        }
    }

    /// A person wants these to be left at the provider.
    pub fn leave_to_the_provider(&self, who: Who) {
        let mut books = self.issuer.books();
        for token in books.tokens.iter_mut().filter(|token| token.who == who) {
            token.excused = true;
        }
    }
}
