use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

/// Which proxy a person wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ProxyChoice {
    /// As the environment and the system say.
    #[default]
    System,
    /// None, whatever they say.
    Direct,
    Own(ProxyAddress),
    /// Something was chosen, and it cannot be read any more: nothing goes past it.
    Unreadable,
}

/// The address of a proxy, as `http://proxy.example:3128`. Holds no password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyAddress(String);

/// Why a text is no such address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    NotAnAddress,
    /// Neither `http` nor `https` nor `socks5`.
    OtherKind,
    /// It holds a name or a password, which would stand in a file that anybody may read.
    WithPassword,
}

impl ProxyAddress {
    /// Longer ones are nobody's, in bytes.
    const LONGEST: usize = 300;

    /// Without a kind it is `http`, as everywhere.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            format!("http://{text}")
        };
        if text.is_empty() || text.len() > Self::LONGEST || text.contains(char::is_whitespace) {
            return Err(Unfit::NotAnAddress);
        }
        // Also where the rest makes no sense: a password is never asked about as if it were a name.
        if whole.contains('@') {
            return Err(Unfit::WithPassword);
        }
        let address = Url::parse(&whole).map_err(|_| Unfit::NotAnAddress)?;
        if !matches!(address.scheme(), "http" | "https" | "socks5") {
            return Err(Unfit::OtherKind);
        }
        let host = address.host_str().filter(|host| !host.is_empty());
        let bare =
            matches!(address.path(), "" | "/") && address.query().is_none() && address.fragment().is_none();
        if host.is_none() || !bare {
            return Err(Unfit::NotAnAddress);
        }
        Ok(Self(address.as_str().trim_end_matches('/').to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is called: names are left to the proxy, which may know more of them.
    pub(super) fn to_call(&self) -> String {
        match self.0.strip_prefix("socks5://") {
            Some(rest) => format!("socks5h://{rest}"),
            None => self.0.clone(),
        }
    }
}

impl ProxyChoice {
    /// As it is kept; `None` for no choice.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::System => None,
            Self::Direct => Some("none"),
            Self::Own(address) => Some(address.as_str()),
            Self::Unreadable => Some("?"),
        }
    }

    /// As it was kept.
    pub fn of_text(text: Option<&str>) -> Self {
        match text {
            None => Self::System,
            Some("none") => Self::Direct,
            Some(text) => ProxyAddress::parse(text).map_or(Self::Unreadable, Self::Own),
        }
    }
}

/// The choice that holds now, for all that call. Cheap to clone: all clones are one.
#[derive(Clone, Debug, Default)]
pub struct ChosenProxy(Arc<Mutex<ProxyChoice>>);

impl ChosenProxy {
    pub fn new(choice: ProxyChoice) -> Self {
        Self(Arc::new(Mutex::new(choice)))
    }

    /// From the next call on.
    pub fn set(&self, choice: ProxyChoice) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = choice;
    }

    pub fn get(&self) -> ProxyChoice {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Display for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_as_people_write_it() {
        for (typed, meant) in [
            ("proxy.example:3128", "http://proxy.example:3128"),
            (" HTTP://Proxy.Example:3128/ ", "http://proxy.example:3128"),
            ("https://proxy.example", "https://proxy.example"),
            ("socks5://10.0.0.1:1080", "socks5://10.0.0.1:1080"),
            ("[fd00::1]:3128", "http://[fd00::1]:3128"),
        ] {
            let address = ProxyAddress::parse(typed).expect(typed);
            assert_eq!(address.as_str(), meant);
            let kept = ProxyChoice::Own(address);
            assert_eq!(ProxyChoice::of_text(kept.text()), kept);
        }
    }

    #[test]
    fn what_is_none_says_why() {
        for (typed, why) in [
            ("", Unfit::NotAnAddress),
            ("two words", Unfit::NotAnAddress),
            ("http://", Unfit::NotAnAddress),
            ("http://proxy.example:99999", Unfit::NotAnAddress),
            ("http://proxy.example/path", Unfit::NotAnAddress),
            ("http://proxy.example?a=b", Unfit::NotAnAddress),
            ("socks4://proxy.example", Unfit::OtherKind),
            ("file:///etc/passwd", Unfit::OtherKind),
            ("http://alice:secret@proxy.example:3128", Unfit::WithPassword),
            ("alice@proxy.example", Unfit::WithPassword),
            ("alice:secret@", Unfit::WithPassword),
        ] {
            assert_eq!(ProxyAddress::parse(typed), Err(why), "{typed:?}");
        }
        assert_eq!(
            ProxyAddress::parse(&format!("http://{}.example", "a".repeat(400))),
            Err(Unfit::NotAnAddress)
        );
    }

    #[test]
    fn a_choice_that_cannot_be_read_is_not_no_choice() {
        for text in ["?", "http://alice:secret@proxy.example", "two words", ""] {
            assert_eq!(
                ProxyChoice::of_text(Some(text)),
                ProxyChoice::Unreadable,
                "{text:?}"
            );
        }
        for choice in [ProxyChoice::System, ProxyChoice::Direct, ProxyChoice::Unreadable] {
            assert_eq!(ProxyChoice::of_text(choice.text()), choice);
        }
    }
}
