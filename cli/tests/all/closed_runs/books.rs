//! An archive in memory: the closed runs of a municipality, and what they paid as an archive's tables have it.

use honorar_engine::ledger::{ClosedRun, Posting, PostingNumber, postings};
use honorar_engine::{Basis, Ledger, Money, Period};
use honorar_intake::ledger_tables::{postings_text, read_postings};
use honorar_intake::{LedgerTexts, Paid, Reading, Source, pay, read_source};

/// The closed runs so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Books {
    closed: Vec<ClosedRun>,
    /// Every posting of every run, those too that stand no more.
    pub(super) postings: Vec<Posting>,
}

impl Books {
    /// What has been paid.
    pub(super) fn ledger(&self) -> Ledger {
        Ledger::new(self.closed.clone(), self.postings.clone())
    }

    /// The closed runs, in their order.
    pub(super) fn closed(&self) -> &[ClosedRun] {
        &self.closed
    }

    /// What a run of a year is told of them. It says the same once it has been read.
    pub(super) fn texts(&self, year: i32) -> LedgerTexts {
        let texts = LedgerTexts::of(&self.ledger().for_year(year));
        assert_eq!(LedgerTexts::of(&texts.read().expect("as it was written")), texts);
        texts
    }

    /// A basis paid for a period, held against what is closed.
    pub(super) fn pay(&self, source: Source, period: Period) -> Paid {
        pay(read_source(source.with_ledger(self.texts(period.year()))), period)
    }

    /// The same of a basis that was read before, without what is closed: nothing is read again.
    pub(super) fn pay_again(&self, mut reading: Reading, basis: &Basis, period: Period) -> Paid {
        let texts = self.texts(period.year());
        let ledger = texts.read().expect("as it was written");
        let content = reading.content.as_mut().expect("a basis without errors");
        content.basis = basis.clone().with_ledger(ledger, &content.regulation);
        pay(Reading { ledger: Some(texts), problems: Vec::new(), ..reading }, period)
    }

    /// Closes what was paid for a period, and gives the run's number.
    pub(super) fn close(&mut self, paid: &Paid, period: Period) -> u32 {
        let number = self.next_number();
        let new = postings_of(paid, period, number);
        let text = postings_text(new.iter());
        let read = read_postings(&text).expect("as it was written");
        assert_eq!(postings_text(read.iter()), text);
        self.postings.extend(read);
        self.closed.push(ClosedRun { number, period, is_kept: true });
        number
    }

    /// The number of the run that is closed next.
    pub(super) fn next_number(&self) -> u32 {
        self.closed.last().map_or(1, |run| run.number + 1)
    }

    /// The posting of a number.
    pub(super) fn posting(&self, number: PostingNumber) -> Option<&Posting> {
        self.postings.iter().find(|posting| posting.number == number)
    }

    /// Everything posted for a period, reversals too.
    pub(super) fn sum_earned_in(&self, period: Period) -> Money {
        self.postings.iter().filter(|posting| posting.earned == period).map(|posting| posting.amount).sum()
    }
}

/// What a run would post under a number.
pub(super) fn postings_of(paid: &Paid, period: Period, number: u32) -> Vec<Posting> {
    let (content, payout) = paid.result().unwrap_or_else(|| panic!("{:#?}", paid.reading.problems));
    postings(payout, &content.basis, &content.regulation, period, number)
}
