//! Meeting fees of one person on one day: meetings without a break that count as one, and how many
//! fees a day are paid.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::line::PayLine;
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{ItemId, JoinedBodies, KeptFees};
use crate::shortfall::Shortfall;
use crate::why::{NotPaid, Why};

/// Holds one person's meeting fees, in the order of meetings, against what a day gives; says what is
/// missing for that.
pub(super) fn settle(year: &PersonYear<'_>, fees: &mut [PayLine]) -> Vec<Shortfall> {
    let mut shortfalls = Vec::new();
    for of_day in fees.chunk_by_mut(|a, b| a.date == b.date) {
        let Some(date) = of_day.first().map(|line| line.date) else { continue };
        let done = join(year, date, of_day).and_then(|()| keep_some(year, date, of_day));
        shortfalls.extend(done.err());
    }
    shortfalls
}

/// Of meetings with no notable break between them the highest fee is paid; of equal ones the first.
fn join(year: &PersonYear<'_>, date: NaiveDate, of_day: &mut [PayLine]) -> Result<(), Shortfall> {
    let fees = &year.regulation.fees.day;
    let Some(within) = &fees.joined_within_minutes else { return Ok(()) };
    if of_day.len() < 2 {
        return Ok(());
    }
    let (within, bodies) = (within.on(date), fees.joined_bodies.on(date));
    let (mut break_minutes, mut joined_bodies) = (0, JoinedBodies::Any);
    for line in of_day.iter_mut() {
        break_minutes = *line.trail.read(within)?;
        joined_bodies = *line.trail.read(bodies)?;
    }
    let touches = |earlier: &PayLine, later: &PayLine| {
        let meetings = earlier.meeting.zip(later.meeting);
        let in_time = meetings.is_some_and(|(earlier, later)| {
            let (earlier, later) = (year.meeting(earlier), year.meeting(later));
            later.start_minute <= earlier.start_minute + earlier.length_minutes + break_minutes
        });
        in_time && (joined_bodies == JoinedBodies::Any || earlier.body == later.body)
    };
    let mut clusters: Vec<Vec<&mut PayLine>> = Vec::new();
    for line in of_day {
        let cluster = clusters.iter_mut().find(|cluster| cluster.iter().any(|other| touches(other, line)));
        match cluster {
            Some(cluster) => cluster.push(line),
            None => clusters.push(vec![line]),
        }
    }
    for mut cluster in clusters {
        cluster.sort_by_key(|line| Reverse(line.amount));
        let mut cluster = cluster.into_iter();
        let Some(paid) = cluster.next().and_then(|line| line.meeting) else { continue };
        for line in cluster {
            take_away(line, NotPaid::OneWith(paid), within.item());
        }
    }
    Ok(())
}

/// At most so many fees a day.
fn keep_some(year: &PersonYear<'_>, date: NaiveDate, of_day: &mut [PayLine]) -> Result<(), Shortfall> {
    let fees = &year.regulation.fees.day;
    let Some(most) = &fees.most_a_day else { return Ok(()) };
    let mut paid: Vec<&mut PayLine> = of_day.iter_mut().filter(|line| !line.amount.is_zero()).collect();
    let most = most.on(date);
    let (mut most_a_day, mut kept) = (u32::MAX, KeptFees::Earliest);
    for line in &mut paid {
        most_a_day = *line.trail.read(most)?;
        kept = *line.trail.read_on(&fees.kept, date)?;
    }
    if kept == KeptFees::Highest {
        paid.sort_by_key(|line| Reverse(line.amount));
    }
    let limit = usize::try_from(most_a_day).unwrap_or(usize::MAX);
    for line in paid.into_iter().skip(limit) {
        take_away(line, NotPaid::MostADay(most_a_day), most.item());
    }
    Ok(())
}

/// Leaves the line, with what it would have been.
fn take_away(line: &mut PayLine, reason: NotPaid, cite: ItemId) {
    let Why::MeetingFee(why) = &mut *line.why else { return };
    if why.not_paid.is_none() {
        why.not_paid = Some((reason, line.amount));
        line.amount = Money::ZERO;
        line.units = None;
        line.cite = Some(cite);
    }
}
