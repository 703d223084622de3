//! `visma_expense`: claims that are registered in Visma Expense, from its payroll CSV.
//!
//! Known: the columns and their order. Everything else is this project's decision and stands in
//! `docs/visma-expense.md`.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_engine::basis::{Attendance, Claim, ClaimKind, MeetingIx, PersonIx, Register, Registered, Row};
use honorar_problems::Problem;
use honorar_rates::{PayCodeUse, Profile};
use rust_decimal::Decimal;

use super::claims::needs_of;
use super::{KRONER_LIMIT, TableReader};
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Read, Reported};
use crate::table::Table;
use crate::vocabulary::TableName;

const COLUMNS: [Column; 16] = [
    must("person_id").key(),
    must("claim_id").key(),
    may("description").private(),
    may("transfer_date"),
    must("pay_code"),
    may("quantity"),
    may("unit_price").private(),
    must("total_value").private(),
    may("debit_account"),
    may("debit_amount").private(),
    may("credit_account"),
    may("credit_amount").private(),
    may("vat_code"),
    may("cost_unit").repeated(),
    must("transaction_date"),
    may("meeting_id"),
];

/// The column that stands for one of `claims`.
pub(super) fn column(of_claims: &'static str) -> &'static str {
    match of_claims {
        "kind" => "pay_code",
        "amount" => "total_value",
        "date" => "transaction_date",
        "document" => "claim_id",
        other => other,
    }
}

/// Who was present where, by day.
pub(super) struct Presence<'r> {
    register: &'r Register,
    by_day: HashMap<(PersonIx, NaiveDate), Vec<MeetingIx>>,
}

impl<'r> Presence<'r> {
    pub(super) fn of(register: &'r Register, attendance: &[Attendance]) -> Self {
        let mut by_day: HashMap<_, Vec<MeetingIx>> = HashMap::new();
        for row in attendance.iter().filter(|row| row.is_present()) {
            by_day.entry((row.person, register.meeting(row.meeting).date)).or_default().push(row.meeting);
        }
        Self { register, by_day }
    }

    fn meetings(&self, person: PersonIx, day: NaiveDate) -> &[MeetingIx] {
        self.by_day.get(&(person, day)).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn read(
    reading: &mut TableReader<'_>,
    table: &Table,
    presence: &Presence<'_>,
    profile: Option<&Profile>,
) -> Vec<Claim> {
    if table.is_by_order() {
        let message = "the table has no row of headings: its columns are read in Visma Expense's order";
        reading.problems.push(Problem::note("by_order", table.place.clone(), message));
    }
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::VismaExpense, &columns);
    let mut codes = Codes { profile, ..Codes::default() };
    let mut rows = Vec::new();
    for (row, fields) in columns.rows() {
        let fields = ExpenseFields::new(fields);
        let Some(code) = codes.of_row(reading, &fields).transpose() else { continue };
        let claim = read_claim(reading, row, &fields, presence, code);
        rows.extend(claim);
    }
    codes.report(reading, table);
    let rows = rows_in_order(reading, rows);
    rows.into_iter().map(|row| row.claim).collect()
}

/// The fields that are read; the others are known and used for nothing.
struct ExpenseFields<'f> {
    person: Field<'f>,
    claim_id: Field<'f>,
    description: Field<'f>,
    transfer_date: Field<'f>,
    pay_code: Field<'f>,
    quantity: Field<'f>,
    unit_price: Field<'f>,
    total_value: Field<'f>,
    debit_account: Field<'f>,
    credit_account: Field<'f>,
    transaction_date: Field<'f>,
    meeting: Field<'f>,
}

impl<'f> ExpenseFields<'f> {
    #[expect(clippy::large_types_passed_by_value, reason = "it is taken apart at once")]
    fn new(fields: [Field<'f>; 16]) -> Self {
        let [
            person,
            claim_id,
            description,
            transfer_date,
            pay_code,
            quantity,
            unit_price,
            total_value,
            debit_account,
            _debit_amount,
            credit_account,
            _credit_amount,
            _vat_code,
            _cost_unit,
            transaction_date,
            meeting,
        ] = fields;
        Self {
            person,
            claim_id,
            description,
            transfer_date,
            pay_code,
            quantity,
            unit_price,
            total_value,
            debit_account,
            credit_account,
            transaction_date,
            meeting,
        }
    }
}

/// A pay code as the profile writes it, and the kind of claim that it is; no kind where the profile could not
/// be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Code {
    written: Box<str>,
    kind: Option<ClaimKind>,
}

/// The pay codes of a table.
#[derive(Default)]
struct Codes<'f, 'p> {
    profile: Option<&'p Profile>,
    /// Those that the profile does not know: where each is first, and in how many rows.
    unknown: BTreeMap<String, (Option<Field<'f>>, usize)>,
    ignored: BTreeMap<String, Ignored>,
}

/// The rows of a pay code that the profile has under `ignore`.
#[derive(Default)]
struct Ignored {
    rows: usize,
    kroner: Decimal,
    without_amount: usize,
}

impl<'f> Codes<'f, '_> {
    /// The pay code of a row; nothing where the row is left alone.
    fn of_row(&mut self, reading: &mut TableReader<'_>, fields: &ExpenseFields<'f>) -> Read<Code> {
        let code = fields.pay_code.text(&mut reading.problems);
        let code = fields.pay_code.needed(code, &mut reading.problems)?;
        let Some(profile) = self.profile else { return Ok(Some(Code::default())) };
        match profile.visma_expense.as_ref().and_then(|expense| expense.find(&code)) {
            Some((written, PayCodeUse::Claim(kind))) => {
                Ok(Some(Code { written: written.into(), kind: Some(kind) }))
            }
            Some((written, PayCodeUse::Ignored)) => {
                let ignored = self.ignored.entry(written.to_owned()).or_default();
                ignored.rows += 1;
                // What is wrong with an amount that nobody uses stops nothing.
                match fields.total_value.number(&mut Vec::new()) {
                    Ok(Some(kroner)) if kroner <= Decimal::from(KRONER_LIMIT) => ignored.kroner += kroner,
                    _ => ignored.without_amount += 1,
                }
                Ok(None)
            }
            Some((_, PayCodeUse::Wrong)) => Err(Reported),
            None => {
                let (first, rows) = self.unknown.entry(code.into_owned()).or_default();
                first.get_or_insert(fields.pay_code);
                *rows += 1;
                Err(Reported)
            }
        }
    }

    /// What is to say of the codes: one problem each.
    fn report(self, reading: &mut TableReader<'_>, table: &Table) {
        let Some(profile) = self.profile else { return };
        if profile.visma_expense.is_none() && !self.unknown.is_empty() {
            let codes: Vec<String> = self.unknown.keys().map(|code| format!("`{code}`")).collect();
            let message = "nothing says what the pay codes of Visma Expense are claims of";
            let problem = Problem::error("no_pay_codes", profile.place().clone(), message);
            reading.problems.push(
                problem
                    .expected(format!("a section [visma_expense] with {}", codes.join(", ")))
                    .hint("docs/visma-expense.md has one to begin with"),
            );
            return;
        }
        for (code, (field, rows)) in self.unknown {
            let Some(field) = field else { continue };
            let rows = if rows == 1 { String::new() } else { format!(", and {rows} rows have it") };
            let message = format!("the pay code is not in honorar.toml{rows}");
            reading.problems.push(
                field
                    .error("unknown_pay_code", message)
                    .expected(format!(
                        "`\"{code}\" = \"…\"` in `pay_codes` under [visma_expense], with its kind of claim"
                    ))
                    .hint("a code that the regulation is not asked about goes into `ignore`"),
            );
        }
        for (code, Ignored { rows, kroner, without_amount }) in self.ignored {
            let (rows, are) =
                if rows == 1 { ("1 row".to_owned(), "is") } else { (format!("{rows} rows"), "are") };
            let without = match without_amount {
                0 => String::new(),
                count => format!(", and {count} without a readable amount"),
            };
            let message = format!(
                "{rows} of the pay code {code} {are} left alone, as `ignore` says: {kroner:.2} kroner{without}"
            );
            reading.problems.push(Problem::note("ignored_pay_code", table.place.clone(), message));
        }
    }
}

/// A claim on its way, with what tells rows of one Claim ID apart.
struct ReadRow {
    claim: Claim,
    claim_id: Box<str>,
    description: Box<str>,
}

fn read_claim(
    reading: &mut TableReader<'_>,
    row: Row,
    fields: &ExpenseFields<'_>,
    presence: &Presence<'_>,
    code: Result<Code, Reported>,
) -> Result<ReadRow, Reported> {
    let person = reading.person(&fields.person, presence.register);
    let person = fields.person.needed(person, &mut reading.problems);
    let claim_id = fields.claim_id.text(&mut reading.problems);
    let claim_id = fields.claim_id.needed(claim_id, &mut reading.problems);
    let date = fields.transaction_date.date(&mut reading.problems);
    let date = fields.transaction_date.needed(date, &mut reading.problems);
    let transferred = fields.transfer_date.date(&mut reading.problems);
    let meeting = reading.meeting(&fields.meeting, presence.register);
    let kind = code.as_ref().ok().and_then(|code| code.kind);
    let (limit, unit) = kind.and_then(|kind| needs_of(kind).quantity).unwrap_or((KRONER_LIMIT, "units"));
    let quantity = fields.quantity.quantity(limit, unit, &mut reading.problems);
    let price = unit_price(reading, &fields.unit_price);
    let amount = fields.total_value.kroner(KRONER_LIMIT, &mut reading.problems);
    let amount = fields.total_value.needed(amount, &mut reading.problems);
    if let (Ok(Some(quantity)), Ok(Some(price)), Ok(amount)) = (quantity, price, amount)
        && !is_product(quantity, price, amount)
    {
        let message = "`total_value` is not `quantity` × `unit_price`";
        let problem = fields.total_value.error("not_the_product", message);
        reading.problems.push(
            problem
                .expected("quantity × unit price, to the øre")
                .hint("look for a decimal mark that was lost"),
        );
    }
    let [description, debit_account, credit_account] =
        [&fields.description, &fields.debit_account, &fields.credit_account].map(|field| reading.text(field));
    let code = code?;
    let kind = code.kind.ok_or(Reported)?;
    let is_distance = needs_of(kind).quantity.is_some();
    if is_distance && quantity == Ok(None) {
        let problem = fields.quantity.error("no_quantity", "this kind of claim needs a quantity");
        reading.problems.push(problem.expected("the kilometres"));
    }
    let (person, date) = (person?, date?);
    let (meeting, date) = match meeting? {
        Some(meeting) => (Some(meeting), day_of(reading, fields, presence.register, meeting, date)),
        None if needs_of(kind).meeting => {
            (Some(only_meeting(reading, fields, presence, person, date)?), date)
        }
        None => (None, date),
    };
    let (quantity, amount) = (quantity?, amount?);
    let claim_id: Box<str> = claim_id?.into();
    let registered = Registered {
        pay_code: code.written,
        quantity,
        price_per_unit: price?,
        amount,
        debit_account,
        credit_account,
        transferred: transferred?,
    };
    let claim = Claim {
        id: claim_id.clone(),
        person,
        kind,
        meeting,
        date,
        // When Visma Expense had it is not in the export.
        received: None,
        quantity: quantity.filter(|_| is_distance),
        amount: Some(amount).filter(|_| !is_distance && kind != ClaimKind::MeetingFee),
        social_costs: None,
        document: Box::default(),
        day_off: false,
        has_work_to_return_to: false,
        supplier: Box::default(),
        supplier_account: Box::default(),
        registered: Some(Box::new(registered)),
        settled: None,
        row,
    };
    Ok(ReadRow { claim, claim_id, description })
}

/// A price, which may have more decimals than an amount of kroner.
fn unit_price(reading: &mut TableReader<'_>, field: &Field<'_>) -> Read<Decimal> {
    const DECIMALS: u32 = 6;
    let Some(price) = field.number(&mut reading.problems)? else { return Ok(None) };
    let price = price.normalize();
    let (code, message, expected) = if price > Decimal::from(KRONER_LIMIT) {
        ("beyond_real", "is beyond what can be real", format!("at most {KRONER_LIMIT} kroner"))
    } else if price.scale() > DECIMALS {
        ("decimals", "has more than six decimals", "kroner with at most six decimals".to_owned())
    } else {
        return Ok(Some(price));
    };
    let problem = field.error(code, format!("`{}` {message}", field.name()));
    reading.problems.push(problem.expected(expected));
    Err(Reported)
}

/// Whether an amount is the product to the øre. How Visma Expense rounds half an øre is not known: both are
/// taken.
fn is_product(quantity: Decimal, price: Decimal, amount: Money) -> bool {
    let half_an_oere = Decimal::new(5, 3);
    let product = quantity.checked_mul(price);
    product.is_some_and(|product| (product - amount.decimal()).abs() <= half_an_oere)
}

/// The day of a meeting that the row names: it counts, whatever day the row has.
fn day_of(
    reading: &mut TableReader<'_>,
    fields: &ExpenseFields<'_>,
    register: &Register,
    meeting: MeetingIx,
    date: NaiveDate,
) -> NaiveDate {
    let meeting = register.meeting(meeting);
    if meeting.date != date {
        let message = format!("{date} is not the date of meeting {}, whose date counts", meeting.id);
        let problem = fields.transaction_date.warning("other_date", message);
        reading.problems.push(problem.expected(meeting.date.to_string()));
    }
    meeting.date
}

/// The one meeting of a day at which the person was present.
fn only_meeting(
    reading: &mut TableReader<'_>,
    fields: &ExpenseFields<'_>,
    presence: &Presence<'_>,
    person: PersonIx,
    date: NaiveDate,
) -> Result<MeetingIx, Reported> {
    let meetings = presence.meetings(person, date);
    if let [meeting] = meetings {
        return Ok(*meeting);
    }
    let of_day = || presence.register.meetings().filter(|(_, meeting)| meeting.date == date);
    let doubtful = &reading.doubtful;
    let is_doubtful = doubtful.tables.contains(&TableName::Meetings)
        || !doubtful.meetings.is_empty()
        || doubtful.tables.contains(&TableName::Attendance)
        || doubtful.attendance_of.contains(&person)
        || of_day().any(|(meeting, _)| doubtful.presence(person, meeting));
    if meetings.is_empty() && is_doubtful {
        return Err(Reported);
    }
    let id = &presence.register.person(person).id;
    let problem = if meetings.is_empty() {
        let message = format!("person {id} was at no meeting on {date}, and this kind of claim needs one");
        fields
            .transaction_date
            .error("no_meeting_that_day", message)
            .expected("the day of a meeting at which the person was present")
            .hint("look at `attendance`, or name the meeting in a column `meeting_id`")
    } else {
        let mut ids: Vec<&str> =
            meetings.iter().map(|meeting| &*presence.register.meeting(*meeting).id).collect();
        ids.sort_unstable();
        let message = format!(
            "person {id} was at {} meetings on {date}, and the claim is for one: {}",
            ids.len(),
            ids.join(", ")
        );
        fields
            .transaction_date
            .error("several_meetings_that_day", message)
            .expected("one meeting")
            .hint("name the meeting in a column `meeting_id`")
    };
    reading.problems.push(problem);
    Err(Reported)
}

/// Gives the rows of each Claim ID their numbers, by what they say and not by where they stand; rows that
/// say the same in everything are a question.
fn rows_in_order(reading: &mut TableReader<'_>, mut rows: Vec<ReadRow>) -> Vec<ReadRow> {
    rows.sort_by(|a, b| said_by(a).cmp(&said_by(b)).then_with(|| a.claim.row.cmp(&b.claim.row)));
    let mut number = 0_usize;
    let mut before: Option<&ReadRow> = None;
    let mut numbers = Vec::with_capacity(rows.len());
    for row in &rows {
        let of_claim = before.filter(|before| before.claim_id == row.claim_id);
        number = of_claim.map_or(1, |_| number + 1);
        numbers.push(number);
        if let Some(before) = of_claim.filter(|before| said_by(before) == said_by(row)) {
            let place = reading.locators.of_claim(&row.claim, "document");
            let message = format!("this row says the same as row {}", before.claim.row);
            let problem = Problem::warning("double_row", place, message).expected("each row once");
            reading.problems.push(problem.hint("if there are two such claims, nothing has to be mended"));
        }
        before = Some(row);
    }
    for (row, number) in rows.iter_mut().zip(numbers) {
        row.claim.id = format!("{}/{number}", row.claim_id).into();
    }
    rows
}

/// Everything that a row says, the Claim ID first.
fn said_by(row: &ReadRow) -> impl Ord + '_ {
    let ReadRow { claim, claim_id, description } = row;
    let registered = claim.registered.as_deref().map(|registered| {
        let Registered {
            pay_code,
            quantity,
            price_per_unit,
            amount,
            debit_account,
            credit_account,
            transferred,
        } = registered;
        (pay_code, quantity, price_per_unit, amount, debit_account, credit_account, transferred)
    });
    (claim_id, claim.date, claim.person, claim.kind, claim.meeting, registered, description)
}
