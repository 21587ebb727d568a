use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::language::Language;
use crate::system::of_system;

/// Whether a person chose a language, or wants the system's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    #[default]
    System,
    Language(Language),
}

impl Choice {
    /// What this person chose. It stands in a file of its own, `language` in Evergrant's folder of settings: the
    /// command reads it at each start, and every part before it says its first word.
    pub fn of_this_person() -> Self {
        file().map_or(Self::System, |file| Self::read(&file))
    }

    /// Keeps it for this person.
    ///
    /// # Errors
    /// There is no home, or the disk refuses.
    pub fn keep(self) -> io::Result<()> {
        self.write(&file().ok_or(ErrorKind::NotFound)?)
    }

    /// The language that this comes to.
    pub fn language(self) -> Language {
        match self {
            Self::System => of_system(),
            Self::Language(language) => language,
        }
    }

    /// A language that is not spoken here, as of a newer Evergrant, is as good as no choice.
    fn read(file: &Path) -> Self {
        let tag = fs::read_to_string(file).unwrap_or_default();
        Language::of_tag(tag.trim()).map_or(Self::System, Self::Language)
    }

    fn write(self, file: &Path) -> io::Result<()> {
        match self {
            Self::System => match fs::remove_file(file) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            Self::Language(language) => {
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(file, format!("{}\n", language.tag()))
            }
        }
    }
}

fn file() -> Option<PathBuf> {
    Some(dirs::config_dir()?.join("evergrant").join("language"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_kept_and_taken_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("evergrant").join("language");
        assert_eq!(Choice::read(&file), Choice::System);
        let german = Choice::Language(Language::of_tag("de").expect("German is there"));
        german.write(&file).expect("written");
        assert_eq!(Choice::read(&file), german);
        assert_eq!(fs::read_to_string(&file).expect("a file"), "de\n");
        for _ in 0..2 {
            Choice::System.write(&file).expect("nothing left");
            assert_eq!(Choice::read(&file), Choice::System);
        }
    }

    #[test]
    fn what_is_no_language_here_is_no_choice() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("language");
        for text in ["", "tlh\n", "../../etc/passwd", "\u{0}"] {
            fs::write(&file, text).expect("written");
            assert_eq!(Choice::read(&file), Choice::System, "{text:?}");
        }
    }
}
