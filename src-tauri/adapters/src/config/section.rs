//! A TOML table, read strictly and with the line of each key at hand.
//!
//! By hand rather than by derive: serde's errors know neither the line of a missing key nor the
//! name of a key whose value is wrong, in any form but prose.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{ConfigMistake, Kind, Why};

pub(super) struct Section<'t> {
    text: &'t str,
    /// The names of the sections around it, each with a dot behind it.
    path: String,
    table: &'t DeTable<'t>,
    span: Range<usize>,
}

impl<'t> Section<'t> {
    pub fn parse(text: &'t str) -> Result<Spanned<DeTable<'t>>, ConfigMistake> {
        DeTable::parse(text).map_err(|error| ConfigMistake {
            line: line(text, error.span().map_or(0, |span| span.start)),
            key: String::new(),
            why: Why::NotToml,
        })
    }

    pub fn root(text: &'t str, document: &'t Spanned<DeTable<'t>>) -> Self {
        Self {
            text,
            path: String::new(),
            table: document.get_ref(),
            span: document.span(),
        }
    }

    /// Refuses every key but these.
    pub fn only(&self, known: &[&str]) -> Result<(), ConfigMistake> {
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        match keys
            .into_iter()
            .find(|key| !known.contains(&key.get_ref().as_ref()))
        {
            None => Ok(()),
            Some(key) if key.get_ref() == "client_secret" => {
                Err(self.mistake(key.get_ref(), Why::SecretInFile))
            }
            Some(key) => Err(self.mistake(key.get_ref(), Why::KeyUnknown)),
        }
    }

    /// A text that must be there.
    pub fn text(&self, key: &str) -> Result<&'t str, ConfigMistake> {
        let found = self.optional_text(key)?;
        found.ok_or_else(|| self.mistake(key, Why::KeyMissing))
    }

    pub fn optional_text(&self, key: &str) -> Result<Option<&'t str>, ConfigMistake> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        match value.as_str().map(str::trim) {
            None => Err(self.mistake(key, Why::KindWrong(Kind::Text))),
            Some("") => Err(self.mistake(key, Why::Empty)),
            Some(text) => Ok(Some(text)),
        }
    }

    /// A list of texts; absent is empty.
    pub fn texts(&self, key: &str) -> Result<Vec<&'t str>, ConfigMistake> {
        let Some(value) = self.value(key) else {
            return Ok(Vec::new());
        };
        let wrong = || self.mistake(key, Why::KindWrong(Kind::ListOfText));
        let list = value.as_array().ok_or_else(wrong)?;
        list.iter()
            .map(|one| one.get_ref().as_str().ok_or_else(wrong))
            .collect()
    }

    pub fn section(&self, key: &str) -> Result<Option<Self>, ConfigMistake> {
        let Some((_, value)) = self.entry(key) else {
            return Ok(None);
        };
        let section = self.within(key, value);
        section
            .map(Some)
            .ok_or_else(|| self.mistake(key, Why::KindWrong(Kind::Section)))
    }

    /// The sections written as `[[key]]`; none is fine.
    pub fn sections(&self, key: &str) -> Result<Vec<Self>, ConfigMistake> {
        let Some(value) = self.value(key) else {
            return Ok(Vec::new());
        };
        let wrong = || self.mistake(key, Why::KindWrong(Kind::ListOfSections));
        let list = value.as_array().ok_or_else(wrong)?;
        list.iter()
            .map(|one| self.within(key, one).ok_or_else(wrong))
            .collect()
    }

    /// A mistake at a key, or at the section itself where the key is missing.
    pub fn mistake(&self, key: &str, why: Why) -> ConfigMistake {
        let at = self
            .entry(key)
            .map_or(self.span.start, |(key, _)| key.span().start);
        ConfigMistake {
            line: line(self.text, at),
            key: format!("{}{key}", self.path),
            why,
        }
    }

    fn within(&self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Option<Self> {
        Some(Self {
            text: self.text,
            path: format!("{}{key}.", self.path),
            table: value.get_ref().as_table()?,
            span: value.span(),
        })
    }

    fn value(&self, key: &str) -> Option<&'t DeValue<'t>> {
        self.entry(key).map(|(_, value)| value.get_ref())
    }

    fn entry(&self, key: &str) -> Option<(&'t Spanned<toml::de::DeString<'t>>, &'t Spanned<DeValue<'t>>)> {
        self.table.iter().find(|(name, _)| name.get_ref() == key)
    }
}

/// The line of a place, counted from 1.
fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
