//! The payout of a basis for a period: every rule on every person, in parallel.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::basis::{Basis, PersonIx};
use crate::calendar::Period;
use crate::draft::Draft;
use crate::ledger::{Coverage, corrections};
use crate::line::{Kind, PayLine, TaxParts, sort_lines};
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{Item, ItemId, Provenance, Regulation, Trail};
use crate::rules;
use crate::shortfall::Shortfall;

/// The result of a run: lines to persons, payables to others, and what is paid elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Payout {
    /// The pay lines, in order.
    pub lines: Vec<PayLine>,
    /// What goes to somebody other than the person, in the same order.
    pub payables: Vec<PayLine>,
    /// What the regulation gives for claims that are registered in another system, in the same order:
    /// payroll has them from there, and they are in no sum and no file that pays.
    pub registered: Vec<PayLine>,
}

/// The lines of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindTotal {
    /// The kind.
    pub kind: Kind,
    /// Whether others than the persons are paid: a supplier or an employer.
    pub to_others: bool,
    /// How many lines.
    pub lines: usize,
    /// How many people have them.
    pub people: usize,
    /// Their sum.
    pub sum: Money,
    /// What of it is free of tax and what is taxed, where that is known of a line.
    pub tax: Option<TaxParts>,
}

/// An assumed item that lies behind lines.
#[derive(Debug, Clone, Copy)]
pub struct Assumption<'r> {
    /// The item.
    pub item: &'r Item,
    /// How many lines and payables, and claims registered elsewhere, rest on it.
    pub lines: usize,
}

impl Payout {
    fn add(&mut self, other: Self) {
        self.lines.extend(other.lines);
        self.payables.extend(other.payables);
        self.registered.extend(other.registered);
    }

    /// Puts lines of several periods in order.
    fn sort(&mut self, basis: &Basis) {
        for lines in [&mut self.lines, &mut self.payables, &mut self.registered] {
            sort_lines(basis, lines);
            lines.sort_by_key(|line| line.person);
        }
    }

    /// The sum of the pay lines, payables left out.
    pub fn control_total(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// Pay lines and payables.
    pub fn all(&self) -> impl Iterator<Item = &PayLine> {
        self.lines.iter().chain(&self.payables)
    }

    /// The totals of the kinds that occur, of what goes to the persons and of payables each; payables' kinds
    /// last.
    pub fn totals_by_kind(&self) -> Vec<KindTotal> {
        let of_persons = self.lines.iter().map(|line| (line, false));
        let mut totals: BTreeMap<(Kind, bool), (KindTotal, Option<PersonIx>)> = BTreeMap::new();
        for (line, to_others) in of_persons.chain(self.payables.iter().map(|line| (line, true))) {
            let kind = line.listed_as();
            let none = KindTotal { kind, to_others, lines: 0, people: 0, sum: Money::ZERO, tax: None };
            let (total, last) = totals.entry((kind, to_others)).or_insert((none, None));
            total.lines += 1;
            // A person's lines stand together.
            total.people += usize::from(last.replace(line.person) != Some(line.person));
            total.sum += line.amount;
            total.tax = match (total.tax, line.tax) {
                (Some(all), Some(tax)) => Some(TaxParts {
                    tax_free: all.tax_free + tax.tax_free,
                    taxable: all.taxable + tax.taxable,
                }),
                (all, tax) => all.or(tax),
            };
        }
        totals.into_values().map(|(total, _)| total).collect()
    }

    /// Everything assumed that lies behind a line, paid here or registered elsewhere, in the order of the
    /// regulation's file; what stands at several points, as a parameter may, once.
    pub fn assumptions<'r>(&self, regulation: &'r Regulation) -> Vec<Assumption<'r>> {
        let mut by_name: Vec<(&Item, Vec<ItemId>)> = Vec::new();
        for (id, item) in regulation.items.iter().filter(|(_, item)| item.provenance == Provenance::Assumed) {
            match by_name.iter_mut().find(|(known, _)| known.name == item.name) {
                Some((_, ids)) => ids.push(id),
                None => by_name.push((item, vec![id])),
            }
        }
        let mut trails: BTreeMap<&Trail, usize> = BTreeMap::new();
        for line in self.all().chain(&self.registered) {
            *trails.entry(&line.trail).or_default() += 1;
        }
        let mut assumptions: Vec<Assumption<'r>> =
            by_name.iter().map(|(item, _)| Assumption { item, lines: 0 }).collect();
        for (trail, lines) in trails {
            for (assumption, (_, ids)) in assumptions.iter_mut().zip(&by_name) {
                if ids.iter().any(|id| trail.contains(*id)) {
                    assumption.lines += lines;
                }
            }
        }
        assumptions.retain(|assumption| assumption.lines > 0);
        assumptions
    }
}

/// What a run for a period pays: what the basis gives by the regulation in it, and the corrections of what closed
/// runs paid for it and for other periods of its year that the basis covers. Or everything that is missing.
pub fn compute(basis: &Basis, regulation: &Regulation, period: Period) -> Result<Payout, Vec<Shortfall>> {
    let ledger = basis.ledger();
    if ledger.is_empty() {
        return of_period(basis, regulation, period);
    }
    let (mut payout, mut shortfalls) = (Payout::default(), BTreeSet::new());
    let mut take = |part: Result<Payout, Vec<Shortfall>>| match part {
        Ok(part) => payout.add(part),
        Err(missing) => shortfalls.extend(missing),
    };
    if !ledger.is_closed(period) {
        take(of_period(basis, regulation, period));
    }
    for (closed, coverage) in ledger.coverage(basis, regulation, period.year()) {
        if coverage == Coverage::SettledAgain {
            let now = of_period(basis, regulation, closed);
            take(now.and_then(|now| corrections(basis, closed, now)));
        }
    }
    payout.sort(basis);
    if shortfalls.is_empty() { Ok(payout) } else { Err(shortfalls.into_iter().collect()) }
}

/// What a basis gives by a regulation in a period, whatever has been paid; or everything that is missing.
pub fn of_period(basis: &Basis, regulation: &Regulation, period: Period) -> Result<Payout, Vec<Shortfall>> {
    let persons: Vec<PersonIx> = basis.register().persons().map(|(person, _)| person).collect();
    let drafts: Vec<Draft<'_>> =
        persons.par_iter().with_min_len(8).map(|person| draft(basis, regulation, period, *person)).collect();
    let shortfalls: BTreeSet<Shortfall> =
        drafts.iter().flat_map(|draft| draft.shortfalls.iter().cloned()).collect();
    if !shortfalls.is_empty() {
        return Err(shortfalls.into_iter().collect());
    }
    let mut payout = Payout::default();
    for line in drafts.into_iter().flat_map(|draft| draft.lines) {
        if line.origin.registered(basis).is_some() {
            payout.registered.push(line);
        } else if line.is_payable() {
            payout.payables.push(line);
        } else {
            payout.lines.push(line);
        }
    }
    Ok(payout)
}

fn draft<'a>(basis: &'a Basis, regulation: &'a Regulation, period: Period, person: PersonIx) -> Draft<'a> {
    let year = PersonYear::new(basis, regulation, period, person);
    let mut draft = Draft::new(year);
    rules::fixed_fee::pay(&mut draft);
    rules::absence_reduction::take_away(&mut draft);
    if year.pays_meetings_and_claims() {
        rules::meeting_fee::pay(&mut draft);
        rules::covered::pay(&mut draft);
        rules::travel::pay(&mut draft);
        rules::subsistence::pay(&mut draft);
        rules::documented_cost::pay(&mut draft);
        rules::after_pay::pay(&mut draft);
        rules::group_payment::pay(&mut draft);
    }
    sort_lines(basis, &mut draft.lines);
    draft
}
