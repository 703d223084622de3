//! Sentences about the reduction of fixed fees for absence.

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_engine::regulation::AbsenceStep;
use honorar_engine::why::{AbsenceReduction, AbsenceWhy};

use super::catalogue::Catalogue;
use super::format::Value;
use super::share;

pub(super) fn sentence(say: &Catalogue, why: &AbsenceWhy, reduction: Money) -> String {
    let sentence = in_span(say, why, reduction);
    match why.span {
        Some(span) => say.absence.in_span(span.first(), span.last().unwrap_or(NaiveDate::MAX), &sentence),
        None => sentence,
    }
}

fn in_span(say: &Catalogue, why: &AbsenceWhy, reduction: Money) -> String {
    let AbsenceWhy { missed, threshold, fee, .. } = *why;
    let words = &say.absence;
    let duty = why.duty.get();
    let (above, below) = (missed * threshold.denominator.get(), threshold.numerator * duty);
    let common = duty * threshold.denominator.get();
    let over = above.saturating_sub(below);
    let missed_of_duty = words.missed(missed, duty);
    let (fee, reduction) = (say.money(fee), say.money(reduction));
    let counted = match why.reduction {
        AbsenceReduction::PartOver => over,
        AbsenceReduction::All => above,
        AbsenceReduction::Step(AbsenceStep { from, reduction: part }) => {
            let step = words.step(&missed_of_duty, &share::shown(say, from, "/"));
            return format!("{step}: {fee} × {} = {reduction}", share::fraction(say, part, " / "));
        }
        AbsenceReduction::PerMissedMeeting { amount, missed: in_office, at_most_fee } => {
            let all = if in_office == missed {
                missed_of_duty
            } else {
                words.in_this_office(&missed_of_duty, in_office)
            };
            return if at_most_fee {
                format!("{}: {fee} × 1 = {reduction}", words.more_than_fee(&all, amount))
            } else {
                format!("{all}: {} × {} = {reduction}", say.money(amount), say.count(in_office))
            };
        }
    };
    let per_cents = (
        share::per_cent(missed, duty),
        share::per_cent_of(threshold),
        share::per_cent(counted, common),
        share::per_cent(over, common),
    );
    if let (Some(missed_share), Some(threshold), Some(counted), Some(points)) = per_cents {
        let over = words.over_by_points(&missed_of_duty, missed_share, points, threshold);
        let counted = say.marks.shown(Value::PerCent(counted));
        return format!("{over}: {fee} × {counted} = {reduction}");
    }
    let fraction = |(part, whole): (u32, u32), between: &str| {
        format!("{}{between}{}", say.count(part), say.count(whole))
    };
    let over = fraction(share::reduced(over, common), "/");
    let over = words.over_by_fraction(&missed_of_duty, &over, &share::fraction(say, threshold, "/"));
    let counted = fraction(share::reduced(counted, common), " / ");
    format!("{over}: {fee} × {counted} = {reduction}")
}
