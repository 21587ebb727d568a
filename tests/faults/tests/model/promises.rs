//! What must be so after each line of a story, and once everything works again.

use evergrant_domain::{
    ScopeSet,
    lifecycle::{Freshness, Reach, Standing},
};
use evergrant_engine::{kept::KeptGrant, ports::VaultKey};

use crate::issuer::{Ended, Heard, Token, number_of};
use crate::life::{Belief, Life, id_of, key_of};
use crate::story::{Command, Who};

type Promise = Result<(), String>;

/// The numbers of an account's refresh tokens in the vault.
pub struct Kept {
    pub newest: usize,
    /// The one before, until the newest has refreshed once.
    pub previous: Option<usize>,
}

impl Life {
    pub async fn keeps_its_promises(&mut self) -> Promise {
        let mut waiting = vec![];
        for mut caller in std::mem::take(&mut self.callers) {
            match caller.verdict().await {
                None => waiting.push(caller),
                Some(verdict) => verdict?,
            }
        }
        self.callers = waiting;
        for who in Who::ALL {
            if self.beliefs.get(&who) == Some(&Belief::Connected) {
                self.keeps_what_is_connected(who)?;
            }
        }
        Ok(())
    }

    /// Nobody asked for this account to go, so it is here, with its newest token.
    fn keeps_what_is_connected(&mut self, who: Who) -> Promise {
        let Kept {
            newest: kept,
            previous,
        } = self
            .kept(who)
            .ok_or_else(|| format!("{who}'s refresh token is gone from the vault"))?;
        let newest = self.newest_kept.entry(who).or_insert(kept);
        // One that was saved late may stand before a newer one, never in its place.
        let displaced = kept < *newest && previous != Some(*newest);
        if displaced && self.issuer.books().tokens[*newest].lives() {
            return Err(format!(
                "an older refresh token of {who} replaced a newer one in the vault"
            ));
        }
        *newest = kept;
        let account = self
            .account(who)
            .ok_or_else(|| format!("{who}'s account is not there"))?;
        let books = self.issuer.books();
        if books.tokens[kept].ended == Some(Ended::ByTheProgram) {
            return Err(format!("what {who} granted was revoked, and nobody asked for it"));
        }
        match account.status().standing {
            Standing::NeedsReconnect(code) if !code.ends_grant() || !books.has_said(who, Heard::Dead) => {
                Err(format!(
                    "{who} stopped by {}, and the provider never said so",
                    code.as_str()
                ))
            }
            Standing::NeedsSignIn if !books.has_said(who, Heard::SignInWanted) => {
                Err(format!("{who} is to sign in, and the provider never said so"))
            }
            Standing::Disconnecting(_) => {
                Err(format!("{who} is being disconnected, and nobody asked for it"))
            }
            _ => Ok(()),
        }
    }

    /// Everything works, and has for an hour.
    pub async fn is_at_rest(&mut self) -> Promise {
        for who in Who::ALL {
            if self.beliefs.get(&who) == Some(&Belief::Spoilt) {
                continue;
            }
            self.agrees_about(who)?;
            match self.beliefs.get(&who).copied() {
                Some(Belief::Disconnecting(reach)) => self.is_gone(who, reach)?,
                _ if self.account(who).is_some() => self.lives_or_can_be_mended(who).await?,
                _ => {}
            }
            self.left_no_orphan(who)?;
        }
        self.settled_every_consent()
    }

    /// A note stays only for what nobody wanted and a disconnect of its account will end.
    fn settled_every_consent(&self) -> Promise {
        for (key, text) in self.house.vault.items() {
            let says = |line: &str| text.expose().lines().any(|other| other == line);
            let here = |who: &Who| self.account(*who).is_some() && says(&format!("sub={}", who.name()));
            if matches!(key, VaultKey::Consent(_)) && !Who::ALL.iter().any(here) {
                return Err("a consent is still noted in the vault".to_owned());
            }
        }
        Ok(())
    }

    fn agrees_about(&self, who: Who) -> Promise {
        let (item, row) = (
            self.kept(who).is_some(),
            self.house.ledger.row(&id_of(who)).is_some(),
        );
        let account = self.account(who).is_some();
        if item == row && row == account {
            return Ok(());
        }
        let has = |there: bool| if there { "has" } else { "has not" };
        Err(format!(
            "about {who} the vault {} an item, the ledger {} a row, the program {} an account",
            has(item),
            has(row),
            has(account)
        ))
    }

    fn is_gone(&self, who: Who, reach: Reach) -> Promise {
        if self.account(who).is_some() {
            return Err(format!(
                "{who} was to be disconnected ({reach:?}), and is still there"
            ));
        }
        Ok(())
    }

    async fn lives_or_can_be_mended(&mut self, who: Who) -> Promise {
        let kept = self.kept(who).expect("agreed upon");
        let (lives, newer) = {
            let books = self.issuer.books();
            let newer =
                |(number, token): (usize, &Token)| number > kept.newest && token.taken && !token.excused;
            let lives = |number: usize| books.tokens[number].lives();
            let kept_lives = lives(kept.newest) || kept.previous.is_some_and(lives);
            (kept_lives, books.live(who).any(newer))
        };
        if newer && !lives {
            return Err(format!("{who}'s newest refresh token arrived, and was not kept"));
        }
        let answer = self.fresh_lease(who).await;
        match (lives, answer) {
            (true, Err(code)) => Err(format!("what {who} granted lives, and there is no lease: {code}")),
            (true, Ok(())) => self.stands_connected(who),
            (false, Ok(())) => Err(format!("a lease of {who} came from a dead grant")),
            (false, Err(_)) => {
                self.carry_out(&Command::Reconnects {
                    account: who,
                    who,
                    lasting: true,
                })
                .await;
                self.fresh_lease(who)
                    .await
                    .map_err(|code| format!("{who} was reconnected: {code}"))
            }
        }
    }

    async fn fresh_lease(&self, who: Who) -> Result<(), &'static str> {
        let account = self.account(who).expect("agreed upon");
        let lease = account.lease(&ScopeSet::default(), Freshness::New).await;
        lease.map(drop).map_err(|fault| fault.code.as_str())
    }

    fn stands_connected(&self, who: Who) -> Promise {
        let status = self.account(who).expect("agreed upon").status();
        if status.standing == Standing::Connected && status.trouble.is_none() {
            return Ok(());
        }
        Err(format!(
            "{who} has a lease, and is shown as {:?}, {:?}",
            status.standing, status.trouble
        ))
    }

    /// Every live grant belongs to somebody who is connected here.
    fn left_no_orphan(&self, who: Who) -> Promise {
        let books = self.issuer.books();
        let orphan = books.live(who).find(|(_, token)| !token.excused);
        match orphan {
            Some(_) if self.account(who).is_none() => Err(format!(
                "a grant of {who} lives on at the provider, and nobody here knows of it"
            )),
            _ => Ok(()),
        }
    }

    /// The refresh tokens in the vault. An item that cannot be read holds none.
    pub fn kept(&self, who: Who) -> Option<Kept> {
        let items = self.house.vault.items();
        let kept = KeptGrant::decode(items.get(&key_of(who))?).ok()?;
        Some(Kept {
            newest: number_of(&kept.refresh_token),
            previous: kept.previous.as_ref().map(number_of),
        })
    }
}
