//! The redirect back to the app (RFC 6749 section 4.1.2, RFC 9207).

use crate::{
    endpoint::Endpoint,
    faults::{claims::ELSEWHERE, kind::Fault},
    rules::{authorize::Request, steps::Agreement},
    world::World,
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use url::Url;

const LONGEST_DUPLICATE: Duration = Duration::from_secs(5);

pub struct Callback {
    pub redirect_uri: String,
    pub parameters: Vec<(&'static str, String)>,
}

pub fn granted(request: &Request, agreement: &Agreement, code: String, hd: Option<String>) -> Callback {
    let prompt = if agreement.consent_shown {
        "consent"
    } else {
        "none"
    };
    let mut parameters = vec![
        ("code", code),
        ("scope", agreement.scopes.text()),
        ("authuser", "0".to_owned()),
        ("prompt", prompt.to_owned()),
    ];
    parameters.extend(hd.map(|hd| ("hd", hd)));
    callback(request, parameters)
}

pub fn denied(request: &Request, error: &str) -> Callback {
    callback(request, vec![("error", error.to_owned())])
}

fn callback(request: &Request, rest: Vec<(&'static str, String)>) -> Callback {
    let mut parameters: Vec<_> = request
        .state
        .iter()
        .map(|state| ("state", state.clone()))
        .collect();
    // Its value is filled in when the redirect is made.
    parameters.push(("iss", String::new()));
    parameters.extend(rest);
    Callback {
        redirect_uri: request.redirect_uri.clone(),
        parameters,
    }
}

pub async fn redirect(world: &World, mut callback: Callback) -> Response {
    let fault = {
        let mut chance = world.chance();
        world.faults().meet(Endpoint::Callback, &mut chance)
    };
    callback.put("iss", &world.issuer);
    match &fault {
        Some(Fault::WrongState) => callback.put("state", "not-the-state-that-was-sent"),
        Some(Fault::MissingState) => callback.remove("state"),
        Some(Fault::WrongIss) => callback.put("iss", ELSEWHERE),
        Some(Fault::MissingIss) => callback.remove("iss"),
        Some(Fault::OauthError {
            error,
            error_description,
            ..
        }) => {
            callback
                .parameters
                .retain(|(name, _)| matches!(*name, "state" | "iss"));
            callback.parameters.push(("error", error.clone()));
            callback.parameters.extend(
                error_description
                    .clone()
                    .map(|description| ("error_description", description)),
            );
        }
        _ => {}
    }
    let Some(address) = callback.address() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if fault == Some(Fault::DuplicateCallback) {
        let _ = timeout(LONGEST_DUPLICATE, call(&address)).await;
    }
    (
        StatusCode::FOUND,
        [
            (header::LOCATION, address.as_str()),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
        ],
    )
        .into_response()
}

impl Callback {
    fn put(&mut self, name: &'static str, value: &str) {
        for (_, known) in self.parameters.iter_mut().filter(|(known, _)| *known == name) {
            value.clone_into(known);
        }
    }

    fn remove(&mut self, name: &str) {
        self.parameters.retain(|(known, _)| *known != name);
    }

    fn address(&self) -> Option<Url> {
        let mut address = Url::parse(&self.redirect_uri).ok()?;
        address.query_pairs_mut().extend_pairs(&self.parameters);
        Some(address)
    }
}

/// A browser's request, made by the emulator. Only the loopback is ever a redirect address.
async fn call(address: &Url) -> std::io::Result<()> {
    let host = address.host_str().unwrap_or("127.0.0.1");
    let port = address.port_or_known_default().unwrap_or(80);
    let mut stream = TcpStream::connect(format!("{host}:{port}")).await?;
    let path = &address[url::Position::BeforePath..url::Position::AfterQuery];
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.read_to_end(&mut Vec::new()).await.map(drop)
}
