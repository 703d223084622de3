//! `reconciliation.csv`: what is registered in Visma Expense against what the regulation gives.

use honorar_engine::Money;
use honorar_engine::reconciliation::{Reconciled, ReconciledPerson, ReconciledSums, reconcile, sums_of_all};
use honorar_intake::Content;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::encode::{csv_bytes, text_cell};
use crate::language::Words;
use crate::run::Run;

const COLUMNS: [&str; 18] = [
    "record",
    "person_id",
    "name",
    "claim_id",
    "pay_code",
    "kind",
    "body",
    "meeting_id",
    "date",
    "quantity",
    "unit_price",
    "claimed",
    "granted",
    "difference",
    "debit_account",
    "credit_account",
    "cite",
    "how",
];

/// What claims registered in Visma Expense come to.
#[derive(Debug, Clone, Serialize)]
pub struct ReconciledTotal {
    people: usize,
    claims: usize,
    differing: usize,
    claimed: String,
    granted: String,
    difference: String,
}

impl ReconciledTotal {
    /// The sums of so many people.
    pub fn new(people: usize, sums: ReconciledSums) -> Self {
        Self {
            people,
            claims: sums.claims,
            differing: sums.differing,
            claimed: sums.claimed.to_string(),
            granted: sums.granted.to_string(),
            difference: sums.difference().to_string(),
        }
    }
}

/// How many people have claims in Visma Expense in a run, and what they come to; nothing where the basis has
/// none.
pub fn reconciled(run: &Run<'_>) -> Option<(usize, ReconciledSums)> {
    has_registered(run.content).then(|| {
        let people = reconcile(&run.content.basis, run.payout);
        (people.len(), sums_of_all(&people))
    })
}

fn has_registered(content: &Content) -> bool {
    content.basis.rows().claims.iter().any(|claim| claim.registered.is_some())
}

/// A claim as a reconciliation shows it.
#[derive(Debug, Clone, Serialize)]
pub struct ReconciledClaim {
    /// Visma Expense's Claim ID, and the number of its row.
    pub claim_id: String,
    /// The pay code.
    pub pay_code: String,
    /// What it is a claim of.
    pub kind: &'static str,
    /// The body of its meeting, or empty.
    pub body: String,
    /// Its meeting, or empty.
    pub meeting_id: String,
    /// The day it belongs to.
    pub date: String,
    /// How many, or empty.
    pub quantity: String,
    /// Kroner for each, or empty.
    pub unit_price: String,
    /// What is registered.
    pub claimed: String,
    /// What the regulation gives.
    pub granted: String,
    /// What Visma Expense has too much; negative where it has too little.
    pub difference: String,
    /// The account that is debited.
    pub debit_account: String,
    /// The account that is credited.
    pub credit_account: String,
    /// The regulation's point.
    pub cite: String,
    /// Why the regulation gives that.
    pub how: String,
}

impl ReconciledClaim {
    /// What a reconciliation shows of a claim.
    pub fn new(reconciled: &Reconciled<'_>, words: Words, content: &Content) -> Self {
        let Reconciled { claim, registered, line } = reconciled;
        let (basis, regulation) = (&content.basis, &content.regulation);
        Self {
            claim_id: claim.id.to_string(),
            pay_code: registered.pay_code.to_string(),
            kind: line.kind.name(),
            body: line.body_code(basis).to_owned(),
            meeting_id: line.meeting_id(basis).to_owned(),
            date: claim.date.to_string(),
            quantity: number(registered.quantity),
            unit_price: registered.price_per_unit.map(price).unwrap_or_default(),
            claimed: registered.amount.to_string(),
            granted: line.amount.to_string(),
            difference: reconciled.difference().to_string(),
            debit_account: registered.debit_account.to_string(),
            credit_account: registered.credit_account.to_string(),
            cite: line.cite(basis, regulation),
            how: words.how(line, basis, regulation),
        }
    }

    fn row(self, person: [String; 2]) -> Vec<String> {
        let [id, name] = person;
        vec![
            "claim".to_owned(),
            id,
            name,
            self.claim_id,
            self.pay_code,
            self.kind.to_owned(),
            self.body,
            self.meeting_id,
            self.date,
            self.quantity,
            self.unit_price,
            self.claimed,
            self.granted,
            self.difference,
            self.debit_account,
            self.credit_account,
            self.cite,
            self.how,
        ]
    }
}

fn number(number: Option<Decimal>) -> String {
    number.map(|number| number.normalize().to_string()).unwrap_or_default()
}

/// Kroner with two decimals, or with as many as there are.
fn price(price: Decimal) -> String {
    let price = price.normalize();
    if price.scale() <= 2 { format!("{price:.2}") } else { price.to_string() }
}

/// The file, where the basis has claims from Visma Expense: a row for each claim of the period, the sums of
/// each person behind that person's claims, and those of all at the end.
pub(crate) fn file(run: &Run<'_>) -> Option<Vec<u8>> {
    let content = run.content;
    if !has_registered(content) {
        return None;
    }
    let people = reconcile(&content.basis, run.payout);
    let header = COLUMNS.iter().map(ToString::to_string).collect();
    let of_all = sums_row("all", Default::default(), sums_of_all(&people));
    let rows = people.iter().flat_map(|person| rows_of_person(run, person));
    Some(csv_bytes(std::iter::once(header).chain(rows).chain([of_all])))
}

fn rows_of_person(run: &Run<'_>, person: &ReconciledPerson<'_>) -> Vec<Vec<String>> {
    let (content, words) = (run.content, run.words());
    let of_register = content.basis.register().person(person.person);
    let names = || [of_register.id.to_string(), text_cell(&of_register.name).into_owned()];
    let claims = person.claims.iter().map(|claim| ReconciledClaim::new(claim, words, content).row(names()));
    claims.chain([sums_row("person", names(), person.sums())]).collect()
}

fn sums_row(record: &str, person: [String; 2], sums: ReconciledSums) -> Vec<String> {
    let [id, name] = person;
    let money = |amount: Money| amount.to_string();
    COLUMNS
        .iter()
        .map(|column| match *column {
            "record" => record.to_owned(),
            "person_id" => id.clone(),
            "name" => name.clone(),
            "claimed" => money(sums.claimed),
            "granted" => money(sums.granted),
            "difference" => money(sums.difference()),
            _ => String::new(),
        })
        .collect()
}
