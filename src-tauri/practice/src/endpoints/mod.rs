//! What is answered where.

pub mod auth;
pub mod callback;
pub mod discovery;
pub mod google_error;
pub mod oauth;
pub mod people;
pub mod permissions;
pub mod resources;
pub mod signin;
pub mod token;
pub mod userinfo;

use crate::{control, door, world::Shared};
use axum::{
    Router, middleware,
    routing::{get, post},
};

pub fn routes(world: Shared) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::document))
        .route("/oauth2/v3/certs", get(discovery::certs))
        .route("/o/oauth2/v2/auth", get(auth::begin))
        .route("/signin/person", post(signin::person))
        .route("/signin/warning", post(signin::warning))
        .route("/signin/sign-in", post(signin::sign_in))
        .route("/signin/access", post(signin::access))
        .route("/token", post(token::answer))
        .route("/revoke", post(oauth::revoke))
        .route("/tokeninfo", get(oauth::tokeninfo).post(oauth::tokeninfo))
        .route("/v1/userinfo", get(userinfo::answer).post(userinfo::answer))
        .route(
            "/oauth2/v3/userinfo",
            get(userinfo::answer).post(userinfo::answer),
        )
        .route("/permissions", get(permissions::list).post(permissions::remove))
        .route("/picture/{file}", get(people::picture))
        .route("/gmail/v1/users/me/profile", get(resources::gmail_profile))
        .route("/gmail/v1/users/me/messages/send", post(resources::gmail_send))
        .route("/drive/v3/about", get(resources::drive_about))
        .route(
            "/calendar/v3/users/me/calendarList",
            get(resources::calendar_list),
        )
        .route("/v1/people/me/connections", get(people::connections))
        .nest("/_control", control::routes(&world))
        .layer(middleware::from_fn_with_state(world.clone(), door::pass))
        .with_state(world)
}
