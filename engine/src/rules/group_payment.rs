//! Payments to a person on a party group's behalf: bought-out time (frikjøp), and fees.

use crate::basis::{GroupPayment, GroupPaymentIx, GroupPaymentKind};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::person_year::PersonYear;
use crate::regulation::{GroupSupport, PaymentsOnBehalf, Trail};
use crate::shortfall::Shortfall;
use crate::why::Why;

/// One line for each payment in the period, where the regulation has group support.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let Some(support) = &year.regulation.group_support else { return };
    for (payment_ix, payment) in year.rows.group_payments() {
        if year.period.contains(payment.date)
            && let Some(kind) = kind_of(payment.kind)
        {
            draft.take(line(&year, support, payment_ix, payment, kind));
        }
    }
}

/// What a payment to a person is paid as; anything else goes to a supplier.
fn kind_of(kind: GroupPaymentKind) -> Option<Kind> {
    match kind {
        GroupPaymentKind::BuyOut => Some(Kind::FixedFee),
        GroupPaymentKind::Fees => Some(Kind::MeetingFee),
        GroupPaymentKind::Other => None,
    }
}

fn line(
    year: &PersonYear<'_>,
    support: &GroupSupport,
    payment_ix: GroupPaymentIx,
    payment: &GroupPayment,
    kind: Kind,
) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    let PaymentsOnBehalf::DeductedFromNextTransfer =
        trail.read_on(&support.payments_on_behalf, payment.date)?;
    Ok(PayLine {
        person: year.person,
        kind,
        body: None,
        meeting: None,
        origin: Origin::GroupPayment(payment_ix),
        date: payment.date,
        units: None,
        amount: payment.amount,
        cite: Some(support.payments_on_behalf.on(payment.date).item()),
        why: Box::new(Why::GroupPayment(payment.kind)),
        trail,
        to_supplier: false,
        tax: None,
        correction: None,
    })
}
