//! The parameters of a request, from its query and its form.

use url::form_urlencoded;

#[derive(Clone, Default)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub fn read(query: Option<&str>, form: Option<&[u8]>) -> Self {
        let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let form = form_urlencoded::parse(form.unwrap_or_default());
        Self(query.into_owned().chain(form.into_owned()).collect())
    }

    /// An empty value counts as absent (RFC 6749 section 3.1).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).find(|value| !value.is_empty())
    }

    pub fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    pub fn all<'own>(&'own self, name: &str) -> impl Iterator<Item = &'own str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A name that comes twice (RFC 6749 section 3.1 forbids it).
    pub fn repeated(&self) -> Option<&str> {
        self.iter()
            .enumerate()
            .find(|(index, (name, _))| self.iter().take(*index).any(|(earlier, _)| earlier == *name))
            .map(|(_, (name, _))| name)
    }
}
