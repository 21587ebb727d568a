//! The file, its lock, and the key once it is open. Everything here blocks.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use evergrant_domain::{Code, Fault};

use super::{
    Opener,
    format::{Parts, damaged},
    items::Items,
};
use crate::key_file;
use crate::private_file::PrivateFile;
use crate::sealing::{self, Key, Shut, To, With, Work};
use crate::vault::call::Call;

/// How long another program may be writing.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) struct Cabinet {
    file: PrivateFile,
    opener: Opener,
    work: Work,
    state: Mutex<State>,
}

/// What is known of the sealed key in the file.
enum State {
    New,
    Open {
        sealed: Vec<u8>,
        key: Key,
    },
    /// It was tried, and does not open. Trying again would cost another second for nothing.
    Refused {
        sealed: Vec<u8>,
    },
}

/// What stands in the file, and the key to write it anew.
struct Contents {
    sealed: Vec<u8>,
    key: Key,
    items: Items,
}

impl Cabinet {
    pub(super) fn new(path: PathBuf, opener: Opener, work: Work) -> Self {
        Self {
            file: PrivateFile::new(path),
            opener,
            work,
            state: Mutex::new(State::New),
        }
    }

    pub(super) fn items(&self) -> Result<Items, Fault> {
        let mut state = self.state();
        self.first_look(&mut state);
        Ok(self
            .contents(&mut state)?
            .map(|found| found.items)
            .unwrap_or_default())
    }

    /// Changes the items and writes them, where `change` says that anything changed. Nothing is written
    /// for a caller who no longer waits.
    pub(super) fn change(&self, call: &Call, change: impl FnOnce(&mut Items) -> bool) -> Result<(), Fault> {
        let mut state = self.state();
        let lock = self.file.lock(PATIENCE)?;
        self.file.clear(&lock);
        let mut contents = match self.contents(&mut state)? {
            Some(contents) => contents,
            None => self.make()?,
        };
        if !change(&mut contents.items) {
            return Ok(());
        }
        let to = To::Recipient(contents.key.recipient());
        let items = sealing::seal(&to, self.work, &contents.items.encode())?;
        let parts = Parts {
            key: &contents.sealed,
            items: &items,
        };
        self.file.replace(&lock, &parts.write(), || {
            // From here on it counts, and whoever waits hears how it went.
            if call.commit() {
                Ok(())
            } else {
                call.still_awaited()
            }
        })?;
        let Contents { sealed, key, .. } = contents;
        *state = State::Open { sealed, key };
        Ok(())
    }

    /// Whether a write would work now.
    pub(super) fn ready(&self) -> Result<(), Fault> {
        let mut state = self.state();
        let lock = self.file.lock(PATIENCE)?;
        self.file.clear(&lock);
        match self.contents(&mut state)? {
            Some(_) => Ok(()),
            None => self.to().map(drop),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Clears away what a killed program left, unless another one is writing.
    fn first_look(&self, state: &mut State) {
        if matches!(state, State::New)
            && self.file.read().is_ok_and(|found| found.is_some())
            && let Ok(lock) = self.file.lock(Duration::ZERO)
        {
            self.file.clear(&lock);
        }
    }

    /// Reads the file; `None` where there is none.
    fn contents(&self, state: &mut State) -> Result<Option<Contents>, Fault> {
        let Some(file) = self.file.read()? else {
            return Ok(None);
        };
        let parts = Parts::read(&file)?;
        let key = self.key(state, parts.key)?;
        // The key fits its own part, so what does not open now was changed.
        let plain = sealing::open(&With::Key(key.clone()), parts.items).map_err(|_| damaged())?;
        let items = Items::decode(&plain).ok_or_else(damaged)?;
        let sealed = parts.key.to_vec();
        Ok(Some(Contents { sealed, key, items }))
    }

    /// The key of this file, derived only where it is not the one that is open.
    fn key(&self, state: &mut State, sealed: &[u8]) -> Result<Key, Fault> {
        match state {
            State::Open { sealed: known, key } if known == sealed => return Ok(key.clone()),
            State::Refused { sealed: known } if known == sealed => return Err(Code::PassphraseWrong.into()),
            _ => {}
        }
        let sealed = sealed.to_vec();
        match sealing::open(&self.with()?, &sealed) {
            Ok(plain) => {
                let key = str::from_utf8(&plain).ok().and_then(Key::parse);
                let key = key.ok_or_else(damaged)?;
                *state = State::Open {
                    sealed,
                    key: key.clone(),
                };
                Ok(key)
            }
            Err(Shut::Damaged) => Err(damaged()),
            Err(Shut::WrongKey) => {
                // A key file can be put right while this runs; a passphrase was given once.
                if matches!(self.opener, Opener::Passphrase(_)) {
                    *state = State::Refused { sealed };
                }
                Err(Code::PassphraseWrong.into())
            }
        }
    }

    /// A file without items, not yet on the disk.
    fn make(&self) -> Result<Contents, Fault> {
        let key = Key::generate();
        Ok(Contents {
            sealed: sealing::seal(&self.to()?, self.work, key.text().as_bytes())?,
            key,
            items: Items::default(),
        })
    }

    fn with(&self) -> Result<With, Fault> {
        match &self.opener {
            Opener::Passphrase(passphrase) => Ok(With::Passphrase(passphrase.clone())),
            Opener::KeyFile(path) => key_file::read(path).map(With::Key),
            Opener::Nobody => Err(Code::PassphraseMissing.into()),
        }
    }

    fn to(&self) -> Result<To, Fault> {
        Ok(match self.with()? {
            With::Passphrase(passphrase) => To::Passphrase(passphrase),
            With::Key(key) => To::Recipient(key.recipient()),
        })
    }
}
