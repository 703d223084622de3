//! A basis as canonical CSV: the same content gives the same text, however it was handed in.

use std::borrow::Cow;
use std::fmt;

use honorar_engine::Basis;
use honorar_engine::basis::{BodyIx, Claim, MeetingIx, PersonIx, Role};
use honorar_engine::calendar::DateSpan;
use honorar_engine::natural::natural_order;

use crate::csv_text::CsvText;
use crate::vocabulary::{
    CAPACITIES, CLAIM_KINDS, CLASSES, DUTIES, EMPLOYMENTS, EVENTS, EXTENTS, FORMS, GROUP_PAYMENT_KINDS,
    LODGINGS, OTHER_INCOME_KINDS, ROLES, STATUSES, VEHICLES, Words,
};

/// The canonical word of a role.
pub fn role(role: Role) -> Cow<'static, str> {
    word(ROLES, role)
}

/// The tables of a basis: their canonical names, and their rows in canonical order as CSV. Those
/// about incomes, party groups and Visma Expense are there where they have rows.
pub fn tables(basis: &Basis) -> Vec<(&'static str, Vec<u8>)> {
    let names = Names { basis };
    let mut tables = vec![
        ("persons", names.persons()),
        ("bodies", names.bodies()),
        ("offices", names.offices()),
        ("leave", names.leave()),
        ("meetings", names.meetings()),
        ("attendance", names.attendance()),
        ("claims", names.claims()),
        ("trips", names.trips()),
    ];
    if basis.rows().claims.iter().any(|claim| claim.registered.is_some()) {
        tables.push(("visma_expense", names.visma_expense()));
    }
    if !basis.rows().other_income.is_empty() {
        tables.push(("other_income", names.other_income()));
    }
    if !basis.rows().incomes.is_empty() {
        tables.push(("incomes", names.incomes()));
    }
    if !basis.rows().groups.is_empty() {
        tables.extend([
            ("groups", names.groups()),
            ("group_payments", names.group_payments()),
            ("group_reports", names.group_reports()),
        ]);
    }
    tables
}

struct Names<'b> {
    basis: &'b Basis,
}

impl<'b> Names<'b> {
    fn persons(&self) -> Vec<u8> {
        csv(self.basis.register().persons(), |csv, (_, person)| {
            csv.text(&person.id)
                .text(&person.name)
                .text(&person.group)
                .word(first_way(EMPLOYMENTS, person.employment))
                .maybe(person.annual_net_income)
                .text(&person.employer)
                .maybe(person.day_wage);
        })
    }

    fn bodies(&self) -> Vec<u8> {
        csv(self.basis.register().bodies(), |csv, (_, body)| {
            csv.text(&body.code)
                .text(&body.name)
                .word(first_way(CLASSES, body.class))
                .maybe(body.seats)
                .text(body.elected_by.as_deref().unwrap_or_default())
                .text(body.sits_as.as_deref().unwrap_or_default())
                .text(body.paid_by.as_deref().unwrap_or_default());
        })
    }

    fn offices(&self) -> Vec<u8> {
        csv(self.basis.rows().offices.iter(), |csv, office| {
            csv.text(self.person(office.person))
                .text(self.body(office.body))
                .word(first_way(ROLES, office.role))
                .shown(Span(office.term))
                .maybe(office.position.map(|position| position.normalize()));
        })
    }

    fn leave(&self) -> Vec<u8> {
        csv(self.basis.rows().leave.iter(), |csv, leave| {
            csv.text(self.person(leave.person))
                .text(self.body(leave.body))
                .word(leave.role.map(|role| first_way(ROLES, role)).unwrap_or_default())
                .shown(Span(leave.days))
                .truth(leave.paid);
        })
    }

    fn meetings(&self) -> Vec<u8> {
        csv(self.basis.register().meetings(), |csv, (_, meeting)| {
            csv.text(&meeting.id)
                .text(self.body(Some(meeting.body)))
                .value(meeting.date)
                .value(meeting.start_minute)
                .value(meeting.length_minutes)
                .word(first_way(FORMS, meeting.form))
                .truth(meeting.group_meeting)
                .word(first_way(EVENTS, meeting.event));
        })
    }

    fn attendance(&self) -> Vec<u8> {
        csv(self.basis.rows().attendance.iter(), |csv, row| {
            csv.text(self.person(row.person))
                .text(self.meeting(Some(row.meeting)))
                .word(first_way(STATUSES, row.status))
                .word(first_way(CAPACITIES, row.capacity))
                .word(first_way(EXTENTS, row.extent))
                .value(row.arrived_after_minutes)
                .value(row.left_after_minutes)
                .value(row.travel_minutes)
                .text(row.substitute_for.map(|person| self.person(person)).unwrap_or_default())
                .truth(row.called)
                .word(row.duty.map(|duty| first_way(DUTIES, duty)).unwrap_or_default());
        })
    }

    fn claims(&self) -> Vec<u8> {
        let claims = self.claims_by_id().into_iter().filter(|claim| claim.registered.is_none());
        csv(claims, |csv, claim| {
            csv.text(&claim.id)
                .text(self.person(claim.person))
                .word(first_way(CLAIM_KINDS, claim.kind))
                .text(self.meeting(claim.meeting))
                .value(claim.date)
                .maybe(claim.received)
                .maybe(claim.quantity)
                .maybe(claim.amount)
                .text(&claim.document)
                .truth(claim.day_off)
                .text(&claim.supplier)
                .text(&claim.supplier_account)
                .maybe(claim.social_costs)
                .truth(claim.has_work_to_return_to);
        })
    }

    /// The claims by their ids: what has been paid, and gives them other places, is no part of the basis.
    fn claims_by_id(&self) -> Vec<&Claim> {
        let mut claims: Vec<&Claim> = self.basis.rows().claims.iter().collect();
        claims.sort_by(|a, b| a.person.cmp(&b.person).then_with(|| natural_order(&a.id, &b.id)));
        claims
    }

    fn visma_expense(&self) -> Vec<u8> {
        let claims = self.claims_by_id().into_iter();
        let registered = claims.filter_map(|claim| Some((claim, claim.registered.as_deref()?)));
        csv(registered, |csv, (claim, registered)| {
            csv.text(&claim.id)
                .text(self.person(claim.person))
                .word(first_way(CLAIM_KINDS, claim.kind))
                .text(self.meeting(claim.meeting))
                .value(claim.date)
                .text(&registered.pay_code)
                .maybe(registered.quantity)
                .maybe(registered.price_per_unit)
                .value(registered.amount)
                .text(&registered.debit_account)
                .text(&registered.credit_account)
                .maybe(registered.transferred);
        })
    }

    fn trips(&self) -> Vec<u8> {
        csv(self.basis.rows().trips.iter(), |csv, trip| {
            csv.text(&trip.id)
                .text(self.person(trip.person))
                .value(trip.date)
                .value(trip.departure_minute)
                .value(trip.length_minutes)
                .text(self.meeting(trip.meeting))
                .word(first_way(VEHICLES, trip.vehicle))
                .maybe(trip.km)
                .value(trip.passengers)
                .value(trip.forest_km)
                .value(trip.nights)
                .word(first_way(LODGINGS, trip.lodging))
                .value(trip.meals.breakfasts)
                .value(trip.meals.lunches)
                .value(trip.meals.dinners)
                .truth(trip.within_municipality);
        })
    }

    fn other_income(&self) -> Vec<u8> {
        csv(self.basis.rows().other_income.iter(), |csv, income| {
            csv.text(self.person(income.person))
                .shown(Span(income.days))
                .word(first_way(OTHER_INCOME_KINDS, income.kind))
                .value(income.amount_per_month);
        })
    }

    fn incomes(&self) -> Vec<u8> {
        csv(self.basis.rows().incomes.iter(), |csv, income| {
            csv.text(self.person(income.person)).value(income.year).maybe(income.net).maybe(income.gross);
        })
    }

    fn groups(&self) -> Vec<u8> {
        csv(self.basis.rows().groups.groups.iter(), |csv, group| {
            csv.text(&group.name).shown(Span(group.term)).value(group.representatives).maybe(group.votes);
        })
    }

    fn group_payments(&self) -> Vec<u8> {
        csv(self.basis.rows().groups.payments.iter(), |csv, payment| {
            csv.text(&payment.group)
                .value(payment.date)
                .word(first_way(GROUP_PAYMENT_KINDS, payment.kind))
                .value(payment.amount)
                .text(payment.person.map(|person| self.person(person)).unwrap_or_default())
                .text(&payment.document)
                .maybe(payment.notice);
        })
    }

    fn group_reports(&self) -> Vec<u8> {
        csv(self.basis.rows().groups.reports.iter(), |csv, report| {
            csv.text(&report.group)
                .value(report.year)
                .maybe(report.received)
                .maybe(report.spent)
                .maybe(report.remaining)
                .maybe(report.reported);
        })
    }

    fn person(&self, person: PersonIx) -> &'b str {
        &self.basis.register().person(person).id
    }

    fn body(&self, body: Option<BodyIx>) -> &'b str {
        body.map(|body| &*self.basis.register().body(body).code).unwrap_or_default()
    }

    fn meeting(&self, meeting: Option<MeetingIx>) -> &'b str {
        meeting.map(|meeting| &*self.basis.register().meeting(meeting).id).unwrap_or_default()
    }
}

fn csv<T>(rows: impl IntoIterator<Item = T>, cells: impl Fn(&mut CsvText, T)) -> Vec<u8> {
    const BYTES_PER_ROW: usize = 64;
    let rows = rows.into_iter();
    let mut csv = CsvText::with_room(rows.size_hint().0, BYTES_PER_ROW);
    for row in rows {
        cells(&mut csv, row);
        csv.end_row();
    }
    csv.into_bytes()
}

/// The canonical word of a meaning, with blanks.
fn first_way<T: Copy + PartialEq>(words: &Words<T>, meaning: T) -> &'static str {
    let ways = words.iter().find(|(one, _)| *one == meaning).map(|(_, ways)| *ways);
    ways.and_then(|ways| ways.first()).copied().unwrap_or_default()
}

/// The canonical word of a meaning.
pub(crate) fn word<T: Copy + PartialEq>(words: &Words<T>, meaning: T) -> Cow<'static, str> {
    let word = first_way(words, meaning);
    if word.contains(' ') { Cow::Owned(word.replace(' ', "_")) } else { Cow::Borrowed(word) }
}

/// A span of days: `2014-01-01/2014-06-30`, the second empty while it runs.
struct Span(DateSpan);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.0.first())?;
        self.0.last().map_or(Ok(()), |last| write!(f, "{last}"))
    }
}
