use evergrant_protocol::client::{Client, Method};
use evergrant_protocol::{Report, ReportKind, Reported};
use evergrant_words::say;

use crate::arguments;
use crate::reach::LONG;
use crate::stop::Stop;
use crate::voice;
use crate::when::moment;

pub fn rejected(client: &mut Client, wish: &arguments::Report, json: bool) -> Result<(), Stop> {
    let scopes = (!wish.scopes.is_empty()).then(|| wish.scopes.clone());
    let reported = tell(client, &wish.account, scopes)?;
    if json {
        return voice::json(&reported);
    }
    let values = [
        ("email", wish.account.as_str()),
        ("time", &moment(reported.expires_at)),
    ];
    voice::line(&say("cli.refreshed", &values))
}

/// Says that a service refused the token of this account.
pub fn tell(client: &mut Client, account: &str, scopes: Option<Vec<String>>) -> Result<Reported, Stop> {
    let report = Report {
        account: account.to_owned(),
        kind: ReportKind::Rejected,
        scopes,
    };
    Ok(client.ask(Method::Post, "/v1/report", Some(&report), LONG)?)
}
