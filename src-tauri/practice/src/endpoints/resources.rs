//! A few API calls to try an access token on: mail, files, calendars.

use super::google_error::{Call, admit, bad_request};
use crate::{id_token::picture, parameters::Parameters, state::Api, world::Shared};
use axum::{
    Extension, Json,
    body::Bytes,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};
use base64::{
    Engine as _,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde_json::{Value, json};

/// URL-safe, with or without padding, as Gmail takes it.
const RAW: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const PROFILE: Call = Call {
    api: Api::Gmail,
    title: "Gmail API",
    service: "gmail.googleapis.com",
    method: "caribou.api.proto.MailboxService.GetProfile",
    scopes: &[
        "https://mail.google.com/",
        "gmail.modify",
        "gmail.compose",
        "gmail.readonly",
        "gmail.metadata",
    ],
    lists_errors: true,
};

const SEND: Call = Call {
    method: "caribou.api.proto.MailboxService.SendMessage",
    scopes: &[
        "https://mail.google.com/",
        "gmail.modify",
        "gmail.compose",
        "gmail.send",
    ],
    ..PROFILE
};

const ABOUT: Call = Call {
    api: Api::Drive,
    title: "Google Drive API",
    service: "drive.googleapis.com",
    method: "google.apps.drive.v3.DriveAbout.Get",
    scopes: &[
        "drive",
        "drive.appdata",
        "drive.file",
        "drive.metadata",
        "drive.metadata.readonly",
        "drive.readonly",
    ],
    lists_errors: true,
};

const CALENDARS: Call = Call {
    api: Api::Calendar,
    title: "Google Calendar API",
    service: "calendar-json.googleapis.com",
    method: "calendar.v3.CalendarList.List",
    scopes: &["calendar", "calendar.readonly"],
    lists_errors: true,
};

pub async fn gmail_profile(State(world): State<Shared>, headers: HeaderMap) -> Response {
    match admit(&world, PROFILE, &headers) {
        Err(refused) => *refused,
        Ok(person) => Json(json!({
            "emailAddress": person.email, "messagesTotal": 1204, "threadsTotal": 871, "historyId": "48213",
        }))
        .into_response(),
    }
}

/// Takes the message and keeps nothing of it.
pub async fn gmail_send(State(world): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(refused) = admit(&world, SEND, &headers) {
        return *refused;
    }
    let message = serde_json::from_slice::<Value>(&body)
        .ok()
        .and_then(|body| RAW.decode(body["raw"].as_str()?).ok())
        .filter(|message| !message.is_empty());
    if message.is_none() {
        let problem = "'raw' RFC822 payload message string or uploading message via /upload/* URL required";
        return bad_request(SEND, problem, "invalidArgument", None);
    }
    let id: String = crate::fingerprint::hex(&world.chance().bits()[..8]);
    Json(json!({"id": id, "threadId": id, "labelIds": ["SENT"]})).into_response()
}

pub async fn drive_about(
    State(world): State<Shared>,
    headers: HeaderMap,
    Extension(parameters): Extension<Parameters>,
) -> Response {
    let person = match admit(&world, ABOUT, &headers) {
        Err(refused) => return *refused,
        Ok(person) => person,
    };
    let Some(fields) = parameters.get("fields") else {
        let problem = "The 'fields' parameter is required for this method.";
        return bad_request(ABOUT, problem, "required", Some("fields"));
    };
    let whole = json!({
        "kind": "drive#about",
        "user": {
            "kind": "drive#user",
            "displayName": person.name,
            "photoLink": picture(&person, &world.base_url),
            "me": true,
            "permissionId": person.sub,
            "emailAddress": person.email,
        },
        "storageQuota": {"limit": "16106127360", "usage": "1288490188", "usageInDrive": "912680550", "usageInDriveTrash": "0"},
    });
    Json(chosen(whole, fields)).into_response()
}

/// Only the first level of `fields` is honoured.
fn chosen(mut whole: Value, fields: &str) -> Value {
    if fields != "*"
        && let Some(all) = whole.as_object_mut()
    {
        let wanted: Vec<&str> = fields.split([',', '(', '/']).map(str::trim).collect();
        all.retain(|name, _| wanted.contains(&name.as_str()));
    }
    whole
}

pub async fn calendar_list(State(world): State<Shared>, headers: HeaderMap) -> Response {
    match admit(&world, CALENDARS, &headers) {
        Err(refused) => *refused,
        Ok(person) => Json(json!({
            "kind": "calendar#calendarList",
            "etag": "\"p33c9practice\"",
            "nextSyncToken": "practice-sync",
            "items": [{
                "kind": "calendar#calendarListEntry",
                "etag": "\"1700000000000000\"",
                "id": person.email,
                "summary": person.email,
                "timeZone": "Europe/Zurich",
                "colorId": "14",
                "backgroundColor": "#9fe1e7",
                "foregroundColor": "#000000",
                "selected": true,
                "accessRole": "owner",
                "defaultReminders": [{"method": "popup", "minutes": 10}],
                "primary": true,
            }],
        }))
        .into_response(),
    }
}
