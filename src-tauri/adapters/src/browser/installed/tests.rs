//! Made-up homes with made-up browsers.

use std::fs;
use std::path::Path;

use super::*;

struct Home {
    folder: tempfile::TempDir,
    here: Here,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let here = Here {
            home: at("home"),
            config: at("home/.config"),
            data: vec![at("own"), at("shared")],
            programs: vec![at("bin")],
        };
        let home = Self { folder, here };
        home.write("bin/web", "");
        home
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn make(&self, folder: &str) {
        fs::create_dir_all(self.folder.path().join(folder)).expect("made");
    }

    /// A desktop file of a browser.
    fn install(&self, file: &str, name: &str, exec: &str) {
        let text = format!(
            "[Desktop Entry]\nType=Application\nName={name}\nExec={exec}\nMimeType=x-scheme-handler/https;\n"
        );
        self.write(file, &text);
    }

    fn names(&self) -> Vec<String> {
        all(&self.here).into_iter().map(|browser| browser.name).collect()
    }

    fn words(&self, id: &str, profile: Option<&str>) -> Option<Vec<String>> {
        let link = "https://a.example/?state=s".parse().expect("a link");
        command(&self.here, &Named::new(id, profile, ""), &link)
    }
}

/// Two profiles of Chromium, with what must not be taken for one.
const STATE: &str = r#"{ "browser": 7, "profile": { "info_cache": {
    "Default": { "name": "Alice" },
    "Profile 1": { "name": "Work", "user_name": "alice@work.example" },
    "Gone": { "name": "Gone" },
    "../../Elsewhere": { "name": "Elsewhere" },
    "--version": { "name": "No folder" },
    "Odd": [1, 2] } } }"#;

const LIST: &str = "[Install4F96D1932A9F858E]\nDefault=a.default\n\n[Profile1]\nName=work\nIsRelative=1\nPath=b.work\n\n\
    [Profile0]\nName=default-release\nPath=a.default\n\n[Profile2]\nName=gone\nPath=c.gone\n\n\
    [Profile3]\nName=--remote-debugging-port\nPath=a.default\n\n[General]\nName=general\nPath=a.default\n";

#[test]
fn browsers_are_found_by_what_they_handle_in_the_order_of_their_names() {
    let home = Home::new();
    home.install("shared/applications/web.desktop", "web", "web %u");
    home.install("own/applications/another.desktop", "Another", "web --new %u");
    home.write(
        "shared/applications/editor.desktop",
        "[Desktop Entry]\nType=Application\nName=Editor\nExec=web %u\nMimeType=text/plain;\n",
    );
    home.write("shared/applications/notes.txt", "[Desktop Entry]");
    assert_eq!(home.names(), ["Another", "web"]);
}

#[test]
fn the_persons_own_file_stands_for_the_systems_and_can_hide_it() {
    let home = Home::new();
    home.install("shared/applications/web.desktop", "System", "web %u");
    home.install("own/applications/web.desktop", "Own", "web --own %u");
    assert_eq!(home.names(), ["Own"]);
    assert_eq!(home.words("web.desktop", None).expect("words")[1], "--own");
    home.write("own/applications/web.desktop", "[Desktop Entry]\nHidden=true\n");
    assert!(home.names().is_empty());
    assert_eq!(home.words("web.desktop", None), None);
}

#[test]
fn what_is_broken_too_large_or_not_there_is_passed_over() {
    let home = Home::new();
    assert!(home.names().is_empty(), "no folder at all");
    home.install("shared/applications/gone.desktop", "Gone", "gone %u");
    home.install("shared/applications/nolink.desktop", "No link", "web");
    let large = usize::try_from(LONGEST).expect("a size");
    home.install(
        "shared/applications/large.desktop",
        "Large",
        &format!("web %u {}", "x".repeat(large)),
    );
    fs::write(
        home.folder.path().join("shared/applications/bytes.desktop"),
        [0xff; 64],
    )
    .expect("written");
    home.make("shared/applications/folder.desktop");
    home.install("shared/applications/web.desktop", "Web", "web %u");
    assert_eq!(home.names(), ["Web"]);
}

#[test]
fn a_browser_is_named_by_its_id_and_never_by_a_path() {
    let home = Home::new();
    home.install("shared/applications/web.desktop", "Web", "web %u");
    home.install("elsewhere/web.desktop", "Web", "web %u");
    assert!(home.words("web.desktop", None).is_some());
    for id in ["../../elsewhere/web.desktop", "web", "/etc/passwd", ""] {
        assert_eq!(home.words(id, None), None, "{id}");
    }
}

#[test]
fn a_profile_of_chromium_is_chosen_by_its_folder() {
    let home = Home::new();
    home.install("shared/applications/chromium.desktop", "Chromium", "web %U");
    let folder = "home/.config/chromium";
    home.write(&format!("{folder}/Local State"), STATE);
    for profile in ["Default", "Profile 1", "--version", "Odd"] {
        home.make(&format!("{folder}/{profile}"));
    }
    home.make("home/Elsewhere");
    let profiles = all(&home.here).remove(0).profiles;
    let shown: Vec<_> = profiles
        .iter()
        .map(|each| (each.id.as_str(), each.name.as_str()))
        .collect();
    let work = ("Profile 1", "Work (alice@work.example)");
    assert_eq!(shown, [("Default", "Alice"), ("Odd", "Odd"), work]);
    let words = home.words("chromium.desktop", Some("Profile 1")).expect("words");
    assert_eq!(
        words,
        [
            "web",
            "--profile-directory=Profile 1",
            "https://a.example/?state=s"
        ]
    );
    assert_eq!(
        home.words("chromium.desktop", Some("Gone")),
        None,
        "it would be made"
    );
}

#[test]
fn a_profile_of_firefox_is_chosen_by_its_name() {
    let home = Home::new();
    home.install("shared/applications/firefox-esr.desktop", "Firefox", "web %u");
    let folder = "home/.mozilla/firefox";
    home.write(&format!("{folder}/profiles.ini"), LIST);
    home.make(&format!("{folder}/a.default"));
    home.make(&format!("{folder}/b.work"));
    let firefox = all(&home.here).remove(0);
    let ids: Vec<_> = firefox.profiles.iter().map(|each| each.id.as_str()).collect();
    assert_eq!(ids, ["work", "default-release"]);
    let named = firefox.named(Some("work")).expect("a profile");
    assert_eq!(named.label, "Firefox – work");
    assert_eq!(firefox.named(Some("gone")), None);
    let words = home.words("firefox-esr.desktop", Some("work")).expect("words");
    assert_eq!(words, ["web", "-P", "work", "https://a.example/?state=s"]);
    assert_eq!(home.words("firefox-esr.desktop", Some("gone")), None);
}

#[test]
fn broken_lists_of_profiles_are_no_profiles() {
    let home = Home::new();
    home.install("shared/applications/chromium.desktop", "Chromium", "web %U");
    home.install("shared/applications/firefox.desktop", "Firefox", "web %u");
    home.make("home/.config/chromium/Default");
    home.make("home/.mozilla/firefox");
    for text in [
        "",
        "{",
        "[]",
        r#"{"profile":{"info_cache":[]}}"#,
        r#"{"profile":{"info_cache":{"Default":{}}}}"#,
    ] {
        home.write("home/.config/chromium/Local State", text);
        home.write("home/.mozilla/firefox/profiles.ini", text);
        for browser in all(&home.here) {
            assert_eq!(browser.profiles, [], "{} with {text}", browser.name);
        }
    }
}

#[test]
fn a_browser_without_profiles_to_name_takes_none() {
    let home = Home::new();
    home.install("shared/applications/web.desktop", "Web", "web %u");
    assert_eq!(home.words("web.desktop", Some("work")), None);
    assert!(Path::new(&home.here.home).is_absolute());
}
