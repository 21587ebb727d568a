//! Reading an authorization request (RFC 6749 section 4.1.1, RFC 7636, OIDC Core 3.1.2.1).

use super::blocked::Blocked;
use crate::{
    clock::Moment,
    parameters::Parameters,
    scopes::{OFFLINE_ACCESS, Scopes, is_known},
    state::{Client, ClientType, State, Sub},
};
use url::Url;

/// A sign-in between its first page and its redirect, kept here so that no page can change it.
#[derive(Clone)]
pub struct Attempt {
    pub request: Request,
    pub started_at: Moment,
    pub person: Option<Sub>,
    pub passed_warning: bool,
    pub agreed_to_sign_in: bool,
    /// What was ticked, once the access page is answered.
    pub agreed_to_access: Option<Scopes>,
}

#[derive(Clone)]
pub struct Request {
    pub client_id: String,
    pub redirect_uri: String,
    pub scopes: Scopes,
    pub state: Option<String>,
    pub nonce: Option<String>,
    pub challenge: Option<Challenge>,
    pub offline: bool,
    pub prompt: Prompt,
    pub login_hint: Option<String>,
    pub hd: Option<String>,
}

/// RFC 7636 section 4.2.
#[derive(Clone)]
pub enum Challenge {
    S256(String),
    Plain(String),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prompt {
    pub none: bool,
    pub consent: bool,
    pub select_account: bool,
}

impl Attempt {
    pub fn new(request: Request, started_at: Moment) -> Self {
        Self {
            request,
            started_at,
            person: None,
            passed_warning: false,
            agreed_to_sign_in: false,
            agreed_to_access: None,
        }
    }
}

/// Every mistake here is a page, not a redirect: an app must not be sent to by a request that
/// cannot be trusted. `include_granted_scopes` is ignored, as for every installed app.
pub fn read(state: &State, parameters: &Parameters) -> Result<Request, Blocked> {
    if let Some(name) = parameters.repeated() {
        return Err(Blocked::invalid_request(format!(
            "OAuth 2 parameters can only have a single value: {name}"
        )));
    }
    let required = |name: &str| parameters.get(name).ok_or_else(|| Blocked::missing(name));
    let client = known_client(state, required("client_id")?)?;
    let redirect_uri = required("redirect_uri")?;
    check_redirect(client, redirect_uri)?;
    check_response_type(required("response_type")?)?;
    let scopes = read_scopes(state, required("scope")?)?;
    // Guess: alone, the dead `approval_prompt` changes nothing.
    if parameters.get("approval_prompt").is_some() && parameters.get("prompt").is_some() {
        return Err(Blocked::invalid_request(
            "Conflict params: approval_prompt and prompt",
        ));
    }
    let offline_by_scope = state.project.offline_access_scope && scopes.has(OFFLINE_ACCESS);
    Ok(Request {
        client_id: client.id.clone(),
        redirect_uri: redirect_uri.to_owned(),
        state: parameters.owned("state"),
        nonce: parameters.owned("nonce"),
        challenge: read_challenge(state, parameters)?,
        offline: read_access_type(parameters)? || offline_by_scope,
        prompt: read_prompt(parameters.get("prompt").unwrap_or_default())?,
        login_hint: parameters.owned("login_hint"),
        hd: parameters.owned("hd"),
        scopes,
    })
}

fn known_client<'state>(state: &'state State, id: &str) -> Result<&'state Client, Blocked> {
    match state.client(id) {
        None => Err(Blocked::new(
            401,
            "invalid_client",
            "The OAuth client was not found.",
        )),
        Some(client) if client.deleted => Err(Blocked::new(
            401,
            "deleted_client",
            "The OAuth client was deleted.",
        )),
        Some(client) => Ok(client),
    }
}

/// RFC 8252 section 7.3: a desktop client may use any port of the loopback, unregistered.
fn check_redirect(client: &Client, redirect_uri: &str) -> Result<(), Blocked> {
    let fits = match client.kind {
        ClientType::Web => client
            .redirect_uris
            .iter()
            .any(|registered| registered == redirect_uri),
        ClientType::Desktop => is_loopback(redirect_uri),
    };
    if fits {
        return Ok(());
    }
    Err(Blocked::new(
        400,
        "redirect_uri_mismatch",
        format!(
            "The redirect URI in the request, {redirect_uri}, does not match the ones authorised for this client."
        ),
    ))
}

fn is_loopback(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        url.scheme() == "http"
            && matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none()
    })
}

fn check_response_type(response_type: &str) -> Result<(), Blocked> {
    if response_type == "code" {
        return Ok(());
    }
    Err(Blocked::new(
        400,
        "unsupported_response_type",
        format!("Invalid response_type: {response_type}"),
    ))
}

fn read_scopes(state: &State, text: &str) -> Result<Scopes, Blocked> {
    let scopes = Scopes::parse(text);
    if scopes.is_empty() {
        return Err(Blocked::missing("scope"));
    }
    let knows =
        |scope: &str| is_known(scope) && (scope != OFFLINE_ACCESS || state.project.offline_access_scope);
    let invalid = scopes.filtered(|scope| !knows(scope));
    if invalid.is_empty() {
        return Ok(scopes);
    }
    let list = |scopes: &Scopes| scopes.iter().collect::<Vec<_>>().join(", ");
    Err(Blocked::new(
        400,
        "invalid_scope",
        format!(
            "Some requested scopes were invalid. {{valid=[{}], invalid=[{}]}}",
            list(&scopes.filtered(knows)),
            list(&invalid),
        ),
    ))
}

fn read_challenge(state: &State, parameters: &Parameters) -> Result<Option<Challenge>, Blocked> {
    let method = parameters.get("code_challenge_method");
    let challenge = match (parameters.get("code_challenge"), method) {
        (None, None) => None,
        (None, Some(_)) => return Err(Blocked::missing("code_challenge")),
        (Some(challenge), Some("S256")) => Some(Challenge::S256(challenge.to_owned())),
        (Some(challenge), None | Some("plain")) => Some(Challenge::Plain(challenge.to_owned())),
        (Some(_), Some(other)) => {
            return Err(Blocked::invalid_request(format!(
                "Invalid parameter value for code_challenge_method: {other} is not a valid CodeChallengeMethod"
            )));
        }
    };
    // Google accepts less. The practice Google does not, unless a test says so: an app that
    // forgot PKCE would otherwise never be noticed.
    if state.project.require_s256 && !matches!(challenge, Some(Challenge::S256(_))) {
        return Err(Blocked::invalid_request(
            "Code challenge with method S256 required.",
        ));
    }
    Ok(challenge)
}

fn read_access_type(parameters: &Parameters) -> Result<bool, Blocked> {
    match parameters.get("access_type") {
        None | Some("online") => Ok(false),
        Some("offline") => Ok(true),
        Some(other) => Err(Blocked::invalid_request(format!(
            "Invalid parameter value for access_type: {other}"
        ))),
    }
}

fn read_prompt(text: &str) -> Result<Prompt, Blocked> {
    let mut prompt = Prompt::default();
    for value in text.split_ascii_whitespace() {
        match value {
            "none" => prompt.none = true,
            "consent" => prompt.consent = true,
            "select_account" => prompt.select_account = true,
            other => {
                return Err(Blocked::invalid_request(format!("Invalid prompt: {other}")));
            }
        }
    }
    if prompt.none && (prompt.consent || prompt.select_account) {
        return Err(Blocked::invalid_request(
            "Invalid prompt: none cannot be combined with another value",
        ));
    }
    Ok(prompt)
}
