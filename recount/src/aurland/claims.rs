//! Claims: lost income and stand-in, care, the employer's refund, travel and companion.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use num_rational::BigRational;
use num_traits::Zero;

use super::body::chapter_covers;
use super::{Amount, Parameters, Span, travel};
use crate::basis::{Basis, Claim, Office};
use crate::money::{oere, whole};
use crate::natural::natural_key;

const UNDOCUMENTED_DAY: i64 = 1_030;
const UNDOCUMENTED_HOUR: i64 = 170;
const DOCUMENTED_DAY: i64 = 3_091;
const DOCUMENTED_HOUR: i64 = 386;

const EXPENSES: [&str; 5] = ["travel_car", "travel_passenger", "travel_other", "companion", "after_pay"];

/// Øre granted, by claim id.
type Granted = BTreeMap<String, i64>;

/// One line for each claim of the period, refused ones with nothing.
pub(super) fn claims(basis: &Basis, parameters: &Parameters, period: Span) -> Vec<Amount> {
    let mut granted = Granted::new();
    let mut person_days = BTreeSet::new();
    for claim in &basis.claims {
        if period.contains(claim.day) {
            person_days.insert((claim.person_id.clone(), claim.day));
        }
    }
    for (person_id, day) in &person_days {
        granted.extend(one_persons_day(basis, parameters, person_id, *day));
    }
    let mut lines = Vec::new();
    for claim in &basis.claims {
        if period.contains(claim.day) {
            lines.push(Amount {
                person_id: claim.person_id.clone(),
                kind: claim.kind.clone(),
                body: basis
                    .meetings
                    .get(&claim.meeting_id)
                    .map_or_else(String::new, |meeting| meeting.body.clone()),
                meeting_id: claim.meeting_id.clone(),
                claim_id: claim.id.clone(),
                date: claim.day.to_string(),
                oere: granted[&claim.id],
            });
        }
    }
    lines
}

fn one_persons_day(basis: &Basis, parameters: &Parameters, person_id: &str, day: NaiveDate) -> Granted {
    let of_kinds = |kinds: &[&str]| -> Vec<&Claim> {
        let mut found: Vec<&Claim> = basis
            .claims
            .iter()
            .filter(|claim| {
                claim.person_id == person_id && claim.day == day && kinds.contains(&claim.kind.as_str())
            })
            .collect();
        found.sort_by_key(|claim| natural_key(&claim.id));
        found
    };
    let mut all = Granted::new();

    let mut undocumented = undocumented(basis, &of_kinds(&["lost_income_undocumented"]));
    let mut documented = documented(basis, &of_kinds(&["lost_income_documented", "stand_in"]));
    if undocumented.values().sum::<i64>() > documented.values().sum::<i64>() {
        refuse_all(&mut documented);
    } else {
        refuse_all(&mut undocumented);
    }
    all.extend(undocumented);
    all.extend(documented);

    all.extend(refunds(basis, &of_kinds(&["employer_refund"])));
    all.extend(care(basis, &of_kinds(&["care"])));
    for claim in of_kinds(&EXPENSES) {
        all.insert(claim.id.clone(), oere(&expense(basis, parameters, claim)));
    }
    all
}

fn refuse_all(granted: &mut Granted) {
    for oere in granted.values_mut() {
        *oere = 0;
    }
}

/// What a claim that is not refused asks for, and the most that its meeting gives where there is such a cap.
struct Asked {
    sum: BigRational,
    meeting_cap: Option<BigRational>,
}

/// Lets the claims fill their meetings' caps and the day's in the order given; those that ask `None` are refused.
fn fill(claims: &[&Claim], day_cap: i64, ask: impl Fn(&Claim) -> Option<Asked>) -> Granted {
    let mut day_left = day_cap * 100;
    let mut meetings_left: BTreeMap<&str, i64> = BTreeMap::new();
    let mut granted = Granted::new();
    for claim in claims {
        let mut sum = 0;
        if let Some(asked) = ask(claim) {
            sum = oere(&asked.sum).min(day_left);
            if let Some(cap) = asked.meeting_cap {
                let left = meetings_left.entry(&claim.meeting_id).or_insert_with(|| oere(&cap));
                sum = sum.min(*left);
                *left -= sum;
            }
            day_left -= sum;
        }
        granted.insert(claim.id.clone(), sum);
    }
    granted
}

fn undocumented(basis: &Basis, claims: &[&Claim]) -> Granted {
    fill(claims, UNDOCUMENTED_DAY, |claim| {
        let cap = meeting_cap(basis, claim, UNDOCUMENTED_HOUR, UNDOCUMENTED_DAY);
        may_claim_lost_income(basis, claim).then(|| Asked {
            sum: claim.amount.clone().unwrap_or_else(|| cap.clone()),
            meeting_cap: Some(cap),
        })
    })
}

fn documented(basis: &Basis, claims: &[&Claim]) -> Granted {
    fill(claims, DOCUMENTED_DAY, |claim| {
        may_claim_lost_income(basis, claim).then(|| Asked {
            sum: claim.amount.clone().unwrap_or_else(|| loss_by_income(basis, claim)),
            meeting_cap: Some(meeting_cap(basis, claim, DOCUMENTED_HOUR, DOCUMENTED_DAY)),
        })
    })
}

/// The caps of documented lost income, but no look at the person's employment: it is the employer's loss.
fn refunds(basis: &Basis, claims: &[&Claim]) -> Granted {
    fill(claims, DOCUMENTED_DAY, |claim| {
        let covered = covers(basis, claim) && !basis.is_mayor(&claim.person_id, claim.day);
        covered.then(|| Asked {
            sum: stated(claim),
            meeting_cap: Some(meeting_cap(basis, claim, DOCUMENTED_HOUR, DOCUMENTED_DAY)),
        })
    })
}

fn care(basis: &Basis, claims: &[&Claim]) -> Granted {
    fill(claims, DOCUMENTED_DAY, |claim| {
        covers(basis, claim).then(|| Asked { sum: stated(claim), meeting_cap: None })
    })
}

/// Costs at the state's rates or as documented: each claim by itself, without a cap.
fn expense(basis: &Basis, parameters: &Parameters, claim: &Claim) -> BigRational {
    if !covers(basis, claim) {
        return BigRational::zero();
    }
    match claim.kind.as_str() {
        "travel_car" => travel::car(basis, claim),
        "travel_passenger" => travel::passenger(claim),
        "travel_other" | "companion" => stated(claim),
        "after_pay" => after_pay(basis, parameters, claim),
        unknown => panic!("claim of kind {unknown}"),
    }
}

/// Up to three months of the mayor's pay, never beside the mayor's own: what a mayor who is mayor again has of
/// the same months is taken from them, day by day.
fn after_pay(basis: &Basis, parameters: &Parameters, claim: &Claim) -> BigRational {
    let of_mayor = |office: &&Office| office.person_id == claim.person_id && office.role == "mayor";
    let mut posts = basis.offices.iter().filter(of_mayor);
    if posts.clone().any(|post| post.covers(claim.day))
        || !posts.any(|post| post.to.is_some_and(|to| to < claim.day))
    {
        return BigRational::zero();
    }
    let months = claim.quantity.clone().unwrap_or_else(|| whole(3)).min(whole(3));
    let a_month = parameters.kroner("mayor") / whole(12);
    let is_mayor = |day: NaiveDate| basis.offices.iter().filter(of_mayor).any(|post| post.covers(day));
    let mut granted = BigRational::zero();
    let mut paid = BigRational::zero();
    for number in 0.. {
        let part = (&months - &paid).min(whole(1));
        if part <= BigRational::zero() {
            break;
        }
        let start = claim.day.checked_add_months(Months::new(number)).expect("a day in the calendar");
        let after = if part == whole(1) {
            claim.day.checked_add_months(Months::new(number + 1)).expect("a day in the calendar")
        } else {
            let days = (&part * whole(30)).ceil().to_integer();
            start + Days::new(days.try_into().expect("less than a month"))
        };
        let mut own = BigRational::zero();
        for day in start.iter_days().take_while(|day| *day < after).filter(|day| is_mayor(*day)) {
            own += &a_month / whole(i64::from(day.num_days_in_month()));
        }
        let (pay, own) = (&a_month * &part, whole(oere(&own)) / whole(100));
        if own <= pay {
            granted += pay - own;
        }
        paid += part;
    }
    granted
}

fn stated(claim: &Claim) -> BigRational {
    claim.amount.clone().expect("a stated amount")
}

fn covers(basis: &Basis, claim: &Claim) -> bool {
    chapter_covers(basis, &claim.meeting_id, &claim.person_id)
}

fn may_claim_lost_income(basis: &Basis, claim: &Claim) -> bool {
    let weekday = claim.day.weekday().number_from_monday() <= 5;
    let has_income_to_lose = match basis.persons[&claim.person_id].employment.as_str() {
        "none" => false,
        "pay_kept" => claim.day_off && weekday,
        _ => true,
    };
    has_income_to_lose && covers(basis, claim) && !basis.is_mayor(&claim.person_id, claim.day)
}

/// More than four hours of the meeting itself, with its group meeting; the same for everybody.
fn is_full_day(basis: &Basis, meeting_id: &str) -> bool {
    let meeting = &basis.meetings[meeting_id];
    let group = if meeting.with_group { 60 } else { 0 };
    meeting.end - meeting.start + group > 4 * 60
}

/// The person's own hours with travel, exactly.
fn hours(basis: &Basis, claim: &Claim) -> BigRational {
    let meeting = &basis.meetings[&claim.meeting_id];
    let row =
        basis.attendance_of(&claim.meeting_id, &claim.person_id).expect("a claim on a meeting one was at");
    let whole_substitute = row.capacity == "substitute" && !row.some_cases;
    let member = row.capacity.is_empty() || row.capacity == "member";
    let group = if meeting.with_group && (member || whole_substitute) { 60 } else { 0 };
    let minutes = Basis::own_minutes(meeting, row) + group + row.travel_minutes;
    whole(minutes) / whole(60)
}

fn meeting_cap(basis: &Basis, claim: &Claim, an_hour: i64, a_day: i64) -> BigRational {
    if is_full_day(basis, &claim.meeting_id) {
        whole(a_day)
    } else {
        (whole(an_hour) * hours(basis, claim)).min(whole(a_day))
    }
}

fn loss_by_income(basis: &Basis, claim: &Claim) -> BigRational {
    let income = basis.persons[&claim.person_id]
        .annual_net_income
        .clone()
        .expect("an income to compute the loss from");
    let a_day = income / whole(240);
    if is_full_day(basis, &claim.meeting_id) {
        a_day
    } else {
        (&a_day / whole(8) * hours(basis, claim)).min(a_day)
    }
}
