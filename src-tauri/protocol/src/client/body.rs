//! The body of an answer, of a known length or in chunks (RFC 9112 6 and 7).

use httparse::{Status, parse_chunk_size};

use super::ear::Ear;
use super::unreachable::Unreachable;
use super::wiped::Wiped;

/// The largest body that is read.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;
/// The longest line between chunks, or after the last one.
const LONGEST_LINE: usize = 4096;
/// The most lines after the last chunk.
const MOST_TRAILERS: usize = 32;

/// How the end of a body is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Empty,
    Length(usize),
    Chunked,
}

pub(super) fn read(ear: &mut Ear<'_>, framing: Framing) -> Result<Wiped, Unreachable> {
    match framing {
        Framing::Empty => Ok(Wiped::new()),
        Framing::Length(length) => {
            let mut body = Wiped::new();
            append(ear, &mut body, length)?;
            Ok(body)
        }
        Framing::Chunked => chunks(ear),
    }
}

fn chunks(ear: &mut Ear<'_>) -> Result<Wiped, Unreachable> {
    let mut body = Wiped::new();
    loop {
        let line = ear.until(b"\r\n", LONGEST_LINE)?;
        let size = chunk_size(&ear.heard()[..line])?;
        ear.take(line);
        if size == 0 {
            skip_trailers(ear)?;
            return Ok(body);
        }
        append(ear, &mut body, size)?;
        if ear.until(b"\r\n", 2)? != 2 {
            return Err(Unreachable::Broken);
        }
        ear.take(2);
    }
}

/// At least one digit (RFC 9112 7.1): `httparse` takes a line without any for the end of the body.
fn chunk_size(line: &[u8]) -> Result<usize, Unreachable> {
    let begins = line.first().is_some_and(u8::is_ascii_hexdigit);
    match parse_chunk_size(line) {
        Ok(Status::Complete((_, size))) if begins => usize::try_from(size).map_err(|_| Unreachable::Broken),
        _ => Err(Unreachable::Broken),
    }
}

fn append(ear: &mut Ear<'_>, body: &mut Wiped, count: usize) -> Result<(), Unreachable> {
    if count > LARGEST - body.as_slice().len() {
        return Err(Unreachable::Broken);
    }
    ear.expect(count)?;
    body.extend(&ear.heard()[..count]);
    ear.take(count);
    Ok(())
}

fn skip_trailers(ear: &mut Ear<'_>) -> Result<(), Unreachable> {
    for _ in 0..=MOST_TRAILERS {
        let line = ear.until(b"\r\n", LONGEST_LINE)?;
        ear.take(line);
        if line == 2 {
            return Ok(());
        }
    }
    Err(Unreachable::Broken)
}
