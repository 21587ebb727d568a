//! `[vault]`: where secrets are kept, as a person chose it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use evergrant_domain::{Code, Fault};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{ConfigMistake, Kind, Why, section::Section, text};
use crate::private_file::{Standing, place, write_synced};

/// Where secrets are kept. Without the section, in the system's vault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VaultChoice {
    pub kind: VaultKind,
    /// The encrypted file of the personal profile; `None` is beside its ledger.
    pub path: Option<PathBuf>,
    /// The key file that opens it; without one it takes a passphrase.
    pub key_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VaultKind {
    /// The operating system's vault.
    #[default]
    System,
    /// An encrypted file.
    File,
}

impl VaultKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::File => "file",
        }
    }
}

impl VaultChoice {
    /// Reads the choice alone: a mistake in another section does not take it away.
    ///
    /// # Errors
    /// The mistake, wherever it leaves open what was chosen.
    pub fn load(path: &Path) -> Result<Self, ConfigMistake> {
        text(path)?.map_or_else(|| Ok(Self::default()), |text| Self::read(&text))
    }

    fn read(text: &str) -> Result<Self, ConfigMistake> {
        match Section::parse(text) {
            Ok(document) => Self::of(&Section::root(text, &document)),
            // Nothing in the file speaks of it, whatever else it is.
            Err(_) if !text.contains("vault") => Ok(Self::default()),
            Err(mistake) => Err(mistake),
        }
    }

    pub(super) fn of(root: &Section<'_>) -> Result<Self, ConfigMistake> {
        let Some(section) = root.section("vault")? else {
            return Ok(Self::default());
        };
        section.only(&["kind", "path", "key_file"])?;
        let kind = match section.text("kind")? {
            "system" => VaultKind::System,
            "file" => VaultKind::File,
            _ => return Err(section.mistake("kind", Why::VaultUnknown)),
        };
        let path = |key| match section.optional_text(key)?.map(PathBuf::from) {
            Some(path) if !path.is_absolute() => Err(section.mistake(key, Why::PathNotWhole)),
            path => Ok(path),
        };
        Ok(Self {
            kind,
            path: path("path")?,
            key_file: path("key_file")?,
        })
    }

    /// Writes this choice beside the file at `config`, everything else in it as it was, so that putting it in
    /// place later needs no room on the disk.
    ///
    /// # Errors
    /// `DiskFull`; `VaultFailed` where the file has a mistake or cannot be written.
    pub fn prepare(&self, config: &Path) -> Result<Prepared, Fault> {
        // Where the file is a link, what it leads to is written.
        let path = fs::canonicalize(config).unwrap_or_else(|_| config.to_owned());
        let wrong = |mistake: &ConfigMistake| Fault::with_detail(Code::VaultFailed, &mistake.to_string());
        let before = text(&path)
            .map_err(|mistake| wrong(&mistake))?
            .unwrap_or_default();
        let after = self.written_into(&before).map_err(|mistake| wrong(&mistake))?;
        let mut draft = path.clone().into_os_string();
        draft.push(".new");
        let prepared = Prepared {
            draft: draft.into(),
            path,
        };
        write_synced(&prepared.draft, after.as_bytes())?;
        Ok(prepared)
    }

    fn written_into(&self, text: &str) -> Result<String, ConfigMistake> {
        let mut document: DocumentMut = text.parse().map_err(|_| ConfigMistake {
            line: 1,
            key: String::new(),
            why: Why::NotToml,
        })?;
        let section = document.entry("vault").or_insert(Item::Table(Table::new()));
        let Some(section) = section.as_table_like_mut() else {
            return Err(ConfigMistake {
                line: 1,
                key: "vault".to_owned(),
                why: Why::KindWrong(Kind::Section),
            });
        };
        set(section, "kind", self.kind.as_str());
        for (key, path) in [("path", &self.path), ("key_file", &self.key_file)] {
            match path {
                Some(path) => set(section, key, &path.to_string_lossy()),
                None => drop(section.remove(key)),
            }
        }
        Ok(document.to_string())
    }
}

/// Sets a text, with the remarks around an earlier one kept.
fn set(section: &mut dyn TableLike, key: &str, text: &str) {
    let mut new = Value::from(text);
    match section.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(section.insert(key, Item::Value(new))),
    }
}

/// A choice on the disk that does not count yet. Dropped, it never does.
#[derive(Debug)]
pub struct Prepared {
    draft: PathBuf,
    path: PathBuf,
}

impl Prepared {
    /// Makes it count.
    ///
    /// # Errors
    /// `VaultFailed`.
    pub fn put_in_place(self) -> Result<(), Fault> {
        Ok(place(&self.draft, &self.path, Standing::Replaced)?)
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // It is gone already where it was put in place.
        let _ = fs::remove_file(&self.draft);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(kind: VaultKind) -> VaultChoice {
        VaultChoice {
            kind,
            path: Some("/srv/evergrant/vault".into()),
            key_file: None,
        }
    }

    #[test]
    fn a_choice_is_read_as_it_was_written_and_the_rest_stays() {
        let before =
            "# mine\n[[provider]]\nid = \"own\" # ours\nname = \"Own\"\nissuer = \"https://id.example\"\n";
        for text in [
            String::new(),
            before.to_owned(),
            format!("{before}[vault]\n# why\nkind = \"system\" # so\nkey_file = \"/key\"\n"),
            format!("vault = {{ kind = \"system\" }}\n{before}"),
        ] {
            let after = chosen(VaultKind::File).written_into(&text).expect("written");
            assert_eq!(VaultChoice::read(&after), Ok(chosen(VaultKind::File)), "{after}");
            let remarks = |text: &str| text.matches('#').count();
            assert_eq!(remarks(&after), remarks(&text), "{after}");
            let back = chosen(VaultKind::System).written_into(&after).expect("written");
            assert_eq!(VaultChoice::read(&back), Ok(chosen(VaultKind::System)), "{back}");
        }
    }

    #[test]
    fn a_prepared_choice_counts_once_it_is_put_in_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        fs::write(&path, "# mine\n").expect("written");
        drop(chosen(VaultKind::File).prepare(&path).expect("prepared"));
        assert_eq!(VaultChoice::load(&path), Ok(VaultChoice::default()));
        let prepared = chosen(VaultKind::File).prepare(&path).expect("prepared");
        assert_eq!(VaultChoice::load(&path), Ok(VaultChoice::default()));
        prepared.put_in_place().expect("in place");
        assert_eq!(VaultChoice::load(&path), Ok(chosen(VaultKind::File)));
        assert_eq!(
            fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "no draft"
        );
    }

    #[test]
    fn a_mistake_elsewhere_leaves_the_choice_and_one_that_may_concern_it_does_not() {
        let file = "[vault]\nkind = \"file\"\n";
        let elsewhere = format!("{file}[[provider]]\nid = 1\n");
        assert_eq!(VaultChoice::read(&elsewhere).expect("read").kind, VaultKind::File);
        assert_eq!(VaultChoice::read("[[provider\n"), Ok(VaultChoice::default()));
        for unclear in [
            "[vault\nkind = \"file\"\n",
            "[[provider\n[vault]\nkind = \"file\"\n",
        ] {
            let mistake = VaultChoice::read(unclear).expect_err("unclear");
            assert_eq!(mistake.why, Why::NotToml);
        }
    }
}
