//! Who is let in: what each request means for the attempt, and what it is answered.

use std::sync::Arc;

use evergrant_domain::{
    AuthorizationCode, Fault,
    consent::callback::{Expected, Verdict, judge},
};
use evergrant_engine::ports::Ending;
use tokio::sync::{mpsc, watch};
use url::form_urlencoded;
use zeroize::Zeroizing;

use super::{
    answer::{self, Status},
    page::Written,
    request::{Request, Unfit},
};

/// How far the attempt is, as the browser's last page needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Answered,
    Concluded(Ending),
    /// The last page reached the browser.
    Delivered,
}

/// What a request gets.
pub(super) enum Outcome {
    Answer(Vec<u8>),
    /// The page at the clean address, once the ending is known.
    LastPage,
}

pub(super) struct Door {
    /// Exactly what a browser sends that was sent here, and no name that was bent to this address.
    host: String,
    /// Unguessable, and of this attempt only.
    path: String,
    /// Where the browser is sent on to.
    clean_path: String,
    expected: Expected,
    pub(super) pages: Arc<Written>,
    pub(super) stage: watch::Sender<Stage>,
    found: mpsc::Sender<Result<AuthorizationCode, Fault>>,
}

impl Door {
    pub(super) fn new(
        port: u16,
        path: String,
        expected: Expected,
        pages: Arc<Written>,
        stage: watch::Sender<Stage>,
        found: mpsc::Sender<Result<AuthorizationCode, Fault>>,
    ) -> Self {
        Self {
            host: format!("127.0.0.1:{port}"),
            clean_path: format!("{path}/done"),
            path,
            expected,
            pages,
            stage,
            found,
        }
    }

    /// What an unfit request is answered; nothing where nobody is left to read it.
    pub(super) fn refuse(&self, unfit: Unfit) -> Option<Vec<u8>> {
        match unfit {
            Unfit::Gone => None,
            Unfit::TooLong => Some(self.stray(Status::HeadTooLarge)),
            Unfit::Malformed => Some(self.stray(Status::BadRequest)),
        }
    }

    pub(super) fn admit(&self, request: &Request) -> Outcome {
        let answered = *self.stage.borrow() != Stage::Waiting;
        if request.host != self.host {
            Outcome::Answer(self.stray(Status::BadRequest))
        } else if request.method != "GET" {
            Outcome::Answer(self.stray(Status::MethodNotAllowed))
        } else if request.path == self.clean_path && answered {
            Outcome::LastPage
        } else if request.path == self.path && !request.looks_ahead {
            Outcome::Answer(self.redirected(&request.query))
        } else {
            Outcome::Answer(self.stray(Status::NotFound))
        }
    }

    /// The first answer that counts wins; whoever comes later with the right `state` (the same
    /// browser, reloading) is shown the same ending.
    fn redirected(&self, query: &str) -> Vec<u8> {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        let pairs: Zeroizing<Vec<(String, String)>> = Zeroizing::new(pairs.collect());
        let answer = match judge(&pairs, &self.expected) {
            Verdict::Stray => return self.stray(Status::NotFound),
            Verdict::Code(code) => Ok(code),
            Verdict::Refused(fault) => Err(fault),
        };
        let first = self.stage.send_if_modified(|stage| {
            let first = *stage == Stage::Waiting;
            if first {
                *stage = Stage::Answered;
            }
            first
        });
        if first {
            // There is room: only the first is ever sent. Nobody listens only while it is closing.
            let _ = self.found.try_send(answer);
        }
        answer::see_other(&self.pages, &self.clean_path)
    }

    fn stray(&self, status: Status) -> Vec<u8> {
        answer::page(&self.pages, status, &self.pages.stray)
    }
}
