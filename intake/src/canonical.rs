//! A basis as canonical CSV: the same content gives the same text, however it was handed in.

use honorar_engine::Basis;
use honorar_engine::basis::{BodyIx, Claim, MeetingIx, PersonIx, Role};
use honorar_engine::calendar::DateSpan;
use honorar_engine::natural::natural_order;

use crate::vocabulary::{
    CAPACITIES, CLAIM_KINDS, CLASSES, DUTIES, EMPLOYMENTS, EVENTS, EXTENTS, FORMS, GROUP_PAYMENT_KINDS,
    LODGINGS, OTHER_INCOME_KINDS, ROLES, STATUSES, VEHICLES, Words,
};

/// The canonical word of a role.
pub fn role(role: Role) -> String {
    word(ROLES, role)
}

/// The tables of a basis: their canonical names, and their rows in canonical order as CSV. Those
/// about incomes, party groups and Visma Expense are there where they have rows.
pub fn tables(basis: &Basis) -> Vec<(&'static str, String)> {
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

impl Names<'_> {
    fn persons(&self) -> String {
        csv(self.basis.register().persons().map(|(_, person)| {
            [
                person.id.to_string(),
                person.name.to_string(),
                person.group.to_string(),
                word(EMPLOYMENTS, person.employment),
                shown(person.annual_net_income),
                person.employer.to_string(),
                shown(person.day_wage),
            ]
        }))
    }

    fn bodies(&self) -> String {
        csv(self.basis.register().bodies().map(|(_, body)| {
            [
                body.code.to_string(),
                body.name.to_string(),
                word(CLASSES, body.class),
                shown(body.seats),
                shown(body.elected_by.as_deref()),
                shown(body.sits_as.as_deref()),
                shown(body.paid_by.as_deref()),
            ]
        }))
    }

    fn offices(&self) -> String {
        csv(self.basis.rows().offices.iter().map(|office| {
            [
                self.person(office.person),
                self.body(office.body),
                word(ROLES, office.role),
                span(office.term),
                shown(office.position.map(|position| position.normalize())),
            ]
        }))
    }

    fn leave(&self) -> String {
        csv(self.basis.rows().leave.iter().map(|leave| {
            [
                self.person(leave.person),
                self.body(leave.body),
                leave.role.map(|role| word(ROLES, role)).unwrap_or_default(),
                span(leave.days),
                leave.paid.to_string(),
            ]
        }))
    }

    fn meetings(&self) -> String {
        csv(self.basis.register().meetings().map(|(_, meeting)| {
            [
                meeting.id.to_string(),
                self.body(Some(meeting.body)),
                meeting.date.to_string(),
                meeting.start_minute.to_string(),
                meeting.length_minutes.to_string(),
                word(FORMS, meeting.form),
                meeting.group_meeting.to_string(),
                word(EVENTS, meeting.event),
            ]
        }))
    }

    fn attendance(&self) -> String {
        csv(self.basis.rows().attendance.iter().map(|row| {
            [
                self.person(row.person),
                self.meeting(Some(row.meeting)),
                word(STATUSES, row.status),
                word(CAPACITIES, row.capacity),
                word(EXTENTS, row.extent),
                row.arrived_after_minutes.to_string(),
                row.left_after_minutes.to_string(),
                row.travel_minutes.to_string(),
                row.substitute_for.map(|person| self.person(person)).unwrap_or_default(),
                row.called.to_string(),
                row.duty.map(|duty| word(DUTIES, duty)).unwrap_or_default(),
            ]
        }))
    }

    fn claims(&self) -> String {
        let claims = self.claims_by_id().into_iter().filter(|claim| claim.registered.is_none());
        csv(claims.map(|claim| {
            [
                claim.id.to_string(),
                self.person(claim.person),
                word(CLAIM_KINDS, claim.kind),
                self.meeting(claim.meeting),
                claim.date.to_string(),
                shown(claim.received),
                shown(claim.quantity),
                shown(claim.amount),
                claim.document.to_string(),
                claim.day_off.to_string(),
                claim.supplier.to_string(),
                claim.supplier_account.to_string(),
                shown(claim.social_costs),
                claim.has_work_to_return_to.to_string(),
            ]
        }))
    }

    /// The claims by their ids: what has been paid, and gives them other places, is no part of the basis.
    fn claims_by_id(&self) -> Vec<&Claim> {
        let mut claims: Vec<&Claim> = self.basis.rows().claims.iter().collect();
        claims.sort_by(|a, b| a.person.cmp(&b.person).then_with(|| natural_order(&a.id, &b.id)));
        claims
    }

    fn visma_expense(&self) -> String {
        let claims = self.claims_by_id().into_iter();
        let registered = claims.filter_map(|claim| Some((claim, claim.registered.as_deref()?)));
        csv(registered.map(|(claim, registered)| {
            [
                claim.id.to_string(),
                self.person(claim.person),
                word(CLAIM_KINDS, claim.kind),
                self.meeting(claim.meeting),
                claim.date.to_string(),
                registered.pay_code.to_string(),
                shown(registered.quantity),
                shown(registered.price_per_unit),
                registered.amount.to_string(),
                registered.debit_account.to_string(),
                registered.credit_account.to_string(),
                shown(registered.transferred),
            ]
        }))
    }

    fn trips(&self) -> String {
        csv(self.basis.rows().trips.iter().map(|trip| {
            [
                trip.id.to_string(),
                self.person(trip.person),
                trip.date.to_string(),
                trip.departure_minute.to_string(),
                trip.length_minutes.to_string(),
                self.meeting(trip.meeting),
                word(VEHICLES, trip.vehicle),
                shown(trip.km),
                trip.passengers.to_string(),
                trip.forest_km.to_string(),
                trip.nights.to_string(),
                word(LODGINGS, trip.lodging),
                trip.meals.breakfasts.to_string(),
                trip.meals.lunches.to_string(),
                trip.meals.dinners.to_string(),
                trip.within_municipality.to_string(),
            ]
        }))
    }

    fn other_income(&self) -> String {
        csv(self.basis.rows().other_income.iter().map(|income| {
            [
                self.person(income.person),
                span(income.days),
                word(OTHER_INCOME_KINDS, income.kind),
                income.amount_per_month.to_string(),
            ]
        }))
    }

    fn incomes(&self) -> String {
        csv(self.basis.rows().incomes.iter().map(|income| {
            [self.person(income.person), income.year.to_string(), shown(income.net), shown(income.gross)]
        }))
    }

    fn groups(&self) -> String {
        csv(self.basis.rows().groups.groups.iter().map(|group| {
            [group.name.to_string(), span(group.term), group.representatives.to_string(), shown(group.votes)]
        }))
    }

    fn group_payments(&self) -> String {
        csv(self.basis.rows().groups.payments.iter().map(|payment| {
            [
                payment.group.to_string(),
                payment.date.to_string(),
                word(GROUP_PAYMENT_KINDS, payment.kind),
                payment.amount.to_string(),
                payment.person.map(|person| self.person(person)).unwrap_or_default(),
                payment.document.to_string(),
                shown(payment.notice),
            ]
        }))
    }

    fn group_reports(&self) -> String {
        csv(self.basis.rows().groups.reports.iter().map(|report| {
            [
                report.group.to_string(),
                report.year.to_string(),
                shown(report.received),
                shown(report.spent),
                shown(report.remaining),
                shown(report.reported),
            ]
        }))
    }

    fn person(&self, person: PersonIx) -> String {
        self.basis.register().person(person).id.to_string()
    }

    fn body(&self, body: Option<BodyIx>) -> String {
        body.map(|body| self.basis.register().body(body).code.to_string()).unwrap_or_default()
    }

    fn meeting(&self, meeting: Option<MeetingIx>) -> String {
        meeting.map(|meeting| self.basis.register().meeting(meeting).id.to_string()).unwrap_or_default()
    }
}

fn csv<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

pub(crate) fn word<T: Copy + PartialEq>(words: &Words<T>, meaning: T) -> String {
    let ways = words.iter().find(|(one, _)| *one == meaning).map(|(_, ways)| *ways);
    ways.and_then(|ways| ways.first()).copied().unwrap_or_default().replace(' ', "_")
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn span(span: DateSpan) -> String {
    format!("{}/{}", span.first(), shown(span.last()))
}
