//! A year's basis as tables that may change, and what the profile says besides.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use fastrand::Rng;
use honorar_intake::{InputFile, Source, read_source};
use honorar_recount::{Parameters, Table, Tables, generate};
use rust_decimal::Decimal;

use crate::properties::periods;
use crate::tables::{PROFILE, source_of};

/// A basis with what the profile says besides.
#[derive(Debug, Clone)]
pub(super) struct Workbook {
    pub(super) tables: Tables,
    /// The yearly fee of a member of the council, in kroner.
    pub(super) council_member: i64,
    /// `[[second_payments]]`, as the profile has them.
    pub(super) decisions: String,
}

/// A row by column.
pub(super) type Row = BTreeMap<String, String>;

impl Workbook {
    /// A generated basis with a few of its persons and bodies.
    pub(super) fn generated(seed: u64) -> Self {
        // Aurland's regulation is in force from 2014; and what is left may lack what the rest refers to.
        let is_in_force = |tables: &Tables| periods(tables, 0)[0].year() >= 2014;
        let is_sound = |workbook: &Self| {
            !workbook.sits_twice_at_once() && read_source(workbook.source()).content.is_some()
        };
        let generated = (0..).map(|next| generate(seed + next * 1_000_000)).filter(is_in_force);
        let workbook = generated.map(Self::of_a_few).find(is_sound);
        workbook.expect("most of them are")
    }

    fn of_a_few(tables: Tables) -> Self {
        let mut workbook = Self { tables, council_member: 10_304, decisions: String::new() };
        let persons: BTreeSet<String> = workbook.column("persons", "person_id").into_iter().take(3).collect();
        let mut bodies: BTreeSet<String> = ["KST", "FSK"].map(str::to_owned).into();
        bodies.extend(workbook.column("meetings", "body").into_iter().rev().take(1));
        for table in ["persons", "offices", "leave", "attendance", "claims", "trips"] {
            workbook.retain(table, |row| persons.contains(&row["person_id"]));
        }
        for table in ["bodies", "offices", "leave", "meetings"] {
            workbook.retain(table, |row| row["body"].is_empty() || bodies.contains(&row["body"]));
        }
        let meetings: BTreeSet<String> = workbook.column("meetings", "meeting_id").into_iter().collect();
        for table in ["attendance", "claims", "trips"] {
            workbook
                .retain(table, |row| row["meeting_id"].is_empty() || meetings.contains(&row["meeting_id"]));
        }
        workbook.each("attendance", |row| {
            if !persons.contains(&row["substitute_for"]) {
                set(row, "substitute_for", "");
            }
        });
        workbook
    }

    /// Whether a body has two meetings that begin at once: nothing but their ids tells them apart.
    pub(super) fn sits_twice_at_once(&self) -> bool {
        let mut begun = BTreeSet::new();
        let meetings = self.rows("meetings").into_iter();
        meetings
            .map(|row| ["body", "date", "start"].map(|column| row[column].clone()))
            .any(|one| !begun.insert(one))
    }

    /// The files that hold it.
    pub(super) fn source(&self) -> Source {
        let profile =
            PROFILE.replace("council_member = 10304", &format!("council_member = {}", self.council_member));
        let profile = profile + &self.decisions;
        Source {
            profile: Some(InputFile { name: "honorar.toml".to_owned(), bytes: profile.into_bytes() }),
            ..source_of(&self.tables)
        }
    }

    /// The amounts of the profile, for the independent calculation.
    pub(super) fn parameters(&self) -> Parameters {
        let mut parameters = Parameters::default();
        parameters.0.insert("council_member".to_owned(), self.council_member * 100);
        parameters
    }

    /// Lets a line through that looks like a second payment.
    pub(super) fn decide(&mut self, person: &str, kind: &str, date: &str) {
        let decision =
            format!("person = \"{person}\"\nkind = \"{kind}\"\ndate = {date}\ndecision = \"FSK 12/14\"");
        write!(self.decisions, "\n[[second_payments]]\n{decision}\n").expect("writing to memory");
    }

    /// The persons who drive so far in the year that the order of their journeys matters.
    pub(super) fn who_drives_far(&self) -> BTreeSet<String> {
        let km = |row: &Row, column: &str| row[column].parse::<Decimal>().unwrap_or_default();
        let claims = self.rows("claims").into_iter().filter(|row| row["kind"] == "travel_car");
        let driven = claims.map(|row| (km(&row, "quantity"), row));
        let driven = driven.chain(self.rows("trips").into_iter().map(|row| (km(&row, "km"), row)));
        let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
        for (km, row) in driven {
            *sums.entry(row["person_id"].trim_start_matches('0').to_owned()).or_default() += km;
        }
        sums.into_iter().filter(|(_, km)| *km > Decimal::from(10_000)).map(|(person, _)| person).collect()
    }

    fn table(&mut self, table: &str) -> &mut Table {
        self.tables.tables.get_mut(table).expect("a table of the basis")
    }

    pub(super) fn rows(&self, table: &str) -> Vec<Row> {
        let table = &self.tables.tables[table];
        let row = |cells: &Vec<String>| table.columns.iter().cloned().zip(cells.iter().cloned()).collect();
        table.rows.iter().map(row).collect()
    }

    pub(super) fn set_rows(&mut self, table: &str, rows: &[Row]) {
        let table = self.table(table);
        let columns = table.columns.clone();
        let cells =
            |row: &Row| columns.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect();
        table.rows = rows.iter().map(cells).collect();
    }

    pub(super) fn column(&self, table: &str, column: &str) -> Vec<String> {
        self.rows(table).into_iter().map(|row| row[column].clone()).collect()
    }

    pub(super) fn retain(&mut self, table: &str, keep: impl Fn(&Row) -> bool) {
        let mut rows = self.rows(table);
        rows.retain(keep);
        self.set_rows(table, &rows);
    }

    pub(super) fn each(&mut self, table: &str, change: impl Fn(&mut Row)) {
        let mut rows = self.rows(table);
        rows.iter_mut().for_each(change);
        self.set_rows(table, &rows);
    }

    /// Changes a row that is drawn among those that fit.
    pub(super) fn any(
        &mut self,
        rng: &mut Rng,
        table: &str,
        fits: impl Fn(&Row) -> bool,
        change: impl Fn(&mut Row),
    ) -> Option<Row> {
        let mut rows = self.rows(table);
        let fitting: Vec<usize> = (0..rows.len()).filter(|place| fits(&rows[*place])).collect();
        let place = *rng.choice(&fitting)?;
        change(&mut rows[place]);
        let row = rows[place].clone();
        self.set_rows(table, &rows);
        Some(row)
    }

    /// Draws a row, and takes it out.
    pub(super) fn take(&mut self, rng: &mut Rng, table: &str) -> Option<Row> {
        let mut rows = self.rows(table);
        if rows.is_empty() {
            return None;
        }
        let row = rows.remove(rng.usize(..rows.len()));
        self.set_rows(table, &rows);
        Some(row)
    }

    pub(super) fn push(&mut self, table: &str, row: Row) {
        let mut rows = self.rows(table);
        rows.push(row);
        self.set_rows(table, &rows);
    }
}

/// Writes a cell.
pub(super) fn set(row: &mut Row, column: &str, cell: impl Into<String>) {
    row.insert(column.to_owned(), cell.into());
}
