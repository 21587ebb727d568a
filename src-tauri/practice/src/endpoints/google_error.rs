//! How Google's APIs refuse (Google Cloud APIs, "Errors"; Gmail API, "Resolve errors").

use crate::{
    people::PROJECT_NUMBER,
    rules::access,
    scopes::Scopes,
    state::{Api, Person},
    world::World,
};
use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

/// One call of one API: what it needs, and its names in error answers.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    pub api: Api,
    /// As the console calls it.
    pub title: &'static str,
    pub service: &'static str,
    pub method: &'static str,
    /// Any of these allows it.
    pub scopes: &'static [&'static str],
    /// The older APIs repeat the error in an `errors` list.
    pub lists_errors: bool,
}

pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// Who calls, if this call is allowed.
pub fn admit(world: &World, call: Call, headers: &HeaderMap) -> Result<Person, Box<Response>> {
    let token = bearer(headers).ok_or_else(|| Box::new(login_required(call)))?;
    let (person, allowed, off) = world
        .look(|state, now| {
            let (token, person) = access::check(state, token, now)?;
            let off = state.project.apis_off.contains(&call.api);
            Some((person.clone(), allows(&token.scopes, call), off))
        })
        .ok_or_else(|| Box::new(invalid_credentials(call)))?;
    // Guess: which of the two comes first when both are wrong.
    if off {
        return Err(Box::new(not_configured(call)));
    }
    if !allowed {
        return Err(Box::new(insufficient_scopes(call)));
    }
    Ok(person)
}

fn allows(held: &Scopes, call: Call) -> bool {
    held.has_any(call.scopes)
}

fn login_required(call: Call) -> Response {
    let listed = json!({
        "message": "Login Required.", "domain": "global", "reason": "required",
        "location": "Authorization", "locationType": "header",
    });
    refuse(
        call,
        StatusCode::UNAUTHORIZED,
        "UNAUTHENTICATED",
        "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or \
         other valid authentication credential. See \
         https://developers.google.com/identity/sign-in/web/devconsole-project.",
        &listed,
        &json!([info(
            "CREDENTIALS_MISSING",
            &json!({"method": call.method, "service": call.service})
        )]),
    )
}

fn invalid_credentials(call: Call) -> Response {
    let listed = json!({
        "message": "Invalid Credentials", "domain": "global", "reason": "authError",
        "location": "Authorization", "locationType": "header",
    });
    refuse(
        call,
        StatusCode::UNAUTHORIZED,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other \
         valid authentication credential. See \
         https://developers.google.com/identity/sign-in/web/devconsole-project.",
        &listed,
        &json!([info(
            "ACCESS_TOKEN_INVALID",
            &json!({"method": call.method, "service": call.service})
        )]),
    )
}

fn insufficient_scopes(call: Call) -> Response {
    let listed = json!({
        "message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions",
    });
    refuse(
        call,
        StatusCode::FORBIDDEN,
        "PERMISSION_DENIED",
        "Request had insufficient authentication scopes.",
        &listed,
        &json!([info(
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            &json!({"method": call.method, "service": call.service})
        )]),
    )
}

fn not_configured(call: Call) -> Response {
    let console = format!(
        "https://console.developers.google.com/apis/api/{}/overview?project={PROJECT_NUMBER}",
        call.service
    );
    let message = format!(
        "{} has not been used in project {PROJECT_NUMBER} before or it is disabled. Enable it by visiting \
         {console} then retry. If you enabled this API recently, wait a few minutes for the action to propagate \
         to our systems and retry.",
        call.title
    );
    let listed = json!({
        "message": message, "domain": "usageLimits", "reason": "accessNotConfigured",
        "extendedHelp": "https://console.developers.google.com",
    });
    let metadata = json!({
        "service": call.service,
        "serviceTitle": call.title,
        "consumer": format!("projects/{PROJECT_NUMBER}"),
        "activationUrl": console,
    });
    let help = json!({
        "@type": "type.googleapis.com/google.rpc.Help",
        "links": [{"description": "Google developers console API activation", "url": console}],
    });
    refuse(
        call,
        StatusCode::FORBIDDEN,
        "PERMISSION_DENIED",
        &message,
        &listed,
        &json!([info("SERVICE_DISABLED", &metadata), help]),
    )
}

/// A parameter that the call cannot do without.
pub fn bad_request(call: Call, message: &str, reason: &str, parameter: Option<&str>) -> Response {
    let mut listed = json!({"message": message, "domain": "global", "reason": reason});
    if let Some(parameter) = parameter {
        listed["location"] = json!(parameter);
        listed["locationType"] = json!("parameter");
    }
    refuse(
        call,
        StatusCode::BAD_REQUEST,
        "INVALID_ARGUMENT",
        message,
        &listed,
        &Value::Null,
    )
}

fn info(reason: &str, metadata: &Value) -> Value {
    json!({
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    })
}

fn refuse(
    call: Call,
    code: StatusCode,
    status: &str,
    message: &str,
    listed: &Value,
    details: &Value,
) -> Response {
    let mut error = json!({"code": code.as_u16(), "message": message, "status": status});
    if call.lists_errors {
        error["errors"] = json!([listed]);
    }
    if !details.is_null() {
        error["details"] = details.clone();
    }
    let mut response = (code, Json(json!({"error": error}))).into_response();
    if code == StatusCode::UNAUTHORIZED {
        let challenge = "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"";
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            header::HeaderValue::from_static(challenge),
        );
    }
    response
}
