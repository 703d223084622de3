//! Every phrase, with its placeholders. A phrase is a method of its section here and a line in the file of
//! each language; `by` names the value that decides between singular and plural.

use std::sync::Arc;

use chrono::NaiveDate;
use honorar_engine::Money;
use rust_decimal::Decimal;

use super::pattern::Phrase;
use super::reader::Reader;
use crate::language::format::{Marks, Value};

/// The type of what a placeholder is filled with.
macro_rules! kind {
    (money) => { Money };
    (number) => { Decimal };
    (per_cent) => { Decimal };
    (count) => { impl Into<u64> };
    (date) => { NaiveDate };
    (text) => { &str };
}

macro_rules! value {
    (money, $value:ident) => {
        Value::Money($value)
    };
    (number, $value:ident) => {
        Value::Number($value)
    };
    (per_cent, $value:ident) => {
        Value::PerCent($value)
    };
    (count, $value:ident) => {
        Value::Count($value.into())
    };
    (date, $value:ident) => {
        Value::Date($value)
    };
    (text, $value:ident) => {
        Value::Text($value)
    };
}

/// A phrase without placeholders is a text; any other is filled with values.
macro_rules! method {
    ($name:ident ()) => {
        pub(crate) fn $name(&self) -> &str {
            self.$name.words()
        }
    };
    ($name:ident ($($place:ident: $kind:ident),+)) => {
        pub(crate) fn $name(&self, $($place: kind!($kind)),+) -> String {
            self.$name.filled(&[$(value!($kind, $place)),+])
        }
    };
}

macro_rules! section {
    ($section:ident $Section:ident {
        $($name:ident ($($place:ident: $kind:ident),*) $(by $counted:ident)?;)*
    }) => {
        #[derive(Debug)]
        pub(crate) struct $Section {
            $($name: Phrase,)*
        }

        impl $Section {
            fn read(reader: &mut Reader<'_>, marks: &Arc<Marks>) -> Self {
                Self {
                    $($name: {
                        let by: &[&str] = &[$(stringify!($counted))?];
                        let places = [$(stringify!($place)),*];
                        let (section, name) = (stringify!($section), stringify!($name));
                        let forms = reader.forms(section, name, &places, by.first().copied());
                        Phrase { marks: Arc::clone(marks), forms }
                    },)*
                }
            }

            $(method! { $name ($($place: $kind),*) })*
        }
    };
}

macro_rules! phrases {
    ($($(#[$about:meta])* $section:ident: $Section:ident { $($phrases:tt)* })*) => {
        /// The phrases of a language, by what they are about.
        #[derive(Debug)]
        pub(in crate::language) struct Catalogue {
            /// How numbers and dates are written.
            pub(in crate::language) marks: Arc<Marks>,
            $($(#[$about])* pub(in crate::language) $section: $Section,)*
        }

        impl Catalogue {
            /// Reads a catalogue's file, with everything that is wrong in it.
            pub(super) fn read(text: &str) -> (Self, Vec<String>) {
                let mut reader = Reader::of(text);
                let marks = Arc::new(Marks::read(&mut reader));
                let catalogue = Self { $($section: $Section::read(&mut reader, &marks),)* marks };
                (catalogue, reader.finish())
            }
        }

        $(section! { $section $Section { $($phrases)* } })*
    };
}

phrases! {
    /// What a line pays or takes away.
    kind: KindNames {
        fixed_fee(); absence_reduction(); meeting_fee(); lost_income_undocumented(); lost_income_documented();
        stand_in(); care(); travel_car(); travel_passenger(); travel_other(); subsistence(); after_pay();
        correction(); employer_refund(); companion();
    }
    /// Offices.
    role: RoleNames {
        mayor(); deputy_mayor(); acting_mayor(); leader(); deputy_leader(); member(); substitute();
        group_leader(); acting_leader();
    }
    /// What decides a body's fees.
    class: ClassNames { council(); executive(); planning(); standing(); other(); no_fee(); }
    /// How a meeting is held, or somebody takes part in it.
    form: FormNames { in_person(); video(); phone(); }
    /// What an attendance list is of.
    event: EventNames { meeting(); seminar(); party_meeting(); }
    /// What is paid on a party group's behalf.
    correction: CorrectionPhrases {
        taken_back(number: text, earned: text);
        instead_of(number: text, earned: text);
        left_out(earned: text);
    }
    group_payment: GroupPaymentNames { buy_out(); fees(); other(); }
    /// What a line of a group is.
    group_part: GroupPartNames {
        base(); representatives(); share(); no_right(); earlier_debt(); payment(); debt_carried();
    }
    /// What is paid together.
    paid_together: PaidTogetherNames { fixed_fees(); meeting_fees_and_claims(); }
    /// Months, as they stand in a date.
    month: MonthNames {
        january(); february(); march(); april(); may(); june(); july(); august(); september(); october();
        november(); december();
    }
    /// Periods, and days of any year.
    period: Periods {
        year(year: text); half_year(number: count, year: text); quarter(number: count, year: text);
        month(month: text, year: text); day_of_year(day: count, month: text);
    }
    /// What ends a sentence.
    granted: Granted { amount(amount: money); by(amount: money, cite: text); }
    /// Amounts that are made of others.
    rate: RateWords {
        to_the_nearest_krone(); to_the_nearest(kroner: count); up_to_the_next_krone();
        up_to_the_next(kroner: count); council_members(count: count) by count; rounded_where_paid();
        base_same_day(); base_each_year(day: text); base_on(date: date);
    }
    /// Fixed fees.
    fixed_fee: FixedFeeWords {
        office_of_body(role: text, body: text); held_all(days: count); held_some(held: count, days: count);
        on_leave(days: count); as_mayor(days: count); acting_too_short(days: count);
        another_acts(days: count); as_acting_leader(days: count); other_office_is_higher(days: count);
        covered_by_other_fee(days: count); other_pay(pay: money);
        other_pay_after(pay: money, before: money); on_behalf_of_group(what: text, group: text);
    }
    /// The reduction for absence.
    absence: AbsenceWords {
        in_span(first: date, last: date, sentence: text); missed(missed: count, duty: count) by duty;
        over_by_points(missed: text, share: per_cent, points: number, threshold: per_cent);
        over_by_fraction(missed: text, over: text, threshold: text); step(missed: text, from: text);
        in_this_office(missed: text, in_office: count); more_than_fee(missed: text, amount: money);
    }
    /// Fees for meetings.
    meeting_fee: MeetingFeeWords {
        leader(); deputy_leader(); chair(); member(); substitute(); summoned();
        and_chairing(); and_minutes();
        extra_hours(minutes: count, hours: count, over: count) by hours;
        half(); particular_cases(share: text); by_phone(share: text); by_video(share: text);
        not_paid(reason: text); not_called(); no_fee_for_meeting(); no_fee_for_seminar();
        no_fee_for_party_meeting(); one_fee_for_meeting(); one_fee_for_seminar(); one_fee_for_party_meeting();
        one_with(meeting: text); most_a_day(most: count) by most;
    }
    /// Claims held against caps.
    claim: ClaimWords {
        asked(amount: money); asked_for_cap(); taken(cap: text, taken: money); at_most_a_day(cap: money);
        documented_is_more(other: money, mine: money); documented_is_equal(other: money, mine: money);
        undocumented_is_more(other: money, mine: money); undocumented_is_equal(other: money, mine: money);
        with_social_costs(sum: text); loss_of_day(sum: text); loss(sum: text);
        loss_at_most_a_day(sum: text, day: text);
    }
    /// The caps of a meeting.
    cap: CapWords {
        meeting(minutes: count); meeting_with_group(minutes: count, group: count);
        whole_day_over(meeting: text, limit: count, cap: money);
        whole_day_from(meeting: text, limit: count, cap: money);
        short(meeting: text); short_with_time(meeting: text, time: text);
        part_of_day(per_day: money, hours: number, time: text); at_most(sum: text);
        at_most_and(sum: text, cap: money); at_most_a_meeting(cap: money);
        present(minutes: count); group_meeting(minutes: count); travel(minutes: count);
    }
    /// Claims that are refused.
    refusal: RefusalWords {
        asked_for_distance(); asked_for_after_pay(); asked_for_subsistence(); asked_for_meeting_fee();
        asked_for_loss(); refused(reason: text); body_paid_by_others(); post_not_covered(); mayor();
        received_late(received: date, deadline: date); covered_by_fee(); not_called(); not_covered();
        by_attendance(); claimed_twice(); no_fee_at_meeting(); still_in_office(); no_former_office();
        no_earned_income(); pay_kept(); day_off_at_weekend();
    }
    /// After-pay.
    after_pay: AfterPayWords {
        months(months: number) by months; asked(months: text); at_most(months: text);
        asked_at_most(asked: text, most: text, cite: text); nothing(months: text, income: money);
    }
    /// Travel and subsistence.
    travel: TravelWords {
        passengers(heads: count, sum: text); above(km: number, limit: number); forest(km: number, sum: text);
        documented_cost(cost: money); too_near(km: number, least: number);
        too_short(minutes: count, least: count); within_municipality(); no_subsistence();
        day_trip(minutes: count); begun_day(minutes: count); with_night(days: count) by days;
        gives_nothing(day: text); each(sum: text);
        meals_exceed(rate: money, meals: text, all: money, left: money);
        nights(nights: count, rate: money) by nights;
    }
    /// The support to party groups.
    group: GroupWords {
        of_months(months: count, all: count); groups(count: count) by count;
        representatives(count: count) by count; votes_of(mine: count, all: count) by mine;
        representatives_of(mine: count, all: count) by mine; whole_kroner(sum: text, pot: money);
        down_to_oere(sum: text, nearly: text, down: money);
        down_to_kroner(sum: text, nearly: text, down: money);
        one_oere(left: count) by left; one_krone(left: count) by left;
        goes_here(unit: text, amount: money); goes_here_by_order(unit: text, amount: money);
        no_oere_here(left: count, amount: money) by left; no_krone_here(left: count, amount: money) by left;
        broken_out(representatives: count, from: date);
        grown(representatives: count, from: date, elected: count) by representatives;
        term_over(election: text); nobody_elected(); below_threshold(votes: count, all: count, threshold: text);
        earlier_debt(amount: money); paid(what: text, date: date);
        paid_to(what: text, person: text, date: date); is_deducted(payment: text, amount: money);
        debt_carried(sum: text); transfer(amount: money); transfer_less(sum: text);
        transfer_of_nothing(granted: money, deducted: money, debt: money, transferred: money);
    }
    /// Whose a fee is.
    whose: WhoseWords {
        leader(); deputy_leader(); chair(); member(); substitute(); nobody();
        of_bodies(roles: text, bodies: text); of_municipality(roles: text);
        seat_in(seats: text, bodies: text); chairing(seat: text); minutes(seat: text);
        summoned(leader_of: text, called_to: text); body_of_class(class: text);
        bodies_of_class(bodies: text, class: text); bodies_named(); but_for(bodies: text, except: text);
        and(before: text, last: text);
    }
    /// Headings and totals.
    heading: Headings {
        registered(); claimed(); regulation_gives(); difference(); kind(); lines(); people(); sum(); control_total(); to_others(); bases(count: count);
        total_to_person(); tax(tax_free: money, taxable: money);
        paid(day: text); paid_what(day: text, what: text); moved(paid: date, stated: date);
        group_support(basis: text, year: text); transfer(date: date, months: count) by months;
        group(); granted(); deducted(); transferred(); debt(); all_groups(); before(); now(); in_all();
        to_persons(); today(); proposed(); nothing_changed(); changed(period: text); changed_from(before: text, now: text);
    }
    /// What a year would have cost by a proposal.
    simulation: SimulationWords {
        title(basis: text, year: text, proposal: text); values_of(day: date, year: text);
        body(); role(); person(); by_role(); by_person(); all_rows(); summoned(); ex_officio(); for_employees();
        outside_meetings();
    }
    /// Why somebody is paid more or less than before.
    cause: CauseNames {
        office(); rate(); rate_and_office(); attendance(); absence(); claims(); rounding(); correction();
    }
    /// Statements that people read.
    statement: StatementWords {
        about(); to_person(period: text); to_group(group: text, year: text); to_finance(period: text);
        to_auditor(period: text); name(); employee_number(); municipality(); period(); pay_day(); regulation();
        year(); not_stated(); date(); what(); why(); point(); amount(); meeting(); body(); attendance();
        counts_as(); present(); absent_valid(); absent_invalid(); not_on_list(); missed(); paid_to_you();
        nothing_paid(); lines_with_reasons(); paid_to_others(); cut_or_refused(); nothing_cut(); granted_less();
        absence(); absence_in(body: text, amount: text); complaints(); how_to_complain(); how_group_complains();
        grant_with_reasons(); law_limits(); law_of_support(); base_support(); transfer(); base_support_is();
        law_allows(); majority(); unanimous(); simple_majority(); by_kind(); by_body(); by_group();
        by_account(); no_body(); no_group(); no_accounting(); account(); responsibility(); function();
        project(); nothing_to_others(); change(); before_is_not_known(); change_by_cause();
        change_from(period: text, before: money, now: money); cause(); difference(); moved_most();
        nobody_moved(); before(); now(); assumed(); nothing_assumed(); what_assumed_is();
        assumed_behind_lines(); setting(); value(); meaning(); problems(); no_problems(); how_to_audit();
        how_to_audit_it(); what_it_rests_on(); files_as_handed_in(); file(); line(); lines_with_trail();
        items(); items_behind_lines(); by_document(); by_nobody(); stated_by(); adopted_by(); rows();
        rows_of(table: text); row(); key(); made_by(version: text, basis: text);
    }
}
