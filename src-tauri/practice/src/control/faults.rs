//! Planning what goes wrong.

use super::{Answer, Mistake, read};
use crate::{
    endpoint::Endpoint,
    faults::{
        kind::Fault,
        schedule::{Often, Planned},
    },
    world::Shared,
};
use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Plan {
    endpoint: Endpoint,
    #[serde(flatten)]
    fault: Fault,
    count: Option<u32>,
    probability: Option<f64>,
}

pub async fn plan(State(world): State<Shared>, body: Bytes) -> Answer {
    let plan: Plan = read_plan(&body)?;
    if !plan.fault.fits(plan.endpoint) {
        let name = plan.fault.name();
        return Err(Mistake(format!("{name} means nothing at this endpoint.")));
    }
    let often = match (plan.count, plan.probability) {
        (None, None) => Often::Count(1),
        (Some(count), None) if count > 0 => Often::Count(count),
        (None, Some(probability)) if (0.0..=1.0).contains(&probability) => Often::Probability(probability),
        _ => {
            return Err(Mistake(
                "Give a count above 0, or a probability from 0 to 1, or neither for once.".to_owned(),
            ));
        }
    };
    let planned = Planned {
        endpoint: plan.endpoint,
        fault: plan.fault,
        often,
    };
    let answer = json!(planned);
    world.faults().add(planned);
    Ok(Json(answer))
}

/// The two lost answers that matter most have names of their own, place included.
fn read_plan(body: &[u8]) -> Result<Plan, Mistake> {
    let mut plan: Value = read(body)?;
    let place = match plan["fault"].as_str() {
        Some("revoke-answer-lost") => "revoke",
        Some("code-answer-lost") => "token.code",
        _ => return read(body),
    };
    plan["fault"] = json!("answer-lost");
    plan["endpoint"] = json!(place);
    serde_json::from_value(plan).map_err(|error| Mistake(error.to_string()))
}

pub async fn list(State(world): State<Shared>) -> Json<Value> {
    Json(json!({"faults": world.faults().planned()}))
}

pub async fn clear(State(world): State<Shared>) -> Json<Value> {
    world.faults().clear();
    Json(json!({}))
}
