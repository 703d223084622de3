//! What may happen to a basis after a run is closed.

use std::collections::BTreeSet;

use fastrand::Rng;

use super::workbook::{Row, Workbook, set};

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

impl Workbook {
    /// The basis after a change; one that needs a row that is not there changes nothing.
    pub(super) fn after(&self, change: Change, rng: &mut Rng) -> Self {
        let mut changed = self.clone();
        changed.make(change, rng);
        changed
    }

    fn make(&mut self, change: Change, rng: &mut Rng) -> Option<()> {
        match change {
            Change::ClaimsRenamed => self.rename_claims(rng),
            Change::MeetingsRenamed => self.rename_meetings(),
            Change::PersonsRenumbered => self.renumber_persons(rng),
            Change::RowsShuffled => self.tables = self.tables.shuffled(rng.u64(..)),
            Change::CameOrStayedAway => return self.came_or_stayed_away(rng),
            Change::OtherTimes => return self.other_times(rng),
            Change::AttendanceForgotten => return self.late_attendance(rng),
            Change::AttendanceGone => {
                let gone = self.take(rng, "attendance")?;
                self.nothing_for(&gone["meeting_id"], Some(&gone["person_id"]));
            }
            Change::OtherClaim => return self.other_claim(rng),
            Change::LateClaim => return self.late_claim(rng),
            Change::LateClaimForTheSame => return self.late_claim_for_the_same(rng),
            Change::ClaimWithdrawn => _ = self.take(rng, "claims")?,
            Change::OtherVoucher => {
                let document = format!("V-{}", rng.u32(0..1_000));
                self.any(rng, "claims", has("document"), |row| set(row, "document", &document))?;
            }
            Change::OtherPayee => {
                self.any(rng, "claims", has("supplier"), |row| set(row, "supplier", "Ein annan"))?;
            }
            Change::OfficeEnded => {
                let day = self.day(rng)?;
                self.any(rng, "offices", |row| row["from"] < day, |row| set(row, "to", &day))?;
            }
            Change::OfficeGone => _ = self.take(rng, "offices")?,
            Change::OtherRate => self.council_member = *rng.choice(&[10_304, 11_000, 9_000])?,
            Change::MeetingMoved => return self.move_meeting(rng),
            Change::MeetingStartsLater => {
                let in_the_morning = |row: &Row| ["09:00", "10:00"].contains(&&*row["start"]);
                self.any(rng, "meetings", in_the_morning, |row| set(row, "start", "09:30"))?;
            }
            Change::MeetingGone => {
                let gone = self.take(rng, "meetings")?;
                self.retain("attendance", |row| row["meeting_id"] != gone["meeting_id"]);
                self.nothing_for(&gone["meeting_id"], None);
            }
            Change::LeaveGranted => return self.grant_leave(rng),
            Change::OtherEmployment => {
                let employment = *rng.choice(&["employed", "none", "pay_kept"])?;
                self.any(rng, "persons", |_| true, |row| set(row, "employment", employment))?;
            }
            Change::OtherTrip => {
                let km = rng.u32(1..4_000).to_string();
                let has_km = |row: &Row| !["", "0"].contains(&&*row["km"]);
                self.any(rng, "trips", has_km, |row| set(row, "km", &km))?;
            }
            Change::LateTrip => return self.late_trip(rng),
            Change::TripWithdrawn => _ = self.take(rng, "trips")?,
        }
        Some(())
    }

    /// An id that no claim has, before or behind the others in their order.
    fn new_id(&self, rng: &mut Rng) -> String {
        let taken: BTreeSet<String> =
            self.column("claims", "claim_id").into_iter().chain(self.column("trips", "trip_id")).collect();
        let letter = if rng.bool() { "A" } else { "Z" };
        let free = (0..=taken.len()).map(|number| format!("{letter}{number}")).find(|id| !taken.contains(id));
        free.expect("one more than are taken")
    }

    /// What was claimed for a meeting that somebody was not at is gone.
    fn nothing_for(&mut self, meeting: &str, person: Option<&str>) {
        let of_meeting = |row: &Row| {
            row["meeting_id"] == meeting && person.is_none_or(|person| row["person_id"] == person)
        };
        for table in ["claims", "trips"] {
            self.retain(table, |row| !of_meeting(row));
        }
    }

    fn other_times(&mut self, rng: &mut Rng) -> Option<()> {
        let minutes = *rng.choice(&["", "30", "75", "240"])?;
        let was_present = |row: &Row| row["status"] == "present";
        self.any(rng, "attendance", was_present, |row| {
            set(row, "travel_minutes", minutes);
            set(row, "left", "");
        })?;
        Some(())
    }

    fn other_claim(&mut self, rng: &mut Rng) -> Option<()> {
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
        Some(())
    }

    /// One more claim of the same kind for the same, half of them on the same voucher.
    fn late_claim_for_the_same(&mut self, rng: &mut Rng) -> Option<()> {
        let mut claim = rng.choice(&self.rows("claims"))?.clone();
        let id = self.new_id(rng);
        set(&mut claim, "claim_id", &id);
        if rng.bool() && !claim["document"].is_empty() {
            set(&mut claim, "document", &id);
        }
        self.push("claims", claim);
        Some(())
    }

    fn grant_leave(&mut self, rng: &mut Rng) -> Option<()> {
        let (one, other) = (self.day(rng)?, self.day(rng)?);
        let office = rng.choice(&self.rows("offices"))?.clone();
        let of_office =
            ["person_id", "body", "role"].map(|column| (column.to_owned(), office[column].clone()));
        let mut leave = Row::from(of_office);
        set(&mut leave, "from", one.clone().min(other.clone()));
        set(&mut leave, "to", one.max(other));
        self.push("leave", leave);
        Some(())
    }

    fn late_trip(&mut self, rng: &mut Rng) -> Option<()> {
        let day = self.day(rng)?;
        let cells = [
            ("trip_id", self.new_id(rng)),
            ("person_id", rng.choice(&self.column("persons", "person_id"))?.clone()),
            ("departure", format!("{day} 06:00")),
            ("return", format!("{day} 08:00")),
            ("vehicle", "car".to_owned()),
            ("km", rng.u32(1..6_000).to_string()),
            ("passengers", rng.u32(0..2).to_string()),
        ];
        self.push("trips", cells.map(|(column, cell)| (column.to_owned(), cell)).into());
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
        let (supplier, account) = match kind {
            "employer_refund" => ("Arbeidsgjevaren", "12345678903"),
            _ => ("", ""),
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
            ("supplier", supplier.to_owned()),
            ("supplier_account", account.to_owned()),
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

/// Whether a row has something in a column.
fn has(column: &'static str) -> impl Fn(&Row) -> bool {
    move |row| !row[column].is_empty()
}
