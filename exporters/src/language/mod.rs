//! Explanations, names, numbers and dates for people to read, in a language.
//!
//! An explanation is data in `honorar_engine::why`. The files here make sentences of it, whatever the
//! language; the phrases of a language are its file in `catalogue`.

mod absence;
mod after_pay;
mod caps;
mod catalogue;
mod claims;
mod correction;
mod fixed_fee;
mod format;
mod groups;
mod heading;
mod meeting_fee;
mod names;
mod rate;
mod share;
mod simulation;
mod travel;
mod whose;

use chrono::NaiveDate;
use honorar_engine::basis::Basis;
use honorar_engine::groups::{GroupLine, GroupTransfer};
use honorar_engine::line::Origin;
use honorar_engine::regulation::{AmountIx, Statement, Worth};
use honorar_engine::why::Why;
use honorar_engine::{Money, PayLine, Regulation};
use honorar_rates::Language;
use rust_decimal::Decimal;

use self::catalogue::{Catalogue, SimulationWords, StatementWords, catalogue};
use self::format::Value;
pub use self::heading::Headings;
pub use self::names::about;

/// The words of a language: sentences, names, numbers and dates for people to read.
///
/// It is as cheap to copy as a reference. Whatever a machine reads, such as the other columns of
/// `lines.csv`, has one form in all languages and is not from here.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: Language,
    say: &'static Catalogue,
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Self {
        Self { language, say: catalogue(language) }
    }

    /// What statements say.
    pub(crate) fn statement(self) -> &'static StatementWords {
        &self.say.statement
    }

    /// What simulations say.
    pub(crate) fn simulation(self) -> &'static SimulationWords {
        &self.say.simulation
    }

    /// The language.
    pub fn language(self) -> Language {
        self.language
    }

    /// Why a line has its amount, in one sentence that a pocket calculator can check. It ends with the
    /// amount, or with the amount and a citation in brackets.
    pub fn how(self, line: &PayLine, basis: &Basis, regulation: &Regulation) -> String {
        let how = self.why(line, basis, regulation);
        match line.correction {
            Some(correction) => correction::sentence(self.say, correction, &how, line, basis),
            None => how,
        }
    }

    /// The same, whatever the line corrects.
    fn why(self, line: &PayLine, basis: &Basis, regulation: &Regulation) -> String {
        let say = self.say;
        let cite = || line.cite(basis, regulation);
        match &*line.why {
            Why::FixedFee(why) => {
                let body = line.body.map(|body| &*basis.register().body(body).code);
                fixed_fee::sentence(say, why, body, line.amount)
            }
            Why::Absence(why) => absence::sentence(say, why, -line.amount),
            Why::MeetingFee(why) => meeting_fee::sentence(say, why, basis, line.amount, &cite()),
            Why::Capped(why) => claims::capped(say, why, line.kind, line.amount, &cite()),
            Why::Refused(why) => claims::refused(say, why, line.kind, &cite()),
            Why::Distance(why) => travel::distance(say, why, line.amount),
            Why::Subsistence(why) => travel::subsistence(say, why, line.amount),
            Why::Reversal => self.money(line.amount),
            Why::NoTravel(why) => travel::nothing(say, *why, &cite()),
            Why::DocumentedCost(cost) => say.travel.documented_cost(*cost),
            Why::AfterPay(why) => after_pay::sentence(say, why, line.amount, &cite()),
            Why::GroupPayment(kind) => {
                let group = match line.origin {
                    Origin::GroupPayment(payment) => &*basis.group_payment(payment).group,
                    _ => "",
                };
                let what = say.fixed_fee.on_behalf_of_group(names::group_payment(say, *kind), group);
                format!("{what}: {}", self.money(line.amount))
            }
        }
    }

    /// Why a line of a party group has its amount, in one sentence that a pocket calculator can check.
    pub fn how_of_group(self, line: &GroupLine, basis: &Basis, regulation: &Regulation) -> String {
        groups::sentence(self.say, line, basis, regulation)
    }

    /// What is transferred of a party group's grant, in one sentence.
    pub fn how_of_transfer(self, group: &GroupTransfer) -> String {
        groups::transfer(self.say, group)
    }

    /// How an amount of a regulation comes about on a day, as a pocket calculator takes it; nothing where
    /// it is stated in kroner. `nearly` is the amount where it is no whole øre.
    pub fn how_of_amount(
        self,
        statement: &Statement,
        written: &str,
        worth: &Worth,
        nearly: Money,
    ) -> Option<String> {
        rate::how_of_amount(self.say, statement, written, worth, nearly)
    }

    /// Whose a fee is on a day; nothing for an amount that is no fee.
    pub fn whose(self, amount: AmountIx, regulation: &Regulation, day: NaiveDate) -> Option<String> {
        whose::whose(self.say, amount, regulation, day)
    }

    /// An amount of kroner, always with øre: `1234.50`, `1 234,50`.
    pub fn money(self, amount: Money) -> String {
        self.say.money(amount)
    }

    /// A number with the decimals that it has, such as kilometres or hours.
    pub fn number(self, number: Decimal) -> String {
        self.say.number(number)
    }

    /// A number of hundredths: `12.5 %`, `12,5 %`.
    pub fn per_cent(self, number: Decimal) -> String {
        self.say.marks.shown(Value::PerCent(number))
    }

    /// How many of something.
    pub fn count(self, count: impl Into<u64>) -> String {
        self.say.count(count)
    }

    /// A day: `2014-03-06`, `06.03.2014`.
    pub fn date(self, date: NaiveDate) -> String {
        self.say.marks.shown(Value::Date(date))
    }
}

impl Catalogue {
    fn money(&self, amount: Money) -> String {
        self.marks.shown(Value::Money(amount))
    }

    fn number(&self, number: Decimal) -> String {
        self.marks.shown(Value::Number(number))
    }

    fn count(&self, count: impl Into<u64>) -> String {
        self.marks.shown(Value::Count(count.into()))
    }
}
