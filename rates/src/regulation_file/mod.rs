//! A regulation's file.

mod absence;
mod after_pay;
mod amounts;
mod claims;
mod cover;
mod fee_settings;
mod fees;
mod formula;
mod group_support;
mod head;
mod kept;
mod length;
mod lost_income;
mod payments;
mod proposal;
mod travel;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use honorar_engine::calendar::{DateSpan, Payment};
use honorar_engine::regulation::{Cover, FixedFee, Items, LengthSettings, ListedBody, Regulation};
use honorar_problems::{Place, Problem, did_you_mean};

use self::amounts::AmountsRead;
use self::fees::FixedFeeDefaults;
pub use self::head::{Head, read_head};
use self::proposal::OfYear;
pub use self::proposal::{Proposal, read_proposal};
use self::values::{Source, if_read};
use crate::profile::{Profile, read_profile};
use crate::shipped::RegulationText;
use crate::state::state;
use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::CLASSES;

/// Reads a regulation with the parameters and decisions of a profile, and says everything that is
/// wrong in the regulation's file or in the profile's use of it.
///
/// A parameter without a value is no error here; it is one when a line needs it.
pub fn read_regulation(text: &RegulationText, profile: &Profile) -> (Option<Regulation>, Vec<Problem>) {
    if let Some(mut regulation) = kept::read(text, profile) {
        let unknown = decide(&mut regulation.items, profile);
        return (Some(regulation), unknown);
    }
    read_from_file(text, profile, None)
}

/// The same from the file itself; of a proposal, for a year.
fn read_from_file(
    text: &RegulationText,
    profile: &Profile,
    of_year: Option<OfYear>,
) -> (Option<Regulation>, Vec<Problem>) {
    let (reader, top) = TomlReader::open(&text.file, &text.text);
    let (profile_reader, given) = profile.open_parameters();
    let mut file = RegulationFile {
        reader,
        profile_reader,
        given,
        name: String::new(),
        source: Source::default(),
        in_force: None,
        of_year,
        bodies: BTreeMap::new(),
        items: state().map(|state| Items::beside(Arc::clone(&state.items))).unwrap_or_default(),
        amounts: AmountsRead::default(),
        places: Vec::new(),
        pay_days_at: Vec::new(),
        parameters: Vec::new(),
        too_many_items: false,
        cover_places: BTreeMap::new(),
        covers_need_length: false,
    };
    let mut regulation = file.read(top);
    let may_say_more = file.has_profile_of_another();
    let RegulationFile { reader, profile_reader, parameters, too_many_items, .. } = file;
    let mut problems = reader.into_problems();
    problems.extend(profile_reader.into_problems());
    let mut beyond = profile.unknown_parameters(&parameters);
    if too_many_items {
        let message = format!("the regulation states more than {} amounts and settings", Items::LIMIT);
        problems.push(Problem::error("too_large", Place::file(&*text.file), message));
    }
    if let Some(regulation) = &mut regulation {
        if of_year.is_none() && problems.is_empty() && beyond.is_empty() {
            kept::keep(text, profile, regulation);
        }
        beyond.extend(decide(&mut regulation.items, profile));
    }
    if !may_say_more {
        problems.extend(beyond);
    }
    (regulation, problems)
}

/// A regulation that ships with the program, without parameters: for looking at tables whose own
/// regulation cannot be read.
pub fn stand_in_regulation() -> Option<Regulation> {
    let text = RegulationText::shipped_as("aurland")?;
    read_regulation(&text, &empty_profile()?).0
}

/// A profile that gives no parameter and names no decision: for looking at a regulation by itself.
pub fn empty_profile() -> Option<Profile> {
    read_profile("honorar.toml", "municipality = \"\"\nregulation = \"\"\n").0
}

/// Applies the profile's decisions to the items that they name.
fn decide(items: &mut Items, profile: &Profile) -> Vec<Problem> {
    let mut unknown = Vec::new();
    for decision in &profile.decisions {
        if !items.decide(&decision.name, &decision.provenance) {
            let names = items.iter().map(|(_, item)| item.name.as_str());
            let problem = Problem::error(
                "unknown_key",
                decision.place.clone(),
                format!("`provenance.{}` names nothing in the regulation", decision.name),
            )
            .expected("the name of a parameter or setting")
            .maybe_hint(did_you_mean(&decision.name, names));
            unknown.push(problem);
        }
    }
    unknown
}

struct RegulationFile<'t> {
    reader: TomlReader<'t>,
    /// Reads the values of parameters, which stand in the profile.
    profile_reader: TomlReader<'t>,
    /// The parameters that the profile gives.
    given: BTreeMap<String, Node<'t>>,
    /// The regulation's short name, for citations.
    name: String,
    /// What the section that is being read says of its values.
    source: Source,
    in_force: Option<DateSpan>,
    /// For which year it is read, where it is a proposal.
    of_year: Option<OfYear>,
    bodies: BTreeMap<String, ListedBody>,
    items: Items,
    amounts: AmountsRead,
    /// Where each amount stands.
    places: Vec<Place>,
    /// Where the days of payments of each rhythm stand.
    pay_days_at: Vec<(String, Payment, Place)>,
    /// The parameters that the regulation leaves to the municipality.
    parameters: Vec<String>,
    too_many_items: bool,
    /// Where each cover stands.
    cover_places: BTreeMap<String, Place>,
    /// Whether a cover depends on the length above which a meeting is a whole day.
    covers_need_length: bool,
}

impl<'t> RegulationFile<'t> {
    fn read(&mut self, mut top: Section<'t>) -> Option<Regulation> {
        let name = self.text_of(&mut top, "name");
        self.name = name.clone().unwrap_or_default();
        for key in ["municipality", "title", "source", "act"] {
            self.text_of(&mut top, key);
        }
        let adopted = self.text_of(&mut top, "adopted");
        let in_force = self.in_force(&mut top);
        self.in_force = in_force;
        let around = Source { decision: adopted.clone(), ..Source::default() };
        self.source = self.source_of(&mut top, &around);
        let bodies = self.named_sections(&mut top, "bodies", |file, _, section| file.listed_body(section));
        self.bodies = bodies.clone().into_iter().flatten().collect();
        self.named_amounts(&mut top, "parameters");
        self.named_amounts(&mut top, "amounts");
        let mut shared = FixedFeeDefaults::default();
        let fees = self.required_section(&mut top, "fees", |file, section| {
            shared = file.fixed_fee_defaults(section);
            file.fees(section)
        });
        let fixed_fees = self.named_sections(&mut top, "fixed_fees", |file, name, section| {
            file.fixed_fee(name, section, &shared)
        });
        let meeting_fees = self.named_sections(&mut top, "meeting_fees", Self::meeting_fee);
        let summoned = top.optional("summoned").map(|node| self.in_section(node, Self::summoned));
        let absence = top.optional("absence").map(|node| self.in_section(node, Self::absence));
        let length = self.section_or_empty(&mut top, "length", Self::length);
        let covers = self.covers(&mut top);
        let lost_income = self.section_or_empty(&mut top, "lost_income", Self::lost_income);
        let claims = self.section_or_empty(&mut top, "claims", |file, section| {
            file.claims(section, covers.as_deref().unwrap_or_default())
        });
        let after_pay = top.optional("after_pay").map(|node| self.in_section(node, Self::after_pay));
        let travel = self.section_or_empty(&mut top, "travel", Self::travel);
        let amount_settings = self.amount_settings(&mut top);
        let payment_calendar = top.optional("payments").map(|node| self.in_section(node, Self::payments));
        let group_support =
            top.optional("group_support").map(|node| self.in_section(node, Self::group_support));
        self.reader.finish(&top);
        let state = state()?;
        let all_amounts = self.finish_amounts(amount_settings, state.pay.clone());
        let (fixed_fees, meeting_fees) = (without_names(fixed_fees?), without_names(meeting_fees?));
        self.check_conflicts(&fixed_fees, &meeting_fees);
        if let Some(covers) = &covers {
            let covers: Vec<Cover> = covers.iter().map(|(_, cover)| cover.clone()).collect();
            self.check_covers(&covers);
        }
        self.check_settings_that_others_need(&fixed_fees, absence.is_some(), length.as_ref());
        let fees = fees?;
        self.check_pay_days(&fixed_fees, &fees);
        Some(Regulation {
            name: name?,
            adopted: adopted?,
            in_force: self.in_force_as_moved(in_force?),
            bodies: bodies?.into_iter().collect(),
            amounts: all_amounts?,
            fixed_fees,
            meeting_fees,
            summoned: if_read(summoned)?,
            fees,
            absence: if_read(absence)?,
            length: length?,
            covers: without_names(covers?),
            lost_income: lost_income?,
            claims: claims?,
            after_pay: if_read(after_pay)?,
            payment_calendar: if_read(payment_calendar)?,
            travel: travel?,
            group_support: if_read(group_support)?,
            travel_rates: state.travel_rates.clone(),
            items: std::mem::take(&mut self.items),
        })
    }

    fn text_of(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<String> {
        let node = self.reader.required(section, key)?;
        self.reader.text(&node)
    }

    fn in_force(&mut self, top: &mut Section<'t>) -> Option<DateSpan> {
        let from = self.reader.required(top, "in_force_from");
        let from = from.and_then(|node| self.reader.date(&node));
        let Some(to) = top.optional("in_force_to") else { return from.map(DateSpan::from) };
        let last = self.reader.date(&to)?;
        let span = DateSpan::new(from?, last);
        if span.is_none() {
            self.reader.wrong(&to, "end_before_start", "is before `in_force_from`", "a later date");
        }
        span
    }

    fn in_section<T>(
        &mut self,
        node: Node<'t>,
        read: impl FnOnce(&mut Self, &mut Section<'t>) -> Option<T>,
    ) -> Option<T> {
        let mut section = self.reader.section(node)?;
        let around = self.source.clone();
        self.source = self.source_of(&mut section, &around);
        let value = read(self, &mut section);
        self.reader.finish(&section);
        self.source = around;
        value
    }

    /// A section all of whose values have usual ones.
    fn section_or_empty<T>(
        &mut self,
        top: &mut Section<'t>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &mut Section<'t>) -> Option<T>,
    ) -> Option<T> {
        match top.optional(key) {
            Some(node) => self.in_section(node, read),
            None => read(self, &mut Section::empty(key)),
        }
    }

    fn covers(&mut self, top: &mut Section<'t>) -> Option<Vec<(String, Cover)>> {
        self.cover_places = top.peek("cover").map(|node| self.reader.places_in(node)).unwrap_or_default();
        self.named_sections(top, "cover", Self::cover)
    }

    fn required_section<T>(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &mut Section<'t>) -> Option<T>,
    ) -> Option<T> {
        let node = self.reader.required_as(section, key, || format!("a section `[{key}]`"))?;
        self.in_section(node, read)
    }

    fn named_sections<T>(
        &mut self,
        top: &mut Section<'t>,
        key: &'static str,
        read: impl Fn(&mut Self, &str, &mut Section<'t>) -> Option<T>,
    ) -> Option<Vec<(String, T)>> {
        let Some(node) = top.optional(key) else { return Some(Vec::new()) };
        self.in_section(node, |file, section| {
            let all: Vec<_> = section
                .take_all()
                .into_iter()
                .map(|(name, node)| {
                    let value = file.in_section(node, |file, section| read(file, &name, section));
                    value.map(|value| (name, value))
                })
                .collect();
            all.into_iter().collect()
        })
    }

    fn listed_body(&mut self, section: &mut Section<'t>) -> Option<ListedBody> {
        let name = self.text_of(section, "name");
        let class = self.reader.required(section, "class").and_then(|node| self.reader.word(&node, &CLASSES));
        let seats = section.optional("seats").map(|node| self.reader.count(&node));
        Some(ListedBody { name: name?, class: class?, seats: if_read(seats)? })
    }
}

impl RegulationFile<'_> {
    /// A fee that absence reduces needs the section that says how; a cover that depends on a meeting's
    /// length needs the limit.
    fn check_settings_that_others_need(
        &mut self,
        fixed_fees: &[FixedFee],
        has_absence: bool,
        length: Option<&LengthSettings>,
    ) {
        let is_reduced =
            |fee: &FixedFee| fee.reduced_for_absence.all().any(|reduced| reduced.peek() == Some(&true));
        let may_be_reduced =
            |fee: &FixedFee| fee.reduced_for_absence.all().any(|reduced| reduced.peek() != Some(&false));
        let file = Place::file(self.reader.file());
        if has_absence && !fixed_fees.iter().any(may_be_reduced) {
            let message = "`[absence]` is for nothing: no fixed fee is reduced for absence";
            self.reader.report(
                Problem::warning("for_nothing", file.clone(), message).expected(
                    "`reduced_for_absence = true` in a fixed fee or under [fees], or no such section",
                ),
            );
        }
        if !has_absence && let Some(fee) = fixed_fees.iter().find(|fee| is_reduced(fee)) {
            let message =
                format!("`fixed_fees.{}` is reduced for absence, and there is no `[absence]`", fee.name);
            self.reader.report(
                Problem::error("missing_key", file.clone(), message).expected("a section `[absence]`"),
            );
        }
        let lacks_limit = length.is_some_and(|length| length.whole_day_over_minutes.is_none());
        if self.covers_need_length && lacks_limit {
            let message = "a cover depends on whether a meeting is a whole day, and no limit is given";
            self.reader.report(
                Problem::error("missing_key", file, message)
                    .expected("`whole_day_over_minutes = …` under [length], or in the cover"),
            );
        }
    }
}

fn without_names<T>(named: Vec<(String, T)>) -> Vec<T> {
    named.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use honorar_engine::regulation::{AbsenceSize, Provenance};

    use super::*;

    fn read(text: &str) -> (Option<Regulation>, Vec<Problem>) {
        read_with(text, "")
    }

    fn read_with(text: &str, parameters: &str) -> (Option<Regulation>, Vec<Problem>) {
        let profile =
            format!("municipality = \"aurland\"\nregulation = \"aurland.toml\"\n[parameters]\n{parameters}");
        let (profile, problems) = read_profile("honorar.toml", &profile);
        assert_eq!(problems, []);
        let text = RegulationText { file: "aurland.toml".to_owned(), text: text.to_owned() };
        profile.map_or_else(Default::default, |profile| read_regulation(&text, &profile))
    }

    /// Aurland's file with another section about absence.
    fn with_absence(section: &str) -> String {
        let shipped = RegulationText::shipped_as("aurland").map(|text| text.text).unwrap_or_default();
        let (before, rest) = shipped.split_once("[absence]").unwrap_or_default();
        let (_, after) = rest.split_once("\n# ---").unwrap_or_default();
        format!("{before}[absence]\n{section}\n# ---{after}")
    }

    const BARE: &str = r#"
        scope = "office"
        counted = "all"
        threshold = { value = "25 %", decision = "KST 12/14" }
        at_threshold = { value = false, provenance = "assumed" }
        size = "part_over_threshold"
        payout = "last_day_held"
    "#;

    #[test]
    fn values_take_point_and_provenance_from_around_them() {
        let (regulation, problems) =
            read(&with_absence(&format!("point = \"3.6\"\nprovenance = \"document\"\n{BARE}")));
        assert_eq!(problems, []);
        let items = regulation.map(|regulation| regulation.items).unwrap_or_default();
        let item =
            |name: &str| items.iter().find(|(_, item)| item.name == name).map(|(_, item)| item.clone());
        let threshold = item("absence.threshold").unwrap_or_else(|| panic!("it is stated"));
        assert_eq!(
            (threshold.to_string().as_str(), threshold.provenance),
            ("aurland 3.6", Provenance::Document)
        );
        assert_eq!(threshold.decision, "KST 12/14");
        let counted = item("absence.counted").unwrap_or_else(|| panic!("it is stated"));
        assert_eq!(counted.decision, "KST 077/13, 19.12.2013", "the regulation's own decision");
        let at_threshold = item("absence.at_threshold").unwrap_or_else(|| panic!("it is stated"));
        assert_eq!(at_threshold.provenance, Provenance::Assumed, "its own goes before what is around it");
    }

    #[test]
    fn a_value_without_point_or_provenance_is_an_error() {
        let (regulation, problems) = read(&with_absence(BARE));
        assert!(regulation.is_none());
        let of_counted: Vec<&str> = problems
            .iter()
            .filter(|problem| problem.message.starts_with("`absence.counted`"))
            .map(|problem| problem.message.as_str())
            .collect();
        let expected = ["point", "provenance"]
            .map(|key| format!("`absence.counted` has no `{key}`, nor has what stands around it"));
        assert_eq!(of_counted, expected);
    }

    /// Aurland's file with lines before its section of fees, and at the head of that section.
    fn with_fees(before: &str, head: &str) -> String {
        let shipped = RegulationText::shipped_as("aurland").map(|text| text.text).unwrap_or_default();
        shipped.replacen("\n[fees]\n", &format!("\n{before}\n[fees]\n{head}\n"), 1)
    }

    fn messages(problems: &[Problem]) -> Vec<&str> {
        problems.iter().map(|problem| problem.message.as_str()).collect()
    }

    #[test]
    fn an_amount_may_not_have_a_name_that_stands_for_something_else() {
        let amounts = "[amounts]\npoint = \"1\"\nprovenance = \"document\"\n";
        let (_, problems) = read(&with_fees(&format!("{amounts}base = 500000"), ""));
        assert_eq!(messages(&problems), ["`amounts.base` is for nothing: no other amount refers to it"]);
        for word in ["storting_member", "cabinet_member", "own_day_wage", "council_member_of_group"] {
            let (_, problems) = read(&with_fees(&format!("{amounts}{word} = 500000"), ""));
            let expected =
                format!("`amounts.{word}` has the name `{word}`, which stands for something else in amounts");
            assert_eq!(messages(&problems), [expected]);
        }
    }

    #[test]
    fn a_word_that_all_fixed_fees_share_is_wrong_once() {
        let (_, problems) = read(&with_fees(
            "",
            "payment = { value = \"monthy\", point = \"1\", provenance = \"document\" }",
        ));
        assert_eq!(messages(&problems), ["`fees.payment.value` has a word that is not known"]);
    }

    /// A kind that is not covered has no cover on the same day; on another it may.
    #[test]
    fn what_is_not_covered_has_no_cover() {
        let shipped = RegulationText::shipped_as("aurland").map(|text| text.text).unwrap_or_default();
        let with = |not_covered: &str| {
            let line =
                format!("[claims]\npoint = \"1\"\nprovenance = \"document\"\nnot_covered = {not_covered}");
            read(&shipped.replacen("[claims]", &line, 1)).1
        };
        let both = |first: &str, kind: &str| {
            format!("`{first}` and `claims.not_covered` both say what `{kind}` gives")
        };
        assert_eq!(messages(&with("[\"care_transport\"]")), [""; 0]);
        assert_eq!(messages(&with("[\"care\"]")), [both("cover.care", "care")]);
        assert_eq!(messages(&with("[\"companion\"]")), [both("claims.companion", "companion")]);
        let later = "[{ value = [] }, { from = 2020-01-01, value = [\"care\"] }]";
        assert_eq!(messages(&with(later)), [both("cover.care", "care")]);
    }

    /// A parameter with days of its own cannot hold from another day as well.
    #[test]
    fn a_day_of_a_parameter_with_days_is_refused() {
        let changing = BARE.replace(
            "size = \"part_over_threshold\"",
            "size = [{ value = \"part_over_threshold\" }, { from = 2016-01-01, parameter = \"size\" }]",
        );
        let text = with_absence(&format!("point = \"3.6\"\nprovenance = \"document\"\n{changing}"));
        assert_eq!(read_with(&text, "size = \"all_absence\"\n").1, []);
        let days = "size = [{ from = 2016-07-01, value = \"all_absence\" }]\n";
        let (_, problems) = read_with(&text, days);
        assert_eq!(messages(&problems), ["`absence.size.from` is a day of a value that has days of its own"]);
    }

    #[test]
    fn a_setting_that_changes_has_its_value_by_day() {
        let changing = BARE.replace(
            "size = \"part_over_threshold\"",
            "size = [{ value = \"part_over_threshold\" }, { from = 2016-01-01, value = \"all_absence\" }]",
        );
        let (regulation, problems) =
            read(&with_absence(&format!("point = \"3.6\"\nprovenance = \"document\"\n{changing}")));
        assert_eq!(problems, []);
        let size = |day: &str| {
            let day = day.parse().unwrap_or_default();
            let absence = regulation.as_ref().and_then(|regulation| regulation.absence.as_ref());
            absence.and_then(|absence| absence.size.on(day).peek().copied())
        };
        assert_eq!(size("2015-12-31"), Some(AbsenceSize::PartOverThreshold));
        assert_eq!(size("2016-01-01"), Some(AbsenceSize::AllAbsence));
    }
}
