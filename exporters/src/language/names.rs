//! The names of things: kinds of line, offices, bodies' classes, periods.

use honorar_engine::basis::{Class, Event, Form, GroupPaymentKind, Role};
use honorar_engine::calendar::Payment;
use honorar_engine::comparison::Cause;
use honorar_engine::groups::GroupPart;
use honorar_engine::line::Kind;
use honorar_engine::regulation::PaidTogether;
use honorar_engine::{Basis, PayLine, Period};

use super::Words;
use super::catalogue::Catalogue;

/// What a line is, by names of kinds; a correction says so, and what it corrects.
pub fn about<'n>(line: &'n PayLine, basis: &'n Basis, name: impl Fn(Kind) -> &'n str) -> String {
    let correction = line.correction.map(|_| format!("{}: ", name(Kind::Correction))).unwrap_or_default();
    let parts = [name(line.kind), line.body_code(basis), line.meeting_id(basis), line.origin.claim_id(basis)];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    correction + &parts.join(" ")
}

impl Words {
    /// What a line pays or takes away: `fast godtgjersle`.
    pub fn kind(self, kind: Kind) -> &'static str {
        let kinds = &self.say.kind;
        match kind {
            Kind::FixedFee => kinds.fixed_fee(),
            Kind::AbsenceReduction => kinds.absence_reduction(),
            Kind::MeetingFee => kinds.meeting_fee(),
            Kind::LostIncomeUndocumented => kinds.lost_income_undocumented(),
            Kind::LostIncomeDocumented => kinds.lost_income_documented(),
            Kind::StandIn => kinds.stand_in(),
            Kind::Care => kinds.care(),
            Kind::TravelCar => kinds.travel_car(),
            Kind::TravelPassenger => kinds.travel_passenger(),
            Kind::TravelOther => kinds.travel_other(),
            Kind::Subsistence => kinds.subsistence(),
            Kind::AfterPay => kinds.after_pay(),
            Kind::Correction => kinds.correction(),
            Kind::EmployerRefund => kinds.employer_refund(),
            Kind::Companion => kinds.companion(),
        }
    }

    /// What a line is: its kind, and its body, meeting and claim.
    pub fn line(self, line: &PayLine, basis: &Basis) -> String {
        about(line, basis, |kind| self.kind(kind))
    }

    /// Why somebody is paid more or less than before: `frammøte`.
    pub fn cause(self, cause: Cause) -> &'static str {
        let causes = &self.say.cause;
        match cause {
            Cause::Office => causes.office(),
            Cause::Rate => causes.rate(),
            Cause::RateAndOffice => causes.rate_and_office(),
            Cause::Attendance => causes.attendance(),
            Cause::Absence => causes.absence(),
            Cause::Claims => causes.claims(),
            Cause::Rounding => causes.rounding(),
            Cause::Correction => causes.correction(),
        }
    }

    /// An office: `varaordførar`.
    pub fn role(self, role: Role) -> &'static str {
        self::role(self.say, role)
    }

    /// A body's class: `formannskap`.
    pub fn class(self, class: Class) -> &'static str {
        self::class(self.say, class)
    }

    /// How a meeting is held, or somebody takes part in it: `på telefon`.
    pub fn form(self, form: Form) -> &'static str {
        match form {
            Form::InPerson => self.say.form.in_person(),
            Form::Video => self.say.form.video(),
            Form::Phone => self.say.form.phone(),
        }
    }

    /// What an attendance list is of: `møte`.
    pub fn event(self, event: Event) -> &'static str {
        match event {
            Event::Meeting => self.say.event.meeting(),
            Event::Seminar => self.say.event.seminar(),
            Event::PartyMeeting => self.say.event.party_meeting(),
        }
    }

    /// What is paid on a party group's behalf: `frikjøp`.
    pub fn group_payment(self, kind: GroupPaymentKind) -> &'static str {
        self::group_payment(self.say, kind)
    }

    /// What a line of a group is: `grunnstøtte`.
    pub fn group_part(self, part: GroupPart) -> &'static str {
        let parts = &self.say.group_part;
        match part {
            GroupPart::Base => parts.base(),
            GroupPart::Representatives => parts.representatives(),
            GroupPart::Share => parts.share(),
            GroupPart::NoRight => parts.no_right(),
            GroupPart::EarlierDebt => parts.earlier_debt(),
            GroupPart::Payment => parts.payment(),
            GroupPart::DebtCarried => parts.debt_carried(),
        }
    }

    /// What is paid together: `faste godtgjersler`.
    pub fn paid_together(self, what: PaidTogether) -> &'static str {
        match what {
            PaidTogether::FixedFees => self.say.paid_together.fixed_fees(),
            PaidTogether::MeetingFeesAndClaims => self.say.paid_together.meeting_fees_and_claims(),
        }
    }

    /// A month of the year, from 1 to 12, as it stands in a date: `september`.
    pub fn month(self, month: u32) -> &'static str {
        self::month(self.say, month)
    }

    /// A period: `1. halvår 2014`, `september 2014`.
    pub fn period(self, period: Period) -> String {
        // A year is no number of things, and is not parted into thousands.
        let year = format!("{:04}", period.year());
        let (number, periods) = (period.number(), &self.say.period);
        match period.payment() {
            Payment::Yearly => periods.year(&year),
            Payment::HalfYearly => periods.half_year(number, &year),
            Payment::Quarterly => periods.quarter(number, &year),
            Payment::Monthly => periods.month(self.month(number), &year),
        }
    }
}

pub(super) fn role(say: &Catalogue, role: Role) -> &str {
    match role {
        Role::Mayor => say.role.mayor(),
        Role::DeputyMayor => say.role.deputy_mayor(),
        Role::ActingMayor => say.role.acting_mayor(),
        Role::Leader => say.role.leader(),
        Role::DeputyLeader => say.role.deputy_leader(),
        Role::Member => say.role.member(),
        Role::Substitute => say.role.substitute(),
        Role::GroupLeader => say.role.group_leader(),
        Role::ActingLeader => say.role.acting_leader(),
    }
}

pub(super) fn class(say: &Catalogue, class: Class) -> &str {
    match class {
        Class::Council => say.class.council(),
        Class::Executive => say.class.executive(),
        Class::Planning => say.class.planning(),
        Class::Standing => say.class.standing(),
        Class::Other => say.class.other(),
        Class::NoFee => say.class.no_fee(),
    }
}

pub(super) fn group_payment(say: &Catalogue, kind: GroupPaymentKind) -> &str {
    match kind {
        GroupPaymentKind::BuyOut => say.group_payment.buy_out(),
        GroupPaymentKind::Fees => say.group_payment.fees(),
        GroupPaymentKind::Other => say.group_payment.other(),
    }
}

pub(super) fn month(say: &Catalogue, month: u32) -> &str {
    let months = &say.month;
    match month {
        1 => months.january(),
        2 => months.february(),
        3 => months.march(),
        4 => months.april(),
        5 => months.may(),
        6 => months.june(),
        7 => months.july(),
        8 => months.august(),
        9 => months.september(),
        10 => months.october(),
        11 => months.november(),
        12 => months.december(),
        _ => "",
    }
}
