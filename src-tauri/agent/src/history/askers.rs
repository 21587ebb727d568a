//! Who asked for an account, a line for each program and day.

use evergrant_broker::ports::{EntryOutcome, Written};
use evergrant_engine::ports::Row;
use evergrant_protocol::ProblemCode;

use super::{Event, Line};

const DAY: i64 = 24 * 60 * 60;

/// What the log calls an account: its address as it was, or the name that a program used for it.
pub struct Names {
    address: String,
    long: String,
    id: String,
}

impl Names {
    pub fn of(row: &Row) -> Self {
        let address = row.person.label().to_lowercase();
        Self {
            long: format!("{}:{address}", row.provider.as_str()),
            id: row.id.as_str().to_owned(),
            address,
        }
    }

    /// What finds every entry about it: the long name holds the address.
    pub fn to_search(&self) -> [&str; 2] {
        [&self.address, &self.id]
    }

    fn mean(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        [&self.address, &self.long, &self.id].contains(&&name)
    }
}

/// A line for each program, day and answer. What else the log tells (a grant made or ended, a service that
/// failed) is told elsewhere, and a question that is still open is no answer.
pub fn rolled_up(mut entries: Vec<Written>, names: &Names) -> Vec<Line> {
    // Newest first, and each once: it can have been found by two names.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.number));
    entries.dedup_by_key(|entry| entry.number);
    let mut lines: Vec<(Option<String>, Line)> = Vec::new();
    for entry in entries {
        let open = entry.code.as_deref() == Some(ProblemCode::ApprovalPending.as_str());
        let meant = entry.account.as_deref().is_some_and(|name| names.mean(name));
        let what = match entry.outcome {
            EntryOutcome::Given => Event::Given(entry.program),
            EntryOutcome::Refused => Event::Refused(entry.program),
            EntryOutcome::Granted | EntryOutcome::Failed | EntryOutcome::Ended => continue,
        };
        if open || !meant {
            continue;
        }
        let day = entry.at.0.div_euclid(DAY);
        let same = |(path, line): &&mut (Option<String>, Line)| {
            *path == entry.path && line.what == what && line.last.0.div_euclid(DAY) == day
        };
        if let Some((_, line)) = lines.iter_mut().find(same) {
            line.first = line.first.min(entry.at);
            line.last = line.last.max(entry.at);
            line.times = line.times.saturating_add(1);
        } else {
            let line = Line {
                first: entry.at,
                last: entry.at,
                times: 1,
                what,
            };
            lines.push((entry.path, line));
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use evergrant_domain::Timestamp;

    use super::*;

    const MIDNIGHT: i64 = 20_833 * DAY;

    fn names() -> Names {
        Names {
            address: "alice@example.com".into(),
            long: "google:alice@example.com".into(),
            id: "0123456789abcdef0123456789abcdef".into(),
        }
    }

    fn entry(number: u64, at: i64, program: &str, outcome: EntryOutcome) -> Written {
        Written {
            number,
            at: Timestamp(MIDNIGHT + at),
            program: program.into(),
            path: Some(format!("/usr/bin/{program}")),
            account: Some("alice@example.com".into()),
            scopes: String::new(),
            outcome,
            code: None,
        }
    }

    fn line(first: i64, last: i64, times: u32, what: Event) -> Line {
        Line {
            first: Timestamp(MIDNIGHT + first),
            last: Timestamp(MIDNIGHT + last),
            times,
            what,
        }
    }

    #[test]
    fn a_program_has_a_line_for_each_day_and_answer() {
        use EntryOutcome::{Given, Refused};
        let given = |program: &str| Event::Given(program.into());
        let entries = vec![
            entry(1, -1, "mutt", Given),
            entry(2, 0, "mutt", Given),
            entry(3, 60, "spy", Refused),
            entry(4, 120, "mutt", Given),
            entry(5, DAY - 1, "mutt", Refused),
            entry(6, DAY, "mutt", Given),
        ];
        let expected = [
            line(DAY, DAY, 1, given("mutt")),
            line(DAY - 1, DAY - 1, 1, Event::Refused("mutt".into())),
            line(0, 120, 2, given("mutt")),
            line(60, 60, 1, Event::Refused("spy".into())),
            line(-1, -1, 1, given("mutt")),
        ];
        assert_eq!(rolled_up(entries, &names()), expected);
    }

    #[test]
    fn two_programs_of_one_name_are_two_lines() {
        let mut other = entry(2, 0, "mutt", EntryOutcome::Given);
        other.path = Some("/home/alice/mutt".into());
        let entries = vec![entry(1, 0, "mutt", EntryOutcome::Given), other];
        assert_eq!(rolled_up(entries, &names()).len(), 2);
    }

    #[test]
    fn what_was_found_by_two_names_counts_once() {
        let entries = vec![
            entry(7, 0, "mutt", EntryOutcome::Given),
            entry(7, 0, "mutt", EntryOutcome::Given),
        ];
        assert_eq!(rolled_up(entries, &names())[0].times, 1);
    }

    #[test]
    fn an_account_is_meant_by_each_of_its_names_and_no_other_is() {
        for (name, meant) in [
            ("alice@example.com", true),
            ("Alice@Example.com", true),
            ("google:alice@example.com", true),
            ("0123456789abcdef0123456789abcdef", true),
            ("malice@example.com", false),
            ("alice@example.com.evil", false),
            ("work:alice@example.com", false),
            ("", false),
        ] {
            let mut entry = entry(1, 0, "mutt", EntryOutcome::Refused);
            entry.account = Some(name.into());
            assert_eq!(
                rolled_up(vec![entry], &names()).len(),
                usize::from(meant),
                "{name}"
            );
        }
        let mut nameless = entry(1, 0, "mutt", EntryOutcome::Refused);
        nameless.account = None;
        assert_eq!(rolled_up(vec![nameless], &names()), []);
    }

    #[test]
    fn a_question_that_is_still_open_is_no_refusal() {
        for (code, lines) in [("approval_denied", 1), ("paused", 1), ("approval_pending", 0)] {
            let mut refused = entry(1, 0, "mutt", EntryOutcome::Refused);
            refused.code = Some(code.into());
            assert_eq!(rolled_up(vec![refused], &names()).len(), lines, "{code}");
        }
    }

    #[test]
    fn what_is_told_elsewhere_is_left_out() {
        for outcome in [EntryOutcome::Granted, EntryOutcome::Failed, EntryOutcome::Ended] {
            assert_eq!(
                rolled_up(vec![entry(1, 0, "mutt", outcome)], &names()),
                [],
                "{outcome:?}"
            );
        }
    }
}
