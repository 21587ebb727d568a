//! What the table asks of the practice Google: to break down, and what came of it.

use evergrant_practice::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::google::Google;

impl Google {
    pub async fn open() -> Self {
        Self::with(Options::default()).await
    }

    /// From now on this fault meets every request to this endpoint; `Err` where it means nothing there.
    pub async fn break_down(&self, endpoint: &str, fault: &Value) -> Result<(), String> {
        let mut plan = fault.clone();
        plan["endpoint"] = json!(endpoint);
        plan["probability"] = json!(1.0);
        self.control(Method::POST, "fault", plan).await.map(drop)
    }

    /// The names of all faults, which it tells whoever plans one that it does not know.
    pub async fn fault_names(&self) -> Vec<String> {
        let said = self
            .break_down("token", &json!({"fault": "?"}))
            .await
            .expect_err("unknown");
        let names = said.split('`').skip(1).step_by(2).skip(1);
        names.map(str::to_owned).collect()
    }

    /// How often this endpoint was asked.
    pub async fn requests(&self, endpoint: &str) -> usize {
        let log = self
            .control(Method::GET, "log", Value::Null)
            .await
            .expect("the log");
        let entries = log["requests"].as_array().expect("a list");
        entries
            .iter()
            .filter(|entry| entry["endpoint"] == endpoint)
            .count()
    }

    /// Refresh tokens that still work.
    pub async fn live_grants(&self) -> u64 {
        let grants = self.control(Method::GET, "grants", Value::Null).await;
        grants.expect("the grants")["live_refresh_tokens"]
            .as_u64()
            .expect("a number")
    }
}
