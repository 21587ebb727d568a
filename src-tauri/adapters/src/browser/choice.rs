/// How a person wants consent pages shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BrowserChoice {
    /// As the system does it.
    #[default]
    System,
    /// Not at all: the person takes the link to a browser themselves.
    Copy,
    Own(Named),
}

/// One installed browser, and one of its profiles where it has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id of its desktop file, such as `firefox.desktop`.
    pub id: String,
    /// As the browser itself names it on its command line.
    pub profile: Option<String>,
    /// What the person saw when they chose it; known also when the browser is gone.
    pub label: String,
}

impl Named {
    pub fn new(id: &str, profile: Option<&str>, label: &str) -> Self {
        Self {
            id: id.to_owned(),
            profile: profile.map(str::to_owned),
            label: label.to_owned(),
        }
    }
}

impl BrowserChoice {
    /// As it is kept; `None` for no choice.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::System => None,
            Self::Copy => Some("copy".to_owned()),
            Self::Own(Named { id, profile, label }) => Some(format!(
                "{id}\n{}\n{label}",
                profile.as_deref().unwrap_or_default()
            )),
        }
    }

    /// As it was kept. What makes no sense, as of a newer Evergrant, is as good as no choice.
    pub fn of_text(text: Option<&str>) -> Self {
        match text {
            None => Self::System,
            Some("copy") => Self::Copy,
            Some(text) => of_lines(text).map_or(Self::System, Self::Own),
        }
    }
}

fn of_lines(text: &str) -> Option<Named> {
    let mut lines = text.lines();
    let id = lines.next().filter(|id| id.ends_with(".desktop"))?;
    let profile = lines.next()?;
    let label = lines.next()?;
    Some(Named::new(
        id,
        Some(profile).filter(|profile| !profile.is_empty()),
        label,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_the_same_when_it_is_read_again() {
        for choice in [
            BrowserChoice::System,
            BrowserChoice::Copy,
            BrowserChoice::Own(Named::new("firefox.desktop", None, "Firefox")),
            BrowserChoice::Own(Named::new(
                "chromium.desktop",
                Some("Profile 1"),
                "Chromium – Work",
            )),
        ] {
            assert_eq!(BrowserChoice::of_text(choice.text().as_deref()), choice);
        }
    }

    #[test]
    fn what_makes_no_sense_is_no_choice() {
        for text in [
            "paste",
            "firefox.desktop",
            "firefox.desktop\nwork",
            "/bin/sh\n\nShell",
            "",
        ] {
            assert_eq!(
                BrowserChoice::of_text(Some(text)),
                BrowserChoice::System,
                "{text:?}"
            );
        }
    }
}
