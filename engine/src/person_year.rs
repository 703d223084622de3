//! The facts of one person in one year that the rules share.

use chrono::NaiveDate;

use crate::basis::{
    Attendance, Basis, Body, BodyIx, Capacity, Claim, ClaimIx, ClaimKind, Class, Meeting, MeetingIx, Office,
    PersonIx, PersonRows, Role,
};
use crate::calendar::{DateSpan, Days, Period};
use crate::ledger::{Counts, Settled};
use crate::money::{Money, Unrounded};
use crate::regulation::{AmountIx, Dated, Facts, Heads, ItemId, LateClaims, Regulation, Trail, Worth};
use crate::rules::acting;
use crate::shortfall::Shortfall;
use crate::why::Refusal;

/// One person, the regulation, and the period that is paid.
#[derive(Clone, Copy)]
pub(crate) struct PersonYear<'a> {
    pub(crate) basis: &'a Basis,
    pub(crate) regulation: &'a Regulation,
    pub(crate) period: Period,
    pub(crate) person: PersonIx,
    pub(crate) rows: PersonRows<'a>,
    window: DateSpan,
}

/// A claim with what the basis knows about its meeting.
#[derive(Clone, Copy)]
pub(crate) struct AtMeeting<'a> {
    pub(crate) meeting: &'a Meeting,
    pub(crate) body: &'a Body,
    pub(crate) attendance: &'a Attendance,
}

impl<'a> PersonYear<'a> {
    pub(crate) fn new(
        basis: &'a Basis,
        regulation: &'a Regulation,
        period: Period,
        person: PersonIx,
    ) -> Self {
        let year = period.year();
        let last = DateSpan::of_year(year).last();
        let window = last.and_then(|last| DateSpan::new(DateSpan::of_year(year - 2).first(), last));
        let window = window.unwrap_or(DateSpan::of_year(year));
        Self { basis, regulation, period, person, rows: basis.of_person(person), window }
    }

    /// The same person, when another period is paid.
    pub(crate) fn in_period(&self, period: Period) -> Self {
        Self::new(self.basis, self.regulation, period, self.person)
    }

    /// The days that the rules look at: those of the calendar year and of the two before it, in which what
    /// is settled now may have begun.
    pub(crate) fn window(&self) -> DateSpan {
        self.window
    }

    /// The days on which an office's intervals run.
    pub(crate) fn days_in_office(&self, intervals: &[Office]) -> Days {
        intervals.iter().fold(Days::none(self.window()), |days, office| {
            days.or(Days::of_span(self.window(), office.term))
        })
    }

    /// The days on leave from an office: those on unpaid leave only, or all.
    pub(crate) fn days_on_leave(&self, body: Option<BodyIx>, role: Role, unpaid_only: bool) -> Days {
        self.rows
            .leave
            .iter()
            .filter(|leave| leave.is_from(body, role) && !(unpaid_only && leave.paid))
            .fold(Days::none(self.window()), |days, leave| days.or(Days::of_span(self.window(), leave.days)))
    }

    /// The days as mayor or acting mayor; not those of acting that is too short to give the mayor's pay.
    pub(crate) fn days_as_mayor(&self, trail: &mut Trail) -> Result<Days, Shortfall> {
        let mut days = Days::none(self.window());
        for office in self.rows.offices.iter().filter(|office| office.role.is_mayor()) {
            let held =
                Days::of_span(self.window(), office.term).and(acting::days_in_effect(self, office, trail)?);
            let leave = self.days_on_leave(office.body, office.role, false);
            let counts_on_leave = held.and(leave).is_empty()
                || *self.read(&self.regulation.fees.mayor_on_leave_is_mayor, trail)?;
            days = days.or(if counts_on_leave { held } else { held.minus(leave) });
        }
        Ok(days)
    }

    /// The body of an index.
    pub(crate) fn body(&self, body: BodyIx) -> &'a Body {
        self.basis.register().body(body)
    }

    /// The meeting of an index.
    pub(crate) fn meeting(&self, meeting: MeetingIx) -> &'a Meeting {
        self.basis.register().meeting(meeting)
    }

    /// What is known of a claim's meeting.
    pub(crate) fn at_meeting(&self, claim: &Claim) -> Option<AtMeeting<'a>> {
        self.attended(claim.meeting?)
    }

    /// A meeting at which the basis has the person.
    fn attended(&self, meeting_ix: MeetingIx) -> Option<AtMeeting<'a>> {
        let meeting = self.meeting(meeting_ix);
        let attendance = self.rows.attendance_at(meeting_ix)?;
        Some(AtMeeting { meeting, body: self.body(meeting.body), attendance })
    }

    /// Why a claim of any kind is outside the regulation or too late, and the item that says so.
    pub(crate) fn outside_regulation(
        &self,
        claim: &Claim,
        trail: &mut Trail,
    ) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
        if let Some(refusal) = self.meeting_outside_regulation(claim.meeting, claim.date, trail)? {
            return Ok(Some(refusal));
        }
        self.received_late(claim, trail)
    }

    /// Why whatever is asked for a meeting is outside the regulation, and the item that says so.
    pub(crate) fn meeting_outside_regulation(
        &self,
        meeting: Option<MeetingIx>,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
        let Some(at) = meeting.and_then(|meeting| self.attended(meeting)) else { return Ok(None) };
        let fees = &self.regulation.fees;
        let covered = fees.paid_by_others_is_covered.on(day);
        if at.body.paid_by.is_some() && !*trail.read(covered)? {
            return Ok(Some((Refusal::BodyPaidByOthers, covered.item())));
        }
        let by_post =
            matches!(at.attendance.capacity, Capacity::ExOfficio | Capacity::EmployeeRepresentative);
        let covered = fees.posts_are_covered.on(day);
        if by_post && !*trail.read(covered)? {
            return Ok(Some((Refusal::PostNotCovered, covered.item())));
        }
        Ok(None)
    }

    /// A claim that was received after its deadline, where the regulation refuses it. Where it is not known
    /// when a claim was received, it was in time.
    fn received_late(
        &self,
        claim: &Claim,
        trail: &mut Trail,
    ) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
        let Some(received) = claim.received else { return Ok(None) };
        let claims = &self.regulation.claims;
        let deadline = claims.deadline.on(claim.date);
        let Some(deadline_day) = trail.read(deadline)?.of(claim.date).filter(|last| received > *last) else {
            return Ok(None);
        };
        Ok(match trail.read_on(&claims.late_claims, claim.date)? {
            LateClaims::Warn => None,
            LateClaims::Refuse => {
                Some((Refusal::ReceivedLate { received, deadline: deadline_day }, deadline.item()))
            }
        })
    }

    /// The claims of some kinds in the period, in the natural order of their ids.
    pub(crate) fn claims_of(
        &self,
        kinds: &'static [ClaimKind],
    ) -> impl Iterator<Item = (ClaimIx, &'a Claim)> + use<'a> {
        let period = self.period;
        self.rows
            .claims()
            .filter(move |(_, claim)| kinds.contains(&claim.kind) && period.contains(claim.date))
    }

    /// Whether meeting fees and claims are paid in this run.
    pub(crate) fn pays_meetings_and_claims(&self) -> bool {
        let rhythm = self.regulation.fees.meeting_fees_and_claims.on(self.period.last_day());
        rhythm.peek() == Some(&self.period.payment())
    }

    /// When kilometres of a day count, of which a closed run may have had the claim or journey.
    pub(crate) fn counts(&self, day: NaiveDate, settled: Option<Settled>) -> Counts {
        let rhythm = self.regulation.fees.meeting_fees_and_claims.on(day);
        let payment = rhythm.peek().copied().unwrap_or(self.period.payment());
        self.basis.ledger().counts(day, settled, payment)
    }

    /// A setting about the whole period: what holds on its last day.
    pub(crate) fn read<'r, T>(&self, dated: &'r Dated<T>, trail: &mut Trail) -> Result<&'r T, Shortfall> {
        trail.read_on(dated, self.period.last_day())
    }

    /// What an amount of the regulation is on a day, for this person.
    pub(crate) fn worth(
        &self,
        amount: AmountIx,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<Worth, Shortfall> {
        self.regulation.amounts.worth(amount, day, self, trail)
    }

    /// A cap, rounded as a line is.
    pub(crate) fn cap(
        &self,
        amount: AmountIx,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<Money, Shortfall> {
        let worth = self.worth(amount, day, trail)?;
        worth.exact.in_whole_oere().map_or_else(|| self.round(worth.exact, day, trail), Ok)
    }

    /// The item that states an amount on a day.
    pub(crate) fn item_of(&self, amount: AmountIx, day: NaiveDate) -> ItemId {
        self.regulation.amounts.get(amount).statement.on(day).item()
    }

    /// A line's amount, rounded as the regulation says.
    pub(crate) fn round(
        &self,
        amount: Unrounded,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<Money, Shortfall> {
        let rounding = self.regulation.fees.rounding.on(day);
        if !amount.is_exact() {
            return Err(Shortfall::TooManyDigits { item: rounding.item() });
        }
        Ok(trail.read(rounding)?.round(amount))
    }
}

impl Facts for PersonYear<'_> {
    fn heads(&self, heads: Heads, day: NaiveDate) -> Result<u32, Shortfall> {
        let register = self.basis.register();
        let group = &register.person(self.person).group;
        if group.is_empty() {
            return Err(Shortfall::MissingGroup { person: self.person });
        }
        match heads {
            Heads::CouncilMembersOfGroup => {
                let seats = self.basis.rows().offices.iter().filter(|office| {
                    let class = office.body.map(|body| self.body(body).class);
                    office.role.is_seat() && class == Some(Class::Council) && office.term.contains(day)
                });
                let members = seats.filter(|office| register.person(office.person).group == *group).count();
                Ok(u32::try_from(members).unwrap_or(u32::MAX))
            }
        }
    }

    fn own_day_wage(&self) -> Result<Money, Shortfall> {
        let wage = self.basis.register().person(self.person).day_wage;
        wage.ok_or(Shortfall::MissingDayWage { person: Some(self.person) })
    }
}
