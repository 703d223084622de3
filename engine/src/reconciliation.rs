//! What is registered in another system, held against what the regulation gives, person by person.

use crate::basis::{Basis, Claim, PersonIx, Registered};
use crate::line::PayLine;
use crate::money::Money;
use crate::natural::natural_order;
use crate::payout::Payout;

/// A claim that is registered in another system, and the line that the regulation gives for it.
#[derive(Debug, Clone, Copy)]
pub struct Reconciled<'p> {
    /// The claim.
    pub claim: &'p Claim,
    /// What the other system has of it.
    pub registered: &'p Registered,
    /// What the regulation gives, and why; it is not paid, for payroll has the claim already.
    pub line: &'p PayLine,
}

/// The claims of one person, in the order of their days and ids.
#[derive(Debug, Clone)]
pub struct ReconciledPerson<'p> {
    /// Whose.
    pub person: PersonIx,
    /// The claims.
    pub claims: Vec<Reconciled<'p>>,
}

/// What some claims come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReconciledSums {
    /// How many claims.
    pub claims: usize,
    /// How many of them the regulation gives more or less for than is registered.
    pub differing: usize,
    /// What is registered.
    pub claimed: Money,
    /// What the regulation gives.
    pub granted: Money,
}

impl ReconciledSums {
    /// What the other system has too much; below zero where it has too little.
    pub fn difference(&self) -> Money {
        self.claimed - self.granted
    }

    /// These sums and others together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            claims: self.claims + other.claims,
            differing: self.differing + other.differing,
            claimed: self.claimed + other.claimed,
            granted: self.granted + other.granted,
        }
    }
}

impl Reconciled<'_> {
    /// What the other system has too much; below zero where it has too little.
    pub fn difference(&self) -> Money {
        self.registered.amount - self.line.amount
    }

    fn sums(&self) -> ReconciledSums {
        ReconciledSums {
            claims: 1,
            differing: usize::from(!self.difference().is_zero()),
            claimed: self.registered.amount,
            granted: self.line.amount,
        }
    }
}

impl ReconciledPerson<'_> {
    /// What the person's claims come to. A difference up and one down do not cancel each other in
    /// `differing`.
    pub fn sums(&self) -> ReconciledSums {
        self.claims.iter().map(Reconciled::sums).fold(ReconciledSums::default(), ReconciledSums::and)
    }
}

/// The claims of a payout that are registered in another system, by person in the order of their ids.
pub fn reconcile<'p>(basis: &'p Basis, payout: &'p Payout) -> Vec<ReconciledPerson<'p>> {
    let by_person = payout.registered.chunk_by(|a, b| a.person == b.person);
    let of_person = |lines: &'p [PayLine]| {
        let mut claims: Vec<Reconciled<'p>> = lines.iter().filter_map(|line| of_line(basis, line)).collect();
        claims.sort_by(|a, b| {
            a.claim.date.cmp(&b.claim.date).then_with(|| natural_order(&a.claim.id, &b.claim.id))
        });
        let person = claims.first().map(|first| first.claim.person)?;
        Some(ReconciledPerson { person, claims })
    };
    by_person.filter_map(of_person).collect()
}

/// What the claims of all people come to.
pub fn sums_of_all(people: &[ReconciledPerson<'_>]) -> ReconciledSums {
    people.iter().map(ReconciledPerson::sums).fold(ReconciledSums::default(), ReconciledSums::and)
}

fn of_line<'p>(basis: &'p Basis, line: &'p PayLine) -> Option<Reconciled<'p>> {
    let (claim, registered) = line.origin.registered(basis)?;
    Some(Reconciled { claim, registered, line })
}
