//! The Unix socket on which programs ask: where it stands, who may come in, and how much one may take.
//!
//! `place` and `lock` see to it that the socket is ours and that there is one of us; `hall` lets programs
//! in, `roll` counts them, `connection` serves each one. A connection is `Patient`: it bears silence, a half
//! request and an answer that nobody takes only so long.
//!
//! What a program may take is in [`Limits`], and with it the bound on memory. There is no TCP port, so no
//! web page can come in.

mod body;
#[cfg(unix)]
mod connection;
#[cfg(unix)]
mod hall;
mod limits;
#[cfg(unix)]
mod lock;
#[cfg(unix)]
mod patient;
#[cfg(unix)]
mod place;
#[cfg(unix)]
mod pulse;
#[cfg(unix)]
mod roll;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::{io, path::PathBuf, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;

pub use body::{BodyTrouble, body};
#[cfg(all(unix, any(test, feature = "fakes")))]
pub use connection::serve_one;
pub use limits::Limits;
#[cfg(unix)]
pub use unix::Door;
#[cfg(windows)]
pub use windows::Door;

use crate::witness::Caller;

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
pub enum DoorTrouble {
    /// Another Evergrant holds it, or the system holds it for one (socket activation).
    #[error("another Evergrant holds the door")]
    Taken,
    /// This folder belongs to somebody else, is open to others, or is a link; or this file is in the way
    /// and is nothing that Evergrant put there. Nothing was changed.
    #[error("{} is not safe to stand in", .0.display())]
    UnsafeFolder(PathBuf),
    /// The folder that the socket's folder would be made in does not exist.
    #[error("there is no place for a socket")]
    NoPlace,
    /// The system refused.
    #[error("the system refused: {0}")]
    Refused(#[from] io::Error),
}

/// Answers what comes in.
#[async_trait]
pub trait Reception: Send + Sync {
    /// One request of one caller. Never fails: what goes wrong is an answer. Has to end by itself; it is
    /// dropped when the caller hangs up.
    async fn answer(&self, caller: &Arc<Caller>, request: Request<Incoming>) -> Response<Full<Bytes>>;
}
