//! One answer: its head, judged strictly, and its body.

use std::os::unix::net::UnixStream;
use std::time::Instant;

use httparse::{EMPTY_HEADER, Header, Response, Status};

use super::body::{self, Framing};
use super::ear::Ear;
use super::unreachable::Unreachable;
use super::wiped::Wiped;

/// The largest head that is read.
pub(super) const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 64;

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Wiped,
    /// The connection can take another request.
    pub(super) keeps_open: bool,
}

impl Answer {
    pub(super) fn read(stream: &UnixStream, until: Instant) -> Result<Self, Unreachable> {
        let mut ear = Ear::new(stream, until);
        let length = ear.until(b"\r\n\r\n", LARGEST_HEAD)?;
        let head = Head::parse(&ear.heard()[..length])?;
        ear.take(length);
        let body = body::read(&mut ear, head.framing)?;
        Ok(Self {
            status: head.status,
            body,
            // More than was announced would be taken for the next answer.
            keeps_open: head.keeps_open && ear.heard().is_empty(),
        })
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    framing: Framing,
    keeps_open: bool,
}

impl Head {
    fn parse(text: &[u8]) -> Result<Self, Unreachable> {
        let mut headers = [EMPTY_HEADER; MOST_HEADERS];
        let mut response = Response::new(&mut headers);
        // `httparse` also takes an empty line without a CR for the end, and what follows it for the body.
        match response.parse(text) {
            Ok(Status::Complete(length)) if length == text.len() => {}
            _ => return Err(Unreachable::Broken),
        }
        let status = response.code.ok_or(Unreachable::Broken)?;
        // Nothing was asked that an interim answer would follow (RFC 9110 15.2).
        if status < 200 {
            return Err(Unreachable::Broken);
        }
        let closes = values(response.headers, "connection").any(|value| value.eq_ignore_ascii_case(b"close"));
        Ok(Self {
            status,
            framing: framing(status, response.headers)?,
            keeps_open: response.version == Some(1) && !closes,
        })
    }
}

/// How long the body is. Two answers to that question, or none, are an attack or a defect (RFC 9112 6.3).
fn framing(status: u16, headers: &[Header<'_>]) -> Result<Framing, Unreachable> {
    if matches!(status, 204 | 304) {
        return Ok(Framing::Empty);
    }
    let mut lengths = values(headers, "content-length");
    let mut codings = values(headers, "transfer-encoding");
    match (lengths.next(), codings.next()) {
        (Some(length), None) if lengths.next().is_none() => known_length(length).map(Framing::Length),
        (None, Some(coding)) if codings.next().is_none() && coding.eq_ignore_ascii_case(b"chunked") => {
            Ok(Framing::Chunked)
        }
        _ => Err(Unreachable::Broken),
    }
}

fn known_length(text: &[u8]) -> Result<usize, Unreachable> {
    let digits = str::from_utf8(text).ok();
    digits
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok())
        .filter(|length| *length <= body::LARGEST)
        .ok_or(Unreachable::Broken)
}

fn values<'h>(headers: &'h [Header<'h>], name: &'h str) -> impl Iterator<Item = &'h [u8]> {
    headers
        .iter()
        .filter(move |header| header.name.eq_ignore_ascii_case(name))
        .map(|header| header.value.trim_ascii())
}
