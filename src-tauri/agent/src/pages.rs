//! The words of the browser's last page.

use evergrant_adapters::redirect::{Pages, Words};

use crate::messages::{say, spoken};

pub fn pages() -> Pages {
    Pages {
        language: spoken().tag(),
        right_to_left: spoken().is_right_to_left(),
        done: page("done"),
        denied: page("denied"),
        failed: page("failed"),
        waiting: page("waiting"),
        stray: page("stray"),
    }
}

fn page(name: &str) -> Words {
    Words {
        title: say(&format!("browser.{name}.title"), &[]),
        text: say(&format!("browser.{name}.text"), &[]),
    }
}
