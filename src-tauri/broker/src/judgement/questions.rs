//! The questions that wait for a person: one is shown, the others stand in line.

use std::collections::VecDeque;
use std::sync::Arc;

use evergrant_domain::{AccountId, ScopeSet, Timestamp, time::Seconds};

use crate::program::{Program, ProgramKey};

/// Who asks, so that the same question of the same program is one question. A program that cannot be told
/// apart from others is only the same within one connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asker {
    key: ProgramKey,
    connection: Option<u64>,
}

impl Asker {
    /// `connection` counts the connections of this run.
    pub fn new(program: &Program, connection: u64) -> Self {
        Self {
            key: program.key.clone(),
            connection: (!program.can_be_remembered()).then_some(connection),
        }
    }

    pub fn key(&self) -> &ProgramKey {
        &self.key
    }
}

/// What a program would like to have of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub account: AccountId,
    pub email: String,
    pub scopes: ScopeSet,
}

impl Wish {
    fn within(&self, other: &Self) -> bool {
        self.account == other.account && self.scopes.is_subset_of(&other.scopes)
    }
}

/// Names a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuestionId(pub u32);

/// A question to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    pub asker: Asker,
    pub program: Arc<Program>,
    pub wishes: Vec<Wish>,
    /// The program's own words.
    pub reason: Option<String>,
    /// When silence counts as no: set once it is shown.
    pub deadline: Option<Timestamp>,
    /// Callers who wait for the answer.
    pub waiting: u32,
    /// Somebody asked without waiting; it stays although nobody waits.
    pub lasting: bool,
}

/// What became of a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// It is in this question.
    In(QuestionId),
    /// More wait than a person will answer.
    Full,
}

/// The line of questions; the first is the one shown.
#[derive(Debug, Default)]
pub struct Questions {
    line: VecDeque<Question>,
    last: u32,
}

impl Questions {
    /// Without an answer by then, the answer is no.
    pub const PATIENCE: Seconds = Seconds(120);
    /// Questions in line, those of all programs together.
    pub const LONGEST_LINE: usize = 32;
    /// Wishes in one question.
    pub const MOST_WISHES: usize = 16;
    /// Characters kept of a reason.
    pub const LONGEST_REASON: usize = 200;

    /// Puts wishes in line: into the question that asks them already, else into one of the same program
    /// that is not shown yet (nothing changes under a person's eyes), else into a new one.
    pub fn ask(
        &mut self,
        asker: &Asker,
        program: &Arc<Program>,
        wishes: &[Wish],
        reason: Option<&str>,
        now: Timestamp,
    ) -> Joined {
        let of_asker = |question: &&Question| question.asker == *asker;
        let holds = |question: &Question| {
            let has = |wish: &Wish| question.wishes.iter().any(|other| wish.within(other));
            wishes.iter().all(has)
        };
        if let Some(same) = self.line.iter().find(|q| of_asker(q) && holds(q)) {
            return Joined::In(same.id);
        }
        let unseen = self.line.iter_mut().skip(1).find(|q| q.asker == *asker);
        if let Some(question) = unseen {
            return question.add(wishes, reason);
        }
        if self.line.len() >= Self::LONGEST_LINE || wishes.len() > Self::MOST_WISHES {
            return Joined::Full;
        }
        self.last = self.last.wrapping_add(1);
        let id = QuestionId(self.last);
        self.line.push_back(Question {
            id,
            asker: asker.clone(),
            program: Arc::clone(program),
            wishes: wishes.to_vec(),
            reason: reason.and_then(plain),
            deadline: None,
            waiting: 0,
            lasting: false,
        });
        self.show(now);
        Joined::In(id)
    }

    /// A caller waits for the answer; `leaves` when it no longer does.
    pub fn waits(&mut self, id: QuestionId) {
        if let Some(question) = self.get(id) {
            question.waiting += 1;
        }
    }

    /// Somebody asked without waiting: the question stays until it is answered or its time is over.
    pub fn stays(&mut self, id: QuestionId) {
        if let Some(question) = self.get(id) {
            question.lasting = true;
        }
    }

    /// A caller went away. A question that nobody waits for any more is withdrawn.
    pub fn leaves(&mut self, id: QuestionId, now: Timestamp) -> Option<Question> {
        let question = self.get(id)?;
        question.waiting = question.waiting.saturating_sub(1);
        let idle = question.waiting == 0 && !question.lasting;
        if idle { self.take(id, now) } else { None }
    }

    /// Takes a question out of the line: it is answered, or no longer asked.
    pub fn take(&mut self, id: QuestionId, now: Timestamp) -> Option<Question> {
        let place = self.line.iter().position(|question| question.id == id)?;
        let taken = self.line.remove(place);
        self.show(now);
        taken
    }

    /// The questions whose time is over.
    pub fn late(&self, now: Timestamp) -> Option<QuestionId> {
        let first = self.line.front()?;
        first.deadline.is_some_and(|end| end <= now).then_some(first.id)
    }

    /// All that wait, the shown one first.
    pub fn ids(&self) -> Vec<QuestionId> {
        self.line.iter().map(|question| question.id).collect()
    }

    /// The one that is shown, and how many stand behind it.
    pub fn shown(&self) -> Option<(&Question, usize)> {
        self.line.front().map(|first| (first, self.line.len() - 1))
    }

    fn show(&mut self, now: Timestamp) {
        if let Some(first) = self.line.front_mut() {
            first.deadline.get_or_insert(now + Self::PATIENCE);
        }
    }

    fn get(&mut self, id: QuestionId) -> Option<&mut Question> {
        self.line.iter_mut().find(|question| question.id == id)
    }
}

impl Question {
    fn add(&mut self, wishes: &[Wish], reason: Option<&str>) -> Joined {
        let mut together = self.wishes.clone();
        for wish in wishes {
            match together.iter_mut().find(|other| other.account == wish.account) {
                Some(same) => same.scopes = same.scopes.union(&wish.scopes),
                None => together.push(wish.clone()),
            }
        }
        if together.len() > Questions::MOST_WISHES {
            return Joined::Full;
        }
        self.wishes = together;
        if self.reason.is_none() {
            self.reason = reason.and_then(plain);
        }
        Joined::In(self.id)
    }
}

/// A reason on one line, without control characters or marks that turn the direction of writing.
fn plain(reason: &str) -> Option<String> {
    let kept = |letter: char| match letter {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        letter if letter.is_control() || letter.is_whitespace() => Some(' '),
        letter => Some(letter),
    };
    let words: String = reason.chars().filter_map(kept).collect();
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let text: String = words.join(" ").chars().take(Questions::LONGEST_REASON).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
#[path = "questions/tests.rs"]
mod tests;
