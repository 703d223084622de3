//! Corrections: what should have been, less what was paid, as reversals in full and new lines.

use super::identity::Identity;
use super::pairs::{OneOf, pairs};
use super::{List, Posting, PostingIx};
use crate::basis::{Basis, PersonIx};
use crate::calendar::Period;
use crate::line::{Correction, Origin, PayLine, TaxParts, Units};
use crate::payout::Payout;
use crate::regulation::Trail;
use crate::shortfall::Shortfall;
use crate::why::Why;

/// The lines by which what was paid for a closed period becomes what should have been paid: for each line that
/// differs a reversal and a new line, and for each that has none a reversal, or a new line.
///
/// Their sum is what the period gives now less what was paid for it. A line with the same amount as before
/// stands, whatever its explanation. What another system has registered since is among what is registered.
///
/// Errors: somebody was paid who is not in the basis, and cannot be corrected.
pub(crate) fn corrections(basis: &Basis, earned: Period, now: Payout) -> Result<Payout, Vec<Shortfall>> {
    let registered = registered_late(basis, earned, &now.registered);
    let paid = basis.ledger().standing().filter(|(_, posting)| posting.earned == earned);
    let (mut persons, mut missing) = (Vec::new(), Vec::new());
    for (ix, posting) in paid.filter(|(_, posting)| posting.number.list != List::Registered) {
        match basis.register().find_person(&posting.identity.person) {
            Some(person) => persons.push((ix, posting, person)),
            None => missing.push(Shortfall::PaidPersonNotInBasis { posting: ix }),
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let paid = persons.iter().map(|&(ix, posting, person)| OneOf::paid((ix, posting, person), posting));
    let lines: Vec<PayLine> = now.lines.into_iter().chain(now.payables).collect();
    let now = lines.iter().map(|line| OneOf::now(line, line, basis));
    let mut corrections = Payout { registered, ..Payout::default() };
    let mut take = |line: PayLine| {
        let list = if line.is_payable() { &mut corrections.payables } else { &mut corrections.lines };
        list.push(line);
    };
    for (paid, now) in pairs(paid.collect(), now.collect()) {
        let is_same = matches!((paid, now), (Some((_, posting, _)), Some(line))
            if (posting.amount, posting.tax) == (line.amount, line.tax)
                && posting.identity == Identity::of(line, basis));
        if is_same {
            continue;
        }
        if let Some((ix, posting, person)) = paid.filter(|(_, posting, _)| !posting.amount.is_zero()) {
            take(reversal(basis, ix, posting, person));
        }
        if let Some(line) = now {
            let corrects = paid.map(|(ix, ..)| ix);
            take(PayLine { correction: Some(Correction { earned, corrects }), ..line.clone() });
        }
    }
    Ok(corrections)
}

/// The claims that another system has and that no closed run knew: they are not paid here, but keep their place from
/// now on.
fn registered_late(basis: &Basis, earned: Period, now: &[PayLine]) -> Vec<PayLine> {
    let known = basis.ledger().standing().map(|(_, posting)| posting);
    let known = known.filter(|posting| posting.earned == earned && posting.number.list == List::Registered);
    let known = known.map(|posting| OneOf::paid((), posting)).collect();
    let now = now.iter().map(|line| OneOf::now(line, line, basis)).collect();
    let late = pairs(known, now).into_iter().filter(|(known, _)| known.is_none());
    let correction = Some(Correction { earned, corrects: None });
    late.filter_map(|(_, line)| Some(PayLine { correction, ..line?.clone() })).collect()
}

/// The line that takes back in full what was paid.
fn reversal(basis: &Basis, ix: PostingIx, posting: &Posting, person: PersonIx) -> PayLine {
    let Identity { kind, ref body, .. } = posting.identity;
    PayLine {
        person,
        kind,
        body: basis.register().find_body(body),
        meeting: None,
        origin: Origin::Posting(ix),
        date: posting.date,
        units: posting.units.map(|units| Units { quantity: -units.quantity, ..units }),
        amount: -posting.amount,
        cite: None,
        why: Box::new(Why::Reversal),
        trail: Trail::default(),
        to_supplier: posting.number.list == List::Payables && !kind.is_payable(),
        tax: posting.tax.map(|tax| TaxParts { tax_free: -tax.tax_free, taxable: -tax.taxable }),
        correction: Some(Correction { earned: posting.earned, corrects: Some(ix) }),
    }
}
