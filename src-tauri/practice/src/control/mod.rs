//! `/_control`: how a test moves the clock, plans faults and looks inside. `README.md` lists it.

pub mod faults;
pub mod look;
pub mod people;
pub mod project;
pub mod time;

use crate::world::{Shared, World};
use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

pub fn routes(world: &Shared) -> Router<Shared> {
    Router::new()
        .route("/clock", get(time::show).post(time::set))
        .route("/fault", post(faults::plan))
        .route("/faults", get(faults::list).delete(faults::clear))
        .route("/project", get(project::show).post(project::set))
        .route("/user", post(people::change))
        .route("/users", get(people::list))
        .route("/grants", get(look::grants))
        .route("/log", get(look::log))
        .route("/log", delete(look::clear_log))
        .route("/keys", post(look::rotate_keys))
        .route("/reset", post(look::reset))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(middleware::from_fn_with_state(world.clone(), only_with_key))
}

/// Without the key there is nothing here.
async fn only_with_key(State(world): State<Shared>, request: Request, next: Next) -> Response {
    if holds_key(&world, request.headers()) {
        next.run(request).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

fn holds_key(world: &World, headers: &HeaderMap) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "))
        .is_some_and(|key| key.ct_eq(world.control_key.as_bytes()).into())
}

/// What is wrong with a control request, in a sentence.
#[derive(Debug)]
pub struct Mistake(pub String);

impl IntoResponse for Mistake {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({"error": self.0}))).into_response()
    }
}

pub type Answer = Result<Json<Value>, Mistake>;

/// Reads a control request. An unknown name is a mistake, so that a misspelt one is noticed.
fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Mistake> {
    serde_json::from_slice(body).map_err(|error| Mistake(error.to_string()))
}
