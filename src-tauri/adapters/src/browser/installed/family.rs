//! Which browsers have profiles that can be named, where they keep them, and how they are told.

use std::path::PathBuf;

use super::{Here, Profile, profiles};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Family {
    manner: Manner,
    folder: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Chromium,
    Firefox,
}

/// The base of a folder.
enum Base {
    Home,
    Config,
}

/// The folders of a browser, by the id of its desktop file without its ending. The first that is there counts.
const FOLDERS: &[(&str, Manner, Base, &str)] = {
    use Base::{Config, Home};
    use Manner::{Chromium, Firefox};
    &[
        ("google-chrome", Chromium, Config, "google-chrome"),
        ("google-chrome-beta", Chromium, Config, "google-chrome-beta"),
        (
            "google-chrome-unstable",
            Chromium,
            Config,
            "google-chrome-unstable",
        ),
        (
            "com.google.Chrome",
            Chromium,
            Home,
            ".var/app/com.google.Chrome/config/google-chrome",
        ),
        ("chromium", Chromium, Config, "chromium"),
        ("chromium-browser", Chromium, Config, "chromium"),
        (
            "chromium_chromium",
            Chromium,
            Home,
            "snap/chromium/common/chromium",
        ),
        (
            "org.chromium.Chromium",
            Chromium,
            Home,
            ".var/app/org.chromium.Chromium/config/chromium",
        ),
        ("brave-browser", Chromium, Config, "BraveSoftware/Brave-Browser"),
        (
            "brave_brave",
            Chromium,
            Home,
            "snap/brave/current/.config/BraveSoftware/Brave-Browser",
        ),
        (
            "com.brave.Browser",
            Chromium,
            Home,
            ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
        ),
        ("microsoft-edge", Chromium, Config, "microsoft-edge"),
        (
            "com.microsoft.Edge",
            Chromium,
            Home,
            ".var/app/com.microsoft.Edge/config/microsoft-edge",
        ),
        ("vivaldi-stable", Chromium, Config, "vivaldi"),
        ("firefox", Firefox, Home, ".mozilla/firefox"),
        ("firefox", Firefox, Config, "mozilla/firefox"),
        ("firefox-esr", Firefox, Home, ".mozilla/firefox"),
        (
            "firefox_firefox",
            Firefox,
            Home,
            "snap/firefox/common/.mozilla/firefox",
        ),
        (
            "org.mozilla.firefox",
            Firefox,
            Home,
            ".var/app/org.mozilla.firefox/.mozilla/firefox",
        ),
        ("librewolf", Firefox, Home, ".librewolf"),
        (
            "io.gitlab.librewolf-community",
            Firefox,
            Home,
            ".var/app/io.gitlab.librewolf-community/.librewolf",
        ),
    ]
};

impl Family {
    /// `None` where it is not known, or was never used here.
    pub fn of(id: &str, here: &Here) -> Option<Self> {
        let browser = id.strip_suffix(".desktop")?;
        let known = FOLDERS.iter().filter(|(own, ..)| *own == browser);
        let families = known.map(|(_, manner, base, path)| Self {
            manner: *manner,
            folder: match base {
                Base::Home => here.home.join(path),
                Base::Config => here.config.join(path),
            },
        });
        families.into_iter().find(|family| family.folder.is_dir())
    }

    /// Its profiles, where there is something to choose from.
    pub fn profiles(&self) -> Vec<Profile> {
        let found = match self.manner {
            Manner::Chromium => profiles::of_chromium(&self.folder),
            Manner::Firefox => profiles::of_firefox(&self.folder),
        };
        if found.len() > 1 { found } else { Vec::new() }
    }

    /// What chooses a profile on the command line.
    pub fn choosing(&self, profile: &str) -> Vec<String> {
        match self.manner {
            Manner::Chromium => vec![format!("--profile-directory={profile}")],
            Manner::Firefox => vec!["-P".to_owned(), profile.to_owned()],
        }
    }
}
