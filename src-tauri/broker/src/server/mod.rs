//! What programs ask, over HTTP: a path each, read, judged and answered. `docs/openapi.json` describes it.

mod accounts;
mod answer;
mod command;
mod grants;
mod meaning;
mod read;
mod refused;
mod report;
mod status;
mod token;
mod wishes;

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use evergrant_protocol::ProblemCode;
use http::{Method, Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;

use crate::broker::Broker;
use crate::door::Reception;
use crate::witness::Caller;

use refused::Refused;

type Answer = Response<Full<Bytes>>;
type Answered = Result<Answer, Refused>;

/// A request with all of its body.
struct Asked<'a> {
    broker: &'a Broker,
    caller: &'a Arc<Caller>,
    query: &'a str,
    body: Bytes,
}

#[async_trait]
impl Reception for Broker {
    async fn answer(&self, caller: &Arc<Caller>, request: Request<Incoming>) -> Answer {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let answered = match read::whole(request).await {
            Ok(body) => {
                let asked = Asked {
                    broker: self,
                    caller,
                    query: uri.query().unwrap_or_default(),
                    body,
                };
                asked.route(&method, uri.path()).await
            }
            Err(refused) => Err(refused),
        };
        answered.unwrap_or_else(|refused| answer::problem(&refused))
    }
}

impl Asked<'_> {
    async fn route(self, method: &Method, path: &str) -> Answered {
        let Some(path) = path.strip_prefix("/v1/") else {
            return Err(ProblemCode::NotFound.into());
        };
        if let Some(path) = path.strip_prefix("command/") {
            return command::route(self, method, path).await;
        }
        match (method.as_str(), path) {
            ("POST", "token") => token::token(self).await,
            ("GET", "status") => Ok(status::status(&self)),
            ("GET", "accounts") => accounts::list(self).await,
            ("GET", "grants") => Ok(grants::list(&self)),
            ("POST", "grants") => grants::ask(self).await,
            ("DELETE", "grants") => grants::end_own(self).await,
            ("DELETE", _) if path.starts_with("grants/") => {
                grants::end_one(self, &path["grants/".len()..]).await
            }
            ("POST", "report") => report::report(self).await,
            (_, "token" | "report") => Err(Refused::method("POST")),
            (_, "status" | "accounts") => Err(Refused::method("GET")),
            (_, "grants") => Err(Refused::method("DELETE, GET, POST")),
            (_, _) if path.starts_with("grants/") => Err(Refused::method("DELETE")),
            _ => Err(ProblemCode::NotFound.into()),
        }
    }
}
