//! Menu entries and icon themes, as freedesktop.org lays them out.

use std::{
    collections::VecDeque,
    env,
    ffi::OsString,
    fs,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
};

use super::{
    Icon,
    system::{open_regular, read_some},
};
use crate::program::Program;

/// Menu entries looked at.
const ENTRIES: usize = 4096;
/// Bytes of an entry, and of a picture.
const LARGEST: usize = 64 * 1024;
/// Folders of the default theme, those first that look best at the size it is shown in.
const SIZES: &[&str] = &[
    "64x64", "48x48", "scalable", "128x128", "96x96", "256x256", "32x32", "512x512",
];

/// Where menu entries and icons are: the person's, the system's, and those of Flatpak and Snap.
pub(super) fn folders() -> Vec<PathBuf> {
    let home = env::var_os("HOME").map(PathBuf::from);
    let own = env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(home?.join(".local/share")));
    let shared = env::var_os("XDG_DATA_DIRS")
        .filter(|list| !list.is_empty())
        .unwrap_or_else(|| OsString::from("/usr/local/share:/usr/share"));
    let mut folders: Vec<PathBuf> = env::split_paths(&shared).collect();
    folders.push("/var/lib/flatpak/exports/share".into());
    folders.push("/var/lib/snapd/desktop".into());
    if let Some(own) = own {
        folders.push(own.join("flatpak/exports/share"));
        // Last: an entry of the system is not covered by one that any program of this person can write.
        folders.push(own);
    }
    folders.retain(|folder| folder.is_absolute());
    folders
}

/// The icon of the entry that starts this program.
pub(super) fn icon_in(program: &Program, folders: &[PathBuf]) -> Option<Icon> {
    let (kind, name) = program.key.as_str().split_once(':')?;
    let icon = match kind.strip_prefix("command>").unwrap_or(kind) {
        "flatpak" => folders.iter().find_map(|folder| {
            let entry = read(&folder.join("applications").join(format!("{name}.desktop")))?;
            value(&entry, "Icon")
        }),
        "snap" => find(folders, |entry, file| {
            value(entry, "X-SnapInstanceName").as_deref() == Some(name)
                || file.starts_with(&format!("{name}_"))
        }),
        _ => {
            let path = program.path.as_deref()?;
            find(folders, |entry, _| starts(entry, path))
        }
    }?;
    picture(&icon, folders)
}

/// The icon's name in the first entry that fits.
fn find(folders: &[PathBuf], fits: impl Fn(&str, &str) -> bool) -> Option<String> {
    let mut left = ENTRIES;
    let mut open: VecDeque<PathBuf> = folders.iter().map(|folder| folder.join("applications")).collect();
    while let Some(folder) = open.pop_front() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            left = left.checked_sub(1)?;
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push_back(path);
            } else if path.extension().is_some_and(|ending| ending == "desktop")
                && let Some(text) = read(&path)
                && fits(&text, &entry.file_name().to_string_lossy())
            {
                return value(&text, "Icon");
            }
        }
    }
    None
}

/// Whether the entry runs this file.
fn starts(entry: &str, path: &Path) -> bool {
    ["TryExec", "Exec"]
        .iter()
        .filter_map(|key| value(entry, key))
        .any(|line| is_program(first_word(&line), path))
}

/// The first word of a command line, without its quotes.
fn first_word(line: &str) -> &str {
    match line.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => line.split(' ').next().unwrap_or_default(),
    }
}

fn is_program(word: &str, path: &Path) -> bool {
    let leads_there = |file: PathBuf| fs::canonicalize(file).is_ok_and(|file| file == path);
    if word.starts_with('/') {
        return leads_there(word.into());
    }
    // Most name the program only, which the system's folders are searched for.
    !word.is_empty()
        && !word.contains('/')
        && ["/usr/local/bin", "/usr/bin", "/bin", "/usr/games"]
            .iter()
            .any(|folder| leads_there(Path::new(folder).join(word)))
}

/// The value of a key in the group `[Desktop Entry]`.
fn value(entry: &str, key: &str) -> Option<String> {
    entry
        .lines()
        .skip_while(|line| line.trim() != "[Desktop Entry]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

/// By path, or by name in the default theme or the old folder.
fn picture(icon: &str, folders: &[PathBuf]) -> Option<Icon> {
    if icon.starts_with('/') {
        return load(Path::new(icon));
    }
    // A name is no path: it stays in the folders it is looked for in.
    if icon.contains('/') || icon.starts_with('.') {
        return None;
    }
    let stem = icon
        .strip_suffix(".png")
        .or_else(|| icon.strip_suffix(".svg"))
        .unwrap_or(icon);
    let files = [format!("{stem}.png"), format!("{stem}.svg")];
    let themed = SIZES.iter().flat_map(|size| {
        folders
            .iter()
            .map(move |folder| folder.join("icons/hicolor").join(size).join("apps"))
    });
    let plain = folders.iter().map(|folder| folder.join("pixmaps"));
    themed
        .chain(plain)
        .flat_map(|folder| files.iter().map(move |file| folder.join(file)))
        .find_map(|file| load(&file))
}

/// What it is is told by its bytes, not by its name.
fn load(path: &Path) -> Option<Icon> {
    let (file, stamp) = open_regular(path).ok()?;
    if stamp.size > LARGEST as u64 {
        return None;
    }
    let bytes = read_some(file, LARGEST).ok()?;
    let media_type = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        "image/png"
    } else if is_svg(&bytes) {
        "image/svg+xml"
    } else {
        return None;
    };
    Some(Icon { media_type, bytes })
}

fn is_svg(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        (text.starts_with("<?xml") || text.starts_with("<!--") || text.starts_with("<svg"))
            && text.contains("<svg")
    })
}

fn read(path: &Path) -> Option<String> {
    let (file, _) = open_regular(path).ok()?;
    let bytes = read_some(file, LARGEST).ok()?;
    Some(OsString::from_vec(bytes).to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Assurance, Origin, ProgramKey};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

    struct Desk {
        folder: tempfile::TempDir,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            Self { folder }
        }

        fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
            let path = fs::canonicalize(self.folder.path()).expect("there").join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(&path, bytes).expect("written");
            path
        }

        fn icon(&self, key: &str, path: Option<&Path>) -> Option<Icon> {
            let program = Program {
                key: ProgramKey::new(key),
                name: "tool".into(),
                path: path.map(Path::to_owned),
                origin: Origin::Direct,
                assurance: Assurance::Personal,
                package: None,
                chain: Vec::new(),
                unit: None,
                terminal: None,
            };
            icon_in(&program, &[self.folder.path().to_owned()])
        }
    }

    #[test]
    fn the_entry_that_starts_the_program_has_its_icon() {
        let desk = Desk::new();
        let tool = desk.file("bin/tool", b"");
        let entry = format!(
            "[Desktop Entry]\nName=T\nExec=\"{}\" %U\nIcon=org.tool\n",
            tool.display()
        );
        desk.file("applications/deeper/tool.desktop", entry.as_bytes());
        assert_eq!(desk.icon("exe:x", Some(&tool)), None, "there is no picture yet");
        desk.file("icons/hicolor/48x48/apps/org.tool.png", PNG);
        let icon = desk.icon("exe:x", Some(&tool)).expect("a picture");
        assert_eq!((icon.media_type, icon.bytes.as_slice()), ("image/png", PNG));
        assert_eq!(desk.icon("exe:x", Some(&desk.file("bin/other", b""))), None);
        assert_eq!(desk.icon("hidden:x", None), None);
    }

    #[test]
    fn sandboxes_are_found_by_their_id_also_through_the_command() {
        let desk = Desk::new();
        desk.file("pixmaps/mail.svg", b"<?xml version=\"1.0\"?>\n<svg/>");
        desk.file(
            "applications/org.gnome.Evolution.desktop",
            b"[Desktop Entry]\nIcon=mail\n",
        );
        desk.file(
            "applications/thunderbird_thunderbird.desktop",
            b"[Desktop Entry]\nIcon=mail\n",
        );
        for key in [
            "flatpak:org.gnome.Evolution",
            "snap:thunderbird",
            "command>snap:thunderbird",
        ] {
            assert_eq!(
                desk.icon(key, None).expect("a picture").media_type,
                "image/svg+xml",
                "{key}"
            );
        }
        assert_eq!(desk.icon("flatpak:org.gnome.Other", None), None);
    }

    #[test]
    fn odd_pictures_are_none() {
        let desk = Desk::new();
        let load = |name: &str, bytes: &[u8]| load(&desk.file(name, bytes));
        assert!(load("a.png", PNG).is_some());
        assert_eq!(load("b.png", b"GIF89a"), None);
        assert_eq!(load("c.svg", b"<html><svg/></html>"), None);
        assert_eq!(load("d.png", &[PNG, &vec![0; LARGEST]].concat()), None);
        assert_eq!(super::load(desk.folder.path()), None);
        assert_eq!(picture("../../a", &[desk.folder.path().join("x/y")]), None);
    }

    #[test]
    fn only_the_entrys_own_group_counts() {
        let entry = "[Desktop Action new]\nIcon=other\n[Desktop Entry]\nIcon = mine\n[X]\nExec=x\n";
        assert_eq!(value(entry, "Icon").as_deref(), Some("mine"));
        assert_eq!(value(entry, "Exec"), None);
        assert_eq!(first_word("env A=1 tool"), "env");
        assert_eq!(first_word("\"/opt/my tool\" %U"), "/opt/my tool");
    }
}
