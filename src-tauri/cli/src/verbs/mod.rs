//! One file for each word that can follow `evergrant`.

mod accounts;
mod apps;
mod backup;
mod checks;
mod connect;
mod disconnect;
mod doctor;
mod git;
mod history;
mod interrupt;
mod log;
mod report;
mod status;
mod token;

use crate::arguments::{Format, Verb};
use crate::reach::reach;
use crate::stop::Stop;

/// Asks the broker, and prints what it answered.
pub fn carry_out(verb: &Verb, json: bool, start: bool) -> Result<(), Stop> {
    let client = || reach(start);
    match verb {
        Verb::Accounts => accounts::list(&mut client()?, json),
        Verb::Token(wish) if json => token::print(&mut client()?, wish, Format::Json),
        Verb::Token(wish) => token::print(&mut client()?, wish, wish.format),
        Verb::Connect(wish) => connect::connect(&mut client()?, wish, json),
        Verb::Test(one) => checks::test(&mut client()?, &one.account, json),
        Verb::Refresh(one) => checks::refresh(&mut client()?, &one.account, json),
        Verb::Disconnect(wish) => disconnect::disconnect(client, wish, json),
        Verb::Apps(apps) => apps::carry_out(client, apps.verb.as_ref(), json),
        Verb::Log(wish) => log::show(&mut client()?, wish, json),
        Verb::History(wish) => history::show(&mut client()?, wish, json),
        Verb::Status => status::show(&mut client()?, json),
        Verb::Doctor => doctor::examine(client(), json),
        Verb::Export(wish) => backup::hand_over(wish.words()),
        Verb::Import(wish) => backup::hand_over(wish.words()),
        Verb::Report(report) => report::rejected(&mut client()?, report, json),
        Verb::GitCredential(asked) => git::answer(client, asked),
    }
}
