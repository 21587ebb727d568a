//! The browsers that are installed here, as their desktop files say (Desktop Entry Specification 1.5): whatever handles
//! `https` links. Files that are broken, too large or too many are passed over.

mod entry;
mod exec;
mod family;
mod here;
mod profiles;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use url::Url;

use self::entry::Entry;
use self::exec::Exec;
use self::family::Family;
pub use self::here::Here;
use super::Named;
use crate::bounded;

/// More desktop files than one folder ever holds.
const MOST_FILES: usize = 4_000;
/// A desktop file is no longer than this, in bytes.
const LONGEST: u64 = 256 * 1024;

/// A browser, and the profiles of its own that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The id of its desktop file.
    pub id: String,
    pub name: String,
    /// None where it has but one, or where it is not known how to name one.
    pub profiles: Vec<Profile>,
    exec: Exec,
    family: Option<Family>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// As the browser names it on its command line.
    pub id: String,
    /// As the person named it.
    pub name: String,
}

impl Installed {
    /// One of them, with what it is called; `None` where there is no such profile.
    pub fn named(&self, profile: Option<&str>) -> Option<Named> {
        let label = match profile {
            None => self.name.clone(),
            Some(id) => format!("{} – {}", self.name, self.profile(id)?.name),
        };
        Some(Named::new(&self.id, profile, &label))
    }

    fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }
}

/// All of them, by their names.
pub fn all(here: &Here) -> Vec<Installed> {
    let mut found = BTreeMap::new();
    let mut decided = HashSet::new();
    for folder in here.applications() {
        for id in ids(&folder) {
            // A file in an earlier folder stands for those of the same name in later ones, also to hide them.
            if decided.insert(id.clone())
                && let Some(browser) = read(here, &folder, &id)
            {
                found.insert((browser.name.to_lowercase(), id), browser);
            }
        }
    }
    found.into_values().collect()
}

/// One of them by its id.
pub fn find(here: &Here, id: &str) -> Option<Installed> {
    // Anything else could lead out of the folders.
    let is_id = id.ends_with(".desktop") && !id.contains('/');
    let folder = here
        .applications()
        .into_iter()
        .find(|folder| is_id && folder.join(id).is_file())?;
    read(here, &folder, id)
}

/// What shows a link in a browser, word by word. `None` where the browser or its profile is not there: a browser would
/// make a profile that it does not know.
pub fn command(here: &Here, named: &Named, link: &Url) -> Option<Vec<String>> {
    let browser = find(here, &named.id)?;
    let more = match &named.profile {
        None => Vec::new(),
        Some(profile) => browser.family.as_ref()?.choosing(&browser.profile(profile)?.id),
    };
    Some(browser.exec.words(&more, link.as_str()))
}

/// Folders inside are left out: what a system's own tools put there has no profiles, and shares its id with others.
fn ids(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files
        .take(MOST_FILES)
        .filter_map(|file| file.file_name().into_string().ok());
    names.filter(|name| name.ends_with(".desktop")).collect()
}

fn read(here: &Here, folder: &Path, id: &str) -> Option<Installed> {
    let text = bounded::text(&folder.join(id), LONGEST).ok()?;
    let entry = Entry::parse(&text).filter(Entry::is_browser)?;
    let exec = Exec::parse(&entry.exec, &entry.name)?;
    if !here.can_run(entry.try_exec.as_deref().unwrap_or(exec.program())) {
        return None;
    }
    let family = Family::of(id, here);
    Some(Installed {
        profiles: family.as_ref().map(Family::profiles).unwrap_or_default(),
        id: id.to_owned(),
        name: entry.name,
        exec,
        family,
    })
}

#[cfg(test)]
mod tests;
