//! What only the `evergrant` command may ask: a person at a terminal does with it what the window does.

mod accounts;
mod connect;
mod history;
mod log;
mod programs;

use evergrant_protocol::ProblemCode;
use evergrant_protocol::command::{Examination, Pause};
use http::Method;

use super::refused::Refused;
use super::{Answered, Asked, answer, read};
use crate::ports::Undertaking;

/// `path` is below `/v1/command/`.
pub async fn route(asked: Asked<'_>, method: &Method, path: &str) -> Answered {
    if !asked.caller.command {
        return Err(ProblemCode::CommandOnly.into());
    }
    match (method.as_str(), path) {
        ("POST", "connect") => connect::begin(asked).await,
        ("GET", "attempt") => Ok(answer::ok(&asked.broker.setup.office.attempt().await)),
        ("DELETE", "attempt") => connect::cancel(asked).await,
        ("POST", "test") => accounts::undertake(asked, Undertaking::Test).await,
        ("POST", "refresh") => accounts::undertake(asked, Undertaking::Refresh).await,
        ("POST", "disconnect") => accounts::disconnect(asked).await,
        ("GET", "programs") => Ok(programs::list(&asked)),
        ("POST", "programs") => programs::allow(asked).await,
        ("POST", "pause") => pause(asked).await,
        ("GET", "log") => log::page(asked).await,
        ("GET", "history") => history::page(asked).await,
        ("GET", "doctor") => doctor(asked).await,
        ("DELETE", _) if path.starts_with("grants/") => programs::end(asked, &path["grants/".len()..]).await,
        (_, "connect" | "test" | "refresh" | "disconnect" | "pause") => Err(Refused::method("POST")),
        (_, "attempt") => Err(Refused::method("DELETE, GET")),
        (_, "programs") => Err(Refused::method("GET, POST")),
        (_, "log" | "history" | "doctor") => Err(Refused::method("GET")),
        (_, _) if path.starts_with("grants/") => Err(Refused::method("DELETE")),
        _ => Err(ProblemCode::NotFound.into()),
    }
}

async fn pause(asked: Asked<'_>) -> Answered {
    let pause: Pause = read::json(&asked.body)?;
    // What a person paused in the window is not resumed behind their back.
    if !pause.paused && !asked.broker.setup.headless {
        return Err(ProblemCode::ApproveInWindow.into());
    }
    asked.broker.pause(pause.paused).await?;
    Ok(answer::ok(&pause))
}

async fn doctor(asked: Asked<'_>) -> Answered {
    let checks = asked.broker.setup.office.examine().await;
    Ok(answer::ok(&Examination { checks }))
}
