//! Tells the person outside the windows what needs them, and leads them there.

use std::pin::Pin;
use std::time::Duration;

use evergrant_agent::clock;
use tokio::time::{Instant, sleep_until, timeout};

use crate::attention;
use crate::bulletin::{Bulletin, Step};
use crate::desk::Desk;
use crate::desktop::About;
use crate::forward::now;
use crate::gist::Gist;
use crate::notify;
use crate::told::Told;

/// Accounts that stop of the same thing stop within moments; so long they are waited for, to be told together.
const GATHER: Duration = Duration::from_secs(2);

/// A ledger that does not answer by then remembers this one later.
const PATIENCE: Duration = Duration::from_secs(2);

pub struct Notices {
    desk: Desk,
    bulletin: Bulletin,
    /// What was told before this start, while that is still being read.
    recalling: Option<Pin<Box<dyn Future<Output = Told> + Send>>>,
    told: Told,
    look: Option<Instant>,
    question: Option<u32>,
}

impl Notices {
    pub fn new(desk: &Desk) -> Self {
        Self {
            desk: desk.clone(),
            bulletin: Bulletin::default(),
            recalling: Some(Box::pin(Told::recall(desk.clone()))),
            told: Told::default(),
            look: None,
            question: None,
        }
    }

    /// Nothing of what is so now is news.
    pub fn know(&mut self, gist: &Gist) {
        let needs = attention::needs(&gist.accounts, now());
        let steps = self.bulletin.know(needs);
        self.carry_out(steps, gist);
    }

    pub fn look_soon(&mut self) {
        self.look.get_or_insert_with(|| Instant::now() + GATHER);
    }

    /// Waits until somebody asked to look, and until it is known what was told before. Dropped halfway it loses nothing.
    pub async fn time_to_look(&mut self) {
        if let Some(recalling) = &mut self.recalling {
            self.told = recalling.await;
            self.recalling = None;
        }
        match self.look {
            Some(moment) => sleep_until(moment).await,
            None => std::future::pending().await,
        }
    }

    /// Tells what is new, corrects what is less, and takes back what is over.
    pub async fn look(&mut self, gist: &Gist) {
        self.look = None;
        let before = self.told.clone();
        let needs = attention::needs(&gist.accounts, now());
        let steps = self.bulletin.look(needs, &mut self.told, &clock::now());
        self.carry_out(steps, gist);
        if self.told != before {
            match timeout(PATIENCE, self.desk.ask(self.told.keeping())).await {
                Ok(Ok(())) => {}
                Ok(Err(fault)) => tracing::warn!(code = fault.code, "what was told is not remembered"),
                Err(_) => tracing::warn!("what was told is not remembered yet"),
            }
        }
    }

    /// What the agent asks, or that it asks nothing any more, goes to the window that asks.
    pub fn ask(&mut self, gist: &Gist) {
        let asked = gist.question.as_ref().map(|question| question.id);
        // Told first, while the window cannot have the focus yet.
        match &gist.question {
            Some(question) if self.question != asked => {
                notify::question(self.desk.desktop.as_ref(), question);
            }
            None if self.question.is_some() => self.desk.desktop.withdraw(About::Question),
            _ => {}
        }
        self.question = asked;
        self.desk.asking.set(asked);
    }

    /// Leads to where it can be dealt with.
    pub fn press(&self, about: About) {
        match about {
            About::Question => return self.desk.asking.call(),
            About::Accounts(number) => {
                if let Some(account) = self.bulletin.leads_to(number) {
                    self.desk.shell.lead_to(account);
                }
            }
            About::Background => {}
        }
        self.desk.desktop.open_window();
    }

    fn carry_out(&self, steps: Vec<Step>, gist: &Gist) {
        for step in steps {
            match step {
                Step::Withdraw(number) => self.desk.desktop.withdraw(About::Accounts(number)),
                Step::Show { note, news } => {
                    let named = note.accounts.iter();
                    let accounts: Vec<_> = named
                        .filter_map(|id| gist.accounts.iter().find(|account| account.id == *id))
                        .collect();
                    notify::attention(self.desk.desktop.as_ref(), &note, &accounts, news);
                }
            }
        }
    }
}
