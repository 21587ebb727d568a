/// Names one consent attempt on this computer: 43 characters of base64url that nobody can guess. What the
/// browser is shown never holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId(String);

impl AttemptId {
    const LENGTH: usize = 43;

    /// Reads an id; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        (text.len() == Self::LENGTH && text.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_43_characters_of_base64url_and_nothing_else() {
        let id = format!("{}-_", "aZ9".repeat(13) + "xy");
        assert_eq!(
            AttemptId::parse(&id).as_ref().map(AttemptId::as_str),
            Some(id.as_str())
        );
        for wrong in [
            "",
            &id[1..],
            &format!("{id}a"),
            &id.replace('-', "+"),
            &id.replace('_', "ä"),
        ] {
            assert_eq!(AttemptId::parse(wrong), None, "{wrong}");
        }
    }
}
