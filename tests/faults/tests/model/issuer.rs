//! A provider that keeps books: which grants live, and what it ever told about each.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use evergrant_domain::{
    AccessToken, Api, AuthorizationCode, Client, Code, Fault, Grant, Lease, Moment, Person, RefreshToken,
    ScopeSet,
    time::{Seconds, Uptime},
};
use evergrant_engine::fakes::{lease, person};
use evergrant_engine::ports::{Clock, CodeExchange, ConsentAsk, Picture, ProbeAnswer, Provider, Refreshed};

use crate::clock::Clocks;
use crate::fuse::Fuse;
use crate::story::{Mishap, Who};

/// How long a call takes, and how long a silent provider is waited for.
const PROMPT: Duration = Duration::from_millis(100);
const SILENCE: Duration = Duration::from_secs(20);

pub struct Issuer {
    books: Mutex<Books>,
    clocks: Arc<Clocks>,
    fuse: Fuse,
}

#[derive(Default)]
pub struct Books {
    /// In the order of their numbers.
    pub tokens: Vec<Token>,
    /// What goes wrong at the next calls.
    pub mishaps: VecDeque<Mishap>,
    pub rotates: bool,
    pub offline: bool,
    /// What was agreed to in the browser, in the order of the codes' numbers.
    consents: Vec<Consent>,
    /// What the program heard of somebody's grant since their last consent.
    heard: Vec<(Who, Heard, Uptime)>,
    leases: u64,
}

/// Who ended a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    ByTheProvider,
    /// With a revoke.
    ByTheProgram,
}

/// A refresh token, known by its number.
#[derive(Clone, Debug)]
pub struct Token {
    pub who: Who,
    /// By whom, once it works no more.
    pub ended: Option<Ended>,
    /// Somebody was told that it is kept, or it replaced one that was.
    pub taken: bool,
    /// Nobody here can answer for it: it never arrived, was lost with the program's memory, or was left
    /// at the provider because a person wanted it so.
    pub excused: bool,
}

/// What a program can hear of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Dead,
    SignInWanted,
}

/// What a code stands for.
#[derive(Clone)]
struct Consent {
    who: Who,
    /// Whether it brings a refresh token.
    lasting: bool,
    used: bool,
    brought: Option<usize>,
}

impl Token {
    pub fn lives(&self) -> bool {
        self.ended.is_none()
    }
}

impl Books {
    /// Somebody says yes in the browser: the code that goes back to the program.
    pub fn agree(&mut self, who: Who, lasting: bool) -> AuthorizationCode {
        self.consents.push(Consent {
            who,
            lasting,
            used: false,
            brought: None,
        });
        AuthorizationCode::new(format!("4/{}", self.consents.len() - 1))
    }

    /// A code counts once; used again, it also ends what it brought (RFC 6749 4.1.2).
    fn redeem(&mut self, code: &AuthorizationCode, lost: bool) -> Result<(Who, Option<RefreshToken>), Fault> {
        let number: usize = code
            .expose()
            .trim_start_matches("4/")
            .parse()
            .expect("a code of this issuer");
        let consent = self.consents[number].clone();
        if consent.used {
            if let Some(brought) = consent.brought {
                self.tokens[brought].ended.get_or_insert(Ended::ByTheProvider);
            }
            return Err(Code::CodeRefused.into());
        }
        let refresh_token = consent.lasting.then(|| self.issue(consent.who, false, lost));
        self.consents[number].used = true;
        self.consents[number].brought = refresh_token.as_ref().map(number_of);
        Ok((consent.who, refresh_token))
    }

    fn issue(&mut self, who: Who, taken: bool, excused: bool) -> RefreshToken {
        self.tokens.push(Token {
            who,
            ended: None,
            taken,
            excused,
        });
        token_of(self.tokens.len() - 1)
    }

    pub fn end(&mut self, who: Who, ended: Ended) {
        let theirs = |token: &&mut Token| token.who == who && token.lives();
        for token in self.tokens.iter_mut().filter(theirs) {
            token.ended = Some(ended);
        }
    }

    /// A new consent was taken: what was said before it was asked for counts no more.
    pub fn forgive(&mut self, whom: Who, before: Uptime) {
        self.heard.retain(|(who, _, at)| *who != whom || *at >= before);
    }

    fn say(&mut self, who: Who, what: Heard, now: Moment) {
        self.heard.push((who, what, now.up));
    }

    pub fn has_said(&self, whom: Who, what: Heard) -> bool {
        self.heard
            .iter()
            .any(|(who, said, _)| *who == whom && *said == what)
    }

    pub fn live(&self, who: Who) -> impl Iterator<Item = (usize, &Token)> {
        let theirs = move |(_, token): &(usize, &Token)| token.who == who && token.lives();
        self.tokens.iter().enumerate().filter(theirs)
    }
}

pub fn token_of(number: usize) -> RefreshToken {
    RefreshToken::new(format!("1//{number}"))
}

/// The number of a refresh token, as the vault has it.
pub fn number_of(token: &RefreshToken) -> usize {
    token
        .expose()
        .trim_start_matches("1//")
        .parse()
        .expect("a token of this issuer")
}

impl Issuer {
    pub fn new(clocks: &Arc<Clocks>, fuse: &Fuse) -> Self {
        Self {
            books: Mutex::default(),
            clocks: Arc::clone(clocks),
            fuse: fuse.clone(),
        }
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().expect("whole")
    }

    /// What is in the way of this call, if anything.
    async fn reached(&self, suffers: impl Fn(Mishap) -> bool) -> Result<Option<Mishap>, Fault> {
        self.fuse.pass().await;
        tokio::time::sleep(PROMPT).await;
        let mishap = {
            let mut books = self.books();
            if books.offline {
                return Err(Code::Offline.into());
            }
            match books.mishaps.front().copied() {
                Some(next) if suffers(next) => books.mishaps.pop_front(),
                _ => None,
            }
        };
        match mishap {
            Some(Mishap::Busy) => Err(Fault::from(Code::ProviderBusy).with_retry_after(Seconds(120))),
            Some(Mishap::Down) => Err(Code::ProviderDown.into()),
            Some(Mishap::Silent) => {
                tokio::time::sleep(SILENCE).await;
                Err(Code::ProviderSilent.into())
            }
            other => Ok(other),
        }
    }

    /// The work is done; its answer arrives, or is lost.
    async fn answered<T>(&self, lost: bool, code: Code, answer: T) -> Result<T, Fault> {
        if lost {
            tokio::time::sleep(SILENCE).await;
            return Err(code.into());
        }
        self.fuse.pass().await;
        Ok(answer)
    }

    fn lease(&self, books: &mut Books, who: Who) -> Lease {
        books.leases += 1;
        lease(
            &format!("ya29.{}.{}", who.name(), books.leases),
            self.clocks.moment(),
        )
    }
}

#[async_trait]
impl Provider for Issuer {
    async fn consent_link(&self, _: ConsentAsk<'_>) -> Result<String, Fault> {
        Ok("https://issuer.example/auth".to_owned())
    }

    async fn exchange(&self, exchange: CodeExchange<'_>) -> Result<Grant, Fault> {
        let mishap = self.reached(Mishap::meets_codes).await?;
        let lost = mishap == Some(Mishap::AnswerLost);
        let grant = {
            let mut books = self.books();
            let (who, refresh_token) = books.redeem(exchange.code, lost)?;
            let lease = self.lease(&mut books, who);
            Grant {
                person: person(who.name()),
                granted: lease.scopes.clone(),
                refresh_token,
                lease,
                ends_at: None,
            }
        };
        self.answered(lost, Code::AnswerLost, grant).await
    }

    async fn refresh(
        &self,
        _: &Client,
        token: &RefreshToken,
        scopes: Option<&ScopeSet>,
    ) -> Result<Refreshed, Fault> {
        let mishap = self.reached(|_| true).await?;
        let lost = mishap == Some(Mishap::AnswerLost);
        let refreshed = {
            let now = self.clocks.moment();
            let (mut books, number) = (self.books(), number_of(token));
            let (who, lives) = (books.tokens[number].who, books.tokens[number].lives());
            if mishap == Some(Mishap::SignInWanted) {
                books.say(who, Heard::SignInWanted, now);
                return Err(Code::SignInExpired.into());
            }
            if !lives {
                books.say(who, Heard::Dead, now);
                return Err(Code::GrantEnded.into());
            }
            let mut lease = self.lease(&mut books, who);
            lease.scopes = scopes.cloned().unwrap_or(lease.scopes);
            let rotated = books.rotates.then(|| {
                books.tokens[number].ended = Some(Ended::ByTheProvider);
                books.issue(who, true, lost)
            });
            Refreshed {
                lease,
                rotated,
                ends_at: None,
            }
        };
        self.answered(lost, Code::ProviderSilent, refreshed).await
    }

    /// One ends all of this person, as at Google; one that is dead already ends nothing.
    async fn revoke(&self, _: &Client, token: &RefreshToken) -> Result<(), Fault> {
        let mishap = self.reached(Mishap::meets_revokes).await?;
        {
            let mut books = self.books();
            let token = books.tokens[number_of(token)].clone();
            let who = token.who;
            if token.lives() {
                books.end(who, Ended::ByTheProgram);
            }
        }
        let lost = mishap == Some(Mishap::AnswerLost);
        self.answered(lost, Code::ProviderSilent, ()).await
    }

    async fn person(&self, token: &AccessToken) -> Result<Person, Fault> {
        self.reached(Mishap::meets_reads).await?;
        let who = token.expose().split('.').nth(1).expect("a lease of this issuer");
        Ok(person(who))
    }

    async fn probe(&self, _: Api, _: &AccessToken) -> Result<ProbeAnswer, Fault> {
        self.reached(Mishap::meets_reads).await?;
        Ok(ProbeAnswer::Works)
    }

    async fn picture(&self, _: &str) -> Result<Picture, Fault> {
        Err(Code::ProviderUnreadable.into())
    }
}
