use evergrant_protocol::Status;
use evergrant_protocol::client::{Client, Method};
use evergrant_words::say;

use super::accounts;
use crate::reach::SHORT;
use crate::stop::Stop;
use crate::voice;

pub fn show(client: &mut Client, json: bool) -> Result<(), Stop> {
    let status: Status = client.ask(Method::Get, "/v1/status", None::<&()>, SHORT)?;
    if json {
        return voice::json(&status);
    }
    voice::line(&say("cli.status.running", &[("version", &status.version)]))?;
    for (applies, key) in [
        (status.paused, "cli.status.paused"),
        (status.headless, "cli.status.no_window"),
    ] {
        if applies {
            voice::line(&say(key, &[]))?;
        }
    }
    let mut chain = vec![status.you.name];
    chain.extend(status.you.started_by);
    voice::line(&say("cli.status.you", &[("program", &chain.join(" ← "))]))?;
    // That it runs is said, whatever becomes of its accounts.
    let accounts = accounts::all(client).ok();
    for sentence in accounts.iter().flat_map(accounts::sentences) {
        voice::line(&sentence)?;
    }
    Ok(())
}
