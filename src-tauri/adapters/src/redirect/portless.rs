//! A redirect without a port, for tests that would use up all of them.

use std::sync::Arc;

use evergrant_domain::{AuthorizationCode, Fault, consent::callback::Expected};
use evergrant_engine::ports::Ending;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::{mpsc, watch},
};

use super::{
    Pages, connection,
    door::{Door, Stage},
    page::Written,
};

/// The listener of one attempt, over streams that somebody else brings.
pub struct PortlessRedirect {
    door: Door,
    answers: mpsc::Receiver<Result<AuthorizationCode, Fault>>,
}

impl PortlessRedirect {
    /// As if it listened on `port`, at `path`.
    pub fn new(pages: &Pages, port: u16, path: &str, expected: Expected) -> Self {
        let (stage, _) = watch::channel(Stage::Waiting);
        let (found, answers) = mpsc::channel(1);
        let pages = Arc::new(Written::new(pages));
        Self {
            door: Door::new(port, path.to_owned(), expected, pages, stage, found),
            answers,
        }
    }

    /// Serves one connection to its end.
    pub async fn converse(&self, stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) {
        connection::converse(stream, &self.door).await;
    }

    /// What the attempt was answered so far.
    pub fn answer(&mut self) -> Option<Result<AuthorizationCode, Fault>> {
        self.answers.try_recv().ok()
    }

    /// Makes the ending known.
    pub fn conclude(&self, ending: Ending) {
        self.door.stage.send_replace(Stage::Concluded(ending));
    }
}
