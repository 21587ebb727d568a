use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use tempfile::TempDir;

/// A home of its own.
pub struct Folders {
    root: TempDir,
}

const OWN: [(&str, &str); 5] = [
    ("HOME", "home"),
    ("XDG_RUNTIME_DIR", "run"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_CACHE_HOME", "cache"),
];

impl Folders {
    pub fn make() -> io::Result<Self> {
        let folders = Self {
            root: tempfile::Builder::new().prefix("evergrant-crash-").tempdir()?,
        };
        for (_, name) in OWN {
            let folder = folders.at(name);
            fs::create_dir(&folder)?;
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        }
        fs::create_dir(folders.at("logs"))?;
        Ok(folders)
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned());
        let own = OWN.map(|(variable, name)| (variable, self.at(name).display().to_string()));
        own.into_iter()
            .chain([("PATH", path), ("LANG", "C.UTF-8".to_owned())])
            .collect()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Where the agent keeps the accounts of its practice profile.
    pub fn accounts(&self) -> PathBuf {
        self.at("data").join("evergrant").join("practice")
    }

    /// What the agent said in its life of this number.
    pub fn log(&self, life: u32) -> PathBuf {
        self.at("logs").join(format!("agent-{life}.log"))
    }

    /// Leaves everything on the disk, for whoever looks into a broken promise.
    pub fn keep(&mut self) {
        self.root.disable_cleanup(true);
    }
}
