//! The body of a refusal: OAuth's (RFC 6749 5.2) or a Google API's, whichever it is.

use serde_json::Value;

/// What a refusal says of itself; every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    pub error: String,
    pub description: String,
    /// Google's finer word, such as `invalid_rapt`.
    pub subtype: String,
    /// Google APIs' reasons, such as `SERVICE_DISABLED`.
    pub reasons: Vec<String>,
}

/// What kind of body came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Error(ErrorBody),
    /// A page for people: a gateway or a proxy speaks, not the provider.
    Page,
    Unreadable,
}

impl Body {
    pub fn read(bytes: &[u8]) -> Self {
        if Self::is_page(bytes) {
            return Self::Page;
        }
        let json = serde_json::from_slice::<Value>(bytes);
        let read = json.ok().and_then(|json| ErrorBody::from_json(&json));
        read.map_or(Self::Unreadable, Self::Error)
    }

    pub fn is_page(bytes: &[u8]) -> bool {
        bytes.trim_ascii_start().starts_with(b"<")
    }
}

impl ErrorBody {
    fn from_json(json: &Value) -> Option<Self> {
        match json.get("error")? {
            Value::String(error) => Some(Self {
                error: error.clone(),
                description: text(json, "error_description"),
                subtype: text(json, "error_subtype"),
                reasons: Vec::new(),
            }),
            api @ Value::Object(_) => Some(Self {
                error: text(api, "status"),
                description: text(api, "message"),
                subtype: String::new(),
                reasons: reasons(api),
            }),
            _ => None,
        }
    }

    /// For people who want the details.
    pub fn words(&self) -> String {
        format!("{} {}", self.error, self.description)
    }
}

/// The old form lists them under `errors`, the new one under `details` (google.rpc.ErrorInfo).
fn reasons(api: &Value) -> Vec<String> {
    let listed = |name| api.get(name).and_then(Value::as_array).into_iter().flatten();
    let all = listed("errors").chain(listed("details"));
    all.map(|one| text(one, "reason"))
        .filter(|reason| !reason.is_empty())
        .collect()
}

fn text(json: &Value, name: &str) -> String {
    let found = json.get(name).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}
