//! What has been paid, as tables: the form in which an archive keeps the lines of a closed run, and in which a
//! run keeps what it was told of them.

use std::fmt::Display;
use std::str::FromStr;

use honorar_engine::basis::Role;
use honorar_engine::ledger::{ClosedRun, Identity, Ledger, List, Posting, PostingNumber, Settled};
use honorar_engine::line::{TaxParts, Units};
use honorar_engine::{Kind, Money};
use honorar_problems::{Place, Problem};
use rust_decimal::Decimal;

use crate::canonical::word;
use crate::vocabulary::{ROLES, Words};

const RUNS: &str = "runs.csv";
/// The table of postings, in a run's input and in an archive.
pub const POSTINGS: &str = "postings.csv";

const RUN_COLUMNS: [&str; 3] = ["run", "period", "contents"];

const POSTING_COLUMNS: [&str; 29] = [
    "run",
    "list",
    "line",
    "entry",
    "corrects",
    "earned",
    "person_id",
    "kind",
    "to_others",
    "body",
    "role",
    "day",
    "date",
    "start",
    "document",
    "supplier",
    "payee",
    "account",
    "meeting_id",
    "claim_id",
    "asked",
    "particulars",
    "quantity",
    "rate",
    "amount",
    "tax_free",
    "taxable",
    "cite",
    "place",
];

/// The tables of a ledger, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerTexts {
    /// The closed runs.
    pub runs: String,
    /// The postings.
    pub postings: String,
}

impl LedgerTexts {
    /// The tables of a ledger in which no run is closed.
    pub fn none() -> Self {
        Self::of(&Ledger::default())
    }

    /// The tables of a ledger.
    pub fn of(ledger: &Ledger) -> Self {
        let runs = ledger.closed().iter().map(|run| {
            let contents = if run.is_kept { "kept" } else { "removed" };
            [run.number.to_string(), run.period.to_string(), contents.to_owned()]
        });
        let postings = ledger.standing().map(|(_, posting)| posting);
        Self { runs: text(RUN_COLUMNS, runs), postings: postings_text(postings) }
    }

    /// The tables with their names.
    pub fn tables(&self) -> [(&'static str, &str); 2] {
        [(RUNS, &self.runs), (POSTINGS, &self.postings)]
    }

    /// The ledger of the tables.
    ///
    /// Errors: the first row of a table that is not as it was written.
    pub fn read(&self) -> Result<Ledger, Problem> {
        Ok(Ledger::new(read_rows(RUNS, RUN_COLUMNS, &self.runs, run)?, read_postings(&self.postings)?))
    }
}

/// The table of some postings: UTF-8, comma, decimal point, ISO dates, LF.
pub fn postings_text<'p>(postings: impl Iterator<Item = &'p Posting>) -> String {
    text(POSTING_COLUMNS, postings.map(cells))
}

/// The postings of such a table.
///
/// Errors: the first row that is not as it was written.
pub fn read_postings(text: &str) -> Result<Vec<Posting>, Problem> {
    read_rows(POSTINGS, POSTING_COLUMNS, text, posting)
}

fn cells(posting: &Posting) -> [String; 29] {
    let Posting { number, identity, tax, .. } = posting;
    let shown = |value: Option<&dyn Display>| value.map(ToString::to_string).unwrap_or_default();
    let entry = if posting.is_reversal { "reversal" } else { "line" };
    let (quantity, rate) = posting
        .units
        .map(|units| (units.quantity.normalize().to_string(), units.rate.to_string()))
        .unwrap_or_default();
    [
        number.run.to_string(),
        number.list.name().to_owned(),
        number.line.to_string(),
        entry.to_owned(),
        shown(posting.corrects.as_ref().map(|number| number as &dyn Display)),
        posting.earned.to_string(),
        identity.person.to_string(),
        identity.kind.name().to_owned(),
        if identity.to_others { "yes" } else { "no" }.to_owned(),
        identity.body.to_string(),
        identity.role.map(|role| word(ROLES, role)).unwrap_or_default().into_owned(),
        shown(identity.day.as_ref().map(|day| day as &dyn Display)),
        posting.date.to_string(),
        posting
            .start_minute
            .map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60))
            .unwrap_or_default(),
        identity.document.to_string(),
        identity.supplier.to_string(),
        posting.payee.to_string(),
        posting.account.to_string(),
        posting.meeting_id.to_string(),
        posting.claim_id.to_string(),
        posting.asked.map(|asked| asked.normalize().to_string()).unwrap_or_default(),
        posting.particulars.to_string(),
        quantity,
        rate,
        posting.amount.to_string(),
        tax.map(|tax| tax.tax_free.to_string()).unwrap_or_default(),
        tax.map(|tax| tax.taxable.to_string()).unwrap_or_default(),
        posting.cite.to_string(),
        posting.settled.map(|settled| format!("{}/{}", settled.run, settled.place)).unwrap_or_default(),
    ]
}

fn text<const N: usize>(columns: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(columns);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Reads each row of a table; `None` is a row that is not as it was written.
fn read_rows<const N: usize, T>(
    file: &str,
    columns: [&str; N],
    text: &str,
    read: impl Fn(&Cells<'_, N>) -> Option<T>,
) -> Result<Vec<T>, Problem> {
    let wrong = |row: u32| {
        let place = Place { row: Some(row), ..Place::file(file) };
        Problem::error("no_ledger", place, "the row is not as Honorar writes what has been paid")
            .expected(format!("the columns {}", columns.join(", ")))
            .hint("take the table from the archive again; it is not meant to be changed")
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| wrong(1))?;
    if !headings.iter().eq(columns) {
        return Err(wrong(1));
    }
    let mut rows = Vec::new();
    for (row, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|_| wrong(row))?;
        let cells: Vec<&str> = record.iter().collect();
        let cells: [&str; N] = cells.try_into().map_err(|_| wrong(row))?;
        rows.push(read(&Cells { cells, row }).ok_or_else(|| wrong(row))?);
    }
    Ok(rows)
}

struct Cells<'r, const N: usize> {
    cells: [&'r str; N],
    row: u32,
}

fn run(Cells { cells: [run, period, contents], .. }: &Cells<'_, 3>) -> Option<ClosedRun> {
    let is_kept = match *contents {
        "kept" => true,
        "removed" => false,
        _ => return None,
    };
    Some(ClosedRun { number: run.parse().ok()?, period: period.parse().ok()?, is_kept })
}

fn posting(Cells { cells, row }: &Cells<'_, 29>) -> Option<Posting> {
    let [
        run,
        list,
        line,
        entry,
        corrects,
        earned,
        person,
        kind,
        to_others,
        body,
        role,
        day,
        date,
        start,
        document,
        supplier,
        payee,
        account,
        meeting_id,
        claim_id,
        asked,
        particulars,
        quantity,
        rate,
        amount,
        tax_free,
        taxable,
        cite,
        place,
    ] = *cells;
    let list = List::ALL.into_iter().find(|one| one.name() == list)?;
    Some(Posting {
        number: PostingNumber { run: run.parse().ok()?, list, line: line.parse().ok()? },
        identity: Identity {
            person: person.into(),
            kind: Kind::ALL.into_iter().find(|one| one.name() == kind)?,
            to_others: yes_or_no(to_others)?,
            body: body.into(),
            role: if_any(role, |role| meaning(ROLES, role)).ok()?,
            day: if_any(day, parsed).ok()?,
            document: document.into(),
            supplier: supplier.into(),
        },
        earned: earned.parse().ok()?,
        date: date.parse().ok()?,
        meeting_id: meeting_id.into(),
        claim_id: claim_id.into(),
        start_minute: if_any(start, minute).ok()?,
        asked: if_any(asked, parsed::<Decimal>).ok()?,
        particulars: particulars.into(),
        units: match (quantity, rate) {
            ("", "") => None,
            _ => Some(Units { quantity: parsed(quantity)?, rate: money(rate)? }),
        },
        amount: money(amount)?,
        tax: match (tax_free, taxable) {
            ("", "") => None,
            _ => Some(TaxParts { tax_free: money(tax_free)?, taxable: money(taxable)? }),
        },
        cite: cite.into(),
        payee: payee.into(),
        account: account.into(),
        settled: if_any(place, |place| {
            let (run, place) = place.split_once('/')?;
            Some(Settled { run: run.parse().ok()?, place: place.parse().ok()? })
        })
        .ok()?,
        corrects: if_any(corrects, |number| PostingNumber::parse(list, number)).ok()?,
        is_reversal: match entry {
            "line" => false,
            "reversal" => true,
            _ => return None,
        },
        row: *row,
    })
}

/// A cell that cannot be read.
struct NotAsWritten;

/// What a cell says; an empty one says nothing.
fn if_any<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, NotAsWritten> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some).ok_or(NotAsWritten) }
}

fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn money(text: &str) -> Option<Money> {
    Money::new(parsed(text)?)
}

fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    parsed::<u32>(hour)?.checked_mul(60)?.checked_add(parsed(minute)?)
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn meaning(words: &Words<Role>, written: &str) -> Option<Role> {
    words.iter().map(|(role, _)| *role).find(|role| word(words, *role) == written)
}
