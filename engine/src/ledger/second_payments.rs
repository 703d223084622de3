//! What may be a second payment of something that a closed run has paid.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::Identity;
use super::{Posting, PostingIx};
use crate::basis::Basis;
use crate::calendar::Period;
use crate::line::PayLine;
use crate::payout::Payout;

/// Why a line may be a second payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Both are on one bill.
    SameBill,
    /// Both are of one kind, for one meeting or day.
    SameThing,
    /// Both are a fee of one office, for periods that share days.
    SameDaysOfOffice,
}

/// A line that may pay what a closed run has paid.
#[derive(Debug, Clone, Copy)]
pub struct SecondPayment<'p> {
    /// The line.
    pub line: &'p PayLine,
    /// What was paid.
    pub paid: PostingIx,
    /// Why.
    pub reason: Reason,
}

/// The lines of a payout that may pay what a closed run has paid and no correction takes back, each with the
/// first such posting.
pub fn second_payments<'p>(basis: &Basis, payout: &'p Payout, period: Period) -> Vec<SecondPayment<'p>> {
    let ledger = basis.ledger();
    if ledger.is_empty() {
        return Vec::new();
    }
    let taken_back: BTreeSet<PostingIx> = payout.all().filter_map(PayLine::corrects).collect();
    let standing =
        ledger.standing().filter(|(ix, posting)| !posting.amount.is_zero() && !taken_back.contains(ix));
    let mut by_identity: BTreeMap<&Identity, Vec<(PostingIx, &Posting)>> = BTreeMap::new();
    let mut by_document: BTreeMap<&str, Vec<(PostingIx, &Posting)>> = BTreeMap::new();
    for (ix, posting) in standing {
        by_identity.entry(&posting.identity).or_default().push((ix, posting));
        if posting.identity.has_bill() {
            by_document.entry(&posting.identity.document).or_default().push((ix, posting));
        }
    }
    let of_line = |line: &'p PayLine| {
        let identity = Identity::of(line, basis);
        let earned = line.earned_in(period);
        let on_same_bill = by_document.get(&*identity.document).into_iter().flatten();
        let bill = on_same_bill
            .map(|(ix, posting)| (*ix, posting))
            .find(|(_, posting)| identity.is_same_bill(&posting.identity));
        let alike = by_identity.get(&identity).into_iter().flatten();
        // What stands in place of another line is no further payment beside those that are alike.
        let same = alike.filter(|_| line.corrects().is_none()).find_map(|(ix, posting)| {
            let shares_days = posting.earned.first_day() <= earned.last_day()
                && earned.first_day() <= posting.earned.last_day();
            match identity.day {
                Some(_) => Some((*ix, Reason::SameThing)),
                None => (shares_days && posting.earned != earned).then_some((*ix, Reason::SameDaysOfOffice)),
            }
        });
        let found = bill.map(|(ix, _)| (ix, Reason::SameBill)).or(same)?;
        Some(SecondPayment { line, paid: found.0, reason: found.1 })
    };
    // A line in place of another is for the same bill.
    let stands_for_payment = |line: &PayLine| {
        line.corrects()
            .map(|posting| ledger.posting(posting))
            .is_some_and(|posting| !posting.amount.is_zero() && posting.identity == Identity::of(line, basis))
    };
    let pays = |line: &&PayLine| !line.amount.is_zero() && !line.is_reversal() && !stands_for_payment(line);
    payout.all().filter(pays).filter_map(of_line).collect()
}
