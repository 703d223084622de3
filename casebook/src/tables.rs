//! The tables of a case: rows as a person would jot them down, without headings.

use honorar_intake::InputFile;
use honorar_problems::{Place, Problem};
use honorar_rates::toml_reader::{Node, TomlReader};

/// The columns of each table, in the order in which a case writes them unless it names them.
pub const COLUMNS: [(&str, &str); 14] = [
    ("persons", "person_id, employment, annual_net_income, group, day_wage"),
    ("bodies", "body, class, seats, elected_by, sits_as, paid_by"),
    ("offices", "person_id, body, role, from, to, position"),
    ("leave", "person_id, body, role, from, to, paid"),
    ("meetings", "meeting_id, body, date, start, end, form, group_meeting, event"),
    (
        "attendance",
        "meeting_id, person_id, status, capacity, extent, arrived, left, travel_minutes, substitute_for, \
         called, duty",
    ),
    (
        "claims",
        "claim_id, person_id, kind, meeting_id, date, received, quantity, amount, document, day_off, \
         supplier, supplier_account, social_costs, work_to_return_to",
    ),
    (
        "trips",
        "trip_id, person_id, departure, return, meeting_id, vehicle, km, passengers, forest_km, nights, \
         lodging, breakfasts, lunches, dinners, within_municipality",
    ),
    ("other_income", "person_id, from, to, kind, amount"),
    ("incomes", "person_id, year, net, gross"),
    ("groups", "group, from, to, representatives, votes"),
    ("group_payments", "group, date, kind, amount, person_id, document, notice"),
    ("group_reports", "group, year, received, spent, remaining, reported"),
    ("employees", "person_id"),
];

/// The tables that a basis must have, with or without rows.
const ALWAYS: [&str; 4] = ["persons", "offices", "meetings", "attendance"];

/// The first line of a block that names its columns begins so.
const COLUMNS_LINE: &str = "columns:";

/// A table of a case.
#[derive(Debug, Clone)]
pub(crate) struct CaseTable {
    name: &'static str,
    columns: Vec<String>,
    place_of_columns: Place,
    rows: Vec<(Vec<String>, Place)>,
}

impl CaseTable {
    /// Reads a block of rows. Blank lines and those that begin with `#` are left out.
    pub(crate) fn read<'t>(
        (name, columns): (&'static str, &str),
        reader: &mut TomlReader<'t>,
        node: &Node<'t>,
    ) -> Option<Self> {
        let text = reader.text(node)?;
        let mut table =
            Self { name, columns: cells(columns), place_of_columns: reader.place_of(node), rows: Vec::new() };
        let mut names_columns = false;
        for (at, line) in (0..).zip(text.lines()) {
            let place = reader.place_of_line(node, at);
            if is_left_out(line) {
                continue;
            }
            if table.rows.is_empty()
                && !names_columns
                && let Some(columns) = line.trim_start().strip_prefix(COLUMNS_LINE)
            {
                names_columns = true;
                table.columns = cells(columns);
                table.place_of_columns = place;
                continue;
            }
            let mut row = cells(line);
            if row.len() > table.columns.len() {
                let message = format!(
                    "a row of `{name}` has {} cells, and there are {} columns",
                    row.len(),
                    table.columns.len()
                );
                let problem = Problem::error("too_many_cells", place.clone(), message)
                    .expected(table.columns.join(", "))
                    .hint("a first line `columns: …` names other columns, in the order of the cells");
                reader.report(problem);
            }
            row.resize(table.columns.len(), String::new());
            table.rows.push((row, place));
        }
        Some(table)
    }

    /// The table as a file. Persons who are given no name get one.
    fn file(&self) -> InputFile {
        let id = self.columns.iter().position(|column| column == "person_id");
        let names = self.name == "persons" && !self.columns.iter().any(|column| column == "name");
        let mut text = self.columns.join(",") + if names { ",name\n" } else { "\n" };
        for (row, _) in &self.rows {
            text += &row.join(",");
            if names {
                text += &format!(",Person {}", id.and_then(|id| row.get(id)).map_or("", String::as_str));
            }
            text.push('\n');
        }
        InputFile { name: self.file_name(), bytes: text.into_bytes() }
    }

    fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Where a row of the table's file stands in the pack.
    fn place_of(&self, row: Option<u32>) -> &Place {
        let row = row.and_then(|row| usize::try_from(row).ok()?.checked_sub(2));
        row.and_then(|row| self.rows.get(row)).map_or(&self.place_of_columns, |(_, place)| place)
    }
}

/// The files of a case's tables.
pub(crate) fn files(tables: &[CaseTable]) -> Vec<InputFile> {
    let mut files: Vec<InputFile> = tables.iter().map(CaseTable::file).collect();
    for (name, columns) in COLUMNS {
        if ALWAYS.contains(&name) && !tables.iter().any(|table| table.name == name) {
            let heading = cells(columns).join(",") + if name == "persons" { ",name\n" } else { "\n" };
            files.push(InputFile { name: format!("{name}.csv"), bytes: heading.into_bytes() });
        }
    }
    files
}

/// Where something in a table's file stands in the pack; nothing where it is in another file.
pub(crate) fn place_in_pack(tables: &[CaseTable], place: &Place) -> Option<Place> {
    let table = tables.iter().find(|table| *table.file_name() == *place.file)?;
    Some(table.place_of(place.row).clone())
}

/// Whether a line of a block says nothing.
pub(crate) fn is_left_out(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

/// The cells of a row, trimmed. A comma within quotes parts nothing.
pub(crate) fn cells(line: &str) -> Vec<String> {
    let mut in_quotes = false;
    let parts = line.split(|c: char| {
        in_quotes ^= c == '"';
        c == ',' && !in_quotes
    });
    parts.map(|cell| cell.trim().to_owned()).collect()
}
