//! A year's basis, and what may happen to it after a run is closed.

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
    council_member: i64,
    /// `[[second_payments]]`, as the profile has them.
    pub(super) decisions: String,
}

/// What may happen to a basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    ClaimsRenamed,
    MeetingsRenamed,
    PersonsRenumbered,
    RowsShuffled,
    CameOrStayedAway,
    OtherTimes,
    AttendanceForgotten,
    AttendanceGone,
    OtherClaim,
    LateClaim,
    LateClaimForTheSame,
    ClaimWithdrawn,
    OtherVoucher,
    OtherPayee,
    OfficeEnded,
    OfficeGone,
    OtherRate,
    MeetingMoved,
    MeetingStartsLater,
    MeetingGone,
    LeaveGranted,
    OtherEmployment,
    OtherTrip,
    LateTrip,
    TripWithdrawn,
}

/// Changes that change no payment.
pub(super) const OF_NAMES_ONLY: [Change; 4] =
    [Change::ClaimsRenamed, Change::MeetingsRenamed, Change::PersonsRenumbered, Change::RowsShuffled];

/// Changes that may change payments.
pub(super) const OF_FACTS: [Change; 21] = [
    Change::CameOrStayedAway,
    Change::OtherTimes,
    Change::AttendanceForgotten,
    Change::AttendanceGone,
    Change::OtherClaim,
    Change::LateClaim,
    Change::LateClaimForTheSame,
    Change::ClaimWithdrawn,
    Change::OtherVoucher,
    Change::OtherPayee,
    Change::OfficeEnded,
    Change::OfficeGone,
    Change::OtherRate,
    Change::MeetingMoved,
    Change::MeetingStartsLater,
    Change::MeetingGone,
    Change::LeaveGranted,
    Change::OtherEmployment,
    Change::OtherTrip,
    Change::LateTrip,
    Change::TripWithdrawn,
];

/// A row by column.
type Row = BTreeMap<String, String>;

impl Workbook {
    /// A generated basis with a few of its persons and bodies.
    pub(super) fn generated(seed: u64) -> Self {
        // Aurland's regulation is in force from 2014; and what is left may lack what the rest refers to.
        let is_in_force = |tables: &Tables| periods(tables, 0)[0].year() >= 2014;
        let is_sound = |workbook: &Self| read_source(workbook.source()).content.is_some();
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

    fn rows(&self, table: &str) -> Vec<Row> {
        let table = &self.tables.tables[table];
        let row = |cells: &Vec<String>| table.columns.iter().cloned().zip(cells.iter().cloned()).collect();
        table.rows.iter().map(row).collect()
    }

    fn set_rows(&mut self, table: &str, rows: &[Row]) {
        let table = self.table(table);
        let columns = table.columns.clone();
        let cells =
            |row: &Row| columns.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect();
        table.rows = rows.iter().map(cells).collect();
    }

    fn column(&self, table: &str, column: &str) -> Vec<String> {
        self.rows(table).into_iter().map(|row| row[column].clone()).collect()
    }

    fn retain(&mut self, table: &str, keep: impl Fn(&Row) -> bool) {
        let mut rows = self.rows(table);
        rows.retain(keep);
        self.set_rows(table, &rows);
    }

    fn each(&mut self, table: &str, change: impl Fn(&mut Row)) {
        let mut rows = self.rows(table);
        rows.iter_mut().for_each(change);
        self.set_rows(table, &rows);
    }

    /// Changes a row that is drawn among those that fit.
    fn any(
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
    fn take(&mut self, rng: &mut Rng, table: &str) -> Option<Row> {
        let mut rows = self.rows(table);
        if rows.is_empty() {
            return None;
        }
        let row = rows.remove(rng.usize(..rows.len()));
        self.set_rows(table, &rows);
        Some(row)
    }

    fn push(&mut self, table: &str, row: Row) {
        let mut rows = self.rows(table);
        rows.push(row);
        self.set_rows(table, &rows);
    }

    /// An id that no claim has, before or behind the others in their order.
    fn new_id(&self, rng: &mut Rng) -> String {
        let taken: BTreeSet<String> =
            self.column("claims", "claim_id").into_iter().chain(self.column("trips", "trip_id")).collect();
        let letter = if rng.bool() { "A" } else { "Z" };
        (1..=u32::MAX)
            .map(|number| format!("{letter}{number}"))
            .find(|id| !taken.contains(id))
            .expect("an id")
    }

    /// What was claimed for a meeting that somebody was not at.
    fn nothing_for(&mut self, meeting: &str, person: Option<&str>) {
        let of_meeting = |row: &Row| {
            row["meeting_id"] == meeting && person.is_none_or(|person| row["person_id"] == person)
        };
        for table in ["claims", "trips"] {
            self.retain(table, |row| !of_meeting(row));
        }
    }

    /// The basis after a change; one that needs a row that is not there changes nothing.
    pub(super) fn after(&self, change: Change, rng: &mut Rng) -> Self {
        let mut changed = self.clone();
        changed.make(change, rng);
        changed
    }

    #[expect(clippy::too_many_lines, reason = "one arm a change")]
    fn make(&mut self, change: Change, rng: &mut Rng) -> Option<()> {
        match change {
            Change::ClaimsRenamed => self.rename_claims(rng),
            Change::MeetingsRenamed => self.rename_meetings(),
            Change::PersonsRenumbered => self.renumber_persons(rng),
            Change::RowsShuffled => self.tables = self.tables.shuffled(rng.u64(..)),
            Change::CameOrStayedAway => return self.came_or_stayed_away(rng),
            Change::OtherTimes => {
                let minutes = *rng.choice(&["", "30", "75", "240"])?;
                self.any(
                    rng,
                    "attendance",
                    |row| row["status"] == "present",
                    |row| {
                        set(row, "travel_minutes", minutes);
                        set(row, "left", "");
                    },
                )?;
            }
            Change::AttendanceForgotten => return self.late_attendance(rng),
            Change::AttendanceGone => {
                let gone = self.take(rng, "attendance")?;
                self.nothing_for(&gone["meeting_id"], Some(&gone["person_id"]));
            }
            Change::OtherClaim => {
                let (kroner, km) = (rng.u32(0..4_000).to_string(), rng.u32(0..3_000).to_string());
                self.any(
                    rng,
                    "claims",
                    |_| true,
                    |row| {
                        let (column, asked) =
                            if row["amount"].is_empty() { ("quantity", &km) } else { ("amount", &kroner) };
                        if !row[column].is_empty() {
                            set(row, column, asked);
                        }
                    },
                )?;
            }
            Change::LateClaim => return self.late_claim(rng),
            Change::LateClaimForTheSame => {
                let rows = self.rows("claims");
                let mut claim = rng.choice(&rows)?.clone();
                let id = self.new_id(rng);
                set(&mut claim, "claim_id", &id);
                if rng.bool() && !claim["document"].is_empty() {
                    set(&mut claim, "document", &id);
                }
                self.push("claims", claim);
            }
            Change::ClaimWithdrawn => _ = self.take(rng, "claims")?,
            Change::OtherVoucher => {
                let document = format!("V-{}", rng.u32(0..1_000));
                self.any(
                    rng,
                    "claims",
                    |row| !row["document"].is_empty(),
                    |row| {
                        set(row, "document", &document);
                    },
                )?;
            }
            Change::OtherPayee => {
                self.any(
                    rng,
                    "claims",
                    |row| !row["supplier"].is_empty(),
                    |row| {
                        set(row, "supplier", "Ein annan");
                    },
                )?;
            }
            Change::OfficeEnded => {
                let day = self.day(rng)?;
                self.any(rng, "offices", |row| row["from"] < day, |row| set(row, "to", &day))?;
            }
            Change::OfficeGone => _ = self.take(rng, "offices")?,
            Change::OtherRate => self.council_member = *rng.choice(&[10_304, 11_000, 9_000])?,
            Change::MeetingMoved => return self.move_meeting(rng),
            Change::MeetingStartsLater => {
                self.any(
                    rng,
                    "meetings",
                    |row| row["start"] == "09:00" || row["start"] == "10:00",
                    |row| {
                        set(row, "start", "09:30");
                    },
                )?;
            }
            Change::MeetingGone => {
                let gone = self.take(rng, "meetings")?;
                self.retain("attendance", |row| row["meeting_id"] != gone["meeting_id"]);
                self.nothing_for(&gone["meeting_id"], None);
            }
            Change::LeaveGranted => {
                let (from, to) = (self.day(rng)?, self.day(rng)?);
                let office = rng.choice(&self.rows("offices"))?.clone();
                let mut leave: Row = ["person_id", "body", "role"]
                    .map(|column| (column.to_owned(), office[column].clone()))
                    .into();
                set(&mut leave, "from", from.clone().min(to.clone()));
                set(&mut leave, "to", from.max(to));
                self.push("leave", leave);
            }
            Change::OtherEmployment => {
                let employment = *rng.choice(&["employed", "none", "pay_kept"])?;
                self.any(rng, "persons", |_| true, |row| set(row, "employment", employment))?;
            }
            Change::OtherTrip => {
                let km = rng.u32(1..4_000).to_string();
                self.any(rng, "trips", |row| !["", "0"].contains(&&*row["km"]), |row| set(row, "km", &km))?;
            }
            Change::LateTrip => {
                let day = self.day(rng)?;
                let person = rng.choice(&self.column("persons", "person_id"))?.clone();
                let id = self.new_id(rng);
                let cells = [
                    ("trip_id", id),
                    ("person_id", person),
                    ("departure", format!("{day} 06:00")),
                    ("return", format!("{day} 08:00")),
                    ("vehicle", "car".to_owned()),
                    ("km", rng.u32(1..6_000).to_string()),
                    ("passengers", rng.u32(0..2).to_string()),
                ];
                self.push("trips", cells.map(|(column, cell)| (column.to_owned(), cell)).into());
            }
            Change::TripWithdrawn => _ = self.take(rng, "trips")?,
        }
        Some(())
    }

    /// The day of a meeting.
    fn day(&self, rng: &mut Rng) -> Option<String> {
        rng.choice(&self.column("meetings", "date")).cloned()
    }

    /// Gives every claim and journey another id, in another order.
    fn rename_claims(&mut self, rng: &mut Rng) {
        let count = self.column("claims", "claim_id").len() + self.column("trips", "trip_id").len();
        let mut numbers: Vec<usize> = (1..=count).collect();
        rng.shuffle(&mut numbers);
        for (table, column) in [("claims", "claim_id"), ("trips", "trip_id")] {
            let mut rows = self.rows(table);
            for row in &mut rows {
                let number = numbers.pop().expect("as many as there are");
                set(row, column, format!("N{number}"));
            }
            self.set_rows(table, &rows);
        }
    }

    fn rename_meetings(&mut self) {
        for table in ["meetings", "attendance", "claims", "trips"] {
            self.each(table, |row| {
                let id = &row["meeting_id"];
                if !id.is_empty() {
                    let id = id.strip_prefix("møte ").map_or_else(|| format!("møte {id}"), str::to_owned);
                    set(row, "meeting_id", id);
                }
            });
        }
    }

    /// Writes employee numbers with a zero more or without any.
    fn renumber_persons(&mut self, rng: &mut Rng) {
        let adds = rng.bool();
        let renumbered = |id: &str| match id.trim_start_matches('0') {
            _ if adds && !id.is_empty() => format!("0{id}"),
            number => number.to_owned(),
        };
        for table in ["persons", "offices", "leave", "attendance", "claims", "trips"] {
            self.each(table, |row| {
                for column in ["person_id", "substitute_for"] {
                    if let Some(id) = row.get(column) {
                        let id = renumbered(id);
                        set(row, column, id);
                    }
                }
            });
        }
    }

    fn came_or_stayed_away(&mut self, rng: &mut Rng) -> Option<()> {
        let row = self.any(
            rng,
            "attendance",
            |_| true,
            |row| {
                let came = row["status"] != "present";
                set(row, "status", if came { "present" } else { "absent_valid" });
                for column in ["arrived", "left", "travel_minutes"] {
                    set(row, column, "");
                }
            },
        )?;
        if row["status"] != "present" {
            self.nothing_for(&row["meeting_id"], Some(&row["person_id"]));
        }
        Some(())
    }

    /// A substitute whom the list had forgotten.
    fn late_attendance(&mut self, rng: &mut Rng) -> Option<()> {
        let meeting = rng.choice(&self.column("meetings", "meeting_id"))?.clone();
        let person = rng.choice(&self.column("persons", "person_id"))?.clone();
        let cells = [
            ("meeting_id", &*meeting),
            ("person_id", &*person),
            ("status", "present"),
            ("capacity", "substitute"),
        ];
        let has_row = |row: &Row| row["meeting_id"] == meeting && row["person_id"] == person;
        if !self.rows("attendance").iter().any(has_row) {
            self.push("attendance", cells.map(|(column, cell)| (column.to_owned(), cell.to_owned())).into());
        }
        Some(())
    }

    fn late_claim(&mut self, rng: &mut Rng) -> Option<()> {
        let present: Vec<Row> =
            self.rows("attendance").into_iter().filter(|row| row["status"] == "present").collect();
        let at = rng.choice(&present)?;
        let kind = *rng.choice(&[
            "lost_income_undocumented",
            "lost_income_documented",
            "stand_in",
            "care",
            "employer_refund",
            "travel_car",
            "travel_other",
        ])?;
        let id = self.new_id(rng);
        let (amount, quantity) = match kind {
            "travel_car" => (String::new(), rng.u32(1..6_000).to_string()),
            _ => (rng.u32(1..3_500).to_string(), String::new()),
        };
        let needs_document = !["lost_income_undocumented", "travel_car"].contains(&kind);
        let cells = [
            ("claim_id", id.clone()),
            ("person_id", at["person_id"].clone()),
            ("kind", kind.to_owned()),
            ("meeting_id", at["meeting_id"].clone()),
            ("quantity", quantity),
            ("amount", amount),
            ("document", if needs_document { format!("S-{id}") } else { String::new() }),
            (
                "supplier",
                if kind == "employer_refund" { "Arbeidsgjevaren".to_owned() } else { String::new() },
            ),
            (
                "supplier_account",
                if kind == "employer_refund" { "12345678903".to_owned() } else { String::new() },
            ),
        ];
        self.push("claims", cells.map(|(column, cell)| (column.to_owned(), cell)).into());
        Some(())
    }

    /// Moves a meeting to the day of another, which may be in another period.
    fn move_meeting(&mut self, rng: &mut Rng) -> Option<()> {
        let day = self.day(rng)?;
        let moved = self.any(rng, "meetings", |_| true, |row| set(row, "date", &day))?;
        self.each("claims", |row| {
            if row["meeting_id"] == moved["meeting_id"] && !row["date"].is_empty() {
                set(row, "date", &day);
            }
        });
        Some(())
    }
}

fn set(row: &mut Row, column: &str, cell: impl Into<String>) {
    row.insert(column.to_owned(), cell.into());
}
