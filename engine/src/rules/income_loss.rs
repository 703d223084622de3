//! What a claim of lost income asks for: an amount, the cap, or the loss worked out from the yearly
//! income.

use std::num::NonZeroU32;

use chrono::{Datelike, NaiveDate};

use super::caps::MINUTES_PER_HOUR;
use super::meeting_time;
use crate::basis::{Claim, ClaimIx, ClaimKind};
use crate::money::{Money, Unrounded};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{EmptyAmount, IncomeOf, IncomeYears, Trail};
use crate::shortfall::Shortfall;
use crate::why::{Asked, Income, MeetingCap, PerHour};

/// What a claim asks for.
pub(super) fn asked(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    at: Option<AtMeeting<'_>>,
    cap: Option<&MeetingCap>,
    trail: &mut Trail,
) -> Result<Asked, Shortfall> {
    let (rules, day) = (&year.regulation.lost_income, claim.date);
    if let Some(amount) = claim.amount {
        return Ok(Asked::Stated(amount));
    }
    if claim.kind == ClaimKind::LostIncomeUndocumented {
        let EmptyAmount::Cap = trail.read_on(&rules.empty_amount, day)?;
        return Ok(Asked::Cap);
    }
    let income = income(year, claim_ix, day, trail)?;
    let days_per_year = *trail.read_on(&rules.income.days_per_year, day)?;
    let of_day = income.exact().over(days_per_year);
    let loss_of_day = year.round(of_day, day, trail)?;
    let whole_day = Asked::IncomeOfDay { income, days_per_year, loss: loss_of_day };
    let Some(at) = at.filter(|_| !matches!(cap, Some(MeetingCap::WholeDay { .. }))) else {
        return Ok(whole_day);
    };
    let time = meeting_time::of_person(year, at, trail)?;
    let (per_hour, of_hour) = match &rules.income.hours_per_year {
        Some(hours_per_year) => {
            let hours_per_year = *trail.read_on(hours_per_year, day)?;
            (PerHour::OfYear { hours_per_year }, income.exact().over(hours_per_year))
        }
        None => {
            let hours_per_day = *trail.read_on(&rules.income.hours_per_day, day)?;
            (PerHour::OfDay { days_per_year, hours_per_day }, of_day.over(hours_per_day))
        }
    };
    let of_hours = of_hour.times(time.minutes()).over(MINUTES_PER_HOUR);
    let loss_of_hours = year.round(of_hours, day, trail)?;
    Ok(Asked::IncomeOfHours {
        income,
        days_per_year,
        per_hour,
        time,
        loss: loss_of_hours.min(loss_of_day),
        at_most_a_day: loss_of_hours > loss_of_day,
    })
}

/// The income that a loss is worked out from: last year's, or the mean of the three years before.
fn income(
    year: &PersonYear<'_>,
    claim: ClaimIx,
    day: NaiveDate,
    trail: &mut Trail,
) -> Result<Income, Shortfall> {
    let rules = &year.regulation.lost_income;
    let income_of = *trail.read_on(&rules.income.of, day)?;
    let of_year = |back: i32| {
        let row = year.rows.incomes.iter().find(|row| row.year == day.year() - back);
        let stated = row.and_then(|row| match income_of {
            IncomeOf::Net => row.net,
            IncomeOf::Gross => row.gross,
        });
        // The register of persons has one net income: the last known.
        let of_person = || {
            let person = year.basis.register().person(year.person);
            person.annual_net_income.filter(|_| income_of == IncomeOf::Net && back == 1)
        };
        stated.or_else(of_person).ok_or(Shortfall::MissingIncome { claim, year: day.year() - back })
    };
    Ok(match trail.read_on(&rules.income.years, day)? {
        IncomeYears::Last => Income::OfYear(of_year(1)?),
        IncomeYears::MeanOfThree => Income::MeanOfThree([of_year(1)?, of_year(2)?, of_year(3)?]),
    })
}

impl Income {
    /// The income of a year.
    fn exact(self) -> Unrounded {
        const THREE: NonZeroU32 = NonZeroU32::new(3).unwrap();
        match self {
            Self::OfYear(income) => income.into(),
            Self::MeanOfThree(incomes) => Unrounded::from(incomes.into_iter().sum::<Money>()).over(THREE),
        }
    }
}
