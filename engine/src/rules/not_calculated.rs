//! After-pay (point 1) and subsistence: shown as 0.00, because this version does not calculate them.

use super::claim_line;
use crate::basis::ClaimKind;
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;
use crate::regulation::{AfterPay, Subsistence, Trail};
use crate::why::{NotCalculatedWhy, Why};

/// One line of 0.00 for each claim of after-pay and each journey in the period.
pub(crate) fn show(draft: &mut Draft<'_>) {
    let year = draft.year;
    let claims = &year.regulation.claims;
    for (claim_ix, claim) in year.claims_of(&[ClaimKind::AfterPay]) {
        let mut trail = Trail::default();
        let AfterPay::NotCalculated = trail.read(&claims.after_pay);
        let cite = claims.after_pay.item();
        let why = Why::NotCalculated(NotCalculatedWhy { months: claim.quantity, amount: claim.amount });
        let line = claim_line::line(&year, claim_ix, claim, Money::ZERO, cite, why, trail);
        draft.take(Ok(line));
    }
    for (trip_ix, trip) in year.rows.trips() {
        if year.period.contains(trip.date) {
            let mut trail = Trail::default();
            let Subsistence::NotCalculated = trail.read(&claims.subsistence);
            draft.take(Ok(PayLine {
                person: year.person,
                kind: Kind::Subsistence,
                body: trip.meeting.map(|meeting| year.meeting(meeting).body),
                meeting: trip.meeting,
                origin: Origin::Trip(trip_ix),
                date: trip.date,
                units: None,
                amount: Money::ZERO,
                cite: claims.subsistence.item(),
                why: Why::NotCalculated(NotCalculatedWhy { months: None, amount: None }),
                trail,
            }));
        }
    }
}
