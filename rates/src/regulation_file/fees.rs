//! The fees of a regulation's file: whom each is for, and conflicts between them.

use std::collections::BTreeMap;

use honorar_engine::basis::{Class, Role};
use honorar_engine::calendar::Payment;
use honorar_engine::regulation::{
    Acting, ActingDays, AmountIx, BodySelector, Dated, ExtraHours, FixedFee, ListedBody, MeetingFee,
    PositionRange, ShutOut, Stated, SummonedFee,
};
use honorar_problems::{Problem, did_you_mean};

use super::RegulationFile;
use super::values::{if_read, minute_of_day, minutes, share};
use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::{CLASSES, DUTIES, FEE_SEATS, PAYMENTS, ROLES};

/// What `[fees]` says of fixed fees that do not say it themselves.
#[expect(clippy::option_option, reason = "not there, and there but wrong, are two things")]
#[derive(Debug, Clone, Default)]
pub(super) struct FixedFeeDefaults {
    payment: Option<Option<Dated<Payment>>>,
    reduced_for_absence: Option<Option<Dated<bool>>>,
}

impl<'t> RegulationFile<'t> {
    /// Reads what fixed fees share.
    pub(super) fn fixed_fee_defaults(&mut self, fees: &mut Section<'t>) -> FixedFeeDefaults {
        FixedFeeDefaults {
            payment: self.maybe_setting(fees, "payment", |reader, node| reader.word(node, &PAYMENTS)),
            reduced_for_absence: self.maybe_setting(fees, "reduced_for_absence", TomlReader::truth),
        }
    }

    pub(super) fn fixed_fee(
        &mut self,
        name: &str,
        section: &mut Section<'t>,
        shared: &FixedFeeDefaults,
    ) -> Option<FixedFee> {
        let bodies = self.maybe_bodies(section);
        let roles = self.reader.required(section, "roles").and_then(|node| self.reader.words(&node, &ROLES));
        if let (Some(bodies), Some(roles)) = (&bodies, &roles) {
            self.check_roles(name, section, bodies.is_some(), roles);
        }
        let amount_per_year = self.amount(section, "per_year");
        let payment = match &shared.payment {
            Some(payment) if section.peek("payment").is_none() => payment.clone(),
            _ => self.setting(section, "payment", |reader, node| reader.word(node, &PAYMENTS)),
        };
        let of_municipality = matches!(bodies, Some(None));
        let reduced_for_absence = match &shared.reduced_for_absence {
            Some(reduced) if section.peek("reduced_for_absence").is_none() && !of_municipality => {
                reduced.clone()
            }
            _ => self.reduced_for_absence(section, of_municipality),
        };
        let is_mayors = roles.iter().flatten().all(|role| role.is_mayor());
        let usual = if is_mayors { (true, "true") } else { (false, "false") };
        let meaning = "whether it stands beside the pay of a mayor or acting mayor";
        let beside_mayor = self.setting_or(section, "beside_mayor", usual, meaning, TomlReader::truth);
        let shuts_out = section.optional("shuts_out").map(|node| self.shuts_out(&node));
        let covers_lost_income = self.maybe_setting(section, "covers_lost_income", TomlReader::truth);
        let covers_other = self.maybe_setting(section, "covers_other_offices", TomlReader::truth);
        let at_least = self.maybe_setting(section, "position_at_least", share);
        let below = self.maybe_setting(section, "position_below", share);
        let acts = roles.iter().flatten().all(|role| matches!(role, Role::ActingMayor | Role::ActingLeader));
        let acting = section.optional("acting").map(|node| {
            if !acts {
                let expected = "a fee of `acting_mayor` or `acting_leader` only";
                self.reader.wrong(&node, "not_acting", "is for acting in another's place", expected);
                return None;
            }
            self.in_section(node, Self::acting)
        });
        Some(FixedFee {
            name: name.to_owned(),
            bodies: bodies?,
            roles: roles?,
            amount_per_year: amount_per_year?,
            payment: payment?,
            reduced_for_absence: reduced_for_absence?,
            beside_mayor: beside_mayor?,
            shuts_out: if_read(shuts_out)?,
            position: PositionRange { at_least: if_read(at_least)?, below: if_read(below)? },
            covers_lost_income: if_read(covers_lost_income)?,
            covers_other_offices: if_read(covers_other)?,
            acting: if_read(acting)?,
        })
    }

    /// A fee that nobody could get is a mistake: a mayor has no body, a member has one. A group leader has
    /// none to the regulation, whether or not the office is entered with the council.
    fn check_roles(&mut self, name: &str, section: &Section<'t>, in_bodies: bool, roles: &[Role]) {
        let fits = |role: &Role| (role.is_municipal() || *role == Role::GroupLeader) != in_bodies;
        let Some(role) = roles.iter().find(|role| !fits(role)) else { return };
        let word = ROLES.iter().find(|(_, known)| known == role).map_or("", |(word, _)| *word);
        let (message, expected) = if in_bodies {
            let message = format!("`fixed_fees.{name}` is for bodies, and `{word}` is an office in none");
            (message, "offices in a body; those of the whole municipality have a fee without `class`")
        } else {
            let message = format!("`fixed_fees.{name}` is for no body, and `{word}` is an office in one");
            (message, "`class`, `classes` or `bodies` beside it")
        };
        let problem = Problem::error("pays_nothing", self.reader.place_of_section(section), message);
        self.reader.report(problem.expected(expected));
    }

    fn reduced_for_absence(
        &mut self,
        section: &mut Section<'t>,
        of_municipality: bool,
    ) -> Option<Dated<bool>> {
        let meaning = "whether absence reduces it";
        self.setting_or(section, "reduced_for_absence", (false, "false"), meaning, |reader, node| {
            let reduced = reader.truth(node)?;
            if reduced && of_municipality {
                let expected = "false: an office of the whole municipality has no meetings to miss";
                reader.wrong(node, "no_meetings", "cannot be true without a `class`", expected);
                return None;
            }
            Some(reduced)
        })
    }

    /// How somebody who acts in another's place comes to the fee.
    fn acting(&mut self, section: &mut Section<'t>) -> Option<Acting> {
        const COUNTED: [(&str, ActingDays); 2] =
            [("in_a_row", ActingDays::InARow), ("in_calendar_year", ActingDays::InCalendarYear)];
        let after_days = self.setting(section, "after_days", TomlReader::count);
        let counted = self.setting(section, "counted", |reader, node| reader.word(node, &COUNTED));
        let meaning = "whether the one who is replaced loses the fee for the days";
        let moves_fee = self.setting_or(section, "moves_fee", (true, "true"), meaning, TomlReader::truth);
        Some(Acting { after_days: after_days?, counted: counted?, moves_fee: moves_fee? })
    }

    pub(super) fn meeting_fee(&mut self, name: &str, section: &mut Section<'t>) -> Option<MeetingFee> {
        let bodies = self.maybe_bodies(section);
        if matches!(bodies, Some(None)) {
            let message = format!("`meeting_fees.{name}` is for no body");
            let problem = Problem::error("missing_key", self.reader.place_of_section(section), message);
            self.reader.report(problem.expected("`class`, `classes` or `bodies`"));
        }
        let seats =
            self.reader.required(section, "seats").and_then(|node| self.reader.words(&node, &FEE_SEATS));
        let amount_per_meeting = self.amount(section, "per_meeting");
        let for_duty = section.optional("for_duty").map(|node| self.reader.word(&node, &DUTIES));
        let starts_from = self.maybe_setting(section, "starts_from", minute_of_day);
        let starts_before = self.maybe_setting(section, "starts_before", minute_of_day);
        let longer_than = self.maybe_setting(section, "longer_than_minutes", minutes);
        let at_most = self.maybe_setting(section, "at_most_minutes", minutes);
        let extra_hours =
            section.optional("extra_hours").map(|node| self.in_section(node, Self::extra_hours));
        Some(MeetingFee {
            name: name.to_owned(),
            bodies: bodies?.unwrap_or_default(),
            seats: seats?,
            amount_per_meeting: amount_per_meeting?,
            for_duty: if_read(for_duty)?,
            starts_from: if_read(starts_from)?,
            starts_before: if_read(starts_before)?,
            longer_than_minutes: if_read(longer_than)?,
            at_most_minutes: if_read(at_most)?,
            extra_hours: if_read(extra_hours)?,
        })
    }

    fn extra_hours(&mut self, section: &mut Section<'t>) -> Option<ExtraHours> {
        let over_minutes = self.setting(section, "over_minutes", minutes);
        let amount_per_started_hour = self.amount(section, "per_started_hour");
        Some(ExtraHours { over_minutes: over_minutes?, amount_per_started_hour: amount_per_started_hour? })
    }

    pub(super) fn summoned(&mut self, section: &mut Section<'t>) -> Option<SummonedFee> {
        let leader_of = self.listed_code(section, "leader_of");
        let called_to = self.listed_code(section, "called_to");
        let amount_per_meeting = self.amount(section, "per_meeting");
        Some(SummonedFee {
            leader_of: leader_of?,
            called_to: called_to?,
            amount_per_meeting: amount_per_meeting?,
        })
    }

    /// A body that the regulation lists.
    fn listed_code(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<String> {
        let node = self.reader.required(section, key)?;
        let code = self.reader.text(&node)?;
        is_listed(&mut self.reader, &self.bodies, &node, &code).then_some(code)
    }

    /// The bodies that a provision is about; nothing inside where it names none.
    #[expect(clippy::option_option, reason = "none named, and named wrongly, are two things")]
    fn maybe_bodies(&mut self, section: &mut Section<'t>) -> Option<Option<BodySelector>> {
        let class = section.optional("class").map(|node| self.reader.word(&node, &CLASSES));
        let classes = section.optional("classes").map(|node| self.reader.words(&node, &CLASSES));
        let bodies = section.optional("bodies").map(|node| self.bodies_of(&node));
        let excepted = section.optional("except_bodies");
        let except = excepted.as_ref().map(|node| self.bodies_of(node));
        if class.is_none() && classes.is_none() && bodies.is_none() {
            if let Some(excepted) = excepted {
                let expected = "`class` or `classes` beside it, of which the bodies are taken out";
                self.reader.wrong(&excepted, "missing_key", "takes bodies out of nothing", expected);
                return None;
            }
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

    /// A list of bodies, or the usual one where the file says nothing.
    pub(super) fn bodies_or(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        usual: (Vec<String>, &str),
        meaning: &str,
    ) -> Option<Dated<Vec<String>>> {
        match section.optional(key) {
            Some(node) => self.bodies_of(&node),
            None => self.assumed(section.path(key), usual, meaning),
        }
    }

    /// A list of bodies that the regulation lists.
    fn bodies_of(&mut self, node: &Node<'t>) -> Option<Dated<Vec<String>>> {
        let bodies = self.bodies.clone();
        self.dated(node, &|reader: &mut TomlReader<'t>, node: &Node<'t>| {
            let codes = reader.texts(node)?;
            // A municipality may give bodies that only its basis lists.
            if node.name.starts_with("parameters.") {
                return Some(codes);
            }
            let known = codes.iter().filter(|code| is_listed(reader, &bodies, node, code)).count();
            (known == codes.len()).then_some(codes)
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
                let same_roles = earlier.roles.iter().any(|role| later.roles.contains(role));
                same_bodies && same_roles && may_overlap(&earlier.position, &later.position)
            };
            if let Some(earlier) = fixed.iter().take(at).find(conflicts) {
                self.conflict("fixed_fees", &earlier.name, &later.name, later.amount_per_year);
            }
        }
        for (at, later) in meeting.iter().enumerate() {
            let conflicts = |earlier: &&MeetingFee| {
                earlier.bodies.overlaps(&later.bodies, &class_of)
                    && earlier.for_duty == later.for_duty
                    && earlier.seats.iter().any(|seat| later.seats.contains(seat))
                    && !is_before(earlier, later)
                    && !is_before(later, earlier)
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

/// Whether the regulation lists a body; where it does not, that is said.
fn is_listed<'t>(
    reader: &mut TomlReader<'t>,
    bodies: &BTreeMap<String, ListedBody>,
    node: &Node<'t>,
    code: &str,
) -> bool {
    let is_listed = bodies.contains_key(code);
    if !is_listed {
        let name = node.name.trim_end_matches(".value");
        let message = format!("`{name}` names a body that the regulation does not list");
        let problem = Problem::error("unknown_body", reader.place_of(node), message);
        let hint = did_you_mean(code, bodies.keys().map(String::as_str));
        reader.report(problem.value(code).expected("a code under [bodies]").maybe_hint(hint));
    }
    is_listed
}

/// Whether one position may be in both ranges, as far as their limits are known.
fn may_overlap(one: &PositionRange, other: &PositionRange) -> bool {
    let ends_before = |one: &PositionRange, other: &PositionRange| {
        let (Some(below), Some(at_least)) = (&one.below, &other.at_least) else { return false };
        let below = below.all().map(Stated::peek);
        let at_least: Vec<_> = at_least.all().map(Stated::peek).collect();
        // A share above another has the greater product across.
        below.flatten().all(|below| {
            at_least.iter().flatten().all(|at_least| {
                u64::from(below.numerator) * u64::from(at_least.denominator.get())
                    <= u64::from(at_least.numerator) * u64::from(below.denominator.get())
            })
        })
    };
    !ends_before(one, other) && !ends_before(other, one)
}

/// Whether one fee is for meetings that begin before those of another, or are shorter, as far as the limits
/// are known.
fn is_before(one: &MeetingFee, other: &MeetingFee) -> bool {
    let latest = |limit: &Option<Dated<u32>>| -> Option<u32> {
        limit.as_ref().and_then(|limit| limit.all().filter_map(Stated::peek).max().copied())
    };
    let earliest = |limit: &Option<Dated<u32>>| -> Option<u32> {
        limit.as_ref().and_then(|limit| limit.all().filter_map(Stated::peek).min().copied())
    };
    let parted = |upper: &Option<Dated<u32>>, lower: &Option<Dated<u32>>| {
        latest(upper).zip(earliest(lower)).is_some_and(|(upper, lower)| upper <= lower)
    };
    parted(&one.starts_before, &other.starts_from) || parted(&one.at_most_minutes, &other.longer_than_minutes)
}
