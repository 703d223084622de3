//! The fees of a regulation's file: whom each is for, and conflicts between them.

use honorar_engine::basis::Class;
use honorar_engine::regulation::{AmountIx, BodySelector, Dated, FixedFee, MeetingFee, ShutOut, SummonedFee};
use honorar_problems::{Problem, did_you_mean};

use super::RegulationFile;
use super::values::if_read;
use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::{CLASSES, FEE_SEATS, PAYMENTS, ROLES};

impl<'t> RegulationFile<'t> {
    pub(super) fn fixed_fee(&mut self, name: &str, section: &mut Section<'t>) -> Option<FixedFee> {
        let bodies = self.maybe_bodies(section);
        let roles = self.reader.required(section, "roles").and_then(|node| self.reader.words(&node, &ROLES));
        let amount_per_year = self.amount(section, "per_year");
        let payment = self.setting(section, "payment", |reader, node| reader.word(node, &PAYMENTS));
        let of_municipality = matches!(bodies, Some(None));
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
        let shuts_out = section.optional("shuts_out").map(|node| self.shuts_out(&node));
        Some(FixedFee {
            name: name.to_owned(),
            bodies: bodies?,
            roles: roles?,
            amount_per_year: amount_per_year?,
            payment: payment?,
            reduced_for_absence: reduced_for_absence?,
            beside_mayor: beside_mayor?,
            shuts_out: if_read(shuts_out)?,
        })
    }

    pub(super) fn meeting_fee(&mut self, name: &str, section: &mut Section<'t>) -> Option<MeetingFee> {
        let bodies = self.maybe_bodies(section);
        let seats =
            self.reader.required(section, "seats").and_then(|node| self.reader.words(&node, &FEE_SEATS));
        let amount_per_meeting = self.amount(section, "per_meeting");
        Some(MeetingFee {
            name: name.to_owned(),
            bodies: bodies?.unwrap_or_default(),
            seats: seats?,
            amount_per_meeting: amount_per_meeting?,
        })
    }

    pub(super) fn summoned(&mut self, section: &mut Section<'t>) -> Option<SummonedFee> {
        let leader_of = self.text_of(section, "leader_of");
        let called_to = self.text_of(section, "called_to");
        let amount_per_meeting = self.amount(section, "per_meeting");
        Some(SummonedFee {
            leader_of: leader_of?,
            called_to: called_to?,
            amount_per_meeting: amount_per_meeting?,
        })
    }

    /// The bodies that a provision is about; nothing inside where it names none.
    #[expect(clippy::option_option, reason = "none named, and named wrongly, are two things")]
    fn maybe_bodies(&mut self, section: &mut Section<'t>) -> Option<Option<BodySelector>> {
        let class = section.optional("class").map(|node| self.reader.word(&node, &CLASSES));
        let classes = section.optional("classes").map(|node| self.reader.words(&node, &CLASSES));
        let bodies = section.optional("bodies").map(|node| self.bodies_of(&node));
        let except = section.optional("except_bodies").map(|node| self.bodies_of(&node));
        if class.is_none() && classes.is_none() && bodies.is_none() {
            return Some(None);
        }
        let mut all: Vec<Class> = Vec::new();
        if let Some(class) = class {
            all.push(class?);
        }
        if let Some(classes) = classes {
            all.extend(classes?);
        }
        let told = |list: Option<Option<Dated<Vec<String>>>>| match list {
            Some(list) => list.map(Some),
            None => Some(None),
        };
        Some(Some(BodySelector { classes: all, bodies: told(bodies)?, except: told(except)? }))
    }

    /// A list of bodies that has to be there.
    pub(super) fn body_list(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
    ) -> Option<Dated<Vec<String>>> {
        let node = self.reader.required(section, key)?;
        self.bodies_of(&node)
    }

    /// A list of bodies that the regulation lists.
    fn bodies_of(&mut self, node: &Node<'t>) -> Option<Dated<Vec<String>>> {
        let known: Vec<String> = self.bodies.keys().cloned().collect();
        self.dated(node, &|reader: &mut TomlReader<'t>, node: &Node<'t>| {
            let codes = reader.texts(node)?;
            let unknown: Vec<&String> = codes.iter().filter(|code| !known.contains(code)).collect();
            for code in &unknown {
                let name = node.name.trim_end_matches(".value");
                let message = format!("`{name}` names a body that the regulation does not list");
                let problem = Problem::error("unknown_body", reader.place_of(node), message);
                let known = known.iter().map(String::as_str);
                reader.report(
                    problem
                        .value(code.as_str())
                        .expected("a code under [bodies]")
                        .maybe_hint(did_you_mean(code, known)),
                );
            }
            unknown.is_empty().then_some(codes)
        })
    }

    /// What a fixed fee shuts out: `own_body`, `everywhere`, classes and bodies.
    pub(super) fn shuts_out(&mut self, node: &Node<'t>) -> Option<Dated<ShutOut>> {
        let known: Vec<String> = self.bodies.keys().cloned().collect();
        self.dated(node, &|reader: &mut TomlReader<'t>, node: &Node<'t>| {
            let mut shuts_out = ShutOut::default();
            for item in reader.list(node)? {
                let word = reader.text(&item)?;
                let class = CLASSES.iter().find(|(name, _)| *name == word);
                match word.as_str() {
                    "own_body" => shuts_out.own_body = true,
                    "everywhere" => shuts_out.everywhere = true,
                    _ if known.contains(&word) => shuts_out.bodies.push(word),
                    _ => match class {
                        Some((_, class)) => shuts_out.classes.push(*class),
                        None => {
                            let expected = "own_body, everywhere, a class, or a code under [bodies]";
                            reader.wrong(&item, "unknown_word", "has a word that is not known", expected);
                            return None;
                        }
                    },
                }
            }
            Some(shuts_out)
        })
    }

    /// Two provisions that would pay one thing twice are a conflict.
    pub(super) fn check_conflicts(&mut self, fixed: &[FixedFee], meeting: &[MeetingFee]) {
        let bodies = self.bodies.clone();
        let class_of = |code: &str| bodies.get(code).map(|body| body.class);
        for (at, later) in fixed.iter().enumerate() {
            let conflicts = |earlier: &&FixedFee| {
                let same_bodies = match (&earlier.bodies, &later.bodies) {
                    (None, None) => true,
                    (Some(one), Some(other)) => one.overlaps(other, &class_of),
                    _ => false,
                };
                same_bodies && earlier.roles.iter().any(|role| later.roles.contains(role))
            };
            if let Some(earlier) = fixed.iter().take(at).find(conflicts) {
                self.conflict("fixed_fees", &earlier.name, &later.name, later.amount_per_year);
            }
        }
        for (at, later) in meeting.iter().enumerate() {
            let conflicts = |earlier: &&MeetingFee| {
                earlier.bodies.overlaps(&later.bodies, &class_of)
                    && earlier.seats.iter().any(|seat| later.seats.contains(seat))
            };
            if let Some(earlier) = meeting.iter().take(at).find(conflicts) {
                self.conflict("meeting_fees", &earlier.name, &later.name, later.amount_per_meeting);
            }
        }
    }

    fn conflict(&mut self, section: &str, earlier: &str, later: &str, amount: AmountIx) {
        let Some(place) = self.place_of_amount(amount) else { return };
        let message = format!("`{section}.{earlier}` and `{section}.{later}` would both pay the same");
        self.reader.report(
            Problem::error("conflict", place, message)
                .expected("one provision for each office and seat in a body")
                .hint("`except_bodies` takes a body out of what is paid in its class"),
        );
    }
}
