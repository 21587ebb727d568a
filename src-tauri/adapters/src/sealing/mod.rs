//! Sealing with age (age-encryption.org/v1): to a passphrase, or to a key. The files can be opened with the
//! `age` tool too.

mod key;
mod work;

use std::{
    fmt,
    io::{Read, Write},
    iter,
    str::FromStr,
};

use age::{Decryptor, Encryptor, secrecy::SecretString};
use evergrant_domain::{Code, Fault, secret::Passphrase};
use zeroize::Zeroizing;

pub use key::Key;
pub use work::Work;

/// Whom a file is sealed to.
#[derive(Clone, Debug)]
pub enum To {
    /// Whoever knows this passphrase.
    Passphrase(Passphrase),
    /// Whoever has the key that belongs to this.
    Recipient(Recipient),
}

/// What opens a file.
#[derive(Clone, Debug)]
pub enum With {
    Passphrase(Passphrase),
    Key(Key),
}

/// The public half of a key: `age1…`.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

impl Recipient {
    /// `None` where it is not written as one.
    pub fn parse(text: &str) -> Option<Self> {
        age::x25519::Recipient::from_str(text.trim()).ok().map(Self)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Why a sealed text does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It was sealed to another passphrase or key, as far as can be told.
    WrongKey,
    /// It is cut short, changed, or nothing that was sealed.
    Damaged,
}

/// Seals a text.
///
/// # Errors
/// `VaultFailed`, when the system gives no randomness.
pub fn seal(to: &To, work: Work, plain: &[u8]) -> Result<Vec<u8>, Fault> {
    let recipient: Box<dyn age::Recipient> = match to {
        To::Passphrase(passphrase) => {
            let mut recipient = age::scrypt::Recipient::new(secret(passphrase));
            recipient.set_work_factor(work.log2());
            Box::new(recipient)
        }
        To::Recipient(recipient) => Box::new(recipient.0.clone()),
    };
    let failed = |error: &dyn fmt::Display| Fault::with_detail(Code::VaultFailed, &error.to_string());
    let encryptor = Encryptor::with_recipients(iter::once(&*recipient)).map_err(|error| failed(&error))?;
    let mut sealed = Vec::with_capacity(plain.len() + 1024);
    let mut writer = encryptor
        .wrap_output(&mut sealed)
        .map_err(|error| failed(&error))?;
    writer.write_all(plain).map_err(|error| failed(&error))?;
    writer.finish().map_err(|error| failed(&error))?;
    Ok(sealed)
}

/// Opens a sealed text.
///
/// # Errors
/// See [`Shut`]. Nothing of a text that was changed anywhere is returned.
pub fn open(with: &With, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Shut> {
    match with {
        With::Passphrase(passphrase) => {
            let mut identity = age::scrypt::Identity::new(secret(passphrase));
            identity.set_max_work_factor(Work::MOST.log2());
            open_as(&identity, sealed)
        }
        With::Key(key) => open_as(&key.0, sealed),
    }
}

fn open_as(identity: &dyn age::Identity, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Shut> {
    let decryptor = Decryptor::new_buffered(sealed).map_err(|error| shut(&error))?;
    let mut reader = decryptor
        .decrypt(iter::once(identity))
        .map_err(|error| shut(&error))?;
    // What is sealed is longer than what is in it: room for all, so that no copy stays behind unwiped.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(|_| Shut::Damaged)?;
    Ok(plain)
}

/// A key that fits opens the file key, which proves the rest of the header; all after it is damage.
fn shut(error: &age::DecryptError) -> Shut {
    use age::DecryptError as E;
    match error {
        E::NoMatchingKeys | E::DecryptionFailed | E::KeyDecryptionFailed => Shut::WrongKey,
        E::ExcessiveWork { .. } | E::InvalidHeader | E::InvalidMac | E::Io(_) | E::UnknownFormat => {
            Shut::Damaged
        }
    }
}

fn secret(passphrase: &Passphrase) -> SecretString {
    SecretString::from(passphrase.expose())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text)
    }

    #[test]
    fn what_was_sealed_opens_for_whom_it_was_sealed() {
        let key = Key::generate();
        let pairs = [
            (
                To::Passphrase(passphrase("correct horse")),
                With::Passphrase(passphrase("correct horse")),
            ),
            (To::Recipient(key.recipient()), With::Key(key)),
        ];
        let strangers = [
            With::Passphrase(passphrase("battery staple")),
            With::Key(Key::generate()),
        ];
        for (to, with) in pairs {
            let sealed = seal(&to, Work::LEAST, b"a secret").expect("sealed");
            assert_eq!(open(&with, &sealed).expect("open").as_slice(), b"a secret");
            for stranger in &strangers {
                assert_eq!(open(stranger, &sealed), Err(Shut::WrongKey));
            }
        }
    }

    #[test]
    fn no_part_and_no_changed_byte_is_ever_taken_for_the_whole() {
        let key = Key::generate();
        let (to, with) = (To::Recipient(key.recipient()), With::Key(key));
        let sealed = seal(&to, Work::LEAST, &b"a secret".repeat(20)).expect("sealed");
        for end in 0..sealed.len() {
            assert!(open(&with, &sealed[..end]).is_err(), "cut at {end}");
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&with, &changed).is_err(), "changed at {at}");
        }
    }

    #[test]
    fn a_file_that_asks_for_too_much_work_is_refused_at_once() {
        let sealed = seal(
            &To::Passphrase(passphrase("correct horse")),
            Work::LEAST,
            b"a secret",
        )
        .expect("sealed");
        let head = sealed.iter().take(200).copied().collect::<Vec<u8>>();
        let text = String::from_utf8_lossy(&head);
        let line = text.lines().nth(1).expect("a stanza");
        let (rest, log) = line.rsplit_once(' ').expect("its work");
        let at = sealed
            .windows(line.len())
            .position(|part| part == line.as_bytes())
            .expect("there");
        let mut greedy = sealed.clone();
        greedy.splice(at..at + line.len(), format!("{rest} 40").into_bytes());
        assert_ne!(log, "40");
        let opened = open(&With::Passphrase(passphrase("correct horse")), &greedy);
        assert_eq!(opened, Err(Shut::Damaged));
    }
}
