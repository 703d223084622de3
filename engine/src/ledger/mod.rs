//! The ledger: what has been paid by closed runs, and which of it may still be corrected.
//!
//! What is closed is never changed. A correction is a posting that reverses an earlier one in full, and another
//! that posts what should have been (bokføringsloven §§ 8 and 9).

mod corrections;
mod coverage;
mod identity;
mod pairs;
mod posting;
mod second_payments;
mod settled;

pub(crate) use self::corrections::corrections;
pub use self::coverage::Coverage;
pub use self::identity::Identity;
pub use self::posting::{List, Posting, PostingNumber, postings};
pub use self::second_payments::{Reason, SecondPayment, second_payments};
pub use self::settled::Settled;
pub(crate) use self::settled::{Counts, closed_first, order_of_claims, settle_rows};
use crate::calendar::Period;

/// A posting of a ledger. Indices are in the order in which postings were closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostingIx(u32);

/// A run that is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedRun {
    /// Its number in the archive.
    pub number: u32,
    /// What it paid for.
    pub period: Period,
    /// Whether the archive still has what it paid; otherwise nothing of its period can be corrected.
    pub is_kept: bool,
}

/// What has been paid by closed runs: their postings that stand, and which periods are closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    closed: Vec<ClosedRun>,
    standing: Vec<Posting>,
}

impl Ledger {
    /// The ledger of closed runs and of postings; those that were reversed or replaced stand no more.
    pub fn new(mut closed: Vec<ClosedRun>, postings: Vec<Posting>) -> Self {
        closed.sort_by_key(|run| run.number);
        let corrected: std::collections::BTreeSet<PostingNumber> =
            postings.iter().filter_map(|posting| posting.corrects).collect();
        let mut standing = postings;
        standing.retain(|posting| !posting.is_reversal && !corrected.contains(&posting.number));
        standing.sort_by_key(|posting| posting.number);
        Self { closed, standing }
    }

    /// The part of the ledger that a run of a year needs: the closed periods of the year and what was paid for
    /// them, and bills of any year, which are used once.
    #[must_use]
    pub fn for_year(&self, year: i32) -> Self {
        let closed = self.closed.iter().filter(|run| run.period.year() == year).copied().collect();
        let is_needed = |posting: &&Posting| posting.earned.year() == year || posting.identity.has_bill();
        Self { closed, standing: self.standing.iter().filter(is_needed).cloned().collect() }
    }

    /// Whether no run is closed.
    pub fn is_empty(&self) -> bool {
        self.closed.is_empty() && self.standing.is_empty()
    }

    /// The closed runs, in the order of their numbers.
    pub fn closed(&self) -> &[ClosedRun] {
        &self.closed
    }

    /// The number of the last closed run; 0 where none is.
    pub fn last_number(&self) -> u32 {
        self.closed.last().map_or(0, |run| run.number)
    }

    /// Whether a run for the period is closed.
    pub fn is_closed(&self, period: Period) -> bool {
        self.closed.iter().any(|run| run.period == period)
    }

    /// The postings that stand, in the order in which they were closed.
    pub fn standing(&self) -> impl Iterator<Item = (PostingIx, &Posting)> {
        (0..).map(PostingIx).zip(&self.standing)
    }

    /// A posting.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this ledger only")]
    pub fn posting(&self, posting: PostingIx) -> &Posting {
        &self.standing[posting.0 as usize]
    }
}
