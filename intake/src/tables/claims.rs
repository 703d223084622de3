//! `claims`: claims for money.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use honorar_engine::basis::{Claim, ClaimKind, Employment, MeetingIx, PersonIx, Register, Row};
use rust_decimal::Decimal;

use super::{KRONER_LIMIT, TableReader};
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Read, Reported};
use crate::table::Table;
use crate::vocabulary::{CLAIM_KINDS, TableName, YES_NO};

const COLUMNS: [Column; 14] = [
    must("claim_id").key(),
    must("person_id"),
    must("kind"),
    may("meeting_id"),
    may("date"),
    may("received"),
    may("quantity"),
    may("amount"),
    may("document").private(),
    may("day_off"),
    may("supplier").private(),
    may("supplier_account").private(),
    may("social_costs"),
    may("work_to_return_to"),
];

/// The longest journey of one claim, in kilometres.
const KM_LIMIT: u32 = 5_000;

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, register: &Register) -> Vec<Claim> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Claims, &columns);
    let mut claims = Vec::new();
    let mut seen = HashSet::with_capacity(table.rows().len());
    let mut bills = Bills::default();
    for (row, fields) in columns.rows() {
        let fields = ClaimFields::new(fields);
        let id = reading.new_key(&fields.id, &mut seen);
        if let Ok(claim) = read_claim(reading, id, row, &fields, register) {
            bills.use_up(reading, &fields.document, &claim);
            claims.push(claim);
        }
    }
    claims
}

struct ClaimFields<'f> {
    id: Field<'f>,
    person: Field<'f>,
    kind: Field<'f>,
    meeting: Field<'f>,
    date: Field<'f>,
    received: Field<'f>,
    quantity: Field<'f>,
    amount: Field<'f>,
    document: Field<'f>,
    day_off: Field<'f>,
    supplier: Field<'f>,
    supplier_account: Field<'f>,
    social_costs: Field<'f>,
    work_to_return_to: Field<'f>,
}

impl<'f> ClaimFields<'f> {
    #[expect(clippy::large_types_passed_by_value, reason = "it is taken apart at once")]
    fn new(fields: [Field<'f>; 14]) -> Self {
        let [
            id,
            person,
            kind,
            meeting,
            date,
            received,
            quantity,
            amount,
            document,
            day_off,
            supplier,
            account,
            social_costs,
            work_to_return_to,
        ] = fields;
        Self {
            id,
            person,
            kind,
            meeting,
            date,
            received,
            quantity,
            amount,
            document,
            day_off,
            supplier,
            supplier_account: account,
            social_costs,
            work_to_return_to,
        }
    }
}

/// What a kind of claim has to state.
pub(super) struct Needs {
    pub(super) meeting: bool,
    document: bool,
    supplier: bool,
    /// The most there can be of it, and of what.
    pub(super) quantity: Option<(u32, &'static str)>,
}

pub(super) fn needs_of(kind: ClaimKind) -> Needs {
    let (meeting, document, supplier, quantity) = match kind {
        ClaimKind::LostIncomeUndocumented | ClaimKind::MeetingFee => (true, false, false, None),
        ClaimKind::LostIncomeDocumented | ClaimKind::StandIn | ClaimKind::Care | ClaimKind::CareTransport => {
            (true, true, false, None)
        }
        ClaimKind::EmployerRefund => (true, true, true, None),
        ClaimKind::Companion => (false, true, true, None),
        ClaimKind::TravelOther => (false, true, false, None),
        ClaimKind::TravelCar | ClaimKind::TravelPassenger => {
            (false, false, false, Some((KM_LIMIT, "kilometres")))
        }
        ClaimKind::AfterPay => (false, false, false, None),
    };
    Needs { meeting, document, supplier, quantity }
}

fn read_claim(
    reading: &mut TableReader<'_>,
    id: Result<Box<str>, Reported>,
    row: Row,
    fields: &ClaimFields<'_>,
    register: &Register,
) -> Result<Claim, Reported> {
    let person = reading.person(&fields.person, register);
    let person = fields.person.needed(person, &mut reading.problems);
    let kind = fields.kind.word(CLAIM_KINDS, &mut reading.problems);
    let kind = fields.kind.needed(kind, &mut reading.problems);
    let meeting = reading.meeting(&fields.meeting, register);
    let own_date = fields.date.date(&mut reading.problems);
    let received = fields.received.date(&mut reading.problems);
    let amount = fields.amount.kroner(KRONER_LIMIT, &mut reading.problems);
    let social_costs = fields.social_costs.kroner(KRONER_LIMIT, &mut reading.problems);
    let returns = fields.work_to_return_to.word(YES_NO, &mut reading.problems);
    let day_off = fields.day_off.word(YES_NO, &mut reading.problems);
    let document = reading.text(&fields.document);
    let (supplier, supplier_account) =
        (reading.text(&fields.supplier), reading.text(&fields.supplier_account));
    let needs = kind.map(needs_of);
    let (limit, unit) =
        needs.as_ref().ok().and_then(|needs| needs.quantity).unwrap_or((KRONER_LIMIT, "units"));
    let quantity = fields.quantity.quantity(limit, unit, &mut reading.problems);
    // What else a claim needs depends on its kind.
    let (kind, needs) = (kind?, needs?);
    need_stated(reading, fields, kind, &needs, quantity);
    let amount = amount?;
    if let Ok(person) = person {
        need_amount(reading, fields, kind, amount.is_some(), register, person);
    }
    let date = claim_date(reading, fields, needs.meeting, meeting, own_date, register);
    Ok(Claim {
        id: id?,
        person: person?,
        kind,
        meeting: meeting?,
        date: date?,
        received: received?,
        quantity: quantity?,
        amount,
        social_costs: social_costs?,
        document,
        day_off: day_off?.unwrap_or(false),
        has_work_to_return_to: returns?.unwrap_or(false),
        supplier,
        supplier_account,
        registered: None,
        settled: None,
        row,
    })
}

/// The voucher, the supplier and the kilometres, where the kind needs them.
fn need_stated(
    reading: &mut TableReader<'_>,
    fields: &ClaimFields<'_>,
    kind: ClaimKind,
    needs: &Needs,
    quantity: Read<Decimal>,
) {
    let mut need = |field: &Field<'_>, code: &'static str, message: &str, expected: &str| {
        if field.is_empty() {
            reading.problems.push(field.error(code, message).expected(expected));
        }
    };
    if needs.document {
        need(
            &fields.document,
            "no_document",
            "this kind of claim needs a document",
            "the reference to the voucher",
        );
    }
    if needs.supplier {
        need(&fields.supplier, "no_supplier", "this kind of claim needs a supplier", "who is paid");
        need(
            &fields.supplier_account,
            "no_supplier",
            "this kind of claim needs an account",
            "the account that is paid",
        );
    }
    if needs.quantity.is_some() && quantity == Ok(None) {
        need(&fields.quantity, "no_quantity", "this kind of claim needs a quantity", "the kilometres");
    }
    let at_a_rate = matches!(kind, ClaimKind::TravelCar | ClaimKind::TravelPassenger | ClaimKind::MeetingFee);
    if at_a_rate && !fields.amount.is_empty() {
        let problem =
            fields.amount.warning("amount_not_used", "the amount is not used for this kind of claim");
        reading.problems.push(problem.expected("an empty amount: what the regulation gives is paid"));
    }
}

/// The amount; where it may be computed from the income, the income.
fn need_amount(
    reading: &mut TableReader<'_>,
    fields: &ClaimFields<'_>,
    kind: ClaimKind,
    is_stated: bool,
    register: &Register,
    person: PersonIx,
) {
    let may_be_empty = matches!(
        kind,
        ClaimKind::LostIncomeUndocumented
            | ClaimKind::TravelCar
            | ClaimKind::TravelPassenger
            | ClaimKind::MeetingFee
            | ClaimKind::AfterPay
    );
    if is_stated || may_be_empty {
        return;
    }
    let person = register.person(person);
    let from_income = matches!(person.employment, Employment::SelfEmployed | Employment::NoFixedPay);
    if kind != ClaimKind::LostIncomeDocumented || !from_income {
        let problem = fields.amount.error("no_amount", "this claim needs an amount").expected("kroner");
        reading.problems.push(problem);
    }
}

/// The day a claim belongs to: its meeting's, else its own.
fn claim_date(
    reading: &mut TableReader<'_>,
    fields: &ClaimFields<'_>,
    needs_meeting: bool,
    meeting: Read<MeetingIx>,
    own_date: Read<NaiveDate>,
    register: &Register,
) -> Result<NaiveDate, Reported> {
    let (meeting, own_date) = (meeting?, own_date?);
    let Some(meeting) = meeting.map(|meeting| register.meeting(meeting)) else {
        if needs_meeting {
            let problem = fields.meeting.error("no_meeting", "this kind of claim needs a meeting");
            reading.problems.push(problem.expected("the meeting_id of a row in `meetings`"));
            return Err(Reported);
        }
        return own_date.ok_or_else(|| {
            let problem = fields.date.error("no_date", "the claim has neither a meeting nor a date");
            reading.problems.push(problem.expected("a meeting, or a date such as 2014-03-06"));
            Reported
        });
    };
    if let Some(own_date) = own_date.filter(|own_date| *own_date != meeting.date) {
        let expected = format!("{} or an empty cell", meeting.date);
        if needs_meeting {
            let problem = fields
                .date
                .error("other_date", format!("{own_date} is not the date of meeting {}", meeting.id));
            reading.problems.push(problem.expected(expected));
            return Err(Reported);
        }
        let message = format!("{own_date} is not the date of meeting {}, whose date counts", meeting.id);
        reading.problems.push(fields.date.warning("other_date", message).expected(expected));
    }
    Ok(meeting.date)
}

/// The bills of claims: each is used once. Attests and tax assessments, which stand behind lost
/// income and a stand-in's cost, may be on many claims.
#[derive(Default)]
struct Bills(HashMap<String, Vec<(String, u32)>>);

impl Bills {
    fn use_up(&mut self, reading: &mut TableReader<'_>, document: &Field<'_>, claim: &Claim) {
        let is_bill = matches!(
            claim.kind,
            ClaimKind::Care
                | ClaimKind::CareTransport
                | ClaimKind::Companion
                | ClaimKind::TravelOther
                | ClaimKind::EmployerRefund
        );
        let may_be_attest = claim.kind == ClaimKind::StandIn;
        if !(is_bill || may_be_attest) || claim.document.is_empty() {
            return;
        }
        // Two suppliers may number their bills alike; where none is named it may be either.
        let supplier = claim.supplier.to_lowercase();
        let used = self.0.entry(claim.document.to_lowercase()).or_default();
        let first =
            used.iter().find(|(other, _)| *other == supplier || other.is_empty() || supplier.is_empty());
        if let Some((_, first)) = first {
            let message = format!("this bill is already on the claim in row {first}");
            let hint = "if there are two bills, give each a reference of its own";
            reading.problems.push(if may_be_attest {
                let problem = document.warning("bill_used_twice", message);
                problem.expected("each bill once; an attested cost may be claimed again").hint(hint)
            } else {
                document.error("bill_used_twice", message).expected("each bill once").hint(hint)
            });
        }
        used.push((supplier, document.row()));
    }
}
