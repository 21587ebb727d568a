//! The profiles that a browser has, as it wrote them down itself. Its files are no contract: whatever is not as expected
//! is passed over.

use std::path::Path;

use serde_json::Value;

use super::Profile;
use crate::bounded;

/// More than a person would choose from.
const MOST: usize = 64;
/// Chromium keeps much else in the same file. In bytes.
const LONGEST_STATE: u64 = 16 * 1024 * 1024;
const LONGEST_LIST: u64 = 256 * 1024;
/// Of a name, in letters.
const LONGEST_NAME: usize = 60;

/// `Local State`: folders of profiles with the names that people gave them, and who is signed in.
pub(super) fn of_chromium(folder: &Path) -> Vec<Profile> {
    let state = bounded::text(&folder.join("Local State"), LONGEST_STATE).ok();
    let state: Option<Value> = state.and_then(|text| serde_json::from_str(&text).ok());
    let listed = state
        .as_ref()
        .and_then(|state| state.pointer("/profile/info_cache")?.as_object());
    let profiles = listed.into_iter().flatten().filter_map(|(id, about)| {
        let word = |key: &str| {
            about
                .get(key)
                .and_then(Value::as_str)
                .filter(|word| !word.is_empty())
        };
        let named = word("name").unwrap_or(id);
        let name = match word("user_name") {
            Some(address) if !named.contains(address) => format!("{named} ({address})"),
            _ => named.to_owned(),
        };
        let is_folder = is_safe(id) && !id.contains('/') && !matches!(id.as_str(), "." | "..");
        (is_folder && folder.join(id).is_dir()).then(|| profile(id, &name))
    });
    profiles.take(MOST).collect()
}

/// `profiles.ini`: a section each.
pub(super) fn of_firefox(folder: &Path) -> Vec<Profile> {
    let list = bounded::text(&folder.join("profiles.ini"), LONGEST_LIST).unwrap_or_default();
    let mut profiles = Vec::new();
    for section in list.split("\n[").filter(|section| is_profile(section)) {
        let value = |key: &str| {
            let pairs = section.lines().filter_map(|line| line.split_once('='));
            pairs
                .into_iter()
                .find(|(own, _)| own.trim() == key)
                .map(|(_, value)| value.trim())
        };
        if let (Some(name), Some(path)) = (value("Name"), value("Path"))
            && is_safe(name)
            && folder.join(path).is_dir()
        {
            profiles.push(profile(name, name));
        }
    }
    profiles.truncate(MOST);
    profiles
}

fn is_profile(section: &str) -> bool {
    let number = section.trim_start_matches('[').strip_prefix("Profile");
    number.is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
}

/// Whether it can stand on a command line without meaning something else.
fn is_safe(id: &str) -> bool {
    !id.is_empty() && id.len() <= 255 && !id.starts_with('-') && !id.contains(char::is_control)
}

fn profile(id: &str, name: &str) -> Profile {
    let readable = name.chars().filter(|letter| !letter.is_control());
    Profile {
        id: id.to_owned(),
        name: readable.take(LONGEST_NAME).collect(),
    }
}
