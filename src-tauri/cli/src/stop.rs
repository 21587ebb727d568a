//! Why the command stops short, in words.

use std::io::{self, ErrorKind};

use evergrant_protocol::client::{Refusal, Unreachable};
use evergrant_protocol::command::Trouble;
use evergrant_protocol::{Problem, ProblemCode};
use evergrant_words::say;

use crate::exit::{self, Exit};
use crate::voice;

/// An exit code, and what a person is told.
#[derive(Debug)]
pub struct Stop {
    exit: Exit,
    /// What happened; nothing where it was said already.
    what: Option<String>,
    /// What to do about it.
    todo: Option<String>,
    /// Technical words, for those who want them.
    detail: Option<String>,
}

impl Stop {
    /// What happened, and what to do about it.
    pub fn said(exit: Exit, what: String, todo: String) -> Self {
        Self {
            exit,
            what: Some(what),
            todo: Some(todo),
            detail: None,
        }
    }

    /// The answer itself said all there is to say.
    pub const fn silent(exit: Exit) -> Self {
        Self {
            exit,
            what: None,
            todo: None,
            detail: None,
        }
    }

    /// A problem that was found on this side.
    pub fn problem(code: ProblemCode) -> Self {
        let words = |part: &str| say(&format!("problem.{}.{part}", code.as_str()), &[]);
        Self::said(code.into(), words("what"), words("todo"))
    }

    pub const fn exit(&self) -> Exit {
        self.exit
    }

    /// What happened, and what to do.
    pub fn words(&self) -> (Option<&str>, Option<&str>) {
        (self.what.as_deref(), self.todo.as_deref())
    }

    /// Says it on standard error.
    pub fn tell(&self) -> Exit {
        if let Some(what) = &self.what {
            voice::complain(what, self.todo.as_deref(), self.detail.as_deref());
        }
        self.exit
    }
}

impl From<Unreachable> for Stop {
    fn from(why: Unreachable) -> Self {
        let (what, todo) = match why {
            Unreachable::NotRunning => ("cli.not_running.what", "cli.not_running.todo"),
            Unreachable::NoPlace => ("cli.no_place.what", "cli.no_place.todo"),
            Unreachable::Stranger => ("cli.stranger.what", "cli.stranger.todo"),
            Unreachable::Silent => ("cli.silent.what", "cli.silent.todo"),
            Unreachable::Broken => ("cli.broken.what", "cli.broken.todo"),
        };
        Self::said(why.into(), say(what, &[]), say(todo, &[]))
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        // A newer broker may have codes that this command does not know.
        let unknown = if problem.retry { Exit::Later } else { Exit::Failed };
        let mut detail = problem.detail;
        if !problem.accounts.is_empty() {
            let names = problem.accounts.iter();
            let names: Vec<String> = names
                .map(|name| format!("{}:{}", name.provider, name.email))
                .collect();
            detail = Some(names.join("  "));
        }
        Self {
            exit: ProblemCode::parse(&problem.code).map_or(unknown, Exit::from),
            what: Some(problem.title),
            todo: Some(problem.hint),
            detail,
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Problem(problem) => (*problem).into(),
            Refusal::Unreachable(why) => why.into(),
        }
    }
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self {
            exit: exit::of_fault(&trouble.code),
            what: Some(trouble.what),
            todo: Some(trouble.todo),
            detail: trouble.detail,
        }
    }
}

/// Standard output could not be written to. Where nobody reads it any more, nobody is told.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            return Self::silent(Exit::Failed);
        }
        Self {
            detail: Some(error.to_string()),
            ..Self::said(
                Exit::Failed,
                say("cli.unwritten.what", &[]),
                say("cli.unwritten.todo", &[]),
            )
        }
    }
}
