//! Where things lie on the disk: one folder a profile, never shared.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Real accounts and practice accounts live apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    Personal,
    Practice,
}

impl Profile {
    pub const ALL: [Self; 2] = [Self::Personal, Self::Practice];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Practice => "practice",
        }
    }
}

/// The folders of one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    data: PathBuf,
    config: PathBuf,
}

impl Places {
    /// The system's places for this person: the XDG base directories on Linux, Known Folders on
    /// Windows, `Library` on macOS. `None` where there is no home.
    pub fn of_this_person(profile: Profile) -> Option<Self> {
        Some(Self::below(&dirs::data_dir()?, &dirs::config_dir()?, profile))
    }

    /// The places below given base directories.
    pub fn below(data: &Path, config: &Path, profile: Profile) -> Self {
        Self {
            data: data.join("evergrant").join(profile.as_str()),
            config: config.join("evergrant"),
        }
    }

    /// Makes the folders, readable by their owner only.
    ///
    /// # Errors
    /// When the disk refuses, or something that is no folder stands in the way.
    pub fn prepare(&self) -> io::Result<()> {
        owners_folder(&self.data)?;
        owners_folder(&self.pictures())?;
        owners_folder(&self.config)
    }

    /// Which programs may have what, and the log: one file for both profiles, for the answer of a
    /// person does not depend on which one is open. `None` where there is no home.
    pub fn programs_of_this_person() -> Option<PathBuf> {
        Some(Self::programs(&dirs::data_dir()?))
    }

    /// The same below a given base directory.
    pub fn programs(data: &Path) -> PathBuf {
        data.join("evergrant").join("programs.sqlite3")
    }

    pub fn data(&self) -> &Path {
        &self.data
    }

    pub fn ledger(&self) -> PathBuf {
        self.data.join("ledger.sqlite3")
    }

    /// The encrypted file, where a person chose one and named no other place.
    pub fn vault_file(&self) -> PathBuf {
        self.data.join("vault.sealed")
    }

    pub fn pictures(&self) -> PathBuf {
        self.data.join("pictures")
    }

    /// What the practice provider remembers between starts.
    pub fn practice_state(&self) -> PathBuf {
        self.data.join("practice-state.json")
    }

    /// One file for both profiles: which providers there are is no secret and no account.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The steps to a Google client, where a person has newer ones than came with Evergrant.
    pub fn steps_file(&self) -> PathBuf {
        self.config.join("steps").join("google.json")
    }
}

/// Makes a folder that only its owner can open (0700); one that already stands is narrowed.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn owners_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        builder.mode(0o700);
        builder.create(folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
    }
    #[cfg(not(unix))]
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_share_no_folder() {
        let base = Path::new("/base");
        let personal = Places::below(base, base, Profile::Personal);
        let practice = Places::below(base, base, Profile::Practice);
        assert_eq!(
            personal.ledger(),
            Path::new("/base/evergrant/personal/ledger.sqlite3")
        );
        assert!(!practice.data().starts_with(personal.data()));
        assert!(!personal.data().starts_with(practice.data()));
        let programs = Places::programs(base);
        assert_eq!(programs, Path::new("/base/evergrant/programs.sqlite3"));
        assert!(!programs.starts_with(personal.data()) && !programs.starts_with(practice.data()));
        assert_eq!(personal.config_file(), Path::new("/base/evergrant/config.toml"));
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_their_owners_alone_even_when_they_stood_open() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().expect("a folder");
        let places = Places::below(base.path(), base.path(), Profile::Practice);
        fs::create_dir_all(places.pictures()).expect("made");
        fs::set_permissions(places.pictures(), fs::Permissions::from_mode(0o755)).expect("opened");
        places.prepare().expect("prepared");
        for folder in [places.data(), &places.pictures(), &base.path().join("evergrant")] {
            let mode = fs::metadata(folder).expect("stands").permissions().mode() & 0o777;
            assert_eq!(mode, 0o700, "{}", folder.display());
        }
    }

    #[test]
    fn a_file_in_the_way_is_said_and_kept() {
        let base = tempfile::tempdir().expect("a folder");
        fs::write(base.path().join("evergrant"), "mine").expect("written");
        let places = Places::below(base.path(), base.path(), Profile::Personal);
        assert!(places.prepare().is_err());
        assert_eq!(fs::read(base.path().join("evergrant")).expect("kept"), b"mine");
    }
}
