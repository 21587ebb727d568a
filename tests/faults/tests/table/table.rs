//! Reads `table.md`: what each name stands for, and what must come of each fault at each endpoint.

use std::collections::BTreeMap;

use serde_json::Value;

const TEXT: &str = include_str!("../../table.md");
/// What stands in a cell where the fault means nothing.
const NOTHING: &str = "–";

pub struct Table {
    /// What each name plans at the practice provider.
    pub faults: BTreeMap<String, Value>,
    pub cells: Vec<Cell>,
}

/// One fault at one endpoint while a person does something.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What the person does: the section.
    pub deed: String,
    pub endpoint: String,
    pub fault: String,
    /// `None` where it means nothing.
    pub expected: Option<String>,
}

impl Table {
    pub fn read() -> Self {
        let (mut faults, mut cells) = (BTreeMap::new(), vec![]);
        for section in TEXT.split("\n## ").skip(1) {
            let (title, body) = section.split_once('\n').expect("a section has a title");
            let mut rows = body.lines().filter(|line| line.starts_with('|')).map(columns);
            let head = rows.next().expect("a section has a table");
            for row in rows.skip(1) {
                let fault = bare(&row[0]);
                if title == "Faults" {
                    let plan = serde_json::from_str(&bare(&row[1])).expect("a fault's plan is JSON");
                    faults.insert(fault, plan);
                    continue;
                }
                assert_eq!(row.len(), head.len(), "{title}: {fault}");
                for (endpoint, cell) in head.iter().zip(&row).skip(1) {
                    cells.push(Cell {
                        deed: title.to_owned(),
                        endpoint: bare(endpoint),
                        fault: fault.clone(),
                        expected: (cell != NOTHING).then(|| cell.clone()),
                    });
                }
            }
        }
        Self { faults, cells }
    }

    pub fn of(&self, deed: &str) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| cell.deed == deed)
    }
}

fn columns(line: &str) -> Vec<String> {
    let inside = line.trim().trim_matches('|');
    inside.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn bare(cell: &str) -> String {
    cell.trim_matches('`').to_owned()
}
