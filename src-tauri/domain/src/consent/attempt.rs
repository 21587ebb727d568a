//! The rules of one consent attempt, as one `match`.
//!
//! A consent without a refresh token is asked exactly once more, never twice: each one uses up one
//! of the 100 that Google allows. A grant nobody waits for any more is returned, not dropped.

use crate::consent::ask::Purpose;
use crate::{AuthorizationCode, Code, Fault, Grant, Subject, lifecycle::Epoch};

/// Which account a consent is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Anyone,
    /// Only this one; another is refused and changes nothing.
    Only {
        subject: Subject,
        login_hint: String,
    },
}

impl Target {
    fn purpose(&self) -> Purpose {
        match self {
            Self::Anyone => Purpose::Adding,
            Self::Only { login_hint, .. } => Purpose::Renewing {
                login_hint: login_hint.clone(),
            },
        }
    }

    fn accepts(&self, subject: &Subject) -> bool {
        match self {
            Self::Anyone => true,
            Self::Only { subject: only, .. } => only == subject,
        }
    }
}

/// What this computer already has of the account that answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    Nothing,
    /// A grant that still works.
    Live,
    /// A grant that needs a new consent.
    Dead,
}

/// One attempt. Its epoch rises with each question to the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub epoch: Epoch,
    pub target: Target,
    /// Whether the one further consent was asked already.
    pub asked_again: bool,
    pub state: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The browser shows the consent page.
    Waiting,
    /// The code is being exchanged.
    Finishing,
    /// The grant is being stored.
    Saving(Grant),
    /// The grant could not be stored; it is kept in memory for another try.
    NotSaved(Grant, Fault),
    Failed(Fault),
    /// The grant is stored.
    Connected,
    /// A person gave up.
    GivenUp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Answered {
        epoch: Epoch,
        answer: Result<AuthorizationCode, Fault>,
    },
    Exchanged {
        epoch: Epoch,
        result: Result<Box<(Grant, Held)>, Fault>,
    },
    Saved {
        epoch: Epoch,
        result: Result<(), Fault>,
    },
    /// A person asks to save once more.
    SaveAsked,
    /// A person gives up.
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Listen for the answer and open the consent page.
    Ask(Epoch, Purpose),
    Exchange(Epoch, AuthorizationCode),
    Save(Epoch, Box<Grant>),
    /// Nobody wants this grant: end it at the provider, unless this computer holds another of the
    /// same account, which a revoke would end too.
    Return(Box<Grant>),
    Announce,
}

impl Attempt {
    /// Nothing more can come of it but a late grant.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Connected | State::GivenUp)
    }

    pub fn begin(target: Target) -> (Self, Vec<Effect>) {
        let mut attempt = Self {
            epoch: Epoch::default(),
            target,
            asked_again: false,
            state: State::Waiting,
        };
        let purpose = attempt.target.purpose();
        let effects = attempt.ask(purpose);
        (attempt, effects)
    }

    /// Takes one input and answers what must be done.
    pub fn step(&mut self, input: Input) -> Vec<Effect> {
        let state = std::mem::replace(&mut self.state, State::GivenUp);
        let (state, effects) = self.next(state, input);
        self.state = state;
        effects
    }

    fn next(&mut self, state: State, input: Input) -> (State, Vec<Effect>) {
        use Input as I;
        use State as S;
        match (state, input) {
            (S::Waiting, I::Answered { epoch, answer }) if epoch == self.epoch => match answer {
                Ok(code) => {
                    let effects = vec![Effect::Announce, Effect::Exchange(epoch, code)];
                    (S::Finishing, effects)
                }
                Err(fault) => failed(fault),
            },
            (S::Finishing, I::Exchanged { epoch, result }) if epoch == self.epoch => match result {
                Ok(answer) => self.exchanged(answer.0, answer.1),
                Err(fault) => failed(fault),
            },
            // A late grant: the person gave up while the provider was still answering.
            (state, I::Exchanged { result: Ok(late), .. }) => (state, vec![Effect::Return(Box::new(late.0))]),
            (S::Saving(grant), I::Saved { epoch, result }) if epoch == self.epoch => match result {
                Ok(()) => (S::Connected, vec![Effect::Announce]),
                // Its account was disconnected meanwhile: there is nothing left to save.
                Err(fault) if fault.code.ends_grant() => {
                    let (state, mut effects) = failed(fault);
                    effects.push(Effect::Return(Box::new(grant)));
                    (state, effects)
                }
                Err(fault) => (S::NotSaved(grant, fault), vec![Effect::Announce]),
            },
            (S::NotSaved(grant, _), I::SaveAsked) => self.save(grant),
            (S::NotSaved(grant, _), I::Cancelled) => {
                let effects = vec![Effect::Return(Box::new(grant)), Effect::Announce];
                (S::GivenUp, effects)
            }
            // A grant on its way into the vault is not turned back half-way.
            (S::Saving(grant), I::Cancelled) => (S::Saving(grant), vec![]),
            (state @ (S::Connected | S::GivenUp), I::Cancelled) => (state, vec![]),
            (_, I::Cancelled) => {
                self.epoch = self.epoch.next();
                (S::GivenUp, vec![Effect::Announce])
            }
            (state, _) => (state, vec![]),
        }
    }

    fn exchanged(&mut self, grant: Grant, held: Held) -> (State, Vec<Effect>) {
        if !self.target.accepts(&grant.person.subject) {
            let other = Fault::with_detail(Code::OtherAccountChosen, grant.person.label());
            let (state, mut effects) = failed(other);
            effects.push(Effect::Return(Box::new(grant)));
            return (state, effects);
        }
        let lasting = grant.refresh_token.as_ref().is_some_and(|t| !t.is_empty());
        match (lasting, held) {
            // Absent is not removed: a grant that works goes on working.
            (true, _) | (false, Held::Live) => self.save(grant),
            (false, _) if self.asked_again => failed(Code::NoLastingAccess.into()),
            (false, _) => {
                self.asked_again = true;
                let login_hint = grant.person.label().to_owned();
                let mut effects = self.ask(Purpose::Renewing { login_hint });
                effects.push(Effect::Announce);
                (State::Waiting, effects)
            }
        }
    }

    fn ask(&mut self, purpose: Purpose) -> Vec<Effect> {
        self.epoch = self.epoch.next();
        vec![Effect::Ask(self.epoch, purpose)]
    }

    fn save(&mut self, grant: Grant) -> (State, Vec<Effect>) {
        let save = Effect::Save(self.epoch, Box::new(grant.clone()));
        (State::Saving(grant), vec![Effect::Announce, save])
    }
}

fn failed(fault: Fault) -> (State, Vec<Effect>) {
    (State::Failed(fault), vec![Effect::Announce])
}

#[cfg(test)]
mod tests;
