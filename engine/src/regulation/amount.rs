//! Amounts as a regulation states them: kroner, or a part or a multiple of another amount.

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use super::stated::{Dated, ItemId, Stated, Trail};
use crate::calendar::{DateSpan, DayOfYear};
use crate::money::{Money, Rounding, Unrounded};
use crate::shortfall::Shortfall;

/// The place of an amount among those of a regulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AmountIx(usize);

impl AmountIx {
    /// The amount at a place of the list that a regulation is built with.
    pub fn new(place: usize) -> Self {
        Self(place)
    }

    /// Its place in that list.
    pub fn place(self) -> usize {
        self.0
    }
}

/// An amount of a regulation.
#[derive(Debug, Clone)]
pub struct Amount {
    /// Its name in the file, such as `fixed_fees.mayor.per_year`.
    pub name: String,
    /// What is stated, and since when.
    pub statement: Dated<Statement>,
}

/// What a regulation states of an amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// How it is made of numbers and other amounts.
    pub formula: Formula,
    /// On which day the amounts it refers to are taken; nothing leaves it to the regulation's setting.
    pub base_on: Option<BaseDay>,
    /// How it is rounded before anything is made of it; nothing leaves it to the regulation's setting.
    pub rounding: Option<Rounding>,
}

/// How an amount is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number: of kroner, or a factor.
    Number(Decimal),
    /// So many hundredths.
    PerCent(Decimal),
    /// So many thousandths.
    PerMille(Decimal),
    /// Another amount of the regulation.
    Amount(AmountIx),
    /// An amount that the state sets.
    State(StateAmount),
    /// How many there are of something.
    Heads(Heads),
    /// The person's own day's wage.
    OwnDayWage,
    /// The product of all.
    Product(Vec<Formula>),
    /// The one divided by a number, not zero.
    Quotient(Box<Formula>, Decimal),
    /// The sum of all.
    Sum(Vec<Formula>),
}

/// What is counted in a sum per head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heads {
    /// The council's members of the person's group.
    CouncilMembersOfGroup,
}

/// An amount that the state sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateAmount {
    /// A Storting member's pay a year.
    StortingMember,
    /// A cabinet member's pay a year.
    CabinetMember,
}

/// Which value of the amounts that another refers to is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseDay {
    /// That of the day itself: the meeting's, or each day held.
    SameDay,
    /// That of a day of the year, the latest that is not after the day itself.
    DayOfYear(DayOfYear),
    /// That of one day, as when it is frozen at the start of a term.
    Fixed(NaiveDate),
}

impl BaseDay {
    /// The day whose values are taken on a day.
    pub fn of(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::SameDay => day,
            Self::DayOfYear(base) => base.on_or_before(day),
            Self::Fixed(base) => base,
        }
    }

    /// The same, so many years later; earlier where they are below zero. Nothing beyond the calendar.
    pub fn years_later(self, years: i32) -> Option<Self> {
        let Self::Fixed(day) = self else { return Some(self) };
        let months = Months::new(years.unsigned_abs().saturating_mul(12));
        let moved = if years < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) };
        moved.map(Self::Fixed)
    }
}

/// The amounts of a regulation, and how they are made of others. They refer to one another without a
/// circle.
#[derive(Debug, Clone)]
pub struct Amounts {
    all: Vec<Amount>,
    settings: AmountSettings,
    state: StatePay,
}

/// How amounts are taken and rounded where nothing else is said of them.
#[derive(Debug, Clone)]
pub struct AmountSettings {
    /// On which day the amounts that another refers to are taken.
    pub base_on: Dated<BaseDay>,
    /// How an amount is rounded where it is stated; nothing rounds lines only.
    pub rounding: Option<Dated<Rounding>>,
}

/// The pay that the state sets, by date.
#[derive(Debug, Clone, Default)]
pub struct StatePay(pub Vec<StatePayRow>);

/// One row of it.
#[derive(Debug, Clone)]
pub struct StatePayRow {
    /// What it is.
    pub amount: StateAmount,
    /// The days on which it holds.
    pub in_force: DateSpan,
    /// Kroner a year.
    pub amount_per_year: Stated<Money>,
}

/// One sign of a formula with its numbers, as a calculator has them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sign {
    /// A factor.
    Number(Decimal),
    /// Kroner.
    Kroner(Money),
    /// Hundredths.
    PerCent(Decimal),
    /// Thousandths.
    PerMille(Decimal),
    /// How many there are of something.
    Heads(Heads, u32),
    /// Times.
    Times,
    /// Divided by.
    Over,
    /// Plus.
    Plus,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
}

/// What an amount is on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The amount; rounded already where the regulation rounds it where it is stated.
    pub exact: Unrounded,
    /// The amount before that rounding.
    pub unrounded: Unrounded,
    /// How it is made; empty where it is stated in kroner.
    pub signs: Vec<Sign>,
    /// How it was rounded where it is stated.
    pub rounding: Option<Rounding>,
    /// The item that states it.
    pub item: ItemId,
}

/// What amounts take from the basis.
pub(crate) trait Facts {
    /// How many there are of something on a day.
    fn heads(&self, heads: Heads, day: NaiveDate) -> Result<u32, Shortfall>;

    /// The person's own day's wage.
    fn own_day_wage(&self) -> Result<Money, Shortfall>;
}

/// Why amounts cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsound {
    /// They refer to one another in a circle, in this order.
    Circle(Vec<AmountIx>),
    /// One is made of more than [`Amounts::LARGEST`].
    TooLarge(AmountIx),
}

impl Amounts {
    /// How many amounts one may be made of, each as often as it is referred to.
    pub const LARGEST: u32 = 1_000;

    /// The amounts that a file states, each reference to one of them.
    ///
    /// Errors: amounts that cannot be worked out.
    pub fn new(all: Vec<Amount>, settings: AmountSettings, state: StatePay) -> Result<Self, Unsound> {
        let amounts = Self { all, settings, state };
        let mut sizes = vec![None; amounts.all.len()];
        for place in 0..amounts.all.len() {
            amounts.follow(AmountIx(place), &mut Vec::new(), &mut sizes)?;
        }
        Ok(amounts)
    }

    /// Follows the references of an amount, until all are known to be sound or one leads back; of how many
    /// amounts it is made.
    fn follow(
        &self,
        ix: AmountIx,
        path: &mut Vec<AmountIx>,
        sizes: &mut [Option<u32>],
    ) -> Result<u32, Unsound> {
        if let Some(size) = sizes.get(ix.0).copied().flatten() {
            return Ok(size);
        }
        if let Some(start) = path.iter().position(|before| *before == ix) {
            return Err(Unsound::Circle(path.split_off(start)));
        }
        path.push(ix);
        let mut size = 1_u32;
        for other in self.references(ix) {
            size = size.saturating_add(self.follow(other, path, sizes)?);
        }
        path.pop();
        if size > Self::LARGEST {
            return Err(Unsound::TooLarge(ix));
        }
        if let Some(known) = sizes.get_mut(ix.0) {
            *known = Some(size);
        }
        Ok(size)
    }

    /// All amounts, in the order of their places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (AmountIx, &Amount)> {
        (0..).map(AmountIx).zip(&self.all)
    }

    /// States an amount that is a number on all days as another number; the item that states it.
    pub(super) fn restate(&mut self, amount: AmountIx, number: Decimal) -> Option<ItemId> {
        let statement = &mut self.all.get_mut(amount.0)?.statement;
        let item = statement.only()?.item();
        statement.only_mut().filter(|stated| matches!(stated.formula, Formula::Number(_)))?.formula =
            Formula::Number(number);
        Some(item)
    }

    fn references(&self, ix: AmountIx) -> Vec<AmountIx> {
        let mut references = Vec::new();
        for statement in self.get(ix).statement.all().filter_map(Stated::peek) {
            statement.formula.visit(&mut |part| {
                if let Formula::Amount(other) = part {
                    references.push(*other);
                }
            });
        }
        references
    }

    /// The same amounts, each rounded where it is stated as another regulation rounds the one of its name.
    pub(super) fn rounded_as(&self, other: &Self) -> Self {
        let rounding = |name: &str| {
            let theirs = other.all.iter().find(|amount| amount.name == name)?;
            Some(theirs.statement.all().find_map(Stated::peek)?.rounding)
        };
        let rounded = |amount: &Amount| {
            let Some(rounding) = rounding(&amount.name) else { return amount.clone() };
            let statement = amount.statement.clone();
            let statement = statement.try_map(|statement| Some(Statement { rounding, ..statement }));
            statement
                .map_or_else(|| amount.clone(), |statement| Amount { name: amount.name.clone(), statement })
        };
        let settings = AmountSettings {
            base_on: self.settings.base_on.clone(),
            rounding: other.settings.rounding.clone(),
        };
        Self { all: self.all.iter().map(rounded).collect(), settings, state: self.state.clone() }
    }

    /// The amount of an index.
    #[expect(clippy::indexing_slicing, reason = "an index is made with the list that it is of")]
    pub fn get(&self, amount: AmountIx) -> &Amount {
        &self.all[amount.0]
    }

    /// All of them, in the order of the file.
    pub fn all(&self) -> &[Amount] {
        &self.all
    }

    /// Whether an amount depends on a number of heads, which may change on any day.
    pub fn counts_heads(&self, ix: AmountIx) -> bool {
        let mut counts = false;
        for statement in self.get(ix).statement.all().filter_map(Stated::peek) {
            statement.formula.visit(&mut |part| counts |= matches!(part, Formula::Heads(_)));
        }
        counts || self.references(ix).into_iter().any(|other| self.counts_heads(other))
    }

    /// The days on which an amount may change: its own, and those of all that it refers to.
    pub fn changes(&self, ix: AmountIx) -> Vec<NaiveDate> {
        let amount = self.get(ix);
        let mut days: Vec<NaiveDate> = amount.statement.changes().collect();
        for statement in amount.statement.all().filter_map(Stated::peek) {
            let mut under = Vec::new();
            statement.formula.visit(&mut |part| match part {
                Formula::Amount(other) => under.extend(self.changes(*other)),
                Formula::State(state) => under.extend(
                    self.state.0.iter().filter(|row| row.amount == *state).map(|row| row.in_force.first()),
                ),
                _ => {}
            });
            let bases: Vec<BaseDay> = match statement.base_on {
                Some(base) => vec![base],
                None => self.settings.base_on.all().filter_map(|base| base.peek().copied()).collect(),
            };
            for base in bases {
                match base {
                    BaseDay::SameDay => days.extend(&under),
                    BaseDay::DayOfYear(base) => days.extend(under.iter().map(|day| base.on_or_after(*day))),
                    BaseDay::Fixed(_) => {}
                }
            }
        }
        days.extend(self.settings.base_on.changes());
        days.extend(self.settings.rounding.iter().flat_map(Dated::changes));
        days.sort_unstable();
        days.dedup();
        days
    }

    /// What an amount is on a day, for whoever makes no line of it; what is counted by heads is that of
    /// one.
    pub fn of_one_head(&self, ix: AmountIx, day: NaiveDate) -> Result<Worth, Shortfall> {
        self.worth(ix, day, &OneHead, &mut Trail::default())
    }

    /// What an amount is on a day.
    pub(crate) fn worth(
        &self,
        ix: AmountIx,
        day: NaiveDate,
        facts: &dyn Facts,
        trail: &mut Trail,
    ) -> Result<Worth, Shortfall> {
        Working { amounts: self, facts, trail }.worth(ix, day)
    }
}

/// One of whatever is counted, and no person.
pub(crate) struct OneHead;

impl Facts for OneHead {
    fn heads(&self, _: Heads, _: NaiveDate) -> Result<u32, Shortfall> {
        Ok(1)
    }

    fn own_day_wage(&self) -> Result<Money, Shortfall> {
        Err(Shortfall::MissingDayWage { person: None })
    }
}

struct Working<'w> {
    amounts: &'w Amounts,
    facts: &'w dyn Facts,
    trail: &'w mut Trail,
}

impl Working<'_> {
    fn worth(&mut self, ix: AmountIx, day: NaiveDate) -> Result<Worth, Shortfall> {
        let stated = self.amounts.get(ix).statement.on(day);
        let statement = self.trail.read(stated)?;
        let mut signs = Vec::new();
        let unrounded = if let Formula::Number(kroner) = statement.formula {
            Unrounded::of_decimal(kroner)
        } else {
            let base = match statement.base_on {
                _ if !statement.formula.refers() => day,
                Some(base) => base.of(day),
                None => self.trail.read_on(&self.amounts.settings.base_on, day)?.of(day),
            };
            self.value(&statement.formula, base, &mut signs)?
        };
        if !unrounded.is_roomy() {
            return Err(Shortfall::TooManyDigits { item: stated.item() });
        }
        let is_stated = matches!(statement.formula, Formula::Number(_));
        let rounding = match (statement.rounding, &self.amounts.settings.rounding) {
            (Some(rounding), _) => Some(rounding),
            // A number that stands there is no result: it may be an index.
            (None, Some(setting)) if !is_stated => Some(*self.trail.read_on(setting, day)?),
            (None, _) => None,
        };
        let exact = rounding.map_or(unrounded, |rounding| rounding.round(unrounded).into());
        Ok(Worth { exact, unrounded, signs, rounding, item: stated.item() })
    }

    /// The value of a part of a formula; its signs are added.
    fn value(
        &mut self,
        formula: &Formula,
        day: NaiveDate,
        signs: &mut Vec<Sign>,
    ) -> Result<Unrounded, Shortfall> {
        let hundredth = Decimal::new(1, 2);
        Ok(match formula {
            Formula::Number(number) => {
                signs.push(Sign::Number(*number));
                Unrounded::of_decimal(*number)
            }
            Formula::PerCent(number) => {
                signs.push(Sign::PerCent(*number));
                Unrounded::of_decimal(*number).times_decimal(hundredth)
            }
            Formula::PerMille(number) => {
                signs.push(Sign::PerMille(*number));
                Unrounded::of_decimal(*number).times_decimal(Decimal::new(1, 3))
            }
            Formula::Heads(heads) => {
                let count = self.facts.heads(*heads, day)?;
                signs.push(Sign::Heads(*heads, count));
                Unrounded::of_decimal(Decimal::from(count))
            }
            Formula::OwnDayWage => {
                let kroner = self.facts.own_day_wage()?;
                signs.push(Sign::Kroner(kroner));
                kroner.into()
            }
            Formula::State(amount) => {
                let rows = || self.amounts.state.0.iter().filter(|row| row.amount == *amount);
                let row = rows().find(|row| row.in_force.contains(day));
                let row = row.ok_or(Shortfall::NoStateAmount { amount: *amount, day })?;
                let kroner = *self.trail.read(&row.amount_per_year)?;
                signs.push(Sign::Kroner(kroner));
                kroner.into()
            }
            Formula::Amount(ix) => {
                let worth = self.worth(*ix, day)?;
                let is_stated = worth.signs.is_empty() || worth.rounding.is_some();
                match worth.exact.in_whole_oere().filter(|_| is_stated) {
                    Some(kroner) => signs.push(Sign::Kroner(kroner)),
                    None if worth.signs.is_empty() => signs.extend(self.factor(*ix, day)),
                    None if worth.signs.contains(&Sign::Plus) => {
                        signs.push(Sign::Open);
                        signs.extend(worth.signs);
                        signs.push(Sign::Close);
                    }
                    None => signs.extend(worth.signs),
                }
                worth.exact
            }
            Formula::Product(factors) => {
                let mut product = Unrounded::of_decimal(Decimal::ONE);
                for (at, factor) in factors.iter().enumerate() {
                    if at > 0 {
                        signs.push(Sign::Times);
                    }
                    let bracketed = matches!(factor, Formula::Sum(_));
                    signs.extend(bracketed.then_some(Sign::Open));
                    let value = self.value(factor, day, signs)?;
                    signs.extend(bracketed.then_some(Sign::Close));
                    product = product.times_exact(value);
                }
                product
            }
            Formula::Quotient(dividend, divisor) => {
                let bracketed = matches!(**dividend, Formula::Sum(_));
                signs.extend(bracketed.then_some(Sign::Open));
                let value = self.value(dividend, day, signs)?;
                signs.extend(bracketed.then_some(Sign::Close));
                signs.extend([Sign::Over, Sign::Number(*divisor)]);
                value.over_decimal(*divisor)
            }
            Formula::Sum(terms) => {
                let mut sum = Unrounded::ZERO;
                for (at, term) in terms.iter().enumerate() {
                    if at > 0 {
                        signs.push(Sign::Plus);
                    }
                    let value = self.value(term, day, signs)?;
                    sum = sum.plus(value);
                }
                sum
            }
        })
    }

    /// A stated number that is no amount of whole øre, such as an index of 1.0375.
    fn factor(&self, ix: AmountIx, day: NaiveDate) -> Option<Sign> {
        match self.amounts.get(ix).statement.on(day).peek()?.formula {
            Formula::Number(number) => Some(Sign::Number(number)),
            _ => None,
        }
    }
}

impl Formula {
    /// Looks at every part.
    pub fn visit(&self, look: &mut dyn FnMut(&Self)) {
        look(self);
        match self {
            Self::Product(parts) | Self::Sum(parts) => {
                for part in parts {
                    part.visit(look);
                }
            }
            Self::Quotient(dividend, _) => dividend.visit(look),
            Self::Number(_)
            | Self::PerCent(_)
            | Self::PerMille(_)
            | Self::Amount(_)
            | Self::State(_)
            | Self::OwnDayWage
            | Self::Heads(_) => {}
        }
    }

    /// Whether it is made of anything that may change by itself.
    fn refers(&self) -> bool {
        let mut refers = false;
        self.visit(&mut |part| {
            refers |= matches!(part, Self::Amount(_) | Self::State(_) | Self::Heads(_) | Self::OwnDayWage);
        });
        refers
    }
}
