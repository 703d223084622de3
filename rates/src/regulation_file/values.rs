//! The values of a regulation's file: each with its point, its provenance and its days.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use honorar_engine::calendar::{DateSpan, DayOfYear};
use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{BaseDay, Dated, Item, Provenance, Share, Stated};
use honorar_problems::{Place, Problem};
use rust_decimal::Decimal;

use super::RegulationFile;
use crate::toml_reader::{Node, Section, TomlReader};

const MINUTES_PER_DAY: u32 = 24 * 60;

const PROVENANCES: [(&str, Provenance); 2] =
    [("document", Provenance::Document), ("assumed", Provenance::Assumed)];

/// What a section says of the values in it, where they do not say it themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub(super) point: Option<String>,
    pub(super) provenance: Option<Provenance>,
    pub(super) decision: Option<String>,
    pub(super) meaning: Option<String>,
}

/// A value with the day from which it holds, where it says one.
struct Version<T> {
    name: String,
    from: Option<NaiveDate>,
    /// Where the day stands, or else the value: in the regulation's file or in the profile.
    place: Place,
    stated: Stated<T>,
}

impl<'t> RegulationFile<'t> {
    /// A value that has to be there.
    pub(super) fn setting<T>(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        read: impl Fn(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Dated<T>> {
        let node = self.reader.required(section, key)?;
        self.dated(&node, &read)
    }

    /// A value that may be there: nothing where it is not, or what was read of it.
    #[expect(clippy::option_option, reason = "not there, and there but wrong, are two things")]
    pub(super) fn maybe_setting<T>(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        read: impl Fn(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Option<Dated<T>>> {
        section.optional(key).map(|node| self.dated(&node, &read))
    }

    /// A value that is assumed to be a usual one where the file does not say it.
    pub(super) fn setting_or<T>(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        (usual, written): (T, &str),
        meaning: &str,
        read: impl Fn(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Dated<T>> {
        match section.optional(key) {
            Some(node) => self.dated(&node, &read),
            None => self.assumed(section.path(key), (usual, written), meaning),
        }
    }

    /// What is usual where the file says nothing.
    pub(super) fn assumed<T>(
        &mut self,
        name: String,
        (usual, written): (T, &str),
        meaning: &str,
    ) -> Option<Dated<T>> {
        let item = Item {
            name,
            source: self.name.clone(),
            point: String::new(),
            provenance: Provenance::Assumed,
            is_parameter: false,
            decision: String::new(),
            value: written.to_owned(),
            meaning: meaning.to_owned(),
        };
        self.state(item, Some(usual)).map(Dated::always)
    }

    /// Whether something is so, with what is usual.
    pub(super) fn truth_or(
        &mut self,
        s: &mut Section<'t>,
        key: &'static str,
        usual: bool,
        meaning: &str,
    ) -> Option<Dated<bool>> {
        let written = if usual { "true" } else { "false" };
        self.setting_or(s, key, (usual, written), meaning, TomlReader::truth)
    }

    /// A value, or a list of values each with the day from which it holds.
    pub(super) fn dated<T>(
        &mut self,
        node: &Node<'t>,
        read: &impl Fn(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Dated<T>> {
        let source = self.source.clone();
        let versions = self.versions(node, &source, read)?;
        self.in_order(versions)
    }

    fn versions<T>(
        &mut self,
        node: &Node<'t>,
        source: &Source,
        read: &impl Fn(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Vec<Version<T>>> {
        if node.is_list_of_tables() {
            let nodes = self.reader.list(node)?;
            let all: Vec<_> = nodes.into_iter().map(|node| self.versions(&node, source, read)).collect();
            return Some(all.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect());
        }
        if !node.is_table() {
            let (name, written) = (node.name.clone(), self.reader.raw(node));
            let value = read(&mut self.reader, node);
            let item = self.item(node, name, source, written);
            let stated = self.state(item?, Some(value?))?;
            return Some(vec![self.version(node, stated)]);
        }
        let mut table = self.reader.section(node.clone())?;
        let from = table.optional("from").map(|node| (self.reader.date(&node), node));
        let source = self.source_of(&mut table, source);
        let versions = if let Some(parameter) = table.optional("parameter") {
            self.parameter(&parameter, node, &source, read)
        } else {
            let value_node = self.reader.required(&mut table, "value");
            value_node.and_then(|value_node| {
                let written = self.reader.raw(&value_node);
                let value = read(&mut self.reader, &value_node);
                let item = self.item(node, node.name.clone(), &source, written);
                let stated = self.state(item?, Some(value?))?;
                Some(vec![self.version(node, stated)])
            })
        };
        self.reader.finish(&table);
        let mut versions = versions?;
        let Some((from, from_node)) = from else { return Some(versions) };
        if versions.iter().any(|version| version.from.is_some()) {
            let expected = "the days here, or those of the parameter in the profile";
            self.reader.wrong(
                &from_node,
                "conflict",
                "is a day of a value that has days of its own",
                expected,
            );
            return None;
        }
        let first = versions.first_mut()?;
        first.from = Some(from?);
        first.name = from_node.name.clone();
        first.place = self.reader.place_of(&from_node);
        Some(versions)
    }

    fn version<T>(&self, node: &Node<'t>, stated: Stated<T>) -> Version<T> {
        Version { name: node.name.clone(), from: None, place: self.reader.place_of(node), stated }
    }

    /// A parameter: the value that the profile gives, with its days; or none.
    fn parameter<T>(
        &mut self,
        name_node: &Node<'t>,
        node: &Node<'t>,
        source: &Source,
        read: &impl Fn(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Vec<Version<T>>> {
        let name = self.reader.text(name_node)?;
        if !self.parameters.contains(&name) {
            self.parameters.push(name.clone());
        }
        let source = Source { provenance: Some(Provenance::Assumed), ..source.clone() };
        let Some(given) = self.given.get(&name).cloned() else {
            let item = self.item(node, name, &source, String::new())?;
            let stated = self.state(Item { is_parameter: true, ..item }, None)?;
            return Some(vec![self.version(node, stated)]);
        };
        let mut versions = Vec::new();
        let mut each = |file: &mut Self, from: Option<NaiveDate>, stands_at: &Node<'t>, value: &Node<'t>| {
            let (name_of_version, place) = (stands_at.name.clone(), file.profile_reader.place_of(stands_at));
            let written = file.profile_reader.raw(value);
            let value = read(&mut file.profile_reader, value);
            let item = file.item(node, name.clone(), &source, written);
            let stated = file.state(Item { is_parameter: true, ..item? }, Some(value?))?;
            versions.push(Version { name: name_of_version, from, place, stated });
            Some(())
        };
        if !given.is_list_of_tables() {
            each(self, None, &given, &given)?;
            return Some(versions);
        }
        for row in self.profile_reader.list(&given)? {
            let mut table = self.profile_reader.section(row.clone())?;
            let from_node = table.optional("from");
            let from = from_node.as_ref().map(|node| self.profile_reader.date(node));
            let value = self.profile_reader.required(&mut table, "value")?;
            self.profile_reader.finish(&table);
            each(self, if_read(from)?, from_node.as_ref().unwrap_or(&row), &value)?;
        }
        Some(versions)
    }

    /// The versions as one value that changes: each begins after the one before it, and the first
    /// holds from the regulation's first day.
    fn in_order<T>(&mut self, versions: Vec<Version<T>>) -> Option<Dated<T>> {
        let mut versions = versions.into_iter();
        let first = versions.next()?;
        if let Some(from) = first.from {
            self.items.begin(first.stated.item(), from);
        }
        let mut sound = true;
        let in_force = self.in_force.filter(|_| !self.is_of_year(&first.stated));
        if let (Some(from), Some(in_force)) = (first.from, in_force)
            && from > in_force.first()
        {
            let expected = format!("a value from {}, the regulation's first day", in_force.first());
            self.wrong_day(&first, "date_gap", "leaves days before it without a value", expected);
            sound = false;
        }
        let mut before = first.from.or(in_force.map(DateSpan::first));
        let mut later = Vec::new();
        for version in versions {
            let Some(from) = version.from else {
                self.wrong_day(&version, "missing_key", "has no `from`", "the day from which it holds");
                sound = false;
                continue;
            };
            if before.is_some_and(|before| from <= before) {
                self.wrong_day(&version, "date_order", "is not after the day before it", "a later date");
                sound = false;
            }
            before = Some(from);
            self.items.begin(version.stated.item(), from);
            later.push((from, version.stated));
        }
        sound.then(|| self.as_moved(Dated::changing(first.stated, later)))
    }

    fn wrong_day<T>(
        &mut self,
        version: &Version<T>,
        code: &'static str,
        message: &str,
        expected: impl Into<String>,
    ) {
        let message = format!("`{}` {message}", version.name);
        let problem = Problem::error(code, version.place.clone(), message).expected(expected);
        self.reader.report(match version.from {
            Some(from) => problem.value(from.to_string()),
            None => problem,
        });
    }

    /// What a table says of its values, with what stands around it.
    pub(super) fn source_of(&mut self, section: &mut Section<'t>, around: &Source) -> Source {
        let mut text = |reader: &mut TomlReader<'t>, key: &'static str| {
            section.optional(key).and_then(|node| reader.text(&node))
        };
        let point = text(&mut self.reader, "point");
        let decision = text(&mut self.reader, "decision");
        let meaning = text(&mut self.reader, "meaning");
        let provenance = section.optional("provenance");
        let provenance = provenance.and_then(|node| self.reader.word(&node, &PROVENANCES));
        Source {
            point: point.or_else(|| around.point.clone()),
            provenance: provenance.or_else(|| around.provenance.clone()),
            decision: decision.or_else(|| around.decision.clone()),
            meaning: meaning.or_else(|| around.meaning.clone()),
        }
    }

    /// The item of a value: where it stands and who says so.
    fn item(&mut self, node: &Node<'t>, name: String, source: &Source, value: String) -> Option<Item> {
        for (key, is_there) in
            [("point", source.point.is_some()), ("provenance", source.provenance.is_some())]
        {
            if !is_there {
                let message = format!("`{}` has no `{key}`, nor has what stands around it", node.name);
                let problem = Problem::error("missing_key", self.reader.place_of(node), message);
                self.reader.report(problem.expected(format!("a line `{key} = …` there, or in its table")));
            }
        }
        Some(Item {
            name,
            source: self.name.clone(),
            point: source.point.clone()?,
            provenance: source.provenance.clone()?,
            is_parameter: false,
            decision: source.decision.clone().unwrap_or_default(),
            value,
            meaning: source.meaning.clone().unwrap_or_else(|| node.name.replace(['_', '.'], " ")),
        })
    }

    fn state<T>(&mut self, item: Item, value: Option<T>) -> Option<Stated<T>> {
        let stated = self.items.state(item, value);
        self.too_many_items |= stated.is_none();
        stated
    }
}

/// A share such as `1/2`, `25 %` or `12.5 %`, at most the whole.
pub(super) fn share<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Share> {
    let text = reader.plain(node);
    let numbers = match text.strip_suffix('%') {
        Some(percent) => hundredths(percent.trim()).map(|hundredths| (hundredths, 10_000)),
        None => text
            .split_once('/')
            .and_then(|(a, b)| Some((a.trim().parse::<u32>().ok()?, b.trim().parse::<u32>().ok()?))),
    };
    let share = numbers.filter(|(a, b)| a <= b && *b <= 10_000).and_then(|(a, b)| {
        let divisor = greatest_common_divisor(a, b).max(1);
        Some(Share { numerator: a / divisor, denominator: NonZeroU32::new(b / divisor)? })
    });
    if share.is_none() {
        reader.wrong(
            node,
            "not_a_share",
            "is no share",
            "a share such as \"1/2\" or \"25 %\", at most the whole",
        );
    }
    share
}

/// The hundredths of a number of at most two decimals.
fn hundredths(number: &str) -> Option<u32> {
    let number: Decimal = number.parse().ok()?;
    let hundredths = number.checked_mul(Decimal::ONE_HUNDRED)?;
    u32::try_from(hundredths).ok().filter(|whole| Decimal::from(*whole) == hundredths)
}

/// Minutes of a day.
pub(super) fn minutes<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<u32> {
    let minutes = reader.count(node)?;
    if minutes > MINUTES_PER_DAY {
        reader.wrong(node, "beyond_real", "is more than a day", "at most 1440 minutes");
        return None;
    }
    Some(minutes)
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A setting for which only `true` is known.
pub(super) fn always<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<bool> {
    let truth = reader.truth(node)?;
    if !truth {
        reader.wrong(node, "unknown_word", "can only be true in this version", "true");
    }
    truth.then_some(truth)
}

/// How amounts and lines are rounded.
pub(super) fn rounding<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Rounding> {
    use RoundingMode::{HalfAwayFromZero, HalfToEven, Up};
    let to = |unit_oere, mode| Rounding::to_unit(NonZeroU32::new(unit_oere).unwrap_or(NonZeroU32::MIN), mode);
    let words = [
        ("oere_half_away_from_zero", to(1, HalfAwayFromZero)),
        ("oere_half_to_even", to(1, HalfToEven)),
        ("nearest_krone", to(100, HalfAwayFromZero)),
        ("nearest_5_kroner", to(500, HalfAwayFromZero)),
        ("nearest_10_kroner", to(1_000, HalfAwayFromZero)),
        ("up_to_krone", to(100, Up)),
        ("up_to_5_kroner", to(500, Up)),
        ("up_to_10_kroner", to(1_000, Up)),
    ];
    reader.word(node, &words)
}

/// How a line is rounded: to whole øre.
pub(super) fn rounding_of_lines<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Rounding> {
    let rounding = rounding(reader, node)?;
    if rounding.unit_oere() > 1 {
        let expected = "`oere_half_away_from_zero` or `oere_half_to_even`: amounts and instalments may be \
                        rounded to kroner";
        reader.wrong(node, "unknown_word", "is no rounding of lines", expected);
        return None;
    }
    Some(rounding)
}

/// The day on which the amounts that another refers to are taken: `same_day`, a day of every year such
/// as `05-01`, or a date.
pub(super) fn base_day<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<BaseDay> {
    let written = reader.plain(node);
    if written == "same_day" {
        return Some(BaseDay::SameDay);
    }
    if let Some(day) = day_of_year(&written) {
        return Some(BaseDay::DayOfYear(day));
    }
    let date = written.parse().ok().map(BaseDay::Fixed);
    if date.is_none() {
        let expected = "\"same_day\", a day of every year such as \"05-01\", or a date such as 2019-10-01";
        reader.wrong(node, "not_a_date", "is no day", expected);
    }
    date
}

/// A month and a day such as `03-01`.
pub(super) fn day_of_year(text: &str) -> Option<DayOfYear> {
    let (month, day) = text.split_once('-').filter(|_| text.len() == 5)?;
    DayOfYear::new(month.parse().ok()?, day.parse().ok()?)
}

/// A day of every year, such as `03-01`.
pub(super) fn every_year<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<DayOfYear> {
    let text = reader.text(node)?;
    let day = day_of_year(&text);
    if day.is_none() {
        reader.wrong(node, "not_a_date", "is no day of the year", "a month and a day such as \"03-01\"");
    }
    day
}

/// What may be left out, once it is known whether it was read well.
#[expect(clippy::option_option, reason = "not there, and there but wrong, are two things")]
pub(super) fn if_read<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        Some(Some(value)) => Some(Some(value)),
        Some(None) => None,
        None => Some(None),
    }
}

/// A minute of the day, as a clock time such as "16:00".
pub(super) fn minute_of_day<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<u32> {
    let text = reader.plain(node);
    let parts = text.split_once(':').filter(|(hours, minutes)| hours.len() == 2 && minutes.len() == 2);
    let numbers = parts.and_then(|(hours, minutes)| Some((hours.parse().ok()?, minutes.parse().ok()?)));
    let minute = numbers.filter(|(hours, minutes): &(u32, u32)| *hours <= 24 && *minutes < 60);
    let minute = minute.map(|(hours, minutes)| hours * 60 + minutes).filter(|all| *all <= MINUTES_PER_DAY);
    if minute.is_none() {
        reader.wrong(node, "not_a_time", "is no time of the day", "a clock time such as \"16:00\"");
    }
    minute
}

/// Days of every year, such as `["05-31", "12-31"]`.
pub(super) fn days_of_every_year<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Vec<DayOfYear>> {
    let nodes = reader.list(node)?;
    let days: Vec<Option<DayOfYear>> = nodes.iter().map(|node| every_year(reader, node)).collect();
    days.into_iter().collect()
}

/// A number such as `3`, or `"1.5"` in quotes; never below zero.
pub(super) fn decimal<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Decimal> {
    let written = reader.plain(node);
    let number: Option<Decimal> = written.parse().ok().filter(|number: &Decimal| !number.is_sign_negative());
    if number.is_none() {
        reader.wrong(
            node,
            "not_a_number",
            "is no number",
            "a whole number, or one in quotes such as \"1.5\"",
        );
    }
    number
}
