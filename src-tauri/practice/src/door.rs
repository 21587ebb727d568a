//! Every request passes here: its parameters are read once, it is noted, and it meets its fault.

use crate::{
    endpoint::Endpoint,
    faults::{before, body},
    journal::{self, Entry},
    parameters::Parameters,
    server::{Cut, Lost},
    world::Shared,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

const LARGEST_REQUEST: usize = 1024 * 1024;

pub async fn pass(State(world): State<Shared>, request: Request, next: Next) -> Response {
    if !names_the_loopback(request.headers()) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_REQUEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let form = is_form(&parts.headers).then_some(&bytes[..]);
    let parameters = Parameters::read(parts.uri.query(), form);
    let endpoint = Endpoint::asked(parts.uri.path(), &parameters);
    let fault = endpoint.and_then(|endpoint| {
        let mut chance = world.chance();
        world.faults().meet(endpoint, &mut chance)
    });
    let at = world.clock().now();
    let number = (!parts.uri.path().starts_with("/_control")).then(|| {
        world.journal().note(Entry {
            number: 0,
            at,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            endpoint,
            authorization: parts.headers.contains_key(header::AUTHORIZATION),
            parameters: journal::names(&parameters),
            values: journal::told_values(&parameters),
            fault: fault.as_ref().map(crate::faults::kind::Fault::name),
            status: None,
        })
    });
    let cut = parts.extensions.get::<Cut>().cloned().unwrap_or_default();
    parts.extensions.insert(parameters);
    let request = Request::from_parts(parts, Body::from(bytes));

    let answer = match (fault, endpoint) {
        (Some(fault), Some(endpoint)) => match before::answer(&fault, endpoint).await {
            Some(instead) => instead,
            None => body::spoil(&world, &fault, cut, next.run(request).await).await,
        },
        _ => next.run(request).await,
    };
    if let Some(number) = number.filter(|_| answer.extensions().get::<Lost>().is_none()) {
        world.journal().answered(number, answer.status().as_u16());
    }
    answer
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// A web page elsewhere could point its own name at this machine: such a name is refused.
fn names_the_loopback(headers: &HeaderMap) -> bool {
    headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .is_some_and(|host| {
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
            matches!(name, "127.0.0.1" | "localhost" | "[::1]")
        })
}
