//! The canonical tables of a basis, written row by row.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use chrono::Days;
use csv::Writer;
use fastrand::Rng;

use super::bodies::Body;
use super::claims::Claim;
use super::meetings::Meeting;
use super::offices::{Offices, Seat};
use super::people::People;

/// The open tables of one basis.
pub(super) struct Tables {
    persons: Writer<File>,
    bodies: Writer<File>,
    offices: Writer<File>,
    leave: Writer<File>,
    meetings: Writer<File>,
    attendance: Writer<File>,
    claims: Writer<File>,
    /// Who is in the attendance: nobody else is listed, unless elected.
    met: BTreeSet<usize>,
}

fn table<const N: usize>(folder: &Path, name: &str, columns: [&str; N]) -> io::Result<Writer<File>> {
    let mut table = Writer::from_path(folder.join(name).with_extension("csv"))?;
    table.write_record(columns)?;
    Ok(table)
}

fn yes_or_empty(yes: bool) -> &'static str {
    if yes { "yes" } else { "" }
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl Tables {
    /// Starts the tables, and writes `honorar.toml`.
    pub(super) fn create(folder: &Path, number: usize, rng: &mut Rng) -> io::Result<Self> {
        profile(folder, number, rng)?;
        Ok(Self {
            persons: table(
                folder,
                "persons",
                ["person_id", "name", "group", "employment", "annual_net_income", "employer"],
            )?,
            bodies: table(
                folder,
                "bodies",
                ["body", "name", "class", "seats", "elected_by", "sits_as", "paid_by"],
            )?,
            offices: table(folder, "offices", ["person_id", "body", "role", "from", "to"])?,
            leave: table(folder, "leave", ["person_id", "body", "role", "from", "to", "paid"])?,
            meetings: table(
                folder,
                "meetings",
                ["meeting_id", "body", "date", "start", "end", "form", "group_meeting"],
            )?,
            attendance: table(
                folder,
                "attendance",
                [
                    "meeting_id",
                    "person_id",
                    "status",
                    "capacity",
                    "extent",
                    "arrived",
                    "left",
                    "travel_minutes",
                    "substitute_for",
                ],
            )?,
            claims: table(
                folder,
                "claims",
                [
                    "claim_id",
                    "person_id",
                    "kind",
                    "meeting_id",
                    "date",
                    "received",
                    "quantity",
                    "amount",
                    "document",
                    "day_off",
                    "supplier",
                    "supplier_account",
                ],
            )?,
            met: BTreeSet::new(),
        })
    }

    pub(super) fn bodies(&mut self, bodies: &[Body]) -> io::Result<()> {
        for body in bodies {
            let seats = body.seats.to_string();
            self.bodies.write_record([
                body.code,
                body.name,
                body.class,
                &seats,
                body.elected_by,
                body.sits_as,
                body.paid_by,
            ])?;
        }
        Ok(())
    }

    pub(super) fn people(&mut self, people: &People, offices: &Offices) -> io::Result<()> {
        let holders = offices.held.iter().map(|office| office.person);
        self.met.extend(holders);
        for person in people.all.iter().filter(|person| self.met.contains(&person.number)) {
            let income = person.annual_net_income.map(|income| income.to_string()).unwrap_or_default();
            self.persons.write_record([
                &person.id(),
                &person.name,
                person.party,
                person.employment.value(),
                &income,
                person.employer,
            ])?;
        }
        Ok(())
    }

    pub(super) fn offices(&mut self, bodies: &[Body], people: &People, offices: &Offices) -> io::Result<()> {
        for office in &offices.held {
            self.offices.write_record([
                &*people.all[office.person].id(),
                office.body.map_or("", |body| bodies[body].code),
                office.role,
                &office.from.to_string(),
                &office.to.map(|to| to.to_string()).unwrap_or_default(),
            ])?;
        }
        for leave in &offices.leave {
            let id = people.all[leave.person].id();
            self.leave.write_record([&*id, "", "", &leave.from.to_string(), &leave.to.to_string(), "no"])?;
        }
        Ok(())
    }

    pub(super) fn meeting(&mut self, bodies: &[Body], meeting: &Meeting) -> io::Result<()> {
        Ok(self.meetings.write_record([
            &*meeting.id(bodies),
            bodies[meeting.body].code,
            &meeting.date.to_string(),
            &clock(meeting.start),
            &clock(meeting.end),
            meeting.form.value(),
            yes_or_empty(meeting.with_group),
        ])?)
    }

    pub(super) fn attendance(
        &mut self,
        bodies: &[Body],
        people: &People,
        meeting: &Meeting,
        seat: &Seat,
    ) -> io::Result<()> {
        let time = |of_meeting: u32, minutes: u32, at: u32| {
            if minutes == 0 || of_meeting == at { String::new() } else { clock(at) }
        };
        let extent = match (seat.some_cases, seat.capacity) {
            (true, _) => "some_cases",
            (false, "substitute") => "whole",
            _ => "",
        };
        let id = |person: usize| people.all[person].id();
        self.met.insert(seat.person);
        Ok(self.attendance.write_record([
            &*meeting.id(bodies),
            &id(seat.person),
            seat.status,
            seat.capacity,
            extent,
            &time(meeting.start, seat.late_minutes, meeting.start + seat.late_minutes),
            &time(meeting.end, seat.early_minutes, meeting.end - seat.early_minutes),
            &seat.travel_minutes.to_string(),
            &seat.substitute_for.map(id).unwrap_or_default(),
        ])?)
    }

    pub(super) fn claim(
        &mut self,
        bodies: &[Body],
        people: &People,
        meeting: &Meeting,
        claim: &Claim,
    ) -> io::Result<()> {
        let quantity = claim.quantity_tenths.map(|tenths| match tenths % 10 {
            0 => (tenths / 10).to_string(),
            tenth => format!("{}.{tenth}", tenths / 10),
        });
        let amount = claim.amount.map(|ore| format!("{}.{:02}", ore / 100, ore % 100));
        let received = meeting.date + Days::new(claim.received_after_days);
        Ok(self.claims.write_record([
            &*format!("K{}", claim.number),
            &people.all[claim.person].id(),
            claim.kind,
            &meeting.id(bodies),
            &meeting.date.to_string(),
            &received.to_string(),
            &quantity.unwrap_or_default(),
            &amount.unwrap_or_default(),
            &claim.document,
            yes_or_empty(claim.is_day_off),
            claim.supplier,
            claim.supplier_account,
        ])?)
    }

    /// Writes out what is held back.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let tables = [
            &mut self.persons,
            &mut self.bodies,
            &mut self.offices,
            &mut self.leave,
            &mut self.meetings,
            &mut self.attendance,
            &mut self.claims,
        ];
        tables.into_iter().try_for_each(Writer::flush)
    }
}

/// The municipality's profile: its own parameters, and the wage types that a payroll file needs.
fn profile(folder: &Path, number: usize, rng: &mut Rng) -> io::Result<()> {
    let mut file = File::create(folder.join("honorar.toml"))?;
    let mayor = 800_000 + 5_000 * rng.u32(..120);
    // A year's fees in the proportions of the test data, so that a half-year's instalment is seldom whole.
    let of = |thousandths: u32| mayor / 1_000 * thousandths / 10;
    write!(
        file,
        r#"municipality = "Municipality {number}"
regulation = "aurland"

[parameters]
mayor = {mayor}
deputy_mayor_supplement = {}
council_member = {}
executive_member = {}
planning_leader = {}
standing_leader = {}

[provenance]
parameters = "KST {number}/16"

[wage_types]
fixed_fee = {{ code = "1310", send = "amount" }}
absence_reduction = {{ code = "1311", send = "amount" }}
meeting_fee = {{ code = "1320", send = "quantity_rate" }}
lost_income_undocumented = {{ code = "1410", send = "amount" }}
lost_income_documented = {{ code = "1411", send = "amount" }}
stand_in = {{ code = "1412", send = "amount" }}
care = {{ code = "1420", send = "amount" }}
travel_car = {{ code = "1510", send = "quantity_rate", taxable_code = "1515" }}
travel_passenger = {{ code = "1511", send = "quantity_rate", taxable_code = "1516" }}
travel_other = {{ code = "1512", send = "amount" }}
"#,
        of(243),
        of(121),
        of(181),
        of(151),
        of(181),
    )
}
