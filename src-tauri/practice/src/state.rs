//! Everything the practice Google remembers. The rules that change it are in `rules`.

use crate::{
    clock::Moment,
    fingerprint::Fingerprint,
    people,
    rules::{authorize::Attempt, codes::Code},
    scopes::Scopes,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Google's permanent number for a person: an account is known by it, never by its email.
pub type Sub = String;

#[derive(Clone, Serialize, Deserialize)]
pub struct State {
    pub project: Project,
    pub clients: Vec<Client>,
    pub people: Vec<Person>,
    /// What each person has agreed to for the whole project, whichever client asked.
    pub grants: BTreeMap<Sub, Scopes>,
    pub refresh_tokens: Vec<RefreshToken>,
    pub access_tokens: Vec<AccessToken>,
    pub next_serial: u64,
    /// Not saved: a sign-in that was under way does not survive a restart.
    #[serde(skip)]
    pub codes: HashMap<Fingerprint, Code>,
    #[serde(skip)]
    pub attempts: HashMap<String, Attempt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Testing,
    Production,
}

/// The app's registration, as its owner would set it in the console.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch of the console, none depends on another"
)]
pub struct Project {
    pub status: Status,
    /// APIs switched off: their calls answer `accessNotConfigured`.
    pub apis_off: Vec<Api>,
    pub unverified_warning: bool,
    /// Organisations restrict this app: people with an organisation are refused.
    pub admin_policy: bool,
    /// Only people of an organisation may use this app.
    pub org_internal: bool,
    /// Organisations have not set this app up: their people see `access_not_configured`.
    pub org_not_configured: bool,
    /// Whether `scope` in a refresh narrows the access token.
    pub narrowing: bool,
    /// Stricter than Google, so that a client without PKCE is noticed.
    pub require_s256: bool,
    pub offline_access_scope: bool,
    /// Each refresh brings a new refresh token, as other providers do.
    pub rotates: bool,
    pub rotation_keeps_old: bool,
    /// Using a rotated token again ends all its descendants.
    pub reuse_detection: bool,
    /// Using a code again ends the refresh tokens that it brought.
    pub used_code_revokes: bool,
    pub revoke_delay_seconds: Moment,
    pub time_limited_seconds: Option<Moment>,
    /// This many further code exchanges bring no refresh token.
    pub omit_refresh_token: u32,
}

impl Default for Project {
    fn default() -> Self {
        Self {
            status: Status::Production,
            apis_off: Vec::new(),
            unverified_warning: false,
            admin_policy: false,
            org_internal: false,
            org_not_configured: false,
            // Guess: Google's pages are silent, RFC 6749 section 6 allows it.
            narrowing: true,
            require_s256: true,
            offline_access_scope: false,
            rotates: false,
            rotation_keeps_old: false,
            reuse_detection: false,
            // Guess: Google's pages are silent. RFC 6749 section 4.1.2 says that it should.
            used_code_revokes: false,
            // Guess: Google says that a revocation may take a while, not how long.
            revoke_delay_seconds: 0,
            time_limited_seconds: None,
            omit_refresh_token: 0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Api {
    Gmail,
    Drive,
    Calendar,
    Contacts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientType {
    Desktop,
    Web,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Client {
    pub id: String,
    /// Public on purpose: the practice clients' secrets stand in this crate's source.
    pub secret: String,
    pub kind: ClientType,
    /// Only a web client has them; a desktop client may use any loopback port.
    pub redirect_uris: Vec<String>,
    pub deleted: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent things that can befall an account"
)]
pub struct Person {
    pub sub: Sub,
    pub email: String,
    pub email_verified: bool,
    pub name: String,
    pub given_name: String,
    /// The organisation's domain, for a work or school account.
    pub hd: Option<String>,
    pub test_user: bool,
    pub deleted: bool,
    pub disabled: bool,
    /// The organisation's sign-in session has ended: the subtype to answer with.
    pub rapt: Option<String>,
}

impl Person {
    /// The part before the `@`: names the picture and the element on the chooser page.
    pub fn local_part(&self) -> &str {
        self.email.split('@').next().unwrap_or_default()
    }
}

/// Why a refresh token ended before its time. On the wire most of them look the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    Revoked,
    RemovedByPerson,
    PasswordChanged,
    TooManyTokens,
    Rotated,
    Reused,
    Expired,
    Unused,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct End {
    /// May lie ahead, when a revocation takes effect with a delay.
    pub at: Moment,
    pub cause: Cause,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefreshToken {
    pub fingerprint: Fingerprint,
    pub serial: u64,
    /// The serial of the token from which it was rotated, first of the line.
    pub family: u64,
    pub client_id: String,
    pub sub: Sub,
    pub scopes: Scopes,
    pub issued_at: Moment,
    pub last_used_at: Moment,
    pub expires_at: Option<Moment>,
    pub end: Option<End>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccessToken {
    pub fingerprint: Fingerprint,
    pub client_id: String,
    pub sub: Sub,
    pub scopes: Scopes,
    pub offline: bool,
    pub expires_at: Moment,
}

impl State {
    pub fn new() -> Self {
        Self {
            project: Project::default(),
            clients: people::clients(),
            people: people::people(),
            grants: BTreeMap::new(),
            refresh_tokens: Vec::new(),
            access_tokens: Vec::new(),
            next_serial: 1,
            codes: HashMap::new(),
            attempts: HashMap::new(),
        }
    }

    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub fn person(&self, sub: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.sub == sub)
    }

    /// By email, whatever its case, or by number: as `login_hint` allows.
    pub fn person_hinted(&self, hint: &str) -> Option<&Person> {
        self.people
            .iter()
            .find(|person| person.sub == hint || person.email.eq_ignore_ascii_case(hint))
    }
}
