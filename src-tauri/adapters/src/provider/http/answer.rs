//! An answer, read up to a bound.

use std::time::SystemTime;

use http::{HeaderMap, header};
use reqwest::Response;
use zeroize::Zeroizing;

use crate::provider::{Address, Endpoint, Failure, error_body::Body, retry_after::asked_wait};

/// A successful answer, wiped on drop.
pub(in crate::provider) struct Answer {
    pub status: u16,
    pub body: Zeroizing<Vec<u8>>,
}

/// # Errors
/// `Refused` for whatever is no answer of the provider, a page for people among it.
pub(super) async fn read(
    endpoint: Endpoint,
    address: &Address,
    mut response: Response,
    longest: usize,
) -> Result<Answer, Failure> {
    let status = response.status().as_u16();
    let retry_after = asked_wait(response.headers(), SystemTime::now());
    let elsewhere = elsewhere(address, response.headers());
    let body = read_up_to(longest, &mut response).await;
    let body = if (200..300).contains(&status) {
        let body = body?;
        if !(endpoint.answers_in_json() && Body::is_page(&body)) {
            return Ok(Answer { status, body });
        }
        body
    } else {
        // The status says enough where the words beside it cannot be read.
        body.unwrap_or_default()
    };
    Err(Failure::Refused {
        status,
        body,
        retry_after,
        elsewhere,
    })
}

/// The host of a redirect, where it is another one.
fn elsewhere(address: &Address, headers: &HeaderMap) -> Option<String> {
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let leads_to = address.url().join(location).ok()?;
    let host = leads_to.host_str()?;
    (Some(host) != address.url().host_str()).then(|| host.to_owned())
}

async fn read_up_to(longest: usize, response: &mut Response) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let announced = response.content_length();
    if announced.is_some_and(|length| length > longest as u64) {
        return Err(Failure::Unreadable);
    }
    // Its full size at once: a vector that grows leaves copies of its secrets behind.
    let mut body = Zeroizing::new(Vec::with_capacity(longest));
    let broken = |error| Failure::of(&error, false);
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > longest {
            return Err(Failure::Unreadable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
