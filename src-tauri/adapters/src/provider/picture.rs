//! A person's picture, fetched once and taken only for what its bytes are.

use evergrant_domain::{Code, Fault};
use evergrant_engine::ports::Picture;
use http::{HeaderValue, header};

use super::{Address, Endpoint, Failure, Http, classify, http::get};

const LONGEST: usize = 256 * 1024;

/// No token goes along: the address may be anybody's.
///
/// # Errors
/// `ProviderUnreadable` for an address that may not be called, for what is no picture and for what
/// is too long; otherwise as the call failed.
pub(super) async fn fetch(http: &Http, address: &str) -> Result<Picture, Fault> {
    let address = Address::parse(address).map_err(|_| Fault::from(Code::ProviderUnreadable))?;
    let mut request = get(&address);
    let accepted = HeaderValue::from_static("image/png, image/jpeg, image/webp");
    request.headers_mut().insert(header::ACCEPT, accepted);
    let answer = http.call(Endpoint::Picture, request, LONGEST).await;
    let mut answer = answer.map_err(|failure| classify(Endpoint::Picture, &failure))?;
    let media_type = media_type(&answer.body);
    let media_type = media_type.ok_or_else(|| classify(Endpoint::Picture, &Failure::Unreadable))?;
    let mut bytes = std::mem::take(&mut *answer.body);
    bytes.shrink_to_fit();
    Ok(Picture { media_type, bytes })
}

/// By its first bytes; what the answer calls it counts for nothing. No SVG: it is a program.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn only_three_kinds_are_pictures() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\nrest"), Some("image/png"));
        assert_eq!(media_type(b"\xff\xd8\xff\xe0rest"), Some("image/jpeg"));
        assert_eq!(media_type(b"RIFF\x10\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
            b"GIF89a",
            b"\x89PNG",
            b"",
        ] {
            assert_eq!(media_type(other), None);
        }
    }
}
