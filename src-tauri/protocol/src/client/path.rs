//! What may stand in a request line. Whatever else a person typed cannot end the line and begin another.

use std::fmt::Write;

/// One piece of a path or of a query, such as an id or a search: everything but letters, digits and
/// `-._~` as `%XX` (RFC 3986 2.3).
pub fn quoted(piece: &str) -> String {
    escaped(piece, |byte| {
        byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
    })
}

/// A whole path with its query: only what would break the request line is escaped.
pub(super) fn line(path: &str) -> String {
    escaped(path, |byte| byte.is_ascii_graphic())
}

fn escaped(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut line = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            line.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(line, "%{byte:02X}");
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_ends_the_request_line() {
        assert_eq!(quoted("a b&c=ü/\r\n"), "a%20b%26c%3D%C3%BC%2F%0D%0A");
        assert_eq!(
            line("/v1/log?search=a\r\nHost: b"),
            "/v1/log?search=a%0D%0AHost:%20b"
        );
    }
}
