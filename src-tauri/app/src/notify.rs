use evergrant_agent::interface::AccountView;
use evergrant_agent::messages::{listed, say};
use evergrant_agent::said;

use crate::desktop::Desktop;
use crate::gist::Question;
use crate::window;

/// As much of a program's name as a notification says.
const NAME: usize = 60;

/// Says that an account needs the person, unless they look at the window that shows it.
pub fn attention(desktop: &dyn Desktop, account: &AccountView) {
    if desktop.looked_at().as_deref() == Some(window::main::LABEL) {
        return;
    }
    desktop.notify(
        &say("notification.attention.title", &[]),
        &attention_text(account),
    );
}

/// Why it stopped or what will end it, and what to do; where that is not known, what to do alone.
fn attention_text(account: &AccountView) -> String {
    let stopped = account.reason.as_ref().map(said::reason);
    let why = stopped.or_else(|| account.forecast.as_ref().map(said::forecast));
    let email = ("email", account.email.as_str());
    match why {
        Some(why) => say("notification.attention.why", &[email, ("why", &why.joined())]),
        None => say("notification.attention.text", &[email]),
    }
}

/// Says that a program asks, unless the person looks at Evergrant.
pub fn question(desktop: &dyn Desktop, question: &Question) {
    if desktop.looked_at().is_some() {
        return;
    }
    let (program, emails) = (harmless(&question.program), listed(&question.emails));
    let values = [("program", program.as_str()), ("email", emails.as_str())];
    let text = say("notification.question.text", &values);
    desktop.notify(&say("notification.question.title", &[]), &text);
}

/// Says that Evergrant goes on although nothing of it can be seen.
pub fn background(desktop: &dyn Desktop) {
    let text = say("notification.background.text", &[]);
    desktop.notify(&say("notification.background.title", &[]), &text);
}

/// A program's name is a file's name, so whoever made the file chose it: it must not look like more than a
/// name. Some desktops read `<` and `&` as markup.
fn harmless(name: &str) -> String {
    let steers = |letter: char| {
        letter.is_control()
            || matches!(letter, '<' | '>' | '&')
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut plain: String = name
        .chars()
        .filter(|letter| !steers(*letter))
        .take(NAME + 1)
        .collect();
    if let Some((cut, _)) = plain.char_indices().nth(NAME) {
        plain.truncate(cut);
        plain.push('…');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{account, ahead, removed};

    #[test]
    fn whoever_needs_the_person_says_why() {
        let mut alice = account("alice");
        assert_eq!(
            attention_text(&alice),
            "alice@example.com has to be connected again. Open Evergrant and press Reconnect."
        );
        alice.forecast = Some(ahead(1_800_000_000));
        let text = attention_text(&alice);
        assert!(
            text.starts_with("alice@example.com: This connection ends on "),
            "{text}"
        );
        alice.reason = Some(removed());
        assert_eq!(
            attention_text(&alice),
            "alice@example.com: Most likely: Evergrant was removed from the apps with access to this account. \
             Press Reconnect if you still want to use it."
        );
    }

    #[test]
    fn a_name_is_no_more_than_a_name() {
        assert_eq!(harmless("mail-sync 2"), "mail-sync 2");
        assert_eq!(harmless("<b>Evergrant</b>\n&amp;\u{202e}x"), "bEvergrant/bamp;x");
        let long = harmless(&"ä".repeat(500));
        assert_eq!(long.chars().count(), NAME + 1);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn a_question_has_its_words() {
        let values = [("program", "sync"), ("email", "alice@example.com")];
        let text = say("notification.question.text", &values);
        assert!(
            text.contains("sync") && text.contains("alice@example.com"),
            "{text}"
        );
        assert_ne!(
            say("notification.question.title", &[]),
            "notification.question.title"
        );
    }
}
