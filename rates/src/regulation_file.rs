//! A regulation's file.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use honorar_engine::calendar::DateSpan;
use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{
    AbsenceCounted, AbsencePayout, AbsenceScope, AbsenceSettings, AbsenceSize, AfterPay, Amount, Caps,
    ClaimOrder, ClaimSettings, CostCover, DayOfClaim, DayOff, DaySums, Deadline, EmptyAmount, FeeSettings,
    FixedFee, GroupMeetingFor, Item, Items, LeaderFee, LengthSettings, ListedBody, LostIncomeSettings,
    MeetingFee, PhoneFor, Proration, Provenance, RefundCover, Regulation, Share, Shares, Stated, Subsistence,
    SummonedFee, TravelCover,
};
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

const MINUTES_PER_DAY: u32 = 24 * 60;

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

    fn fees(&mut self, s: &mut Section<'t>) -> Option<FeeSettings> {
        let meeting_fees_and_claims = self.setting(s, "meeting_fees_and_claims", |r, n| r.word(n, &PAYMENTS));
        let proration =
            self.setting(s, "proration", |r, n| r.word(n, &[("calendar_days", Proration::CalendarDays)]));
        let leader =
            self.setting(s, "leader", |r, n| r.word(n, &[("instead_of_member", LeaderFee::InsteadOfMember)]));
        let offices_add_up = self.setting(s, "offices_add_up", always);
        let paid_leave_is_held = self.setting(s, "paid_leave_is_held", TomlReader::truth);
        let mayor_gets_no_meeting_fee = self.setting(s, "mayor_gets_no_meeting_fee", TomlReader::truth);
        let mayor_on_leave_is_mayor = self.setting(s, "mayor_on_leave_is_mayor", TomlReader::truth);
        let fixed_fee_shuts_out = self.setting(s, "fixed_fee_shuts_out", TomlReader::truth);
        let from_attendance = self.setting(s, "from_attendance", always);
        let elected_by = self.setting(s, "elected_by", TomlReader::texts);
        let sits_as_gives_fee = self.setting(s, "sits_as_gives_fee", TomlReader::truth);
        let paid_by_others_is_covered = self.setting(s, "paid_by_others_is_covered", TomlReader::truth);
        let posts_are_covered = self.setting(s, "posts_are_covered", TomlReader::truth);
        let particular_cases = self.setting(s, "particular_cases", share);
        let particular_cases_for = self.setting(s, "particular_cases_for", |r, n| r.words(n, &FEE_SEATS));
        let phone = self.setting(s, "phone", share);
        let phone_for = self.setting(s, "phone_for", |r, n| r.word(n, &[("everybody", PhoneFor::Everybody)]));
        let shares = self.setting(s, "shares", |r, n| r.word(n, &[("multiply", Shares::Multiply)]));
        let video = self.setting(s, "video", share);
        let rounding = self.setting(s, "rounding", |r, n| r.word(n, &roundings()));
        Some(FeeSettings {
            meeting_fees_and_claims: meeting_fees_and_claims?,
            proration: proration?,
            leader: leader?,
            offices_add_up: offices_add_up?,
            paid_leave_is_held: paid_leave_is_held?,
            mayor_gets_no_meeting_fee: mayor_gets_no_meeting_fee?,
            mayor_on_leave_is_mayor: mayor_on_leave_is_mayor?,
            fixed_fee_shuts_out: fixed_fee_shuts_out?,
            from_attendance: from_attendance?,
            elected_by: elected_by?,
            sits_as_gives_fee: sits_as_gives_fee?,
            paid_by_others_is_covered: paid_by_others_is_covered?,
            posts_are_covered: posts_are_covered?,
            particular_cases: particular_cases?,
            particular_cases_for: particular_cases_for?,
            phone: phone?,
            phone_for: phone_for?,
            shares: shares?,
            video: video?,
            rounding: rounding?,
        })
    }

    fn absence(&mut self, s: &mut Section<'t>) -> Option<AbsenceSettings> {
        let scope = self.setting(s, "scope", |r, n| {
            r.word(n, &[("office_and_calendar_year", AbsenceScope::OfficeAndCalendarYear)])
        });
        let counted = self.setting(s, "counted", |r, n| {
            r.word(n, &[("all", AbsenceCounted::All), ("invalid_only", AbsenceCounted::InvalidOnly)])
        });
        let threshold = self.setting(s, "threshold", share);
        let at_threshold = self.setting(s, "at_threshold", TomlReader::truth);
        let size = self.setting(s, "size", |r, n| {
            r.word(
                n,
                &[
                    ("part_over_threshold", AbsenceSize::PartOverThreshold),
                    ("all_absence", AbsenceSize::AllAbsence),
                ],
            )
        });
        let payout =
            self.setting(s, "payout", |r, n| r.word(n, &[("last_day_held", AbsencePayout::LastDayHeld)]));
        Some(AbsenceSettings {
            scope: scope?,
            counted: counted?,
            threshold: threshold?,
            at_threshold: at_threshold?,
            size: size?,
            payout: payout?,
        })
    }

    fn length(&mut self, s: &mut Section<'t>) -> Option<LengthSettings> {
        let whole_day_over_minutes = self.setting(s, "whole_day_over_minutes", minutes);
        let at_limit = self.setting(s, "at_limit", TomlReader::truth);
        let group_meeting_in_limit = self.setting(s, "group_meeting_in_limit", TomlReader::truth);
        let group_meeting_minutes = self.setting(s, "group_meeting_minutes", minutes);
        let group_meeting_bodies = self.setting(s, "group_meeting_bodies", TomlReader::texts);
        let group_meeting_for = self.setting(s, "group_meeting_for", |r, n| {
            r.word(n, &[("members_and_whole_substitutes", GroupMeetingFor::MembersAndWholeSubstitutes)])
        });
        let travel_counts = self.setting(s, "travel_counts", TomlReader::truth);
        Some(LengthSettings {
            whole_day_over_minutes: whole_day_over_minutes?,
            at_limit: at_limit?,
            group_meeting_in_limit: group_meeting_in_limit?,
            group_meeting_minutes: group_meeting_minutes?,
            group_meeting_bodies: group_meeting_bodies?,
            group_meeting_for: group_meeting_for?,
            travel_counts: travel_counts?,
        })
    }

    fn caps(&mut self, s: &mut Section<'t>) -> Option<Caps> {
        let cap_per_day = self.amount(s, "per_day");
        let cap_per_hour = self.amount(s, "per_hour");
        Some(Caps { cap_per_day: cap_per_day?, cap_per_hour: cap_per_hour? })
    }

    fn lost_income(&mut self, s: &mut Section<'t>) -> Option<LostIncomeSettings> {
        let undocumented = self.required_section(s, "undocumented", Self::caps);
        let documented = self.required_section(s, "documented", Self::caps);
        let meeting_cap_is_shared = self.setting(s, "meeting_cap_is_shared", always);
        let empty_amount = self.setting(s, "empty_amount", |r, n| r.word(n, &[("cap", EmptyAmount::Cap)]));
        let mayor_is_covered = self.setting(s, "mayor_is_covered", TomlReader::truth);
        let no_income_is_covered = self.setting(s, "no_income_is_covered", TomlReader::truth);
        let kept_pay_is_covered = self.setting(s, "kept_pay_is_covered", TomlReader::truth);
        let day_off =
            self.setting(s, "day_off", |r, n| r.word(n, &[("monday_to_friday", DayOff::MondayToFriday)]));
        let income_days_per_year = self.setting(s, "income_days_per_year", TomlReader::divisor);
        let income_hours_per_day = self.setting(s, "income_hours_per_day", TomlReader::divisor);
        let stand_in_as_documented = self.setting(s, "stand_in_as_documented", always);
        let day_sums = self.setting(s, "day_sums", |r, n| {
            r.word(n, &[("greater_documented_on_tie", DaySums::GreaterDocumentedOnTie)])
        });
        let order = self.setting(s, "order", |r, n| r.word(n, &[("natural_id", ClaimOrder::NaturalId)]));
        Some(LostIncomeSettings {
            undocumented: undocumented?,
            documented: documented?,
            meeting_cap_is_shared: meeting_cap_is_shared?,
            empty_amount: empty_amount?,
            mayor_is_covered: mayor_is_covered?,
            no_income_is_covered: no_income_is_covered?,
            kept_pay_is_covered: kept_pay_is_covered?,
            day_off: day_off?,
            income_days_per_year: income_days_per_year?,
            income_hours_per_day: income_hours_per_day?,
            stand_in_as_documented: stand_in_as_documented?,
            day_sums: day_sums?,
            order: order?,
        })
    }

    fn claims(&mut self, s: &mut Section<'t>) -> Option<ClaimSettings> {
        let care_cap_per_day = self.amount(s, "care_per_day");
        let travel = self.setting(s, "travel", |r, n| r.word(n, &[("state_rates", TravelCover::StateRates)]));
        let companion =
            self.setting(s, "companion", |r, n| r.word(n, &[("documented_cost", CostCover::DocumentedCost)]));
        let employer_refund = self.setting(s, "employer_refund", |r, n| {
            r.word(n, &[("documented_caps", RefundCover::DocumentedCaps)])
        });
        let day_of_claim = self.setting(s, "day_of_claim", |r, n| {
            r.word(n, &[("meeting_else_own", DayOfClaim::MeetingElseOwn)])
        });
        let deadline_months = self.setting(s, "deadline_months", deadline);
        let after_pay =
            self.setting(s, "after_pay", |r, n| r.word(n, &[("not_calculated", AfterPay::NotCalculated)]));
        let subsistence = self
            .setting(s, "subsistence", |r, n| r.word(n, &[("not_calculated", Subsistence::NotCalculated)]));
        Some(ClaimSettings {
            care_cap_per_day: care_cap_per_day?,
            travel: travel?,
            companion: companion?,
            employer_refund: employer_refund?,
            day_of_claim: day_of_claim?,
            deadline_months: deadline_months?,
            after_pay: after_pay?,
            subsistence: subsistence?,
        })
    }

    /// An amount with its point: a value of the text, or a parameter that the profile supplies.
    fn amount(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<Stated<Amount>> {
        let node = self.reader.required(section, key)?;
        let name = node.name.clone();
        let mut stated = self.reader.section(node)?;
        let parameter = stated.optional("parameter").map(|node| self.reader.text(&node));
        let (name, provenance, amount, written) = if let Some(parameter) = parameter {
            let parameter = parameter?;
            if !self.parameters.contains(&parameter) {
                self.parameters.push(parameter.clone());
            }
            let amount = self.profile.parameters.get(&parameter).copied();
            let written = amount.map(|amount| amount.to_string()).unwrap_or_default();
            let amount = amount.map_or_else(|| Amount::Missing(parameter.clone()), Amount::Known);
            (parameter, Some(Provenance::Assumed), amount, written)
        } else {
            let value = self.reader.required(&mut stated, "value");
            let written = value.as_ref().map(|value| self.reader.raw(value)).unwrap_or_default();
            let amount = value.and_then(|value| self.reader.money(&value));
            let provenance = self.provenance(&mut stated);
            (name, provenance, Amount::Known(amount?), written)
        };
        self.state(stated, name, provenance, written, amount)
    }

    /// A setting with its point.
    fn setting<T>(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        read: impl FnOnce(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Stated<T>> {
        let node = self.reader.required(section, key)?;
        let name = node.name.clone();
        let mut stated = self.reader.section(node)?;
        let value = self.reader.required(&mut stated, "value");
        let written = value.as_ref().map(|value| self.reader.raw(value)).unwrap_or_default();
        let value = value.and_then(|value| read(&mut self.reader, &value));
        let provenance = self.provenance(&mut stated);
        self.state(stated, name, provenance, written, value?)
    }

    fn provenance(&mut self, stated: &mut Section<'t>) -> Option<Provenance> {
        let node = self.reader.required(stated, "provenance")?;
        self.reader.word(&node, &[("document", Provenance::Document), ("assumed", Provenance::Assumed)])
    }

    fn state<T>(
        &mut self,
        mut stated: Section<'t>,
        name: String,
        provenance: Option<Provenance>,
        value: String,
        read: T,
    ) -> Option<Stated<T>> {
        let point = self.text_of(&mut stated, "point");
        let meaning = self.text_of(&mut stated, "meaning");
        self.reader.finish(&stated);
        let item = Item {
            name,
            source: self.source.clone(),
            point: point?,
            provenance: provenance?,
            value,
            meaning: meaning?,
        };
        let stated = self.items.state(item, read);
        self.too_many_items |= stated.is_none();
        stated
    }
}

fn without_names<T>(named: Vec<(String, T)>) -> Vec<T> {
    named.into_iter().map(|(_, value)| value).collect()
}

/// A share such as `1/2` or `25 %`, at most the whole.
fn share<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Share> {
    let text = reader.text(node)?;
    let parts = match text.strip_suffix('%') {
        Some(percent) => Some((percent.trim(), "100")),
        None => text.split_once('/').map(|(a, b)| (a.trim(), b.trim())),
    };
    let numbers = parts.and_then(|(a, b)| Some((a.parse::<u32>().ok()?, b.parse::<u32>().ok()?)));
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

/// Minutes of a day.
fn minutes<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<u32> {
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
fn always<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<bool> {
    let truth = reader.truth(node)?;
    if !truth {
        reader.wrong(node, "unknown_word", "can only be true in this version", "true");
    }
    truth.then_some(truth)
}

/// A deadline in months, or `none`.
fn deadline<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Deadline> {
    if reader.raw(node) == "none" {
        return Some(Deadline::None);
    }
    reader.count(node).map(Deadline::Months)
}

/// The roundings that explanations can show: to whole øre.
fn roundings() -> [(&'static str, Rounding); 2] {
    let to_oere = |mode| Rounding::to_unit(NonZeroU32::MIN, mode);
    [
        ("oere_half_away_from_zero", to_oere(RoundingMode::HalfAwayFromZero)),
        ("oere_half_to_even", to_oere(RoundingMode::HalfToEven)),
    ]
}
