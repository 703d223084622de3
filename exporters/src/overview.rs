//! What a regulation says on one day: every amount and setting with its value, where it stands, and
//! what changes later. Whatever a regulation comes to state is in it by itself.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use honorar_engine::regulation::{
    AmountIx, Formula, Item, ItemId, Provenance, Regulation, StateAmount, Stated,
};
use honorar_engine::{Money, Shortfall};
use honorar_rates::{Head, Language};
use serde::Serialize;

use crate::language::Words;

/// A regulation on one day.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// Its short name.
    pub name: String,
    /// The municipality.
    pub municipality: String,
    /// Its title.
    pub title: String,
    /// The text that it is from.
    pub source: String,
    /// The act that it is under.
    pub act: String,
    /// The decision that adopted it.
    pub adopted: String,
    /// The first day on which it is in force.
    pub in_force_from: String,
    /// The last, where there is one.
    pub in_force_to: Option<String>,
    /// The day that is shown.
    pub date: String,
    /// The bodies that it lists.
    pub bodies: Vec<BodyShown>,
    /// Its amounts, in the order of the file.
    pub amounts: Vec<AmountShown>,
    /// Its settings, in the order of the file.
    pub settings: Vec<SettingShown>,
    /// The payments made in the day's year, in the order of their days.
    pub payments: Vec<PaymentShown>,
    /// What changes after the day.
    pub changes: Vec<ChangeShown>,
    /// The parameters without a value.
    pub open_parameters: Vec<String>,
}

/// A body that a regulation lists.
#[derive(Debug, Clone, Serialize)]
pub struct BodyShown {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What decides its fees.
    pub class: &'static str,
    /// Its seats, where the regulation gives them.
    pub seats: Option<u32>,
}

/// An amount on a day.
#[derive(Debug, Clone, Serialize)]
pub struct AmountShown {
    /// Its name in the file, such as `fixed_fees.mayor.per_year`.
    pub name: String,
    /// Kroner; or a number that is no amount, such as an index. Nothing where it has no value.
    pub amount: Option<String>,
    /// How it comes about, where it is not stated in kroner.
    pub how: Option<String>,
    /// The parameter that it is, where it is one.
    pub parameter: Option<String>,
    /// Why it has no value.
    pub missing: Option<String>,
    /// Whose it is, where it is a fee.
    pub whose: Option<String>,
    /// What it means.
    pub meaning: String,
    /// Where it stands.
    #[serde(flatten)]
    pub source: SourceShown,
    /// The settings that are about it alone.
    pub settings: Vec<SettingShown>,
}

/// A setting on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingShown {
    /// Its name in the file, such as `absence.threshold`.
    pub name: String,
    /// Its value as it is written; nothing where it is a parameter without one.
    pub value: Option<String>,
    /// What it means.
    pub meaning: String,
    /// Where it stands.
    #[serde(flatten)]
    pub source: SourceShown,
}

/// Where a value stands, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceShown {
    /// The point of the text.
    pub point: String,
    /// `document`, `assumed`, `parameter` where it has no value, or the decision that sets it.
    pub provenance: String,
    /// The decision that adopted the value.
    pub decision: String,
}

/// A payment on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentShown {
    /// The day.
    pub paid: String,
    /// The day that the regulation states, where that is no bank day.
    pub moved_from: Option<String>,
    /// `fixed_fees`, or `meeting_fees_and_claims`.
    pub what: &'static str,
    /// The period that is paid.
    pub period: String,
    /// By when its claims have to be in.
    pub claims_by: Option<String>,
}

/// A value that changes on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ChangeShown {
    /// The day.
    pub date: String,
    /// The amount's or setting's name.
    pub name: String,
    /// The value until then.
    pub before: String,
    /// The value from then.
    pub after: String,
}

/// The regulation's last day in force, or the day of its last change, or its first day: there is no
/// clock, so that the same regulation always looks the same.
pub fn last_change(regulation: &Regulation) -> NaiveDate {
    let in_force = regulation.in_force;
    let of_items = regulation.items.iter().filter_map(|(id, _)| regulation.items.begins(id));
    let last = of_items.filter(|day| in_force.contains(*day)).max();
    in_force.last().or(last).unwrap_or(in_force.first())
}

/// A regulation on a day.
pub fn overview(regulation: &Regulation, head: &Head, day: NaiveDate) -> Overview {
    let mut settings = settings_on(regulation, day);
    let amounts = amounts(regulation).map(|(ix, name)| {
        let mut amount = amount_on(regulation, ix, name, day);
        let own = name.rsplit_once('.').map(|(fee, _)| fee).filter(|fee| fee.contains('.'));
        let is_own = |setting: &SettingShown| {
            own.is_some_and(|own| setting.name.strip_prefix(own).is_some_and(|rest| rest.starts_with('.')))
        };
        let (mine, others) = std::mem::take(&mut settings).into_iter().partition(is_own);
        settings = others;
        amount.settings = mine;
        amount
    });
    let amounts = amounts.collect();
    Overview {
        name: regulation.name.clone(),
        municipality: head.municipality.clone(),
        title: head.title.clone(),
        source: head.source.clone(),
        act: head.act.clone(),
        adopted: regulation.adopted.clone(),
        in_force_from: regulation.in_force.first().to_string(),
        in_force_to: regulation.in_force.last().map(|last| last.to_string()),
        date: day.to_string(),
        bodies: bodies(regulation),
        amounts,
        settings,
        payments: payments(regulation, day.year()),
        changes: changes(regulation, day),
        open_parameters: regulation.items.open_parameters().into_iter().map(str::to_owned).collect(),
    }
}

/// A regulation is shown in English, whatever the language of its text.
fn words() -> Words {
    Words::of(Language::English)
}

fn payments(regulation: &Regulation, year: i32) -> Vec<PaymentShown> {
    let shown = regulation.payment_dates(year).into_iter().map(|date| PaymentShown {
        paid: date.paid.to_string(),
        moved_from: date.moved_from.map(|day| day.to_string()),
        what: date.what.name(),
        period: date.period.to_string(),
        claims_by: date.claims.map(|claims| claims.by.to_string()),
    });
    shown.collect()
}

fn bodies(regulation: &Regulation) -> Vec<BodyShown> {
    let words = words();
    let shown = regulation.bodies.iter().map(|(code, body)| BodyShown {
        code: code.clone(),
        name: body.name.clone(),
        class: words.class(body.class),
        seats: body.seats,
    });
    shown.collect()
}

fn amounts(regulation: &Regulation) -> impl Iterator<Item = (AmountIx, &str)> {
    let all = regulation.amounts.all().iter().enumerate();
    all.map(|(place, amount)| (AmountIx::new(place), &*amount.name))
}

fn amount_on(regulation: &Regulation, ix: AmountIx, name: &str, day: NaiveDate) -> AmountShown {
    let stated = regulation.amounts.get(ix).statement.on(day);
    let item = regulation.items.get(stated.item());
    let mut shown = AmountShown {
        name: name.to_owned(),
        amount: None,
        how: None,
        // The item of a parameter bears the parameter's name.
        parameter: item.map(|item| item.name.clone()).filter(|parameter| parameter != name),
        missing: None,
        whose: words().whose(ix, regulation, day),
        meaning: item.map(|item| item.meaning.clone()).unwrap_or_default(),
        source: source(item, stated.peek().is_some()),
        settings: Vec::new(),
    };
    let Some(statement) = stated.peek() else {
        shown.missing = Some("it has no value here".to_owned());
        return shown;
    };
    match regulation.amounts.of_one_head(ix, day) {
        Ok(worth) => {
            let written = item.map_or("", |item| &item.value);
            let rounding = regulation.fees.rounding.on(day).peek();
            let rounded = rounding.map(|rounding| rounding.round(worth.exact));
            let amount = worth.exact.in_whole_oere().or(rounded).unwrap_or(Money::ZERO);
            // A number that is no amount of kroner, such as an index, stands as it is written.
            let is_number =
                matches!(statement.formula, Formula::Number(_)) && worth.exact.in_whole_oere().is_none();
            shown.how = words().how_of_amount(statement, written, &worth, amount);
            shown.amount = Some(if is_number { written.to_owned() } else { amount.to_string() });
        }
        Err(shortfall) => shown.missing = Some(why_missing(regulation, &shortfall)),
    }
    shown
}

fn why_missing(regulation: &Regulation, shortfall: &Shortfall) -> String {
    match shortfall {
        Shortfall::MissingParameter { item } => {
            let name = regulation.items.get(*item).map_or("", |item| &item.name);
            format!("it is made of the parameter `{name}`, which has no value here")
        }
        Shortfall::NoStateAmount { amount: StateAmount::StortingMember, day } => {
            format!("a Storting member's pay is not known for {day}")
        }
        Shortfall::NoStateAmount { amount: StateAmount::CabinetMember, day } => {
            format!("a cabinet member's pay is not known for {day}")
        }
        Shortfall::TooManyDigits { .. } => "it has more digits than can be worked out exactly".to_owned(),
        Shortfall::MissingDayWage { .. } => "it is each person's own day's wage".to_owned(),
        Shortfall::NoTravelRate { .. }
        | Shortfall::MissingPosition { .. }
        | Shortfall::MissingGroup { .. }
        | Shortfall::MissingIncome { .. }
        | Shortfall::NotCovered { .. }
        | Shortfall::PaidPersonNotInBasis { .. }
        | Shortfall::Conflict { .. } => "it is not known".to_owned(),
    }
}

fn source(item: Option<&Item>, has_value: bool) -> SourceShown {
    let Some(item) = item else {
        return SourceShown { point: String::new(), provenance: String::new(), decision: String::new() };
    };
    let provenance = match &item.provenance {
        _ if !has_value => "parameter",
        Provenance::Document => "document",
        Provenance::Assumed => "assumed",
        Provenance::Decision(decision) => decision,
    };
    SourceShown {
        point: item.point.clone(),
        provenance: provenance.to_owned(),
        decision: item.decision.clone(),
    }
}

/// A setting and the values that it has in time, each with the day from which it holds.
struct Series<'r> {
    values: Vec<(Option<NaiveDate>, &'r Item)>,
}

impl<'r> Series<'r> {
    fn on(&self, day: NaiveDate) -> Option<&'r Item> {
        let begun = self.values.iter().take_while(|(from, _)| from.is_none_or(|from| from <= day));
        begun.last().or_else(|| self.values.first()).map(|(_, item)| *item)
    }
}

/// The settings of a regulation's own text, in its order: everything that it states and that is no
/// amount.
fn series(regulation: &Regulation) -> Vec<Series<'_>> {
    let amounts = regulation.amounts.all().iter();
    let of_amounts: BTreeSet<ItemId> =
        amounts.flat_map(|amount| amount.statement.all().map(Stated::item)).collect();
    let own = regulation
        .items
        .iter()
        .filter(|(id, item)| item.source == regulation.name && !of_amounts.contains(id));
    let mut all: Vec<Series<'_>> = Vec::new();
    for (id, item) in own {
        let from = regulation.items.begins(id);
        let goes_on = |series: &&mut Series<'_>| {
            let last = series.values.last();
            last.is_some_and(|(before, last)| last.name == item.name && from > *before)
        };
        match all.last_mut().filter(goes_on) {
            Some(series) => series.values.push((from, item)),
            None => all.push(Series { values: vec![(from, item)] }),
        }
    }
    all
}

fn settings_on(regulation: &Regulation, day: NaiveDate) -> Vec<SettingShown> {
    let mut settings: Vec<SettingShown> = Vec::new();
    for item in series(regulation).iter().filter_map(|series| series.on(day)) {
        let value = value_of(item);
        let has_value = value.is_some();
        let (name, meaning) = (item.name.clone(), item.meaning.clone());
        let setting = SettingShown { name, value, meaning, source: source(Some(item), has_value) };
        if !settings.contains(&setting) {
            settings.push(setting);
        }
    }
    settings
}

fn value_of(item: &Item) -> Option<String> {
    (!item.is_open()).then(|| item.value.clone())
}

/// What changes after a day, as long as the regulation is in force.
fn changes(regulation: &Regulation, day: NaiveDate) -> Vec<ChangeShown> {
    let is_later = |later: &NaiveDate| *later > day && regulation.in_force.contains(*later);
    let mut changes = Vec::new();
    let mut add = |date: NaiveDate, name: &str, before: String, after: String| {
        if before != after {
            changes.push(ChangeShown { date: date.to_string(), name: name.to_owned(), before, after });
        }
    };
    for (ix, name) in amounts(regulation) {
        let on = |day| {
            let shown = amount_on(regulation, ix, name, day);
            shown.amount.or(shown.missing).unwrap_or_default()
        };
        for date in regulation.amounts.changes(ix).into_iter().filter(is_later) {
            let before = date.pred_opt().map(&on).unwrap_or_default();
            add(date, name, before, on(date));
        }
    }
    for series in series(regulation) {
        for (date, item) in series.values.iter().filter_map(|(from, item)| Some(((*from)?, *item))) {
            let before = date.pred_opt().and_then(|day| series.on(day));
            let shown = |item: &Item| value_of(item).unwrap_or_else(|| "no value".to_owned());
            if is_later(&date) {
                add(date, &item.name, before.map(shown).unwrap_or_default(), shown(item));
            }
        }
    }
    changes.sort();
    changes.dedup();
    changes
}
