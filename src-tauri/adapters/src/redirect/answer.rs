//! Answers as bytes: a status, the same headers on every one, a static page.

use super::page::Written;

/// The statuses this listener knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    HeadTooLarge,
}

impl Status {
    const fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::BadRequest => "400 Bad Request",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
        }
    }
}

/// An answer with a page.
pub(super) fn page(pages: &Written, status: Status, page: &str) -> Vec<u8> {
    let extra = match status {
        Status::MethodNotAllowed => "Allow: GET\r\n",
        _ => "",
    };
    whole(pages, status.line(), extra, page)
}

/// Sends the browser on to a clean address, so that the code is not the one it shows.
pub(super) fn see_other(pages: &Written, path: &str) -> Vec<u8> {
    whole(pages, "303 See Other", &format!("Location: {path}\r\n"), "")
}

fn whole(pages: &Written, status: &str, extra: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\n\
         Content-Type: text/html; charset=utf-8\r\n\
         Content-Length: {length}\r\n\
         Content-Security-Policy: {policy}\r\n\
         Cache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\n\
         X-Frame-Options: DENY\r\n\
         Connection: close\r\n\
         {extra}\r\n{body}",
        length = body.len(),
        policy = pages.policy,
    )
    .into_bytes()
}
