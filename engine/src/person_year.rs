//! The facts of one person in one year that the rules share.

use crate::basis::{
    Attendance, Basis, Body, BodyIx, Capacity, Claim, ClaimIx, ClaimKind, Meeting, MeetingIx, Office,
    PersonIx, PersonRows, Role,
};
use crate::calendar::{DateSpan, Days, Period};
use crate::money::{Money, Unrounded};
use crate::regulation::{ItemId, Regulation, Trail};
use crate::why::Refusal;

/// One person, the regulation, and the period that is paid.
#[derive(Clone, Copy)]
pub(crate) struct PersonYear<'a> {
    pub(crate) basis: &'a Basis,
    pub(crate) regulation: &'a Regulation,
    pub(crate) period: Period,
    pub(crate) person: PersonIx,
    pub(crate) rows: PersonRows<'a>,
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
        Self { basis, regulation, period, person, rows: basis.of_person(person) }
    }

    /// The days that the rules look at: those of the calendar year.
    pub(crate) fn window(&self) -> DateSpan {
        DateSpan::of_year(self.period.year())
    }

    /// The days of the year on which an office's intervals run.
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

    /// The days as mayor or acting mayor.
    pub(crate) fn days_as_mayor(&self, trail: &mut Trail) -> Days {
        let mut days = Days::none(self.window());
        for office in self.rows.offices.iter().filter(|office| office.role.is_mayor()) {
            let held = Days::of_span(self.window(), office.term);
            let leave = self.days_on_leave(office.body, office.role, false);
            let counts_on_leave =
                held.and(leave).is_empty() || *trail.read(&self.regulation.fees.mayor_on_leave_is_mayor);
            days = days.or(if counts_on_leave { held } else { held.minus(leave) });
        }
        days
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
        let meeting_ix = claim.meeting?;
        let meeting = self.meeting(meeting_ix);
        let attendance = self.rows.attendance_at(meeting_ix)?;
        Some(AtMeeting { meeting, body: self.body(meeting.body), attendance })
    }

    /// Why a claim of any kind on a meeting is outside the regulation, and the item that says so.
    pub(crate) fn outside_regulation(&self, claim: &Claim, trail: &mut Trail) -> Option<(Refusal, ItemId)> {
        let at = self.at_meeting(claim)?;
        let fees = &self.regulation.fees;
        if at.body.paid_by.is_some() && !trail.read(&fees.paid_by_others_is_covered) {
            return Some((Refusal::BodyPaidByOthers, fees.paid_by_others_is_covered.item()));
        }
        let by_post =
            matches!(at.attendance.capacity, Capacity::ExOfficio | Capacity::EmployeeRepresentative);
        if by_post && !trail.read(&fees.posts_are_covered) {
            return Some((Refusal::PostNotCovered, fees.posts_are_covered.item()));
        }
        None
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

    /// A line's amount, rounded as the regulation says.
    pub(crate) fn round(&self, amount: Unrounded, trail: &mut Trail) -> Money {
        trail.read(&self.regulation.fees.rounding).round(amount)
    }
}
