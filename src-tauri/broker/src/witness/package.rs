//! The system package a file comes from, for a question to a person.

use std::path::Path;

/// The package that owns this file, by the lists of dpkg or pacman. `None` where there is none, where it
/// cannot be found in time, or where another tool keeps the lists (rpm keeps them in a database).
///
/// Reads tens of megabytes the first time it is asked for a file: up to half a second, and not for every request.
pub fn package_of(path: &Path) -> Option<String> {
    #[cfg(target_os = "linux")]
    return lists::package_of(path);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        None
    }
}

#[cfg(target_os = "linux")]
mod lists {
    use std::{
        ffi::OsStr,
        fs,
        os::unix::fs::MetadataExt,
        path::{Path, PathBuf},
        sync::LazyLock,
        time::{Duration, Instant},
    };

    use super::super::system::{bounded::Bounded, open_regular, read_some};

    const WITHIN: Duration = Duration::from_millis(500);
    /// Bytes of one list at most.
    const LONGEST: usize = 16 * 1024 * 1024;
    const KEPT: usize = 256;

    type File = (PathBuf, u64);
    static FOUND: LazyLock<Bounded<File, Option<String>>> = LazyLock::new(|| Bounded::new(KEPT));

    /// The time was over before everything was looked at.
    #[derive(Debug, PartialEq, Eq)]
    pub(super) struct Late;

    pub(super) fn package_of(path: &Path) -> Option<String> {
        let file = (path.to_owned(), fs::metadata(path).ok()?.ino());
        if let Some(found) = FOUND.get(&file) {
            return found;
        }
        let found = search(Path::new("/"), path, Instant::now() + WITHIN).ok()?;
        FOUND.insert(file, found.clone());
        found
    }

    pub(super) fn search(root: &Path, path: &Path, until: Instant) -> Result<Option<String>, Late> {
        let Some(path) = path.to_str() else {
            return Ok(None);
        };
        match dpkg(root, path, until)? {
            Some(package) => Ok(Some(package)),
            None => pacman(root, path, until),
        }
    }

    /// One file for each package, `NAME.list` or `NAME:ARCHITECTURE.list`, with a path in each line.
    fn dpkg(root: &Path, path: &str, until: Instant) -> Result<Option<String>, Late> {
        // Since /bin is a link to /usr/bin, lists name either.
        let lines = [path, path.strip_prefix("/usr").unwrap_or(path)].map(|path| format!("\n{path}\n"));
        for entry in entries(&root.join("var/lib/dpkg/info")) {
            let list = entry.path();
            if list.extension() == Some(OsStr::new("list")) && names(&list, &lines, until)? {
                let package = list.file_stem().unwrap_or_default().to_string_lossy();
                return Ok(package.split(':').next().map(str::to_owned));
            }
        }
        Ok(None)
    }

    /// One folder for each package, `NAME-VERSION-RELEASE`, with paths that begin without a slash.
    fn pacman(root: &Path, path: &str, until: Instant) -> Result<Option<String>, Late> {
        let lines = [format!("\n{}\n", path.trim_start_matches('/'))];
        for entry in entries(&root.join("var/lib/pacman/local")) {
            if names(&entry.path().join("files"), &lines, until)? {
                let folder = entry.file_name().to_string_lossy().into_owned();
                return Ok(folder.rsplitn(3, '-').nth(2).map(str::to_owned));
            }
        }
        Ok(None)
    }

    fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
        fs::read_dir(folder).into_iter().flatten().flatten()
    }

    /// Whether one of these lines is in the list. A list that cannot be read names nothing.
    fn names(list: &Path, lines: &[String], until: Instant) -> Result<bool, Late> {
        if Instant::now() > until {
            return Err(Late);
        }
        let text = open_regular(list).and_then(|(file, _)| read_some(file, LONGEST));
        let text = text.ok().and_then(|text| String::from_utf8(text).ok());
        Ok(text.is_some_and(|text| lines.iter().any(|line| text.contains(line.as_str()))))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn soon() -> Instant {
            Instant::now() + Duration::from_secs(60)
        }

        #[test]
        fn dpkg_lists_are_read() {
            let root = tempfile::tempdir().expect("a folder");
            let info = root.path().join("var/lib/dpkg/info");
            fs::create_dir_all(&info).expect("made");
            fs::write(info.join("msmtp:amd64.list"), "/.\n/usr/bin/msmtp\n").expect("written");
            fs::write(info.join("dash.list"), "/.\n/bin/dash\n").expect("written");
            fs::write(info.join("zsh.md5sums"), "/usr/bin/zsh\n").expect("written");
            let of = |path: &str| search(root.path(), Path::new(path), soon()).expect("in time");
            assert_eq!(of("/usr/bin/msmtp").as_deref(), Some("msmtp"));
            assert_eq!(of("/usr/bin/dash").as_deref(), Some("dash"));
            assert_eq!(of("/usr/bin/msm"), None);
            assert_eq!(of("/usr/bin/zsh"), None);
            let late = search(root.path(), Path::new("/usr/bin/msmtp"), Instant::now());
            assert_eq!(late, Err(Late), "not knowing is not the same as none");
        }

        #[test]
        fn pacman_lists_are_read() {
            let root = tempfile::tempdir().expect("a folder");
            let package = root.path().join("var/lib/pacman/local/mail-tool-1.8.2-3");
            fs::create_dir_all(&package).expect("made");
            fs::write(package.join("files"), "%FILES%\nusr/\nusr/bin/mail-tool\n").expect("written");
            let found = search(root.path(), Path::new("/usr/bin/mail-tool"), soon());
            assert_eq!(found, Ok(Some("mail-tool".into())));
        }
    }
}
