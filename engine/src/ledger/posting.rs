//! What a closed run paid, line by line, as the archive keeps it.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::identity::Identity;
use super::pairs::{asked, particulars, start_minute};
use super::settled::{Settled, place_of};
use crate::basis::{Basis, Row};
use crate::calendar::Period;
use crate::line::{PayLine, TaxParts, Units};
use crate::money::Money;
use crate::payout::Payout;
use crate::regulation::Regulation;

/// Which list of a run a line stands in; each is numbered from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// The pay lines.
    Pay,
    /// What goes to others.
    Payables,
    /// What is registered in another system, which paid it.
    Registered,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Pay, Self::Payables, Self::Registered];

    /// The list's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Payables => "payables",
            Self::Registered => "registered",
        }
    }
}

/// The number of a posting: that of its closed run, its list, and its line there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostingNumber {
    /// The closed run's number in the archive.
    pub run: u32,
    /// The list.
    pub list: List,
    /// The line's number in its list.
    pub line: u32,
}

/// `1/17`: line 17 of closed run 1, in the list where the number is read.
impl fmt::Display for PostingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.run, self.line)
    }
}

impl PostingNumber {
    /// Reads `1/17` in a list.
    pub fn parse(list: List, text: &str) -> Option<Self> {
        let (run, line) = text.split_once('/')?;
        let number = |text: &str| u32::from_str(text).ok().filter(|number| *number > 0);
        Some(Self { run: number(run)?, list, line: number(line)? })
    }
}

/// A line of a closed run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Its number.
    pub number: PostingNumber,
    /// What it is paid for.
    pub identity: Identity,
    /// The period in which it was earned.
    pub earned: Period,
    /// The day it belongs to.
    pub date: chrono::NaiveDate,
    /// The meeting's id as it was then; empty where there is none.
    pub meeting_id: Box<str>,
    /// The claim's or journey's id as it was then; empty where there is none.
    pub claim_id: Box<str>,
    /// When the meeting or journey started, in minutes after midnight.
    pub start_minute: Option<u32>,
    /// The kroner, kilometres, hours or months that were claimed.
    pub asked: Option<Decimal>,
    /// What else the claim said that may decide what it gives.
    pub particulars: Box<str>,
    /// So many at a rate, where that gave the amount exactly.
    pub units: Option<Units>,
    /// What was paid.
    pub amount: Money,
    /// How much of it was free of tax, where that was known.
    pub tax: Option<TaxParts>,
    /// The point of the regulation that decided, as the line cited it.
    pub cite: Box<str>,
    /// Who was paid instead of the person; empty where the person was.
    pub payee: Box<str>,
    /// The account of whoever was paid instead of the person.
    pub account: Box<str>,
    /// Its place among the claims that share a cap; nothing for what no claim asked for.
    pub settled: Option<Settled>,
    /// The posting that it reverses or replaces.
    pub corrects: Option<PostingNumber>,
    /// Whether it reverses, and pays nothing itself.
    pub is_reversal: bool,
    /// Where it was read.
    pub row: Row,
}

/// The postings of a payout, once it is closed under a number.
pub fn postings(
    payout: &Payout,
    basis: &Basis,
    regulation: &Regulation,
    period: Period,
    number: u32,
) -> Vec<Posting> {
    let lists = [
        (List::Pay, &payout.lines),
        (List::Payables, &payout.payables),
        (List::Registered, &payout.registered),
    ];
    let of_list = |(list, lines): (List, &Vec<PayLine>)| -> Vec<Posting> {
        (1..)
            .zip(lines)
            .map(|(line, paid)| {
                posting(paid, (basis, regulation), period, PostingNumber { run: number, list, line })
            })
            .collect()
    };
    lists.into_iter().flat_map(of_list).collect()
}

fn posting(
    line: &PayLine,
    (basis, regulation): (&Basis, &Regulation),
    period: Period,
    number: PostingNumber,
) -> Posting {
    let ledger = basis.ledger();
    let corrected = line.corrects().map(|posting| ledger.posting(posting));
    let (payee, account) = line.payee(basis);
    Posting {
        number,
        identity: Identity::of(line, basis),
        earned: line.earned_in(period),
        date: line.date,
        meeting_id: line.meeting_id(basis).into(),
        claim_id: line.origin.claim_id(basis).into(),
        start_minute: start_minute(line, basis),
        asked: asked(line.origin, basis),
        particulars: particulars(line.origin, basis),
        units: line.units,
        amount: line.amount,
        tax: line.tax,
        cite: line.cite(basis, regulation).into(),
        payee: payee.into(),
        account: account.into(),
        settled: corrected
            .and_then(|corrected| corrected.settled)
            .or_else(|| place_of(line.origin, basis, number.run)),
        corrects: corrected.map(|corrected| corrected.number),
        is_reversal: line.is_reversal(),
        row: 0,
    }
}
