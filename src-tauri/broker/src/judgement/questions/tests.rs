use evergrant_domain::Subject;

use super::*;
use crate::program::{Assurance, Origin};

const NOW: Timestamp = Timestamp(1_800_000_000);

fn program(key: &str, assurance: Assurance) -> Arc<Program> {
    Arc::new(Program {
        key: ProgramKey::new(key),
        name: key.into(),
        path: None,
        origin: Origin::Direct,
        assurance,
        package: None,
        chain: vec![],
        unit: None,
        terminal: None,
    })
}

fn wish(sub: &str, scopes: &str) -> Wish {
    let subject = Subject {
        issuer: "https://issuer.example".into(),
        sub: sub.into(),
    };
    Wish {
        account: AccountId::of(&subject),
        email: format!("{sub}@example.com"),
        scopes: ScopeSet::parse(scopes),
    }
}

struct Line {
    questions: Questions,
    connections: u64,
}

impl Line {
    fn new() -> Self {
        Self {
            questions: Questions::default(),
            connections: 0,
        }
    }

    fn ask(&mut self, program: &Arc<Program>, wishes: &[Wish]) -> Joined {
        self.connections += 1;
        let asker = Asker::new(program, self.connections);
        self.questions.ask(&asker, program, wishes, None, NOW)
    }

    fn id(&mut self, program: &Arc<Program>, wishes: &[Wish]) -> QuestionId {
        match self.ask(program, wishes) {
            Joined::In(id) => id,
            Joined::Full => panic!("the line is full"),
        }
    }
}

#[test]
fn the_same_question_is_one_question() {
    let mut line = Line::new();
    let mutt = program("mutt", Assurance::System);
    let first = line.id(&mutt, &[wish("alice", "mail send")]);
    assert_eq!(
        line.id(&mutt, &[wish("alice", "mail")]),
        first,
        "less is the same"
    );
    assert_eq!(line.questions.ids().len(), 1);
}

#[test]
fn what_is_shown_does_not_change_and_the_rest_of_a_program_is_one_question() {
    let mut line = Line::new();
    let mutt = program("mutt", Assurance::System);
    let shown = line.id(&mutt, &[wish("alice", "mail")]);
    let second = line.id(&mutt, &[wish("alice", "drive")]);
    assert_ne!(shown, second);
    assert_eq!(line.id(&mutt, &[wish("bob", "mail")]), second, "batched");
    assert_eq!(line.id(&mutt, &[wish("alice", "calendar")]), second);
    let (question, behind) = line.questions.shown().expect("one is shown");
    assert_eq!((question.id, behind), (shown, 1));
    assert_eq!(question.wishes, [wish("alice", "mail")]);
    line.questions.take(shown, NOW);
    let (question, _) = line.questions.shown().expect("the next is shown");
    assert_eq!(
        question.wishes,
        [wish("alice", "calendar drive"), wish("bob", "mail")]
    );
}

#[test]
fn programs_that_hide_share_no_question() {
    let mut line = Line::new();
    let hidden = program("hidden:python3", Assurance::Hidden);
    let one = line.id(&hidden, &[wish("alice", "mail")]);
    assert_ne!(line.id(&hidden, &[wish("alice", "mail")]), one);
}

#[test]
fn time_runs_from_the_moment_a_question_is_shown() {
    let mut line = Line::new();
    let first = line.id(&program("a", Assurance::System), &[wish("alice", "mail")]);
    let second = line.id(&program("b", Assurance::System), &[wish("alice", "mail")]);
    let over = NOW + Questions::PATIENCE;
    assert_eq!(line.questions.late(Timestamp(over.0 - 1)), None);
    assert_eq!(line.questions.late(over), Some(first));
    line.questions.take(first, over);
    assert_eq!(line.questions.late(over), None, "the second was not shown before");
    assert_eq!(line.questions.late(over + Questions::PATIENCE), Some(second));
}

#[test]
fn a_question_that_nobody_waits_for_is_withdrawn() {
    let mut line = Line::new();
    let mutt = program("mutt", Assurance::System);
    let id = line.id(&mutt, &[wish("alice", "mail")]);
    line.questions.waits(id);
    line.questions.waits(id);
    assert!(line.questions.leaves(id, NOW).is_none());
    assert!(line.questions.leaves(id, NOW).is_some());
    assert!(line.questions.shown().is_none());

    let id = line.id(&mutt, &[wish("alice", "mail")]);
    line.questions.stays(id);
    line.questions.waits(id);
    assert!(
        line.questions.leaves(id, NOW).is_none(),
        "somebody comes back for it"
    );
}

#[test]
fn the_line_has_an_end() {
    let mut line = Line::new();
    for number in 0..Questions::LONGEST_LINE {
        line.id(
            &program(&format!("p{number}"), Assurance::System),
            &[wish("alice", "mail")],
        );
    }
    let late = program("late", Assurance::System);
    assert_eq!(line.ask(&late, &[wish("alice", "mail")]), Joined::Full);
    let many: Vec<Wish> = (0..=Questions::MOST_WISHES)
        .map(|number| wish(&format!("a{number}"), "mail"))
        .collect();
    let mut empty = Line::new();
    assert_eq!(empty.ask(&late, &many), Joined::Full);
}

#[test]
fn a_reason_is_words_on_one_line() {
    assert_eq!(
        plain(" to\n send\tmail \u{202e}now\u{0007} ").as_deref(),
        Some("to send mail now")
    );
    assert_eq!(plain("\u{200b}\n"), None);
    let long = "word ".repeat(100);
    assert_eq!(
        plain(&long).map(|text| text.chars().count()),
        Some(Questions::LONGEST_REASON)
    );
}
