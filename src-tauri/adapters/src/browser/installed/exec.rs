//! The `Exec` key: a command line that no shell reads.

/// Longer lines and more words are no browser's.
const LONGEST: usize = 4_096;
const MOST_WORDS: usize = 64;

/// Its words, and the place of the link among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exec {
    words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    Fixed(String),
    /// The link, with what stands before and after it in the same word.
    Link(String, String),
}

impl Exec {
    /// `None` for one that breaks the rules or takes no link.
    pub fn parse(line: &str, name: &str) -> Option<Self> {
        let words: Vec<Word> = split(line)?
            .into_iter()
            .filter_map(|word| filled(&word, name).transpose())
            .collect::<Result<_, NoSuchCode>>()
            .ok()?;
        let takes_link = words.iter().any(|word| matches!(word, Word::Link(..)));
        let runs = matches!(words.first(), Some(Word::Fixed(program)) if !program.is_empty());
        (takes_link && runs && words.len() <= MOST_WORDS).then_some(Self { words })
    }

    pub fn program(&self) -> &str {
        match self.words.first() {
            Some(Word::Fixed(program)) => program,
            _ => "",
        }
    }

    /// The whole command line for a link, with `more` just before it: what stands earlier may be a program that starts
    /// the browser, such as `env` or `flatpak run`.
    pub fn words(&self, more: &[String], link: &str) -> Vec<String> {
        let link_at = self.words.iter().position(|word| matches!(word, Word::Link(..)));
        // Flatpak has the link between marks.
        let marked = |at: &usize| matches!(&self.words[at - 1], Word::Fixed(word) if word.starts_with("@@"));
        let at = link_at.map(|at| if at > 1 && marked(&at) { at - 1 } else { at });
        let mut words = Vec::with_capacity(self.words.len() + more.len());
        for (index, word) in self.words.iter().enumerate() {
            if Some(index) == at {
                words.extend(more.iter().cloned());
            }
            words.push(match word {
                Word::Fixed(word) => word.clone(),
                Word::Link(before, after) => format!("{before}{link}{after}"),
            });
        }
        words
    }
}

/// Words are parted by spaces; in double quotes a backslash stands before `"`, `` ` ``, `$` and `\`.
fn split(line: &str) -> Option<Vec<String>> {
    if line.len() > LONGEST || line.contains(|letter: char| letter.is_control() && letter != '\t') {
        return None;
    }
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' if quoted => word.get_or_insert_default().push(letters.next()?),
            ' ' | '\t' if !quoted => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    (!quoted).then_some(words)
}

/// A field code that there is not.
struct NoSuchCode;

/// A word with its field codes filled in; `None` where nothing is left of it.
fn filled(word: &str, name: &str) -> Result<Option<Word>, NoSuchCode> {
    let mut text = String::new();
    let mut before = None;
    let mut coded = false;
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        match letters.next().ok_or(NoSuchCode)? {
            '%' => text.push('%'),
            'u' | 'U' | 'f' | 'F' if before.is_none() => before = Some(std::mem::take(&mut text)),
            'c' => text.push_str(name),
            // An icon, the file's own path, and what is not used any more.
            'i' | 'k' | 'd' | 'D' | 'n' | 'N' | 'v' | 'm' => coded = true,
            _ => return Err(NoSuchCode),
        }
    }
    Ok(match before {
        Some(before) => Some(Word::Link(before, text)),
        None if coded && text.is_empty() => None,
        None => Some(Word::Fixed(text)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: &str, more: &[&str]) -> Option<Vec<String>> {
        let more: Vec<String> = more.iter().map(|word| (*word).to_owned()).collect();
        Some(Exec::parse(line, "Web")?.words(&more, "https://a.example/?x=1 2&y"))
    }

    const LINK: &str = "https://a.example/?x=1 2&y";

    #[test]
    fn the_link_is_one_word_whatever_is_in_it() {
        assert_eq!(run("web %u", &[]).expect("words"), ["web", LINK]);
        assert_eq!(
            run("web --name %c %i --url=%U", &[]).expect("words"),
            ["web", "--name", "Web", &format!("--url={LINK}")]
        );
    }

    #[test]
    fn quotes_and_escapes_are_read_as_the_rules_say() {
        assert_eq!(
            run(r#""/opt/my web/web" "a \"b\" \$c" 100%% %u"#, &[]).expect("words"),
            ["/opt/my web/web", "a \"b\" $c", "100%", LINK]
        );
    }

    #[test]
    fn a_profile_is_named_to_the_browser_and_not_to_what_starts_it() {
        let more = ["-P", "work"];
        assert_eq!(
            run("env A=b /snap/bin/firefox %u", &more).expect("words"),
            ["env", "A=b", "/snap/bin/firefox", "-P", "work", LINK]
        );
        assert_eq!(
            run(
                "/usr/bin/flatpak run --file-forwarding org.mozilla.firefox @@u %u @@",
                &more
            )
            .expect("words"),
            [
                "/usr/bin/flatpak",
                "run",
                "--file-forwarding",
                "org.mozilla.firefox",
                "-P",
                "work",
                "@@u",
                LINK,
                "@@"
            ]
        );
    }

    #[test]
    fn what_breaks_the_rules_is_not_run() {
        let long = format!("web {} %u", "a".repeat(LONGEST));
        let many = format!("web {} %u", "a ".repeat(MOST_WORDS));
        for line in [
            "",
            "web",
            "%u",
            "\"\" %u",
            "web \"%u",
            "web %u %",
            "web %x %u",
            "web %u%u",
            "web\n%u",
            &long,
            &many,
        ] {
            assert_eq!(run(line, &[]), None, "{line:.40}");
        }
    }
}
