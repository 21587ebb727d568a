use std::sync::Mutex;

use async_trait::async_trait;
use evergrant_domain::{AuthorizationCode, Fault, consent::callback::Expected};
use tokio::sync::mpsc;

use super::{Call, Journal, Mood, locked};
use crate::ports::{Ending, Redirect, Redirects};

type Answer = Result<AuthorizationCode, Fault>;

/// Listeners whose answers the test delivers.
#[derive(Default)]
pub struct FakeRedirects {
    pub listen: Mood,
    listeners: Mutex<Vec<mpsc::UnboundedSender<Answer>>>,
    journal: Journal,
}

impl FakeRedirects {
    pub fn new(journal: &Journal) -> Self {
        Self {
            journal: journal.clone(),
            ..Self::default()
        }
    }

    /// Delivers an answer to the newest listener; `false` when nobody listens there.
    pub fn answer(&self, answer: Answer) -> bool {
        let newest = locked(&self.listeners).last().cloned();
        newest.is_some_and(|listener| listener.send(answer).is_ok())
    }

    /// Delivers a code, as after a Yes on the consent page.
    pub fn allow(&self) -> bool {
        self.answer(Ok(AuthorizationCode::new("4/0code")))
    }

    /// Listeners whose port is still open.
    pub fn open_ports(&self) -> usize {
        let open = |listener: &&mpsc::UnboundedSender<Answer>| !listener.is_closed();
        locked(&self.listeners).iter().filter(open).count()
    }
}

#[async_trait]
impl Redirects for FakeRedirects {
    async fn listen(&self, _expected: Expected) -> Result<Box<dyn Redirect>, Fault> {
        self.journal.note(Call::Listen);
        self.listen.turn().await?;
        let (send, answers) = mpsc::unbounded_channel();
        let mut listeners = locked(&self.listeners);
        listeners.push(send);
        Ok(Box::new(Listener {
            port: 49_152 + listeners.len(),
            answers,
            journal: self.journal.clone(),
        }))
    }
}

struct Listener {
    port: usize,
    answers: mpsc::UnboundedReceiver<Answer>,
    journal: Journal,
}

#[async_trait]
impl Redirect for Listener {
    fn uri(&self) -> String {
        format!("http://127.0.0.1:{}/callback", self.port)
    }

    async fn answer(&mut self) -> Answer {
        match self.answers.recv().await {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }

    async fn conclude(self: Box<Self>, ending: Ending) {
        self.journal.note(Call::Concluded(ending));
    }
}
