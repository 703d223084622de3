//! What the law demands of a regulation's file, as problems.

use honorar_engine::law::{Finding, Found, findings};
use honorar_engine::regulation::Regulation;
use honorar_problems::{Place, Problem, in_order};

const CAPS: &str = "an amount a day for documented and one for undocumented loss, and different ones \
                    (kommuneloven § 8-3)";
const AFTER_PAY: &str = "after-pay no longer than the ordinary notice period (kommuneloven § 8-6)";
const BASE_SHARE: &str = "at most 20 % of the whole, and at most 10 % unless the council was unanimous \
                          (partiloven § 10, Partilovnemnda 11.01.2007)";

/// Where a regulation falls short of the law, each from the day on which it does; notes where its file
/// alone cannot be judged.
pub fn law_problems(regulation: &Regulation, file: &str) -> Vec<Problem> {
    in_order(findings(regulation).iter().map(|finding| problem(regulation, file, finding)).collect())
}

fn problem(regulation: &Regulation, file: &str, finding: &Finding) -> Problem {
    let Finding { day, what, item } = finding;
    let place = Place::file(file);
    let (name, cite) =
        regulation.items.get(*item).map(|item| (item.name.as_str(), item.to_string())).unwrap_or_default();
    let error = |code, what: String| {
        Problem::error(code, place.clone(), format!("from {day}, {what} (`{name}`, {cite})"))
    };
    let note = |code, what: String| {
        Problem::note(code, place.clone(), format!("from {day}, {what} (`{name}`, {cite})"))
    };
    match what {
        Found::SameCaps { cap } => {
            let what = format!("documented and undocumented loss have the same cap a day, {cap}");
            error("same_caps", what).expected(CAPS)
        }
        Found::OneCapOnly { documented } => {
            let kind = if *documented { "documented" } else { "undocumented" };
            error("no_cap", format!("{kind} loss of income has no cap a day above 0.00")).expected(CAPS)
        }
        Found::CapUnknown => note(
            "not_judged",
            "a cap a day of lost income is not known, and is not held against the law".into(),
        )
        .expected(CAPS),
        Found::AfterPayTooLong { months, notice } => {
            let (months, notice) = (months.normalize(), notice.normalize());
            error(
                "after_pay_too_long",
                format!("after-pay is {months} months, and the notice period {notice}"),
            )
            .expected(AFTER_PAY)
        }
        Found::AfterPayUnknown => note(
            "not_judged",
            "after-pay cannot be held against the notice period: how long it lasts is not known".into(),
        )
        .expected(AFTER_PAY),
        Found::NoticePeriodUnknown => note(
            "not_judged",
            "after-pay cannot be held against the notice period, which is not stated".into(),
        )
        .expected(AFTER_PAY)
        .hint("state `notice_period_months` under [after_pay]"),
        Found::BaseShare { hundredths, at_most } => {
            let share = format!("{}.{:02} %", hundredths / 100, hundredths % 100);
            let what = format!(
                "base support is {share} of the whole or more, and the decision's majority allows {at_most} %"
            );
            error("base_share", what).expected(BASE_SHARE)
        }
        Found::BaseShareOfGroups { groups, at_most } => {
            let what =
                format!("base support is more than {at_most} % of the whole with {groups} groups or more");
            note("base_share_of_groups", what)
                .expected(BASE_SHARE)
                .hint("`honorar groups` holds each year's groups against it")
        }
        Found::BaseShareUnknown => {
            let what = "base support cannot be held against the law: the majority, an amount or the council's \
                        seats are not known";
            note("not_judged", what.to_owned()).expected(BASE_SHARE)
        }
    }
}
