//! A desktop file, as far as it matters here.

/// What its main group says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub name: String,
    pub exec: String,
    pub try_exec: Option<String>,
    kind: String,
    handles: Vec<String>,
    /// It is not there, or not meant to be chosen.
    unseen: bool,
}

impl Entry {
    /// `None` where it does not begin with its main group.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        if lines.next()? != "[Desktop Entry]" {
            return None;
        }
        let mut entry = Self::default();
        for line in lines.take_while(|line| !line.starts_with('[')) {
            if let Some((key, value)) = line.split_once('=') {
                entry.take(key.trim_end(), value.trim_start());
            }
        }
        Some(entry)
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "Name" => self.name = unescaped(value),
            "Exec" => self.exec = unescaped(value),
            "TryExec" => self.try_exec = Some(unescaped(value)),
            "Type" => value.clone_into(&mut self.kind),
            "MimeType" => self.handles = value.split(';').map(|each| each.trim().to_owned()).collect(),
            "Hidden" | "NoDisplay" => self.unseen |= value == "true",
            _ => {}
        }
    }

    /// Whether it is a program that shows web pages, and that a person would know by its name.
    pub fn is_browser(&self) -> bool {
        let https = self.handles.iter().any(|each| each == "x-scheme-handler/https");
        let readable =
            !self.name.is_empty() && self.name.len() <= 100 && !self.name.contains(char::is_control);
        self.kind == "Application" && https && !self.unseen && readable
    }
}

/// Strings have `\s`, `\n`, `\t`, `\r` and `\\`.
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('s') => text.push(' '),
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('\\') | None => text.push('\\'),
            // Not the file's own escape but that of `Exec`, or a mistake: as it stands.
            Some(other) => text.extend(['\\', other]),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROWSER: &str = "# a comment\n\n[Desktop Entry]\nType=Application\nName = Web\nName[de]=Netz\n\
        Exec=web %u\nMimeType=text/html;x-scheme-handler/https;\n\n[Desktop Action new]\nName=Other\nExec=other\n";

    #[test]
    fn the_main_group_counts() {
        let entry = Entry::parse(BROWSER).expect("an entry");
        assert!(entry.is_browser());
        assert_eq!((entry.name.as_str(), entry.exec.as_str()), ("Web", "web %u"));
    }

    #[test]
    fn what_shows_no_pages_or_hides_is_no_browser() {
        for (from, to) in [
            ("x-scheme-handler/https", "x-scheme-handler/http"),
            ("Type=Application", "Type=Link"),
            ("Name = Web", "Name ="),
            ("\n\n[Desktop Action", "\nHidden=true\n[Desktop Action"),
            ("\n\n[Desktop Action", "\nNoDisplay=true\n[Desktop Action"),
        ] {
            let entry = Entry::parse(&BROWSER.replace(from, to)).expect("an entry");
            assert!(!entry.is_browser(), "{to}");
        }
        for broken in ["", "Type=Application", "[Other]\n[Desktop Entry]"] {
            assert_eq!(Entry::parse(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn escapes_are_read_once() {
        assert_eq!(unescaped(r"a\sb\\c\$d\"), r"a b\c\$d\");
    }
}
