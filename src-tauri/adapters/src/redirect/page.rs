//! The pages a browser may see: static, written once, echoing nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use evergrant_engine::ports::Ending;
use sha2::{Digest, Sha256};

/// What a page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub text: String,
}

/// What each page says, in the person's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The language as a BCP 47 tag.
    pub language: &'static str,
    pub right_to_left: bool,
    /// The account is connected.
    pub done: Words,
    /// The person said no.
    pub denied: Words,
    /// Something went wrong; the program says what.
    pub failed: Words,
    /// It takes longer than a browser should wait; the program shows how it ends.
    pub waiting: Words,
    /// Nothing to see here.
    pub stray: Words,
}

/// The pages as HTML, and the policy that lets them use their one style and nothing else.
pub(super) struct Written {
    pub(super) done: String,
    pub(super) denied: String,
    pub(super) failed: String,
    pub(super) waiting: String,
    pub(super) stray: String,
    pub(super) policy: String,
}

impl Written {
    pub(super) fn new(pages: &Pages) -> Self {
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        let html = |words: &Words, kind: &str| html(pages, words, kind);
        Self {
            done: html(&pages.done, "done"),
            denied: html(&pages.denied, "denied"),
            failed: html(&pages.failed, "failed"),
            waiting: html(&pages.waiting, "waiting"),
            stray: html(&pages.stray, "stray"),
            policy: format!(
                "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
                 frame-ancestors 'none'"
            ),
        }
    }

    pub(super) fn of(&self, ending: Ending) -> &str {
        match ending {
            Ending::Connected => &self.done,
            Ending::Denied => &self.denied,
            Ending::Failed => &self.failed,
        }
    }
}

const STYLE: &str = include_str!("page.css");

fn html(pages: &Pages, words: &Words, kind: &str) -> String {
    let (title, text) = (escaped(&words.title), escaped(&words.text));
    let language = pages.language;
    let direction = if pages.right_to_left { "rtl" } else { "ltr" };
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main class=\"{kind}\">\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(title: &str, text: &str, right_to_left: bool) -> String {
        let words = Words {
            title: title.into(),
            text: text.into(),
        };
        let pages = Pages {
            language: if right_to_left { "ar" } else { "en" },
            right_to_left,
            done: words.clone(),
            denied: words.clone(),
            failed: words.clone(),
            waiting: words.clone(),
            stray: words,
        };
        Written::new(&pages).done
    }

    #[test]
    fn words_cannot_become_markup() {
        let page = written("<script>alert('1')</script>", "a \"b\" & c", false);
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
        assert!(page.contains("a &quot;b&quot; &amp; c"));
    }

    #[test]
    fn a_page_asks_for_nothing_from_elsewhere() {
        let page = written("t", "t", false);
        for foreign in [
            "http:", "https:", "url(", "@import", "src=", "href=", "<script", "//",
        ] {
            assert!(!page.contains(foreign), "{foreign} in {page}");
        }
    }

    #[test]
    fn a_page_says_in_which_language_it_speaks_and_from_which_side() {
        assert!(written("t", "t", false).contains("<html lang=\"en\" dir=\"ltr\">"));
        assert!(written("t", "t", true).contains("<html lang=\"ar\" dir=\"rtl\">"));
    }
}
