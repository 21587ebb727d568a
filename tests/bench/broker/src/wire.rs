//! A blocking caller with one connection: what is written, and when the answer is whole.

use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Longer than anything that is measured takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is said again and again.
#[derive(Clone)]
pub struct Saying {
    pub request: Vec<u8>,
    whole: Whole,
}

#[derive(Clone, Copy)]
enum Whole {
    /// So many bytes.
    Bytes(usize),
    /// Status 200 and all of the body.
    Http,
}

impl Saying {
    /// Bytes of the floor's request and answer.
    pub const ECHO: usize = 200;

    pub fn echo() -> Self {
        Self {
            request: vec![b'x'; Self::ECHO],
            whole: Whole::Bytes(Self::ECHO),
        }
    }

    /// Asks for a token of this account.
    pub fn token(account: &str) -> Self {
        let body = serde_json::json!({ "account": account }).to_string();
        let head = format!(
            "POST /v1/token HTTP/1.1\r\nHost: evergrant\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        Self {
            request: (head + &body).into_bytes(),
            whole: Whole::Http,
        }
    }

    /// Whether the answer is whole.
    ///
    /// # Errors
    /// It is another one than a token: then nothing that was measured counts.
    pub fn is_answered(&self, heard: &[u8]) -> io::Result<bool> {
        match self.whole {
            Whole::Bytes(bytes) => Ok(heard.len() >= bytes),
            Whole::Http => http_is_whole(heard),
        }
    }
}

fn http_is_whole(heard: &[u8]) -> io::Result<bool> {
    const END: &[u8] = b"\r\n\r\n";
    const LENGTH: &str = "content-length: ";
    let Some(end) = heard.windows(END.len()).position(|bytes| bytes == END) else {
        return Ok(false);
    };
    let lines = std::str::from_utf8(&heard[..end]).map_err(|_| ErrorKind::InvalidData)?;
    if !lines.starts_with("HTTP/1.1 200 ") {
        let heard = String::from_utf8_lossy(heard);
        return Err(io::Error::other(format!("no token, but:\n{heard}")));
    }
    let length = lines.lines().find_map(|line| line.strip_prefix(LENGTH));
    let length: usize = length
        .and_then(|length| length.parse().ok())
        .ok_or(ErrorKind::InvalidData)?;
    Ok(heard.len() >= end + END.len() + length)
}

/// A connection that is kept open.
pub struct Line {
    stream: UnixStream,
    inbox: Box<[u8]>,
}

impl Line {
    pub fn to(socket: &Path) -> io::Result<Self> {
        let stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            inbox: vec![0; 8192].into(),
        })
    }

    /// One request and its answer.
    pub fn say(&mut self, saying: &Saying) -> io::Result<()> {
        self.stream.write_all(&saying.request)?;
        let mut heard = 0;
        loop {
            match self.stream.read(&mut self.inbox[heard..])? {
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                read => heard += read,
            }
            if saying.is_answered(&self.inbox[..heard])? {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_with_the_last_byte_of_its_body() {
        let saying = Saying::token("a");
        let answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\n{  }";
        for end in 0..answer.len() {
            assert!(
                !saying.is_answered(&answer[..end]).expect("a part of a token"),
                "cut at {end}"
            );
        }
        assert!(saying.is_answered(answer).expect("a token"));
    }

    #[test]
    fn a_refusal_is_no_answer_to_be_measured() {
        let refusal = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";
        assert!(Saying::token("a").is_answered(refusal).is_err());
    }
}
