//! What a person chose in the settings, each choice a line or two in a file of its own beside `config.toml`, as the
//! language is: some are needed before any ledger is open, and none is a secret.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::bounded;
use crate::places::owners_folder;

/// What can be chosen, by the name of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Theme,
    Browser,
    Proxy,
}

impl Choice {
    const ALL: [Self; 3] = [Self::Theme, Self::Browser, Self::Proxy];

    const fn file(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Browser => "browser",
            Self::Proxy => "proxy",
        }
    }
}

/// More than any choice takes, in bytes.
const LONGEST: u64 = 4 * 1024;

/// The folder of one person's choices.
#[derive(Clone, Debug)]
pub struct Choices {
    folder: PathBuf,
}

impl Choices {
    /// `None` where there is no home.
    pub fn of_this_person() -> Option<Self> {
        Some(Self::below(&dirs::config_dir()?))
    }

    /// The same below a given base directory.
    pub fn below(config: &Path) -> Self {
        Self {
            folder: config.join("evergrant"),
        }
    }

    /// What was chosen, without the end of its line; `None` where nothing was.
    ///
    /// # Errors
    /// The disk's; `InvalidData` where no text stands there, or far too much.
    pub fn read(&self, choice: Choice) -> io::Result<Option<String>> {
        let text = match bounded::text(&self.path(choice), LONGEST) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                return Err(ErrorKind::InvalidData.into());
            }
            text => text?,
        };
        let text = text.trim_end();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    /// Keeps a choice; `None` takes it back. It stands there whole, or is what it was.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep(&self, choice: Choice, text: Option<&str>) -> io::Result<()> {
        let path = self.path(choice);
        match text {
            None => match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            Some(text) => {
                owners_folder(&self.folder)?;
                let draft = draft_of(&path);
                fs::write(&draft, format!("{text}\n"))?;
                fs::rename(draft, path)
            }
        }
    }

    /// Every file that a choice may stand in, each with the draft that a program which was killed may have left.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        Choice::ALL.into_iter().flat_map(|choice| {
            let path = self.path(choice);
            [draft_of(&path), path]
        })
    }

    fn path(&self, choice: Choice) -> PathBuf {
        self.folder.join(choice.file())
    }
}

fn draft_of(path: &Path) -> PathBuf {
    path.with_extension("new")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> (tempfile::TempDir, Choices) {
        let folder = tempfile::tempdir().expect("a folder");
        let choices = Choices::below(folder.path());
        (folder, choices)
    }

    #[test]
    fn a_choice_is_kept_and_taken_back() {
        let (folder, choices) = choices();
        assert_eq!(choices.read(Choice::Theme).expect("nothing"), None);
        choices.keep(Choice::Theme, Some("dark")).expect("kept");
        assert_eq!(
            choices.read(Choice::Theme).expect("read").as_deref(),
            Some("dark")
        );
        let files: Vec<_> = fs::read_dir(folder.path().join("evergrant"))
            .expect("a folder")
            .map(|file| file.expect("a file").file_name())
            .collect();
        assert_eq!(files, ["theme"], "no draft is left behind");
        for _ in 0..2 {
            choices.keep(Choice::Theme, None).expect("taken back");
            assert_eq!(choices.read(Choice::Theme).expect("nothing"), None);
        }
    }

    #[test]
    fn a_file_that_is_no_choice_is_an_error_and_bounded() {
        let (folder, choices) = choices();
        choices.keep(Choice::Theme, Some("dark")).expect("kept");
        let file = folder.path().join("evergrant").join("theme");
        for bytes in [vec![0xff, 0xfe], vec![b'a'; 1024 * 1024]] {
            fs::write(&file, bytes).expect("written");
            let error = choices.read(Choice::Theme).expect_err("no choice");
            assert_eq!(error.kind(), ErrorKind::InvalidData);
        }
        fs::write(&file, " \n").expect("written");
        assert_eq!(choices.read(Choice::Theme).expect("empty"), None);
    }
}
