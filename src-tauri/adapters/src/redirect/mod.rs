//! The loopback redirect (RFC 8252 7.3): a listener that lives as long as one consent attempt.
//!
//! HTTP is spoken here in the little that a redirect needs: one request, one answer, closed. So every
//! answer, refusals of broken requests included, is one of ours with all its headers.

mod answer;
mod connection;
mod door;
mod page;
#[cfg(feature = "fakes")]
mod portless;
mod request;

use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use async_trait::async_trait;
use evergrant_domain::{AuthorizationCode, Code, Fault, consent::callback::Expected};
use evergrant_engine::ports::{Ending, Entropy, Redirect, Redirects};
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::{mpsc, watch},
    task::JoinHandle,
    time::timeout,
};

use door::{Door, Stage};
pub use page::{Pages, Words};
#[cfg(feature = "fakes")]
pub use portless::PortlessRedirect;

/// Opens listeners on 127.0.0.1, each at a port and a path of its own.
pub struct LoopbackRedirects {
    pages: fn() -> Pages,
    entropy: Arc<dyn Entropy>,
}

impl LoopbackRedirects {
    /// `pages` is asked for each attempt: a person may choose another language in between.
    pub fn new(pages: fn() -> Pages, entropy: Arc<dyn Entropy>) -> Self {
        Self { pages, entropy }
    }
}

#[async_trait]
impl Redirects for LoopbackRedirects {
    async fn listen(&self, expected: Expected) -> Result<Box<dyn Redirect>, Fault> {
        let unavailable =
            |error: std::io::Error| Fault::with_detail(Code::ListenerUnavailable, &error.kind().to_string());
        let listener = bind().map_err(unavailable)?;
        let port = listener.local_addr().map_err(unavailable)?.port();
        let (stage, _) = watch::channel(Stage::Waiting);
        let (found, answers) = mpsc::channel(1);
        let path = format!("/{}", self.entropy.unguessable());
        let uri = format!("http://127.0.0.1:{port}{path}");
        let door = Door::new(
            port,
            path,
            expected,
            Arc::new(page::Written::new(&(self.pages)())),
            stage.clone(),
            found,
        );
        let task = tokio::spawn(connection::serve(listener, Arc::new(door)));
        Ok(Box::new(LoopbackRedirect {
            uri,
            answers,
            stage,
            task,
        }))
    }
}

/// A free port on the loopback interface. Not through `TcpListener::bind`, which sets
/// `SO_REUSEADDR`: nobody else may take the port over.
fn bind() -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    socket.listen(16)
}

/// How long the browser may take to fetch the last page.
const LAST_PAGE: Duration = Duration::from_secs(3);

struct LoopbackRedirect {
    uri: String,
    answers: mpsc::Receiver<Result<AuthorizationCode, Fault>>,
    stage: watch::Sender<Stage>,
    /// Owns the port and every connection.
    task: JoinHandle<()>,
}

#[async_trait]
impl Redirect for LoopbackRedirect {
    fn uri(&self) -> String {
        self.uri.clone()
    }

    async fn answer(&mut self) -> Result<AuthorizationCode, Fault> {
        let closed = || Err(Code::ListenerUnavailable.into());
        self.answers.recv().await.unwrap_or_else(closed)
    }

    async fn conclude(self: Box<Self>, ending: Ending) {
        // Nobody waits for a page where no answer ever came.
        if *self.stage.borrow() == Stage::Waiting {
            return;
        }
        self.stage.send_replace(Stage::Concluded(ending));
        let mut stages = self.stage.subscribe();
        let delivered = stages.wait_for(|stage| *stage == Stage::Delivered);
        // Late or never, the port closes.
        let _ = timeout(LAST_PAGE, delivered).await;
    }
}

impl Drop for LoopbackRedirect {
    fn drop(&mut self) {
        self.task.abort();
    }
}
