//! Leaving for good: how far a person asked for it, so that it goes on after a restart, and the files that go then.
//!
//! Only what Evergrant made is removed. What a person put into its folders stays, and the folders with it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use evergrant_domain::Fault;

use crate::{
    choices::Choices,
    disk::disk_fault,
    places::{Places, Profile, owners_folder},
    private_file::{Standing, put},
};

/// How far it was asked to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Accounts are being disconnected first; it can still be called off.
    Ending,
    /// Nothing is kept any more.
    Deleting,
}

impl Stage {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Ending => "ending\n",
            Self::Deleting => "deleting\n",
        }
    }
}

/// All that is kept for this person on the disk, and the note that it is to go.
#[derive(Clone, Debug)]
pub struct Belongings {
    data: PathBuf,
    config: PathBuf,
}

/// What the note says where no secret is left.
const FILES: &str = "deleting files\n";

/// Settings, beside what else was chosen, with the draft that a program which was killed may have left.
const SETTINGS: [&str; 3] = ["config.toml", "config.toml.new", "language"];

impl Belongings {
    /// `None` where there is no home.
    pub fn of_this_person() -> Option<Self> {
        Some(Self::below(&dirs::data_dir()?, &dirs::config_dir()?))
    }

    /// Those below given base directories.
    pub fn below(data: &Path, config: &Path) -> Self {
        Self {
            data: data.to_owned(),
            config: config.to_owned(),
        }
    }

    /// What was asked and is not done yet. A note that cannot be read deletes nothing: it stands for the stage that can
    /// be called off.
    pub fn asked(&self) -> Option<Stage> {
        match fs::read_to_string(self.note()) {
            Ok(text) if text == Stage::Deleting.as_str() || text == FILES => Some(Stage::Deleting),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            _ => Some(Stage::Ending),
        }
    }

    /// Notes what was asked. Once this returns, no end of the program forgets it.
    ///
    /// # Errors
    /// `DiskFull`, and what keeps the note from being written otherwise.
    pub fn ask(&self, stage: Stage) -> Result<(), Fault> {
        if self.asked() == Some(stage) {
            return Ok(());
        }
        self.write(stage.as_str())
    }

    /// Whether only files are left to remove.
    pub fn are_secrets_gone(&self) -> bool {
        fs::read_to_string(self.note()).is_ok_and(|text| text == FILES)
    }

    /// Notes that: from here on nobody has to know any more where secrets were kept.
    ///
    /// # Errors
    /// As `ask`.
    pub fn secrets_are_gone(&self) -> Result<(), Fault> {
        self.write(FILES)
    }

    /// Takes the note away: it was called off, or all is done.
    ///
    /// # Errors
    /// `LedgerFailed`.
    pub fn forget(&self) -> Result<(), Fault> {
        remove_file(&self.note()).map_err(|error| disk_fault(&error))
    }

    /// Removes the files that hold secrets, where a person chose them in place of the system's vault.
    ///
    /// # Errors
    /// `LedgerFailed`; what is gone by then stays gone, and trying again goes on.
    pub fn remove_vaults(&self, files: &[PathBuf]) -> Result<(), Fault> {
        for file in files {
            for ending in ["", ".new", ".lock"] {
                remove_file(&beside(file, ending)).map_err(|error| disk_fault(&error))?;
            }
        }
        Ok(())
    }

    /// Removes every other file but the note.
    ///
    /// # Errors
    /// As `remove_vaults`.
    pub fn remove(&self) -> Result<(), Fault> {
        self.try_remove().map_err(|error| disk_fault(&error))
    }

    /// The note and the folder go last, when nothing else is left to do.
    ///
    /// # Errors
    /// `LedgerFailed`.
    pub fn finish(&self) -> Result<(), Fault> {
        self.forget()?;
        // A folder that holds something of the person's own stays.
        let _ = fs::remove_dir(self.folder());
        Ok(())
    }

    fn write(&self, text: &str) -> Result<(), Fault> {
        owners_folder(&self.folder()).map_err(|error| disk_fault(&error))?;
        let note = self.note();
        let draft = note.with_extension("new");
        put(&draft, &note, text.as_bytes(), Standing::Replaced, || Ok(()))
    }

    fn try_remove(&self) -> io::Result<()> {
        for profile in Profile::ALL {
            remove_folder(Places::below(&self.data, &self.config, profile).data())?;
        }
        // The book of permissions with what the library keeps beside it, and damaged ones that were moved aside.
        let book = Places::programs(&self.data);
        let name = book
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for file in files(&self.folder())? {
            if file
                .file_name()
                .is_some_and(|its| its.to_string_lossy().starts_with(&name))
            {
                remove_file(&file)?;
            }
        }
        let settings = self.config.join("evergrant");
        let chosen = Choices::below(&self.config);
        for file in SETTINGS
            .iter()
            .map(|name| settings.join(name))
            .chain(chosen.files())
        {
            remove_file(&file)?;
        }
        if settings != self.folder() {
            let _ = fs::remove_dir(&settings);
        }
        Ok(())
    }

    fn folder(&self) -> PathBuf {
        self.data.join("evergrant")
    }

    fn note(&self) -> PathBuf {
        self.folder().join("leaving")
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// What lies in a folder; nothing where there is none.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(error),
    }
}

fn remove_file(path: &Path) -> io::Result<()> {
    gone(fs::remove_file(path))
}

/// A link to a folder elsewhere is followed: what is in there was made by Evergrant too.
fn remove_folder(path: &Path) -> io::Result<()> {
    match fs::canonicalize(path) {
        Ok(real) => {
            gone(fs::remove_dir_all(&real))?;
            if real == path {
                Ok(())
            } else {
                gone(fs::remove_file(path))
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => remove_file(path),
        Err(error) => Err(error),
    }
}

/// What is not there any more is what was wanted.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "x").expect("written");
    }

    /// Everything below a folder.
    fn left(folder: &Path) -> Vec<PathBuf> {
        let mut all = vec![];
        for file in files(folder).expect("listed") {
            if file.is_dir() {
                all.extend(left(&file));
            }
            all.push(file);
        }
        all.sort();
        all
    }

    #[test]
    fn what_was_asked_is_known_until_it_is_called_off_or_done() {
        let base = tempfile::tempdir().expect("a folder");
        let belongings = Belongings::below(base.path(), base.path());
        assert_eq!(belongings.asked(), None);
        for stage in [Stage::Ending, Stage::Deleting, Stage::Ending] {
            belongings.ask(stage).expect("noted");
            let after_a_restart = Belongings::below(base.path(), base.path());
            assert_eq!(after_a_restart.asked(), Some(stage));
        }
        belongings.forget().expect("called off");
        belongings.forget().expect("twice is once");
        assert_eq!(belongings.asked(), None);
        belongings.ask(Stage::Deleting).expect("noted");
        belongings.finish().expect("done");
        assert_eq!(left(base.path()), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_note_that_makes_no_sense_deletes_nothing() {
        let base = tempfile::tempdir().expect("a folder");
        let belongings = Belongings::below(base.path(), base.path());
        for text in ["", "delet", "deleting", "\u{0}"] {
            fs::create_dir_all(base.path().join("evergrant")).expect("made");
            fs::write(base.path().join("evergrant/leaving"), text).expect("written");
            assert_eq!(belongings.asked(), Some(Stage::Ending), "{text:?}");
        }
    }

    #[test]
    fn all_that_was_made_goes_and_what_a_person_put_there_stays() {
        let base = tempfile::tempdir().expect("a folder");
        let (data, config) = (base.path().join("data"), base.path().join("config"));
        let belongings = Belongings::below(&data, &config);
        let vault = base.path().join("elsewhere/mine.sealed");
        let made = [
            "data/evergrant/personal/ledger.sqlite3",
            "data/evergrant/personal/ledger.sqlite3.damaged-1",
            "data/evergrant/personal/pictures/0123.png",
            "data/evergrant/practice/practice-state.json",
            "data/evergrant/programs.sqlite3",
            "data/evergrant/programs.sqlite3-wal",
            "data/evergrant/programs.sqlite3.damaged-1-shm",
            "config/evergrant/config.toml",
            "config/evergrant/language",
            "config/evergrant/theme",
            "config/evergrant/browser",
            "config/evergrant/proxy",
            "elsewhere/mine.sealed",
            "elsewhere/mine.sealed.lock",
        ];
        for file in made {
            write(&base.path().join(file));
        }
        let (own, others) = (config.join("evergrant/notes.txt"), data.join("other/file"));
        write(&own);
        write(&others);
        belongings.ask(Stage::Deleting).expect("noted");
        for _ in 0..2 {
            belongings
                .remove_vaults(std::slice::from_ref(&vault))
                .expect("removed");
            belongings.secrets_are_gone().expect("noted");
            belongings.remove().expect("removed");
            belongings.ask(Stage::Deleting).expect("asked again");
            assert!(belongings.are_secrets_gone(), "nothing brings them back");
        }
        assert_eq!(belongings.asked(), Some(Stage::Deleting), "the note goes last");
        belongings.finish().expect("done");
        let folders = [base.path().join("config"), config.join("evergrant"), data.clone()];
        let mut kept = vec![own, others, data.join("other"), base.path().join("elsewhere")];
        kept.extend(folders);
        kept.sort();
        assert_eq!(left(base.path()), kept);
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_that_lies_behind_a_link_goes_too() {
        let base = tempfile::tempdir().expect("a folder");
        let real = base.path().join("big-disk");
        write(&real.join("ledger.sqlite3"));
        fs::create_dir_all(base.path().join("evergrant")).expect("made");
        std::os::unix::fs::symlink(&real, base.path().join("evergrant/personal")).expect("linked");
        let belongings = Belongings::below(base.path(), base.path());
        belongings.remove().expect("removed");
        belongings.finish().expect("done");
        assert_eq!(left(base.path()), [] as [PathBuf; 0]);
    }
}
