//! The columns that say which program, the same for grants and refusals.

use evergrant_broker::ports::Known;
use evergrant_broker::{Assurance, Origin, ProgramKey};
use rusqlite::Row;

/// `None` where the row makes no sense.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Option<Known>> {
    let text = |column| row.get::<_, String>(column);
    let assurance = Assurance::parse(&text("assurance")?);
    let (Some(assurance), Some(origin)) = (assurance, origin(&text("origin")?)) else {
        return Ok(None);
    };
    Ok(Some(Known {
        key: ProgramKey::new(text("program")?),
        name: text("name")?,
        path: row.get("path")?,
        assurance,
        origin,
    }))
}

pub(super) const fn origin_text(origin: Origin) -> &'static str {
    match origin {
        Origin::Direct => "direct",
        Origin::Command => "command",
    }
}

fn origin(text: &str) -> Option<Origin> {
    [Origin::Direct, Origin::Command]
        .into_iter()
        .find(|origin| origin_text(*origin) == text)
}
