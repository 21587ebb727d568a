use std::{fmt, sync::Arc};

use super::system::Life;
use crate::program::Program;

/// The program at the other end of one connection, for as long as it stays that program.
pub struct Caller {
    pub program: Arc<Program>,
    /// It is the `evergrant` command; `program` is then whoever ran it.
    pub command: bool,
    life: Option<Life>,
}

impl Caller {
    pub(super) fn new(program: Arc<Program>, command: bool, life: Life) -> Self {
        Self {
            program,
            command,
            life: Some(life),
        }
    }

    /// A caller that lives for ever and never changes.
    #[doc(hidden)]
    pub fn for_tests(program: Program, command: bool) -> Self {
        Self {
            program: Arc::new(program),
            command,
            life: None,
        }
    }

    /// Whether the process lives and still runs what it ran when it was looked at. Cheap enough for every
    /// request: a process that runs another program after it connected gets nothing more.
    pub fn still_itself(&self) -> bool {
        self.life.as_ref().is_none_or(Life::still_itself)
    }

    /// Waits until the process dies; for ever where the system cannot tell.
    pub async fn ended(&self) {
        match &self.life {
            Some(life) => life.ended().await,
            None => std::future::pending().await,
        }
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("program", &self.program)
            .field("command", &self.command)
            .finish_non_exhaustive()
    }
}
