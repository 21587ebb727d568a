//! A blocking client of the broker: HTTP/1.1 over its Unix socket (RFC 9112), one request at a time.
//!
//! It is bounded in every direction: connecting, each exchange, the head and the body of an answer.

mod answer;
mod body;
mod dial;
mod ear;
mod path;
#[cfg(test)]
mod tests;
mod unreachable;
mod wiped;

use std::io::{ErrorKind, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use path::quoted;
pub use unreachable::{Refusal, Unreachable};

use crate::{Problem, place};
use answer::Answer;

/// The methods that the broker's paths know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A way to the broker, with one connection that is kept open between requests.
#[derive(Debug)]
pub struct Client {
    socket: PathBuf,
    /// None after an answer that ended the connection.
    kept: Option<UnixStream>,
}

impl Client {
    /// Connects to `place::socket()`, within two seconds.
    pub fn connect() -> Result<Self, Unreachable> {
        Self::connect_to(&place::socket().ok_or(Unreachable::NoPlace)?)
    }

    /// Connects to the socket at this path, if it and its folder belong to nobody else.
    pub fn connect_to(socket: &Path) -> Result<Self, Unreachable> {
        Ok(Self {
            kept: Some(dial::dial(socket)?),
            socket: socket.to_owned(),
        })
    }

    /// Sends one request and reads its answer, all within `patience`. An answer without a body is read as
    /// JSON's `null`. A request is sent once: nothing is repeated here.
    pub fn ask<T: DeserializeOwned>(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
        patience: Duration,
    ) -> Result<T, Refusal> {
        let until = Instant::now() + patience;
        let stream = match self.kept.take().filter(is_quiet) {
            Some(stream) => stream,
            None => dial::dial(&self.socket)?,
        };
        send(&stream, &request(method, path, body)?, until)?;
        let answer = Answer::read(&stream, until)?;
        if answer.keeps_open {
            self.kept = Some(stream);
        }
        understood(&answer)
    }
}

/// A kept connection that has nothing to say: the other side neither closed it nor spoke unasked.
fn is_quiet(stream: &UnixStream) -> bool {
    let looked = recv(stream, &mut [0_u8; 1][..], RecvFlags::PEEK | RecvFlags::DONTWAIT);
    matches!(looked, Err(Errno::AGAIN))
}

fn request(method: Method, path: &str, body: Option<&impl Serialize>) -> Result<Vec<u8>, Unreachable> {
    let body = body.map(serde_json::to_vec).transpose();
    let body = body.map_err(|_| Unreachable::Broken)?;
    let mut request = format!(
        "{} {} HTTP/1.1\r\nHost: evergrant\r\nAccept: application/json\r\n",
        method.as_str(),
        path::line(path)
    )
    .into_bytes();
    if let Some(body) = body {
        let head = format!(
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        request.extend_from_slice(head.as_bytes());
        request.extend_from_slice(&body);
    } else {
        request.extend_from_slice(b"\r\n");
    }
    Ok(request)
}

fn send(mut stream: &UnixStream, mut rest: &[u8], until: Instant) -> Result<(), Unreachable> {
    while !rest.is_empty() {
        let left = ear::left(until)?;
        stream
            .set_write_timeout(Some(left))
            .map_err(|_| Unreachable::Broken)?;
        match stream.write(rest) {
            Ok(sent) => rest = &rest[sent..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // A server that will not read all of a request may have answered it all the same.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            Err(error) => return Err(unreachable::of(&error)),
        }
    }
    Ok(())
}

fn understood<T: DeserializeOwned>(answer: &Answer) -> Result<T, Refusal> {
    let body = answer.body.as_slice();
    if (200..300).contains(&answer.status) {
        let body = if body.is_empty() { b"null" } else { body };
        return serde_json::from_slice(body).map_err(|_| Unreachable::Broken.into());
    }
    let problem: Problem = serde_json::from_slice(body).map_err(|_| Unreachable::Broken)?;
    Err(Refusal::Problem(Box::new(problem)))
}
