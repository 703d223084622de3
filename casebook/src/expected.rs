//! What a case expects: lines and messages, and how they are held against what was found.

use honorar_engine::Kind;
use honorar_problems::{Place, Problem, did_you_mean};
use honorar_rates::toml_reader::{Node, TomlReader};

use crate::run::Found;
use crate::tables::{cells, is_left_out};

/// The words that begin a message; every other line is about money.
pub(crate) const MESSAGES: [&str; 3] = ["problem", "warning", "note"];

/// The cells of a line of money.
const CELLS: usize = 6;

const LINE: &str = "`person, kind, body, meeting, claim, amount`";
const GROUP_LINE: &str = "`group, months, part, amount`";

/// One line that a case expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// The line without its sentence; its cells parted by a comma and a blank.
    pub(crate) text: String,
    /// What of it is free of tax and what is taxed, where that has to be met.
    pub(crate) tax: Option<String>,
    /// The sentence, where it has to be met.
    pub(crate) how: Option<String>,
}

impl Expected {
    /// The lines of a block, each of which is a line of money or a message.
    pub(crate) fn read<'t>(
        reader: &mut TomlReader<'t>,
        node: &Node<'t>,
        of_groups: bool,
    ) -> Option<Vec<Self>> {
        let text = reader.text(node)?;
        let mut all = Vec::new();
        for (at, line) in (0..).zip(text.lines()).filter(|(_, line)| !is_left_out(line)) {
            let (line, how) = match line.split_once(" | ") {
                Some((line, how)) => (line, Some(how.trim().to_owned())),
                None => (line, None),
            };
            let mut parts = cells(line);
            let has_tax = !of_groups && parts.len() == CELLS + 2;
            let tax = has_tax.then(|| parts.split_off(CELLS).join(", "));
            if let Some(problem) = wrong(&parts, of_groups, &reader.place_of_line(node, at)) {
                reader.report(problem);
            }
            all.push(Self { text: parts.join(", "), tax, how });
        }
        Some(all)
    }

    pub(crate) fn is_message(&self) -> bool {
        MESSAGES.iter().any(|word| self.text.split(',').next() == Some(word))
    }

    /// Whether something found is what is expected. A message need not give its words.
    pub(crate) fn is_met_by(&self, found: &Found) -> bool {
        let is_said = self.text == found.text
            || (self.is_short_message() && found.text.starts_with(&format!("{}, ", self.text)));
        let taxed = self.tax.as_ref().is_none_or(|tax| *tax == found.tax);
        is_said && taxed && self.how.as_ref().is_none_or(|how| *how == found.how)
    }

    fn is_short_message(&self) -> bool {
        self.is_message() && self.text.split(", ").count() == 2
    }

    /// What demands more is matched first, so that what demands less takes what is left.
    pub(crate) fn demands(&self) -> (bool, bool) {
        (self.how.is_some() || self.tax.is_some(), !self.is_short_message())
    }

    /// As it is written.
    pub(crate) fn shown(&self) -> String {
        as_written(&self.text, self.tax.as_deref(), self.how.as_deref())
    }
}

/// A line as a case writes it.
pub(crate) fn as_written(text: &str, tax: Option<&str>, how: Option<&str>) -> String {
    let tax = tax.map(|tax| format!(", {tax}")).unwrap_or_default();
    let how = how.map(|how| format!(" | {how}")).unwrap_or_default();
    format!("{text}{tax}{how}")
}

/// What is wrong with a line of a block.
fn wrong(parts: &[String], of_groups: bool, place: &Place) -> Option<Problem> {
    let first = parts.first().map_or("", String::as_str);
    let error = |code, message: String| Problem::error(code, place.clone(), message);
    if MESSAGES.contains(&first) {
        let has_code = parts.get(1).is_some_and(|code| !code.is_empty());
        let problem = error("not_a_line", format!("a {first} is expected without its code"));
        return (!has_code).then(|| problem.expected(format!("`{first}, code`, or `{first}, code, words`")));
    }
    let (number, form) = if of_groups { (4, GROUP_LINE) } else { (CELLS, LINE) };
    if parts.len() != number {
        let message = format!("an expected line has {} cells", parts.len());
        let problem = error("not_a_line", message).expected(format!("{form}, {number} cells"));
        let hint = "a sentence that has to be met stands behind ` | `";
        return Some(problem.value(parts.join(", ")).hint(hint));
    }
    let kind = parts.get(1).map_or("", String::as_str);
    if !of_groups && !Kind::ALL.iter().any(|known| known.name() == kind) {
        let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let hint = did_you_mean(kind, known.iter().copied());
        let problem = error("unknown_word", "an expected line is of a kind that is not known".to_owned());
        return Some(problem.value(kind).expected(known.join(", ")).maybe_hint(hint));
    }
    let amount = parts.last().map_or("", String::as_str);
    let digits = amount.strip_prefix('-').unwrap_or(amount);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_amount = digits
        .split_once('.')
        .is_some_and(|(kroner, oere)| is_digits(kroner) && is_digits(oere) && oere.len() == 2);
    let problem = error("not_money", "an expected amount is not to the øre".to_owned());
    (!is_amount).then(|| problem.value(amount).expected("kroner with two decimals, such as 5152.00"))
}
