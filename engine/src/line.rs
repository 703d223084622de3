//! Pay lines: the result, each with its reason.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::basis::{
    AttendanceIx, Basis, BodyIx, Claim, ClaimIx, ClaimKind, GroupPaymentIx, MeetingIx, OfficeIx, PersonIx,
    Registered, Role, Row, TripIx,
};
use crate::calendar::Period;
use crate::ledger::PostingIx;
use crate::money::Money;
use crate::natural::natural_order;
use crate::regulation::{ItemId, Regulation, Trail};
use crate::why::Why;

/// What a line pays or takes away, in the order in which lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A yearly fee's instalment.
    FixedFee,
    /// The reduction of a fixed fee for absence.
    AbsenceReduction,
    /// A fee for one meeting.
    MeetingFee,
    /// Lost income without documentation.
    LostIncomeUndocumented,
    /// Lost income with documentation.
    LostIncomeDocumented,
    /// A stand-in.
    StandIn,
    /// Care of children or others.
    Care,
    /// Travel by own car.
    TravelCar,
    /// A passenger in the car.
    TravelPassenger,
    /// Other travel.
    TravelOther,
    /// Subsistence on a journey.
    Subsistence,
    /// After-pay.
    AfterPay,
    /// A correction of an earlier line.
    Correction,
    /// The employer's refund: a payable.
    EmployerRefund,
    /// A companion's cost: a payable.
    Companion,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Self; 15] = [
        Self::FixedFee,
        Self::AbsenceReduction,
        Self::MeetingFee,
        Self::LostIncomeUndocumented,
        Self::LostIncomeDocumented,
        Self::StandIn,
        Self::Care,
        Self::TravelCar,
        Self::TravelPassenger,
        Self::TravelOther,
        Self::Subsistence,
        Self::AfterPay,
        Self::Correction,
        Self::EmployerRefund,
        Self::Companion,
    ];

    /// The kind's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::FixedFee => "fixed_fee",
            Self::AbsenceReduction => "absence_reduction",
            Self::MeetingFee => "meeting_fee",
            Self::LostIncomeUndocumented => "lost_income_undocumented",
            Self::LostIncomeDocumented => "lost_income_documented",
            Self::StandIn => "stand_in",
            Self::Care => "care",
            Self::TravelCar => "travel_car",
            Self::TravelPassenger => "travel_passenger",
            Self::TravelOther => "travel_other",
            Self::Subsistence => "subsistence",
            Self::AfterPay => "after_pay",
            Self::Correction => "correction",
            Self::EmployerRefund => "employer_refund",
            Self::Companion => "companion",
        }
    }

    /// Whether somebody other than the person is paid.
    pub fn is_payable(self) -> bool {
        matches!(self, Self::EmployerRefund | Self::Companion)
    }
}

impl From<ClaimKind> for Kind {
    fn from(kind: ClaimKind) -> Self {
        match kind {
            ClaimKind::LostIncomeUndocumented => Self::LostIncomeUndocumented,
            ClaimKind::LostIncomeDocumented => Self::LostIncomeDocumented,
            ClaimKind::StandIn => Self::StandIn,
            ClaimKind::Care | ClaimKind::CareTransport => Self::Care,
            ClaimKind::Companion => Self::Companion,
            ClaimKind::TravelCar => Self::TravelCar,
            ClaimKind::TravelPassenger => Self::TravelPassenger,
            ClaimKind::TravelOther => Self::TravelOther,
            ClaimKind::EmployerRefund => Self::EmployerRefund,
            ClaimKind::AfterPay => Self::AfterPay,
            ClaimKind::MeetingFee => Self::MeetingFee,
        }
    }
}

/// What a line follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An office: its first interval, and how many it has.
    Office(OfficeIx, usize),
    /// A row of attendance.
    Attendance(AttendanceIx),
    /// A claim.
    Claim(ClaimIx),
    /// A journey.
    Trip(TripIx),
    /// A payment on a party group's behalf.
    GroupPayment(GroupPaymentIx),
    /// A posting of a closed run, which is taken back.
    Posting(PostingIx),
}

impl Origin {
    /// The table and the rows that a line follows from.
    pub fn rows(self, basis: &Basis) -> (&'static str, Vec<Row>) {
        match self {
            Self::Office(first, count) => {
                ("offices", basis.intervals(first, count).iter().map(|office| office.row).collect())
            }
            Self::Attendance(attendance) => ("attendance", vec![basis.attendance(attendance).row]),
            Self::Claim(claim) => {
                let claim = basis.claim(claim);
                let table = if claim.registered.is_some() { "visma_expense" } else { "claims" };
                (table, vec![claim.row])
            }
            Self::Trip(trip) => ("trips", vec![basis.trip(trip).row]),
            Self::GroupPayment(payment) => ("group_payments", vec![basis.group_payment(payment).row]),
            Self::Posting(posting) => ("postings", vec![basis.ledger().posting(posting).row]),
        }
    }

    /// The id of the claim, or of the journey that is claimed; empty for other lines.
    pub fn claim_id(self, basis: &Basis) -> &str {
        match self {
            Self::Claim(claim) => &basis.claim(claim).id,
            Self::Trip(trip) => &basis.trip(trip).id,
            Self::Posting(posting) => &basis.ledger().posting(posting).claim_id,
            Self::Office(..) | Self::Attendance(_) | Self::GroupPayment(_) => "",
        }
    }

    /// The claim and what another system has of it, where it is registered there.
    pub fn registered(self, basis: &Basis) -> Option<(&Claim, &Registered)> {
        let Self::Claim(claim) = self else { return None };
        let claim = basis.claim(claim);
        Some((claim, claim.registered.as_deref()?))
    }
}

/// So many of something at a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    /// How many.
    pub quantity: Decimal,
    /// Kroner for each.
    pub rate: Money,
}

impl Units {
    /// The units, where quantity × rate is the amount exactly.
    pub fn exactly(quantity: Decimal, rate: Money, amount: Money) -> Option<Self> {
        let product = quantity.checked_mul(rate.decimal())?;
        (product == amount.decimal()).then_some(Self { quantity, rate })
    }
}

/// One line: what is paid, to whom, and why.
#[derive(Debug, Clone)]
pub struct PayLine {
    /// Whose line it is.
    pub person: PersonIx,
    /// What it pays.
    pub kind: Kind,
    /// In which body.
    pub body: Option<BodyIx>,
    /// For which meeting.
    pub meeting: Option<MeetingIx>,
    /// What it follows from.
    pub origin: Origin,
    /// The day it belongs to.
    pub date: NaiveDate,
    /// So many at a rate, where that gives the amount exactly.
    pub units: Option<Units>,
    /// What is paid; negative for a reduction.
    pub amount: Money,
    /// The item of the regulation that decided; nothing for a reversal, which cites what the reversed line did.
    pub cite: Option<ItemId>,
    /// The reason, as data; apart, since it is large and lines are moved while they are put in order.
    pub why: Box<Why>,
    /// Everything of the regulation that lies behind it.
    pub trail: Trail,
    /// Whether a supplier that the claim names is paid instead of the person.
    pub to_supplier: bool,
    /// How much of it is free of tax, where it is about travel and that is known.
    pub tax: Option<TaxParts>,
    /// What it corrects, where it is a correction of what a closed run paid.
    pub correction: Option<Correction>,
}

/// What a line corrects: it reverses a posting, stands in its place, or pays what a closed run left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The closed period in which it was earned.
    pub earned: Period,
    /// What is reversed or replaced; nothing for what was left out.
    pub corrects: Option<PostingIx>,
}

impl PayLine {
    /// The kind under which it is listed: a correction, whatever it pays.
    pub fn listed_as(&self) -> Kind {
        if self.correction.is_some() { Kind::Correction } else { self.kind }
    }

    /// The posting that it reverses or stands in place of.
    pub fn corrects(&self) -> Option<PostingIx> {
        self.correction?.corrects
    }

    /// Whether it takes back what a closed run paid, and pays nothing itself.
    pub fn is_reversal(&self) -> bool {
        matches!(self.origin, Origin::Posting(_))
    }

    /// The period in which it was earned, in a run for a period.
    pub fn earned_in(&self, period: Period) -> Period {
        self.correction.map_or(period, |correction| correction.earned)
    }

    /// Who is paid instead of the person, and the account; empty where the person is.
    pub fn payee<'b>(&self, basis: &'b Basis) -> (&'b str, &'b str) {
        match self.origin {
            Origin::Claim(claim) => {
                let claim = basis.claim(claim);
                (&claim.supplier, &claim.supplier_account)
            }
            Origin::Posting(posting) => {
                let posting = basis.ledger().posting(posting);
                (&posting.payee, &posting.account)
            }
            _ => ("", ""),
        }
    }

    /// The code of its body; empty where there is none.
    pub fn body_code<'b>(&self, basis: &'b Basis) -> &'b str {
        match self.origin {
            Origin::Posting(posting) => &basis.ledger().posting(posting).identity.body,
            _ => self.body.map_or("", |body| &basis.register().body(body).code),
        }
    }

    /// The id of its meeting; empty where there is none.
    pub fn meeting_id<'b>(&self, basis: &'b Basis) -> &'b str {
        match self.origin {
            Origin::Posting(posting) => &basis.ledger().posting(posting).meeting_id,
            _ => self.meeting.map_or("", |meeting| &basis.register().meeting(meeting).id),
        }
    }

    /// The point of the regulation that decided: `aurland 3.6`.
    pub fn cite(&self, basis: &Basis, regulation: &Regulation) -> String {
        match (self.cite, self.origin) {
            (Some(item), _) => regulation.items.cite(item),
            (None, Origin::Posting(posting)) => basis.ledger().posting(posting).cite.to_string(),
            (None, _) => String::new(),
        }
    }

    /// The office that it is about.
    pub fn office(&self, basis: &Basis) -> Option<Role> {
        match self.origin {
            Origin::Office(first, count) => basis.intervals(first, count).first().map(|office| office.role),
            Origin::Posting(posting) => basis.ledger().posting(posting).identity.role,
            _ => None,
        }
    }

    /// Whether somebody other than the person is paid.
    pub fn is_payable(&self) -> bool {
        self.to_supplier || self.kind.is_payable()
    }
}

/// An amount in two parts that sum to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxParts {
    /// What is free of tax.
    pub tax_free: Money,
    /// What is taxed.
    pub taxable: Money,
}

impl TaxParts {
    /// An amount, of which some part is free of tax; nothing where there is no amount.
    pub fn of(amount: Money, tax_free: Money) -> Option<Self> {
        let tax_free = tax_free.min(amount).max(Money::ZERO);
        (!amount.is_zero()).then_some(Self { tax_free, taxable: amount - tax_free })
    }
}

/// What a line corrects, a reversal before what stands in its place.
fn corrected(line: &PayLine) -> (Option<PostingIx>, bool) {
    (line.corrects(), !line.is_reversal())
}

/// Where a line stands among those of its person.
struct Standing<'b> {
    day_kind_and_body: (NaiveDate, Kind, Kind, &'b str),
    meeting_id: &'b str,
    claim_id: &'b str,
}

impl<'b> Standing<'b> {
    /// What corrects another line stands where that did, whatever has become of its day and ids.
    fn of(line: &PayLine, basis: &'b Basis) -> Self {
        let (day, body, meeting_id, claim_id) = match line
            .corrects()
            .map(|posting| basis.ledger().posting(posting))
        {
            Some(posting) => {
                (posting.date, &*posting.identity.body, &*posting.meeting_id, &*posting.claim_id)
            }
            None => (line.date, line.body_code(basis), line.meeting_id(basis), line.origin.claim_id(basis)),
        };
        Self { day_kind_and_body: (day, line.listed_as(), line.kind, body), meeting_id, claim_id }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        (self.day_kind_and_body.cmp(&other.day_kind_and_body))
            .then_with(|| natural_order(self.meeting_id, other.meeting_id))
            .then_with(|| natural_order(self.claim_id, other.claim_id))
    }
}

/// Puts one person's lines in order: date, kind, body, meeting, claim, and office; a reversal before what stands in
/// its place.
pub(crate) fn sort_lines(basis: &Basis, lines: &mut [PayLine]) {
    lines.sort_by(|a, b| {
        (Standing::of(a, basis).cmp(&Standing::of(b, basis)))
            .then_with(|| corrected(a).cmp(&corrected(b)))
            .then_with(|| a.origin.cmp(&b.origin))
    });
}
