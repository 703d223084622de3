//! A regulation's file.

mod settings;
mod values;

use std::collections::BTreeMap;

use honorar_engine::calendar::DateSpan;
use honorar_engine::regulation::{FixedFee, Items, ListedBody, MeetingFee, Regulation, SummonedFee};
use honorar_problems::{Place, Problem, did_you_mean};

use crate::profile::{Profile, read_profile};
use crate::shipped::RegulationText;
use crate::toml_reader::{Node, Section, TomlReader};
use crate::travel_rates;
use crate::words::{CLASSES, FEE_SEATS, PAYMENTS, ROLES};

/// Reads a regulation with the parameters and decisions of a profile, and says everything that is
/// wrong in the regulation's file or in the profile's use of it.
///
/// A parameter without a value is no error here; it is one when a line needs it.
pub fn read_regulation(text: &RegulationText, profile: &Profile) -> (Option<Regulation>, Vec<Problem>) {
    let (reader, top) = TomlReader::open(&text.file, &text.text);
    let mut file = RegulationFile {
        reader,
        profile,
        source: String::new(),
        items: Items::default(),
        parameters: Vec::new(),
        too_many_items: false,
    };
    let mut regulation = file.read(top);
    let RegulationFile { reader, parameters, too_many_items, .. } = file;
    let mut problems = reader.into_problems();
    problems.extend(profile.unknown_parameters(&parameters));
    if too_many_items {
        let message = format!("the regulation states more than {} amounts and settings", Items::LIMIT);
        problems.push(Problem::error("too_large", Place::file(&*text.file), message));
    }
    if let Some(regulation) = &mut regulation {
        problems.extend(decide(&mut regulation.items, profile));
    }
    (regulation, problems)
}

/// A regulation that ships with the program, without parameters: for looking at tables whose own
/// regulation cannot be read.
pub fn stand_in_regulation() -> Option<Regulation> {
    let text = RegulationText::shipped().into_iter().next()?;
    let profile = format!("municipality = \"\"\nregulation = \"{}\"\n", text.file);
    let (profile, _) = read_profile("honorar.toml", &profile);
    read_regulation(&text, &profile?).0
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

struct RegulationFile<'t, 'p> {
    reader: TomlReader<'t>,
    profile: &'p Profile,
    source: String,
    items: Items,
    parameters: Vec<String>,
    too_many_items: bool,
}

impl<'t> RegulationFile<'t, '_> {
    fn read(&mut self, mut top: Section<'t>) -> Option<Regulation> {
        let name = self.text_of(&mut top, "name");
        self.source = name.clone().unwrap_or_default();
        for key in ["municipality", "title", "source", "act"] {
            self.text_of(&mut top, key);
        }
        let adopted = self.text_of(&mut top, "adopted");
        let in_force = self.in_force(&mut top);
        let bodies = self.named_sections(&mut top, "bodies", Self::listed_body);
        let fixed_fees = self.named_sections(&mut top, "fixed_fees", Self::fixed_fee);
        let meeting_fees = self.named_sections(&mut top, "meeting_fees", Self::meeting_fee);
        let summoned = top.optional("summoned").map(|node| self.in_section(node, Self::summoned));
        let fees = self.required_section(&mut top, "fees", Self::fees);
        let absence = self.required_section(&mut top, "absence", Self::absence);
        let length = self.required_section(&mut top, "length", Self::length);
        let lost_income = self.required_section(&mut top, "lost_income", Self::lost_income);
        let claims = self.required_section(&mut top, "claims", Self::claims);
        self.reader.finish(&top);
        let travel_rates = travel_rates::read(&mut self.items);
        Some(Regulation {
            name: name?,
            adopted: adopted?,
            in_force: in_force?,
            bodies: bodies?.into_iter().collect::<BTreeMap<_, _>>(),
            fixed_fees: without_names(fixed_fees?),
            meeting_fees: without_names(meeting_fees?),
            summoned: match summoned {
                Some(read) => Some(read?),
                None => None,
            },
            fees: fees?,
            absence: absence?,
            length: length?,
            lost_income: lost_income?,
            claims: claims?,
            travel_rates: travel_rates?,
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
        let value = read(self, &mut section);
        self.reader.finish(&section);
        value
    }

    fn required_section<T>(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &mut Section<'t>) -> Option<T>,
    ) -> Option<T> {
        let node = self.reader.required(section, key)?;
        self.in_section(node, read)
    }

    fn named_sections<T>(
        &mut self,
        top: &mut Section<'t>,
        key: &'static str,
        read: impl Fn(&mut Self, &mut Section<'t>) -> Option<T>,
    ) -> Option<Vec<(String, T)>> {
        let node = self.reader.required(top, key)?;
        let mut section = self.reader.section(node)?;
        let all: Vec<_> = section
            .take_all()
            .into_iter()
            .map(|(name, node)| self.in_section(node, &read).map(|value| (name, value)))
            .collect();
        all.into_iter().collect()
    }

    fn listed_body(&mut self, section: &mut Section<'t>) -> Option<ListedBody> {
        let name = self.text_of(section, "name");
        let class = self.reader.required(section, "class").and_then(|node| self.reader.word(&node, &CLASSES));
        let seats = section.optional("seats").map(|node| self.reader.count(&node));
        Some(ListedBody {
            name: name?,
            class: class?,
            seats: match seats {
                Some(seats) => Some(seats?),
                None => None,
            },
        })
    }

    fn fixed_fee(&mut self, section: &mut Section<'t>) -> Option<FixedFee> {
        let class = section.optional("class").map(|node| self.reader.word(&node, &CLASSES));
        let roles = self.reader.required(section, "roles").and_then(|node| self.reader.words(&node, &ROLES));
        let amount_per_year = self.amount(section, "per_year");
        let payment = self.setting(section, "payment", |reader, node| reader.word(node, &PAYMENTS));
        let of_municipality = class.is_none();
        let reduced_for_absence = self.setting(section, "reduced_for_absence", |reader, node| {
            let reduced = reader.truth(node)?;
            if reduced && of_municipality {
                let expected = "false: an office of the whole municipality has no meetings to miss";
                reader.wrong(node, "no_meetings", "cannot be true without a `class`", expected);
                return None;
            }
            Some(reduced)
        });
        let beside_mayor = self.setting(section, "beside_mayor", TomlReader::truth);
        Some(FixedFee {
            class: match class {
                Some(class) => Some(class?),
                None => None,
            },
            roles: roles?,
            amount_per_year: amount_per_year?,
            payment: payment?,
            reduced_for_absence: reduced_for_absence?,
            beside_mayor: beside_mayor?,
        })
    }

    fn meeting_fee(&mut self, section: &mut Section<'t>) -> Option<MeetingFee> {
        let class = self.reader.required(section, "class").and_then(|node| self.reader.word(&node, &CLASSES));
        let body = section.optional("body").map(|node| self.reader.text(&node));
        let seats =
            self.reader.required(section, "seats").and_then(|node| self.reader.words(&node, &FEE_SEATS));
        let amount_per_meeting = self.amount(section, "per_meeting");
        Some(MeetingFee {
            class: class?,
            body: match body {
                Some(body) => Some(body?),
                None => None,
            },
            seats: seats?,
            amount_per_meeting: amount_per_meeting?,
        })
    }

    fn summoned(&mut self, section: &mut Section<'t>) -> Option<SummonedFee> {
        let leader_of = self.text_of(section, "leader_of");
        let called_to = self.text_of(section, "called_to");
        let amount_per_meeting = self.amount(section, "per_meeting");
        Some(SummonedFee {
            leader_of: leader_of?,
            called_to: called_to?,
            amount_per_meeting: amount_per_meeting?,
        })
    }
}

fn without_names<T>(named: Vec<(String, T)>) -> Vec<T> {
    named.into_iter().map(|(_, value)| value).collect()
}
