//! Thousands of generated histories: runs are closed, the basis changes, and later runs put right what was
//! paid. Nothing is lost and nothing is paid twice; a failure names its seed.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use fastrand::Rng;
use honorar_engine::ledger::{Coverage, List, Posting, PostingNumber, second_payments};
use honorar_engine::payout::of_period;
use honorar_engine::{Basis, Kind, Money, PayLine, Payout, Period, compute};
use honorar_exporters::{Run, files};
use honorar_intake::ledger_tables::postings_text;
use honorar_intake::{Content, Paid, Reading, read_source};
use honorar_problems::{Problem, Severity};
use honorar_rates::Language;
use honorar_recount::amounts;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::books::{Books, postings_of};
use super::changes::{Change, OF_FACTS, OF_NAMES_ONLY};
use super::workbook::Workbook;
use crate::pocket_calculator::check_sentence_in;
use crate::properties::periods;
use crate::tables::{oere, records};

const HISTORIES: u64 = 2_000;

/// In one of so many runs its files are looked at too.
const LOOKED_AT: u8 = 16;

/// What happened to a basis, and what was paid for it.
struct History {
    rng: Rng,
    workbook: Workbook,
    /// The workbook as it was read, and its basis without what is closed.
    reading: Reading,
    basis: Basis,
    periods: Vec<Period>,
    books: Books,
    /// What has happened, for whoever looks at a failure.
    story: Vec<String>,
    /// How many lines were corrections.
    corrections: usize,
    /// How many lines looked like second payments and were let through.
    let_through: usize,
}

#[test]
fn nothing_is_lost_and_nothing_is_paid_twice() {
    let histories: Vec<Result<History, String>> = (0..HISTORIES).into_par_iter().map(History::of).collect();
    let failures: Vec<&String> = histories.iter().filter_map(|history| history.as_ref().err()).collect();
    let first = failures.first().map_or("", |failure| failure);
    assert!(failures.is_empty(), "{} histories fail, as {first}", failures.len());
    let sum = |of: fn(&History) -> usize| histories.iter().flatten().map(of).sum::<usize>();
    let (corrections, let_through) = (sum(|history| history.corrections), sum(|history| history.let_through));
    assert!(corrections as u64 > HISTORIES, "{corrections} corrections are too few to show anything");
    assert!(let_through as u64 > HISTORIES / 50, "{let_through} second payments are too few");
}

#[test]
fn the_number_of_threads_changes_no_posting() {
    let postings = |threads: usize, seed: u64| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let history = pool.install(|| History::of(seed)).expect("a sound history");
        postings_text(history.books.postings.iter())
    };
    for seed in 0..10 {
        assert_eq!(postings(1, seed), postings(4, seed), "seed {seed}");
    }
}

impl History {
    /// The history of a seed, or what went wrong in it.
    fn of(seed: u64) -> Result<Self, String> {
        let mut history = Self::new(seed);
        let happened = catch_unwind(AssertUnwindSafe(|| history.happen()));
        match happened {
            Ok(()) => Ok(history),
            Err(panic) => {
                let message = panic.downcast_ref::<String>().map(String::as_str);
                let message = message.or(panic.downcast_ref::<&str>().copied()).unwrap_or_default();
                Err(format!("seed {seed}, after {:#?}: {message}", history.story))
            }
        }
    }

    fn new(seed: u64) -> Self {
        let workbook = Workbook::generated(seed);
        let periods = periods(&workbook.tables, seed);
        let rng = Rng::with_seed(seed);
        let (books, story) = (Books::default(), Vec::new());
        let reading = read_source(workbook.source());
        let basis = reading.content.as_ref().expect("a sound basis").basis.clone();
        Self { rng, workbook, reading, basis, periods, books, story, corrections: 0, let_through: 0 }
    }

    fn happen(&mut self) {
        for _ in 0..self.rng.usize(3..=5) {
            if !self.books.closed().is_empty() {
                for _ in 0..self.rng.usize(0..=3) {
                    let change = *self.rng.choice(&OF_FACTS).expect("there are some");
                    self.change(change);
                }
            }
            let period = *self.rng.choice(&self.periods).expect("there are some");
            self.run_and_close(period);
        }
    }

    /// Changes the basis, unless it would have errors or lack anything.
    fn change(&mut self, change: Change) {
        let changed = self.workbook.after(change, &mut self.rng);
        let reading = read_source(changed.source());
        let Some(content) = &reading.content else { return };
        // The independent calculation takes no substitute who has a seat.
        if changed.sits_twice_at_once()
            || reading.problems.iter().any(|problem| problem.code == "seat_holder_as_substitute")
        {
            return;
        }
        let lacks = |period: &Period| of_period(&content.basis, &content.regulation, *period).is_err();
        if self.periods.iter().any(lacks) {
            return;
        }
        self.story.push(format!("{change:?}"));
        self.basis = content.basis.clone();
        (self.workbook, self.reading) = (changed, reading);
    }

    /// A run for a period that is looked at and closed, and a run after it that finds nothing to do.
    fn run_and_close(&mut self, period: Period) {
        let Some(paid) = self.paid_with_decisions(period) else { return };
        let (content, payout) = paid.result().expect("it was paid");
        self.corrections += payout.all().filter(|line| line.correction.is_some()).count();
        self.corrections_are_what_is_missing(content, payout, period);
        if self.rng.u8(..LOOKED_AT) == 0 {
            sentences_are_right(&paid, period);
            self.order_changes_nothing(&paid, period);
        }
        let before = self.books.clone();
        let number = self.books.close(&paid, period);
        self.story.push(format!("closed {period} as no. {number}: {} lines", payout.all().count()));
        self.postings_are_sound(&before, number);
        self.workbook.decisions.clear();
        self.reading = paid.reading;
        self.nothing_is_left_to_do(period);
        if self.rng.bool() {
            let change = *self.rng.choice(&OF_NAMES_ONLY).expect("there are some");
            self.change(change);
            self.nothing_is_left_to_do(period);
        }
    }

    fn pay(&mut self, period: Period) -> Paid {
        self.books.pay_again(std::mem::take(&mut self.reading), &self.basis, period)
    }

    /// The run of a period, with a decision about each line that looks like a second payment; nothing where the
    /// period is closed and the basis does not cover it.
    fn paid_with_decisions(&mut self, period: Period) -> Option<Paid> {
        let paid = self.pay(period);
        let codes: BTreeSet<&str> = errors(&paid).iter().map(|problem| problem.code).collect();
        if codes.is_empty() {
            return Some(paid);
        }
        if codes == BTreeSet::from(["closed"]) {
            self.story.push(format!("{period} is closed and not covered"));
            self.reading = paid.reading;
            return None;
        }
        assert_eq!(codes, BTreeSet::from(["paid_twice"]), "{:#?}", errors(&paid));
        let content = paid.reading.content.as_ref().expect("it was read");
        let payout = compute(&content.basis, &content.regulation, period).expect("nothing is missing");
        let second = second_payments(&content.basis, &payout, period);
        self.let_through += second.len();
        for line in second.iter().map(|second| second.line) {
            let person = &content.basis.register().person(line.person).id;
            self.workbook.decide(person, line.kind.name(), &line.date.to_string());
        }
        self.reading = read_source(self.workbook.source());
        let decided = self.pay(period);
        assert_eq!(errors(&decided), Vec::<&Problem>::new());
        Some(decided)
    }

    /// What should have been, less what was paid, is what is corrected: of each person, kind and period.
    fn corrections_are_what_is_missing(&self, content: &Content, payout: &Payout, period: Period) {
        let basis = &content.basis;
        let of = |earned: Option<Period>| {
            let is_of = move |line: &&PayLine| line.correction.map(|correction| correction.earned) == earned;
            sums(payout.all().filter(is_of).map(|line| (key(line, basis), line.amount)))
        };
        for (closed, fresh) in fresh(content, period.year()) {
            let now = sums(fresh.all().map(|line| (key(line, basis), line.amount)));
            let paid = self.standing(closed).into_iter().map(|(key, amount)| (key, -amount));
            assert_eq!(of(Some(closed)), sums(now.into_iter().chain(paid)), "corrections of {closed}");
        }
        let own = if basis.ledger().is_closed(period) {
            Payout::default()
        } else {
            of_period(basis, &content.regulation, period).expect("nothing is missing")
        };
        assert_eq!(
            of(None),
            sums(own.all().map(|line| (key(line, basis), line.amount))),
            "lines of {period}"
        );
        let covered: BTreeSet<Period> =
            fresh(content, period.year()).into_iter().map(|(closed, _)| closed).collect();
        let earned = payout.all().filter_map(|line| Some(line.correction?.earned));
        assert!(
            earned.into_iter().all(|earned| covered.contains(&earned)),
            "what is not covered is left alone"
        );
    }

    fn order_changes_nothing(&mut self, paid: &Paid, period: Period) {
        let number = self.books.next_number();
        let text = |paid: &Paid| postings_text(postings_of(paid, period, number).iter());
        let shuffled = self.workbook.after(Change::RowsShuffled, &mut self.rng).source();
        assert_eq!(text(&self.books.pay(shuffled, period)), text(paid));
    }

    /// What stands of a period, by person and kind.
    fn standing(&self, earned: Period) -> Sums {
        let ledger = self.books.ledger();
        let standing =
            ledger.standing().map(|(_, posting)| posting).filter(|posting| posting.earned == earned);
        sums(standing.map(|posting| (key_of(posting), posting.amount)))
    }

    /// Each posting has its number, takes back at most one that stood, and that in full.
    fn postings_are_sound(&self, before: &Books, number: u32) {
        let numbers: BTreeSet<PostingNumber> =
            self.books.postings.iter().map(|posting| posting.number).collect();
        assert_eq!(numbers.len(), self.books.postings.len(), "numbers are unique");
        let ledger = before.ledger();
        let stood: BTreeSet<PostingNumber> = ledger.standing().map(|(_, posting)| posting.number).collect();
        let new = || self.books.postings.iter().filter(|posting| posting.number.run == number);
        let mut taken_back = BTreeSet::new();
        for reversal in new().filter(|posting| posting.is_reversal) {
            let corrects = reversal.corrects.expect("a reversal names what it takes back");
            assert!(
                stood.contains(&corrects) && taken_back.insert(corrects),
                "{corrects} is taken back once"
            );
            let original = before.posting(corrects).expect("it was posted");
            assert_eq!(reversal.amount, -original.amount);
            assert_eq!((&reversal.identity, reversal.earned), (&original.identity, original.earned));
            let quantity = |posting: &Posting| posting.units.map(|units| (units.quantity, units.rate));
            assert_eq!(quantity(reversal), quantity(original).map(|(quantity, rate)| (-quantity, rate)));
            let tax = |posting: &Posting| posting.tax.map(|tax| (tax.tax_free, tax.taxable));
            assert_eq!(tax(reversal), tax(original).map(|(tax_free, taxable)| (-tax_free, -taxable)));
            assert_eq!((&reversal.payee, &reversal.account), (&original.payee, &original.account));
        }
        let mut replaced = BTreeSet::new();
        for line in new().filter(|posting| !posting.is_reversal) {
            let Some(corrects) = line.corrects else { continue };
            assert!(stood.contains(&corrects) && replaced.insert(corrects), "{corrects} is replaced once");
            let original = before.posting(corrects).expect("it was posted");
            assert!(original.amount.is_zero() || taken_back.contains(&corrects), "{corrects} is taken back");
        }
    }

    /// A run right after another was closed has no lines at all.
    fn nothing_is_left_to_do(&mut self, period: Period) {
        let again = self.pay(period);
        if errors(&again).iter().any(|problem| problem.code == "closed") {
            // Without any meeting of its time a basis is not what a period is worked out again from.
            self.reading = again.reading;
            return;
        }
        assert_eq!(errors(&again), Vec::<&Problem>::new());
        let (content, payout) = again.result().expect("it was paid");
        let lines: Vec<&PayLine> = payout.all().chain(&payout.registered).collect();
        let shown: Vec<_> = lines.iter().map(|line| shown(line, &content.basis)).collect();
        assert!(lines.is_empty(), "after a run is closed there is nothing to do: {shown:#?}");
        self.what_was_paid_is_what_should_be(content);
        self.reading = again.reading;
    }

    /// What stands of each closed period that is covered is what the basis gives, and what the independent
    /// calculation gives.
    fn what_was_paid_is_what_should_be(&self, content: &Content) {
        let (mut paid, mut expected) = (Totals::new(), Totals::new());
        let far = self.workbook.who_drives_far();
        let year = self.periods[0].year();
        let all = fresh(content, year);
        for (closed, fresh) in &all {
            let standing = self.standing(*closed);
            let now = sums(fresh.all().map(|line| (key(line, &content.basis), line.amount)));
            assert_eq!(standing, now, "{closed}: what was paid is what the basis gives");
            let posted = self.books.sum_earned_in(*closed);
            assert_eq!(
                posted,
                now.values().copied().sum::<Money>(),
                "{closed}: with all that was taken back"
            );
            for ((person, kind, _), amount) in standing {
                add(&mut paid, (*closed, person, kind.name()), oere(&amount.to_string()));
            }
            for amount in amounts(&self.workbook.tables, &self.workbook.parameters(), &closed.to_string()) {
                let person = amount.person_id.trim_start_matches('0').to_owned();
                add(&mut expected, (*closed, person, &amount.kind), amount.oere);
            }
        }
        let is_to_compare =
            |(_, person, kind): &(Period, String, String)| kind != "travel_car" || !far.contains(person);
        paid.retain(|key, oere| is_to_compare(key) && *oere != 0);
        expected.retain(|key, oere| is_to_compare(key) && *oere != 0);
        let differing: Totals = paid
            .iter()
            .filter(|(key, oere)| expected.get(key) != Some(oere))
            .map(|(key, oere)| (key.clone(), *oere))
            .collect();
        let missing: Totals =
            expected.into_iter().filter(|(key, oere)| paid.get(key) != Some(oere)).collect();
        assert_eq!(differing, missing, "what was paid is what the independent calculation gives");
    }
}

/// Every sum in every sentence is right, in every language.
fn sentences_are_right(paid: &Paid, period: Period) {
    let (_, payout) = paid.result().expect("it was paid");
    let run = Run::of(&paid.reading, period, payout).expect("a basis without errors");
    for language in Language::ALL {
        let files = files(&run.in_language(Some(language))).expect("every kind has a wage type");
        let with_sentences = files.iter().filter(|file| ["lines.csv", "payables.csv"].contains(&&*file.name));
        for row in with_sentences.flat_map(|file| records(&file.bytes)) {
            check_sentence_in(language, &row["how"], &row["amount"]).expect("a sum that is right");
        }
    }
}

/// A person's id, a kind, and whether others are paid.
type Key = (String, Kind, bool);
type Sums = BTreeMap<Key, Money>;
/// Øre by period, person and kind.
type Totals = BTreeMap<(Period, String, String), i64>;

fn key(line: &PayLine, basis: &Basis) -> Key {
    let person = &basis.register().person(line.person).id;
    (person.trim_start_matches('0').to_owned(), line.kind, line.is_payable())
}

fn key_of(posting: &Posting) -> Key {
    let identity = &posting.identity;
    assert_ne!(posting.number.list, List::Registered);
    (identity.person.to_string(), identity.kind, identity.to_others)
}

/// The sums that are not zero.
fn sums(amounts: impl Iterator<Item = (Key, Money)>) -> Sums {
    let mut sums = Sums::new();
    for (key, amount) in amounts {
        let sum = sums.entry(key).or_insert(Money::ZERO);
        *sum += amount;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

/// Claims that share a cap with others are one: which of them fills it first is a matter of their order.
fn add(totals: &mut Totals, (period, person, kind): (Period, String, &str), oere: i64) {
    let kind = if kind == "stand_in" { "lost_income_documented" } else { kind };
    *totals.entry((period, person, kind.to_owned())).or_default() += oere;
}

/// What a basis gives for each closed period of a year that it covers.
fn fresh(content: &Content, year: i32) -> Vec<(Period, Payout)> {
    let (basis, regulation) = (&content.basis, &content.regulation);
    let coverage = basis.ledger().coverage(basis, regulation, year);
    let covered = coverage.into_iter().filter(|(_, coverage)| *coverage == Coverage::SettledAgain);
    covered
        .map(|(closed, _)| (closed, of_period(basis, regulation, closed).expect("nothing is missing")))
        .collect()
}

fn errors(paid: &Paid) -> Vec<&Problem> {
    paid.reading.problems.iter().filter(|problem| problem.severity == Severity::Error).collect()
}

fn shown(line: &PayLine, basis: &Basis) -> String {
    let person = &basis.register().person(line.person).id;
    let (claim, meeting) = (line.origin.claim_id(basis), line.meeting_id(basis));
    format!(
        "{person} {} {meeting} {claim} {} {} {:?}",
        line.kind.name(),
        line.date,
        line.amount,
        line.correction
    )
}
