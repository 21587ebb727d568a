//! Contacts, and the pictures of people.

use super::google_error::{Call, admit, bad_request};
use crate::{parameters::Parameters, people, state::Api, world::Shared};
use axum::{
    Extension, Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

const CONNECTIONS: Call = Call {
    api: Api::Contacts,
    title: "People API",
    service: "people.googleapis.com",
    method: "google.people.v1.PeopleService.ListConnections",
    scopes: &["contacts", "contacts.readonly"],
    lists_errors: false,
};

/// Everybody knows everybody else here.
pub async fn connections(
    State(world): State<Shared>,
    headers: HeaderMap,
    Extension(parameters): Extension<Parameters>,
) -> Response {
    let me = match admit(&world, CONNECTIONS, &headers) {
        Err(refused) => return *refused,
        Ok(person) => person,
    };
    if parameters.get("personFields").is_none() {
        let problem = "personFields mask is required. Please specify one or more valid paths. Valid paths are \
                       documented at https://developers.google.com/people/api/rest/v1/people.connections/list.";
        return bad_request(CONNECTIONS, problem, "invalid", None);
    }
    let connections: Vec<Value> = world.look(|state, _| {
        state
            .people
            .iter()
            .filter(|person| person.sub != me.sub)
            .map(|person| {
                json!({
                    "resourceName": format!("people/c{}", person.sub),
                    "etag": "%practice",
                    "names": [{"displayName": person.name, "givenName": person.given_name}],
                    "emailAddresses": [{"value": person.email}],
                })
            })
            .collect()
    });
    let total = connections.len();
    Json(json!({"connections": connections, "totalPeople": total, "totalItems": total})).into_response()
}

pub async fn picture(Path(file): Path<String>) -> Response {
    match file.strip_suffix(".png").and_then(people::picture) {
        Some(picture) => (
            [
                (header::CONTENT_TYPE, "image/png"),
                (header::CACHE_CONTROL, "public, max-age=86400"),
            ],
            picture,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
