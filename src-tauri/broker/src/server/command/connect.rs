use evergrant_protocol::ProblemCode;
use evergrant_protocol::command::Connect;
use http::StatusCode;

use super::super::{Answered, Asked, answer, read};
use crate::server::refused::Refused;

/// What can be asked at a consent in plain words.
const PERMISSIONS: [&str; 5] = ["send_mail", "read_mail", "calendar", "contacts", "drive_files"];

pub async fn begin(asked: Asked<'_>) -> Answered {
    let wish: Connect = read::json(&asked.body)?;
    let unknown = |name: &String| !PERMISSIONS.contains(&name.as_str());
    if let Some(place) = wish.permissions.iter().position(unknown) {
        let detail = format!("permissions[{place}]: expected one of {}", PERMISSIONS.join(", "));
        return Err(Refused::with_detail(ProblemCode::BadRequest, detail));
    }
    let office = &asked.broker.setup.office;
    office.connect(wish).await.map_err(Refused::from)?;
    let attempt = office.attempt().await;
    Ok(answer::status(StatusCode::ACCEPTED, &attempt))
}

pub async fn cancel(asked: Asked<'_>) -> Answered {
    let office = &asked.broker.setup.office;
    office.cancel().await;
    Ok(answer::ok(&office.attempt().await))
}
