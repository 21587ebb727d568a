//! Reads one request: the head only, and of the head only what is judged.

use tokio::io::{AsyncRead, AsyncReadExt};
use zeroize::Zeroizing;

/// The longest head; Google's codes are far below it.
const LONGEST: usize = 8 * 1024;
/// Browsers send about twenty.
const MOST_HEADERS: usize = 64;

/// A request, as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Zeroizing<String>,
    /// Present exactly once, or the request is `Unfit`.
    pub(super) host: String,
    /// The browser only looks ahead; nobody has gone there.
    pub(super) looks_ahead: bool,
}

/// Why there is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Closed, or broken off.
    Gone,
    TooLong,
    Malformed,
}

/// Reads the head of a request.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Result<Request, Unfit> {
    // Room for all of it at once: growing would leave copies of the code behind.
    let mut head = Zeroizing::new(vec![0; LONGEST + 1]);
    let mut length = 0;
    loop {
        let more = stream.read(&mut head[length..]).await.map_err(|_| Unfit::Gone)?;
        if more == 0 {
            return Err(Unfit::Gone);
        }
        length += more;
        if let Some(request) = parse(&head[..length.min(LONGEST)])? {
            return Ok(request);
        }
        if length > LONGEST {
            return Err(Unfit::TooLong);
        }
    }
}

/// `None` while the head is not whole yet (RFC 9112 2.1, as `httparse` reads it).
fn parse(head: &[u8]) -> Result<Option<Request>, Unfit> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Unfit::TooLong),
        Err(_) => return Err(Unfit::Malformed),
    }
    let (Some(method), Some(target)) = (parsed.method, parsed.path) else {
        return Err(Unfit::Malformed);
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(Some(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: Zeroizing::new(query.to_owned()),
        host: only_host(parsed.headers).ok_or(Unfit::Malformed)?,
        looks_ahead: parsed.headers.iter().any(looks_ahead),
    }))
}

/// One and no more (RFC 9112 3.2).
fn only_host(headers: &[httparse::Header<'_>]) -> Option<String> {
    let mut hosts = headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = std::str::from_utf8(hosts.next()?.value).ok()?;
    hosts.next().is_none().then(|| host.to_owned())
}

/// Fetch Standard, "Sec-Purpose"; `Purpose` and `X-moz` are its forerunners.
fn looks_ahead(header: &httparse::Header<'_>) -> bool {
    let telling = ["sec-purpose", "purpose", "x-moz"];
    let tells = telling.iter().any(|name| header.name.eq_ignore_ascii_case(name));
    let value = String::from_utf8_lossy(header.value).to_ascii_lowercase();
    tells && (value.contains("prefetch") || value.contains("preview"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let head = "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n";
        for short in 1..head.len() {
            assert_eq!(parse(&head.as_bytes()[..short]), Ok(None), "{short}");
        }
        let request = parse(head.as_bytes()).expect("fit").expect("whole");
        assert_eq!((request.path.as_str(), request.query.as_str()), ("/a", "b=c"));
        assert!(!request.looks_ahead);
    }

    #[test]
    fn what_is_ambiguous_is_unfit() {
        for head in [
            "GET /a HTTP/1.1\r\n\r\n",
            "GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /a HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
            "\u{16}\u{3}\u{1} a TLS hello",
        ] {
            assert_eq!(parse(head.as_bytes()), Err(Unfit::Malformed), "{head}");
        }
    }

    #[test]
    fn a_look_ahead_is_seen() {
        let head = "GET / HTTP/1.1\r\nHost: a\r\nSec-Purpose: prefetch;prerender\r\n\r\n";
        assert!(parse(head.as_bytes()).expect("fit").expect("whole").looks_ahead);
    }
}
