//! Bodies and queries, read with the name of what is wrong.

use bytes::Bytes;
use evergrant_protocol::ProblemCode;
use http::Request;
use hyper::body::{Body, Incoming};
use serde::de::DeserializeOwned;

use super::refused::Refused;
use crate::door::{self, BodyTrouble, Limits};

/// The body, within the door's limits.
pub async fn whole(request: Request<Incoming>) -> Result<Bytes, Refused> {
    if request.body().is_end_stream() {
        return Ok(Bytes::new());
    }
    door::body(request, &Limits::default())
        .await
        .map_err(|trouble| match trouble {
            BodyTrouble::TooLarge => ProblemCode::TooLarge.into(),
            BodyTrouble::TooSlow => {
                Refused::with_detail(ProblemCode::BadRequest, "the body did not arrive in time")
            }
            BodyTrouble::Broken => Refused::with_detail(ProblemCode::BadRequest, "the body broke off"),
        })
}

/// Reads JSON. Unknown fields are ignored; a wrong one is named.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    if let Ok(read) = serde_json::from_slice(body) {
        return Ok(read);
    }
    // Only what is wrong is read a second time, with the way to it.
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = error.path().to_string();
        let words = error.inner().to_string();
        let detail = if place == "." {
            words
        } else {
            format!("{place}: {words}")
        };
        Refused::with_detail(ProblemCode::BadRequest, detail)
    })?;
    reader
        .end()
        .map_err(|error| Refused::with_detail(ProblemCode::BadRequest, error.to_string()))?;
    Ok(read)
}

/// The value of a query's field, percent-decoded.
pub fn field(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// A number of a query.
pub fn number<N: std::str::FromStr>(query: &str, name: &str) -> Result<Option<N>, Refused> {
    let wrong = || Refused::with_detail(ProblemCode::BadRequest, format!("{name}: expected a number"));
    field(query, name)
        .map(|text| text.parse().map_err(|_| wrong()))
        .transpose()
}
