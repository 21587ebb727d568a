//! Who asks, and what was decided before.

use std::sync::Arc;

use evergrant_broker::fakes::{FakeBook, FakeLog};
use evergrant_broker::ports::{Book, Grant, GrantId, Known, Refusal, RefusalEnd};
use evergrant_broker::{Assurance, Broker, Origin, Program, ProgramKey, Setup};
use evergrant_domain::ScopeSet;

use super::house::{BEGIN, EMAIL, House, NARROW, account_id};

/// The grant of another program, which is nobody else's business.
pub const ANOTHERS_GRANT: &str = "c0ffee0123456789";
const OWN_GRANT: &str = "0123456789abcdef";

/// One bit for each thing that can be so or otherwise.
#[derive(Clone, Copy)]
pub struct Scene(pub u8);

impl Scene {
    pub fn is_command(self) -> bool {
        self.0 & 1 != 0
    }

    pub fn is_granted(self) -> bool {
        self.0 & 2 != 0
    }

    fn is_headless(self) -> bool {
        self.0 & 4 != 0
    }

    pub fn is_paused(self) -> bool {
        self.0 & 8 != 0
    }

    /// The program cannot be remembered, so that no grant is its own.
    pub fn is_hidden(self) -> bool {
        self.0 & 16 != 0
    }

    pub fn is_muted(self) -> bool {
        self.0 & 32 != 0
    }

    fn provider_refuses(self) -> bool {
        self.0 & 64 != 0
    }

    pub fn program(self) -> Program {
        let hidden = self.is_hidden();
        Program {
            key: ProgramKey::new("exe:/usr/bin/mail"),
            name: "mail".into(),
            path: Some("/usr/bin/mail".into()),
            origin: if self.is_command() {
                Origin::Command
            } else {
                Origin::Direct
            },
            assurance: if hidden {
                Assurance::Hidden
            } else {
                Assurance::System
            },
            package: None,
            chain: vec![],
            unit: None,
            terminal: None,
        }
    }

    pub async fn broker(self) -> Arc<Broker> {
        let book = FakeBook::default();
        let another = Program {
            key: ProgramKey::new("exe:/usr/bin/other"),
            ..self.program()
        };
        let mut grants = vec![grant(ANOTHERS_GRANT, &another)];
        if self.is_granted() {
            grants.push(grant(OWN_GRANT, &self.program()));
        }
        book.save(&grants).await.expect("in memory");
        if self.is_muted() {
            let refusal = Refusal {
                program: known(&self.program()),
                end: RefusalEnd::Never,
                times: 1,
            };
            book.refuse(&refusal).await.expect("in memory");
        }
        book.set_paused(self.is_paused()).await.expect("in memory");
        let house = Arc::new(House::new(self.provider_refuses()));
        let setup = Setup {
            accounts: Arc::clone(&house) as _,
            book: Arc::new(book),
            log: Arc::new(FakeLog::default()),
            office: Arc::clone(&house) as _,
            clock: house,
            random: || [7; 8],
            headless: self.is_headless(),
            version: "0",
        };
        Broker::open(setup).await.expect("in memory")
    }
}

fn grant(id: &str, program: &Program) -> Grant {
    Grant {
        id: GrantId::parse(id).expect("an id"),
        program: known(program),
        account: account_id("google"),
        email: EMAIL.into(),
        scopes: ScopeSet::parse(NARROW),
        since: BEGIN,
        until: None,
        last_used: None,
        uses: 0,
    }
}

fn known(program: &Program) -> Known {
    Known {
        key: program.key.clone(),
        name: program.name.clone(),
        path: program.path.as_ref().map(|path| path.display().to_string()),
        assurance: program.assurance,
        origin: program.origin,
    }
}
