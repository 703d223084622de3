//! The amounts of a regulation's file, and the names by which they refer to one another.

use std::collections::{BTreeMap, BTreeSet};

use honorar_engine::Money;
use honorar_engine::money::Rounding;
use honorar_engine::regulation::{
    Amount, AmountIx, AmountSettings, Amounts, BaseDay, Dated, Formula, StatePay, Stated, Statement, Unsound,
};
use honorar_problems::{Place, Problem, did_you_mean};

use super::RegulationFile;
use super::formula::{formula, reserved, reserved_words};
use super::values::{base_day, if_read, rounding};
use crate::toml_reader::{Node, Section, TomlReader};

/// An amount as it is written, before the names in it are known.
#[derive(Debug, Clone)]
pub(super) struct Written {
    text: String,
    place: Place,
    name: String,
}

/// Amounts on their way: each has its index as soon as it is read.
#[derive(Debug, Default)]
pub(super) struct AmountsRead {
    all: Vec<AmountRead>,
    /// An amount was wrong, so that references to it cannot be told from misspelt ones.
    is_doubtful: bool,
}

#[derive(Debug)]
struct AmountRead {
    name: String,
    place: Place,
    /// The parameter that it is, where it is one.
    parameter: Option<String>,
    written: Dated<Written>,
    base_on: Option<BaseDay>,
    rounding: Option<Rounding>,
}

impl AmountRead {
    /// The names by which others may refer to it: in full and in short, and that of its parameter.
    fn names(&self) -> BTreeSet<&str> {
        let full = self.name.as_str();
        let of_fee = full.strip_suffix(".per_year").or_else(|| full.strip_suffix(".per_meeting"));
        let short = of_fee.unwrap_or(full).rsplit('.').next();
        let has_short = of_fee.is_some() || full.matches('.').count() == 1;
        let parameter = self.parameter.as_deref();
        [Some(full), of_fee, short.filter(|_| has_short), parameter].into_iter().flatten().collect()
    }

    /// What others mean by a word of the state's or of a person's own may not be an amount of the file.
    fn named_as_reserved(&self) -> Option<Problem> {
        let word = self.names().into_iter().find(|name| reserved(name).is_some())?;
        let message =
            format!("`{}` has the name `{word}`, which stands for something else in amounts", self.name);
        Some(Problem::error("conflict", self.place.clone(), message).expected("another name"))
    }
}

impl<'t> RegulationFile<'t> {
    /// An amount that has to be there.
    pub(super) fn amount(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<AmountIx> {
        let node = self.reader.required(section, key)?;
        let amount = self.read_amount(node);
        self.amounts.is_doubtful |= amount.is_none();
        amount
    }

    /// Amounts that others refer to by their names.
    pub(super) fn named_amounts(&mut self, top: &mut Section<'t>, key: &'static str) -> Option<()> {
        let Some(node) = top.optional(key) else { return Some(()) };
        self.in_section(node, |file, section| {
            for (_, node) in section.take_all() {
                let amount = file.read_amount(node);
                file.amounts.is_doubtful |= amount.is_none();
            }
            Some(())
        })
    }

    fn read_amount(&mut self, node: Node<'t>) -> Option<AmountIx> {
        let (name, place) = (node.name.clone(), self.reader.place_of(&node));
        let (mut base_on, mut rounded, mut parameter) = (None, None, None);
        let node = if node.is_table() {
            let mut table = self.reader.section(node.clone())?;
            base_on = table.optional("base_on").map(|node| base_day(&mut self.reader, &node));
            rounded = table.optional("round").map(|node| rounding(&mut self.reader, &node));
            parameter = table.peek("parameter").map(|node| self.reader.raw(node));
            table.into_node()
        } else {
            node
        };
        let written = self.dated(&node, &Self::written)?;
        let amount = AmountRead {
            name,
            place,
            parameter,
            written,
            base_on: self.base_as_moved(if_read(base_on)?),
            rounding: if_read(rounded)?,
        };
        self.amounts.all.push(amount);
        Some(AmountIx::new(self.amounts.all.len() - 1))
    }

    /// An amount as it is written: a whole number, or a text.
    fn written(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Written> {
        let text = reader.number_or_text(node)?;
        let name = node.name.trim_end_matches(".value").to_owned();
        Some(Written { text, place: reader.place_of(node), name })
    }

    /// The settings of amounts.
    pub(super) fn amount_settings(&mut self, top: &mut Section<'t>) -> Option<AmountSettings> {
        let meaning = "what an amount refers to is taken as it is on the day itself";
        let base_on = self.setting_or(top, "base_on", (BaseDay::SameDay, "same_day"), meaning, base_day);
        let base_on = base_on.and_then(|base_on| base_on.try_map(|base| self.base_as_moved(Some(base))));
        let rounding = self.maybe_setting(top, "round_amounts", rounding);
        Some(AmountSettings { base_on: base_on?, rounding: if_read(rounding)? })
    }

    /// Where an amount stands.
    pub(super) fn place_of_amount(&self, amount: AmountIx) -> Option<Place> {
        self.places.get(amount.place()).cloned()
    }

    /// All amounts, with the names in them found.
    pub(super) fn finish_amounts(
        &mut self,
        settings: Option<AmountSettings>,
        state: StatePay,
    ) -> Option<Amounts> {
        let read = std::mem::take(&mut self.amounts);
        let names = Names::of(&read.all);
        let mut problems: Vec<Problem> = read.all.iter().filter_map(AmountRead::named_as_reserved).collect();
        let mut all = Vec::new();
        self.places = read.all.iter().map(|amount| amount.place.clone()).collect();
        let places = self.places.clone();
        for amount in read.all {
            let AmountRead { name, written, base_on, rounding, .. } = amount;
            let is_base = name.starts_with("amounts.") || name.starts_with("parameters.");
            let statement = written.try_map(|written| {
                let formula = formula(&written.text, &|name| names.find(name));
                let problem = match formula {
                    Ok(formula) => match wrong_as_amount(&formula, is_base) {
                        None => return Some(Statement { formula, base_on, rounding }),
                        Some(why) => not_an_amount(&written, why),
                    },
                    // A name may be that of an amount that is wrong itself.
                    Err(_) if read.is_doubtful => return None,
                    Err(why) => not_an_amount(&written, &why).maybe_hint(names.hint(&why)),
                };
                problems.push(problem);
                None
            });
            all.extend(statement.map(|statement| Amount { name, statement }));
        }
        let is_whole = !read.is_doubtful && all.len() == places.len();
        if is_whole && problems.is_empty() {
            problems.extend(for_nothing(&all, &places));
        }
        for problem in problems {
            self.reader.report(problem);
        }
        if !is_whole {
            return None;
        }
        let named: Vec<String> = all.iter().map(|amount: &Amount| amount.name.clone()).collect();
        Amounts::new(all, settings?, state)
            .inspect_err(|unsound| {
                let name = |ix: &AmountIx| named.get(ix.place()).map_or("", String::as_str);
                let at = |ix: Option<&AmountIx>| ix.and_then(|ix| places.get(ix.place())).cloned();
                self.reader.report(match unsound {
                    Unsound::Circle(circle) => {
                        let mut path: Vec<&str> = circle.iter().map(name).collect();
                        path.extend(circle.first().map(name));
                        let path = path.join(" → ");
                        let message = format!("amounts refer to one another in a circle: {path}");
                        Problem::error("circle", at(circle.first()).unwrap_or_default(), message)
                            .expected("one of them in kroner, or of something else")
                    }
                    Unsound::TooLarge(ix) => {
                        let message = format!("`{}` is made of too many others", name(ix));
                        Problem::error("too_large", at(Some(ix)).unwrap_or_default(), message)
                            .expected(format!("at most {}, each as often as it is there", Amounts::LARGEST))
                    }
                });
            })
            .ok()
    }
}

/// Amounts under `[amounts]` that no other refers to.
fn for_nothing(all: &[Amount], places: &[Place]) -> Vec<Problem> {
    let mut used: BTreeSet<AmountIx> = BTreeSet::new();
    for statement in all.iter().flat_map(|amount| amount.statement.all()).filter_map(Stated::peek) {
        statement.formula.visit(&mut |part| {
            if let Formula::Amount(ix) = part {
                used.insert(*ix);
            }
        });
    }
    let unused = all.iter().zip(places).enumerate().filter(|(at, (amount, _))| {
        amount.name.starts_with("amounts.") && !used.contains(&AmountIx::new(*at))
    });
    unused
        .map(|(_, (amount, place))| {
            let message = format!("`{}` is for nothing: no other amount refers to it", amount.name);
            Problem::warning("for_nothing", place.clone(), message)
                .expected("an amount that is made of it, or no such line")
        })
        .collect()
}

/// Why a formula is no amount by itself: a bare share is a share of nothing, and only what others
/// refer to may be a number of another kind, such as an index.
fn wrong_as_amount(formula: &Formula, is_base: bool) -> Option<&'static str> {
    match formula {
        formula if is_bare_share(formula) => Some("it does not say of what"),
        Formula::Heads(_) => Some("it is a number of people"),
        Formula::Number(number) if Money::new(*number).is_none() && !is_base => {
            Some("it has more than two decimals, or is beyond what can be real")
        }
        _ => None,
    }
}

fn is_bare_share(formula: &Formula) -> bool {
    match formula {
        Formula::PerCent(_) | Formula::PerMille(_) => true,
        Formula::Quotient(dividend, _) => is_bare_share(dividend),
        Formula::Product(factors) => factors.iter().all(is_bare_share),
        Formula::Sum(terms) => terms.iter().any(is_bare_share),
        _ => false,
    }
}

fn not_an_amount(written: &Written, why: &str) -> Problem {
    Problem::error("not_money", written.place.clone(), format!("`{}` is no amount: {why}", written.name))
        .value(&*written.text)
        .expected(
            "kroner: a whole number, or a text with at most two decimals such as \"850000.50\"; or a part \
             of another amount, such as \"85 % of storting_member\"",
        )
}

/// The names of amounts: in full, and in short where that is clear.
struct Names(BTreeMap<String, Vec<(AmountIx, Option<String>)>>);

impl Names {
    fn of(all: &[AmountRead]) -> Self {
        let mut names: BTreeMap<String, Vec<(AmountIx, Option<String>)>> = BTreeMap::new();
        for (place, amount) in all.iter().enumerate() {
            for name in amount.names() {
                let entry = (AmountIx::new(place), amount.parameter.clone());
                names.entry(name.to_owned()).or_default().push(entry);
            }
        }
        Self(names)
    }

    fn find(&self, name: &str) -> Result<Formula, String> {
        if let Some(formula) = reserved(name) {
            return Ok(formula);
        }
        match self.0.get(name).map(Vec::as_slice) {
            Some([(amount, _)]) => Ok(Formula::Amount(*amount)),
            // Several places may name one parameter.
            Some([(amount, Some(parameter)), rest @ ..])
                if rest.iter().all(|(_, other)| other.as_ref() == Some(parameter)) =>
            {
                Ok(Formula::Amount(*amount))
            }
            Some(_) => Err(format!("`{name}` is the name of several amounts; write it in full")),
            None => Err(format!("`{name}` is the name of no amount")),
        }
    }

    /// A hint for a name that is nearly right.
    fn hint(&self, why: &str) -> Option<String> {
        let name = why.split('`').nth(1).filter(|_| why.ends_with("is the name of no amount"))?;
        did_you_mean(name, reserved_words().chain(self.0.keys().map(String::as_str)))
    }
}
