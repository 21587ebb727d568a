//! The practice Google, and the door behind which a test plans faults and looks inside.

use std::time::Duration;

use evergrant_practice::{Options, Practice, start};
use reqwest::Method;
use serde_json::Value;

use super::client;

pub struct Google {
    practice: Practice,
    http: reqwest::Client,
}

impl Google {
    pub async fn with(options: Options) -> Self {
        Self {
            practice: start(options).await.expect("a free port"),
            http: client(Duration::from_secs(30)),
        }
    }

    pub fn base(&self) -> String {
        self.practice.base_url()
    }

    /// `Err` with its own words where it does not take this.
    pub async fn control(&self, method: Method, path: &str, body: Value) -> Result<Value, String> {
        let request = self
            .http
            .request(method, format!("{}/_control/{path}", self.base()));
        let request = request
            .bearer_auth(self.practice.control_key())
            .body(body.to_string());
        let answer = request.send().await.expect("the practice provider answers");
        let good = answer.status().is_success();
        let said: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
        if good {
            Ok(said)
        } else {
            Err(said["error"].as_str().unwrap_or_default().to_owned())
        }
    }

    pub async fn set(&self, path: &str, body: Value) {
        let set = self.control(Method::POST, path, body).await;
        set.expect("the practice provider does it");
    }

    pub async fn recover(&self) {
        let cleared = self.control(Method::DELETE, "faults", Value::Null).await;
        cleared.expect("cleared");
    }

    pub async fn forget_requests(&self) {
        let cleared = self.control(Method::DELETE, "log", Value::Null).await;
        cleared.expect("cleared");
    }
}
