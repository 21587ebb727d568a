//! Rows as aligned columns.

use unicode_width::UnicodeWidthStr;

use crate::voice::plain;

/// Each row as a line; every column but the last as wide as its widest cell on a terminal, where a Japanese letter
/// takes two places (Unicode Standard Annex 11).
pub fn aligned(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| plain(cell)).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let cells = |column: usize| rows.iter().filter_map(move |row: &Vec<String>| row.get(column));
    let widths: Vec<usize> = (0..columns)
        .map(|column| cells(column).map(|cell| cell.width()).max().unwrap_or_default())
        .collect();
    let mut text = String::new();
    for row in &rows {
        let padded: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{:room$}", "", room = width - cell.width()))
            .collect();
        text.push_str(padded.join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_and_nothing_steers_the_terminal() {
        let rows = [
            vec!["a".to_owned(), "bü".to_owned()],
            vec!["\u{1b}[2Jlong".to_owned(), "c".to_owned()],
        ];
        assert_eq!(aligned(&rows), "a         bü\n\u{fffd}[2Jlong  c\n");
        assert_eq!(aligned(&[]), "");
    }

    #[test]
    fn wide_letters_take_two_places() {
        let rows = [["接続済み", "a"], ["b", "c"]];
        let rows: Vec<Vec<String>> = rows.map(|row| row.map(str::to_owned).to_vec()).to_vec();
        assert_eq!(aligned(&rows), "接続済み  a\nb         c\n");
    }
}
