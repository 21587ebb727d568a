//! Where things lie for this person.

use std::env;
use std::path::{Path, PathBuf};

/// The folders in which browsers and their profiles are looked for.
#[derive(Clone, Debug)]
pub struct Here {
    pub(super) home: PathBuf,
    pub(super) config: PathBuf,
    /// In the order in which they count (XDG Base Directory Specification).
    pub(super) data: Vec<PathBuf>,
    /// Where programs lie.
    pub(super) programs: Vec<PathBuf>,
}

impl Here {
    /// `None` where there is no home.
    pub fn of_this_person() -> Option<Self> {
        let listed = |name: &str, otherwise: &str| {
            let value = env::var_os(name).filter(|value| !value.is_empty());
            let value = value.unwrap_or_else(|| otherwise.into());
            env::split_paths(&value)
                .filter(|path| path.is_absolute())
                .collect::<Vec<_>>()
        };
        let mut data = vec![dirs::data_dir()?];
        data.extend(listed("XDG_DATA_DIRS", "/usr/local/share:/usr/share"));
        Some(Self {
            home: dirs::home_dir()?,
            config: dirs::config_dir()?,
            data,
            programs: listed("PATH", "/usr/local/bin:/usr/bin:/bin"),
        })
    }

    /// The folders of desktop files, the first of which counts most.
    pub(super) fn applications(&self) -> Vec<PathBuf> {
        self.data
            .iter()
            .map(|folder| folder.join("applications"))
            .collect()
    }

    /// Whether there is such a program, by its path or its name.
    pub(super) fn can_run(&self, program: &str) -> bool {
        if program.contains('/') {
            return Path::new(program).is_file();
        }
        self.programs.iter().any(|folder| folder.join(program).is_file())
    }
}
