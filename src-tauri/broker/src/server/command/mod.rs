//! What only the `evergrant` command may ask: a person at a terminal does with it what the window does.

mod accounts;
mod log;
mod programs;

use evergrant_protocol::ProblemCode;
use evergrant_protocol::command::{Attempt, Connect, Examination, Pause};
use http::{Method, StatusCode};

use super::refused::Refused;
use super::{Answered, Asked, answer, read};
use crate::ports::Undertaking;

/// `path` is below `/v1/command/`.
pub async fn route(asked: Asked<'_>, method: &Method, path: &str) -> Answered {
    if !asked.caller.command {
        return Err(ProblemCode::CommandOnly.into());
    }
    match (method.as_str(), path) {
        ("POST", "connect") => connect(asked).await,
        ("GET", "attempt") => Ok(answer::ok(&asked.broker.setup.office.attempt().await)),
        ("DELETE", "attempt") => cancel(asked).await,
        ("POST", "test") => accounts::undertake(asked, Undertaking::Test).await,
        ("POST", "refresh") => accounts::undertake(asked, Undertaking::Refresh).await,
        ("POST", "disconnect") => accounts::disconnect(asked).await,
        ("GET", "programs") => Ok(programs::list(&asked)),
        ("POST", "programs") => programs::allow(asked).await,
        ("POST", "pause") => pause(asked).await,
        ("GET", "log") => log::page(asked).await,
        ("GET", "doctor") => doctor(asked).await,
        ("DELETE", _) if path.starts_with("grants/") => programs::end(asked, &path["grants/".len()..]).await,
        (
            _,
            "connect" | "attempt" | "test" | "refresh" | "disconnect" | "programs" | "pause" | "log"
            | "doctor",
        ) => Err(ProblemCode::MethodNotAllowed.into()),
        (_, _) if path.starts_with("grants/") => Err(ProblemCode::MethodNotAllowed.into()),
        _ => Err(ProblemCode::NotFound.into()),
    }
}

async fn connect(asked: Asked<'_>) -> Answered {
    let wish: Connect = read::json(&asked.body)?;
    let office = &asked.broker.setup.office;
    office.connect(wish).await.map_err(Refused::from)?;
    let attempt: Attempt = office.attempt().await;
    Ok(answer::status(StatusCode::ACCEPTED, &attempt))
}

async fn cancel(asked: Asked<'_>) -> Answered {
    let office = &asked.broker.setup.office;
    office.cancel().await;
    Ok(answer::ok(&office.attempt().await))
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
