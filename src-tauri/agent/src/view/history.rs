use evergrant_domain::Fault;
use evergrant_engine::ports::Happening;

use crate::history::{Event, Line};
use crate::interface::{HistoryLineView, HistoryView, HistoryWhat};
use crate::view::seconds;

pub fn history(account: &str, lines: Vec<Line>) -> HistoryView {
    HistoryView {
        account: account.to_owned(),
        lines: lines.into_iter().map(line).collect(),
    }
}

fn line(line: Line) -> HistoryLineView {
    let (what, code, program) = match line.what {
        Event::Own(Happening::Connected) => (HistoryWhat::Connected, None, None),
        Event::Own(Happening::Reconnected) => (HistoryWhat::Reconnected, None, None),
        Event::Own(Happening::Refreshed) => (HistoryWhat::Refreshed, None, None),
        Event::Own(Happening::Failed(code)) => (HistoryWhat::Failed, Some(code), None),
        Event::Own(Happening::Stopped(code)) => (HistoryWhat::Stopped, Some(code), None),
        Event::Own(Happening::Disconnecting) => (HistoryWhat::Disconnecting, None, None),
        Event::Given(program) => (HistoryWhat::Given, None, Some(program)),
        Event::Refused(program) => (HistoryWhat::Refused, None, Some(program)),
    };
    HistoryLineView {
        what,
        first: seconds(line.first),
        last: seconds(line.last),
        times: line.times,
        fault: code.map(|code| Fault::from(code).into()),
        program,
    }
}
