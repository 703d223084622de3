//! Why a group gets what it gets, in English.

use honorar_engine::basis::Basis;
use honorar_engine::groups::GroupTransfer;
use honorar_engine::groups::why::{GroupWhy, NoRight, ShareWhy};
use honorar_engine::groups::{GroupLine, GroupPart};
use honorar_engine::regulation::{Share, SharedBy, WholeUnit};
use honorar_engine::{Money, Regulation};

use super::english::{group_payment, per_cent_of};

const MONTHS: u32 = 12;

/// Why a line of a group has its amount.
pub(super) fn how(line: &GroupLine, basis: &Basis, regulation: &Regulation) -> String {
    let cite = || regulation.items.cite(line.cite);
    match &line.why {
        GroupWhy::Rate { count, rate_per_year, months } => {
            let what = match (line.part, count) {
                (GroupPart::Base, _) => "group",
                (_, 1) => "representative",
                _ => "representatives",
            };
            let of_year = if *months == MONTHS { String::new() } else { format!(" × {months} / {MONTHS}") };
            let for_months = for_months(*months);
            format!("{for_months}{count} {what}: {count} × {rate_per_year}{of_year} = {}", line.amount)
        }
        GroupWhy::Share(why) => share(why, line.amount),
        GroupWhy::NoRight(reason) => format!("{}; granted 0.00 ({})", no_right(reason), cite()),
        GroupWhy::EarlierDebt => format!("a debt from an earlier transfer is deducted: {}", -line.amount),
        GroupWhy::Payment { date, kind, person, document } => {
            let to = person.map(|person| format!(" to person {}", basis.register().person(person).id));
            let document = if document.is_empty() { String::new() } else { format!(", {document}") };
            let (what, to) = (group_payment(*kind), to.unwrap_or_default());
            format!("{what} paid{to} on {date}{document}, is deducted: {}", -line.amount)
        }
        GroupWhy::DebtCarried { granted, deducted } => format!(
            "more is deducted than the grant, and a debt goes to the next transfer: \
             {deducted} − {granted} = {}",
            line.amount
        ),
    }
}

/// What is transferred of a grant.
pub(super) fn transfer(group: &GroupTransfer) -> String {
    let (granted, deducted, transferred) = (group.granted, group.deducted, group.transferred());
    let debt = group.debt();
    if deducted.is_zero() {
        format!("the grant, of which nothing is deducted: {transferred}")
    } else if debt.is_zero() {
        format!("the grant, less what is deducted: {granted} − {deducted} = {transferred}")
    } else {
        format!(
            "the grant of {granted} is less than the {deducted} that is deducted, \
             a debt of {debt} goes to the next transfer; transferred {transferred}"
        )
    }
}

fn for_months(months: u32) -> String {
    if months == MONTHS { String::new() } else { format!("for {months} of {MONTHS} months, ") }
}

/// A share as the factors of a sum.
fn factor(share: Share) -> String {
    per_cent_of(share).map_or_else(
        || format!("{} / {}", share.numerator, share.denominator),
        |per_cent| format!("{per_cent} %"),
    )
}

fn rest_of(share: Share) -> Share {
    Share { numerator: share.denominator.get().saturating_sub(share.numerator), ..share }
}

fn share(why: &ShareWhy, amount: Money) -> String {
    let by = match (why.by, why.mine) {
        (SharedBy::Votes, 1) => "vote",
        (SharedBy::Votes, _) => "votes",
        (SharedBy::Representatives, 1) => "representative",
        (SharedBy::Representatives, _) => "representatives",
    };
    let ShareWhy { pot, base_share, lists, mine, of_all, unit, rounded_down, left_over, .. } = why;
    let equally = (base_share.numerator > 0).then(|| format!("{pot} × {} / {lists}", factor(*base_share)));
    let rest = rest_of(*base_share);
    let by_result = (rest.numerator > 0).then(|| format!("{pot} × {} × {mine} / {of_all}", factor(rest)));
    let sum: Vec<String> = equally.into_iter().chain(by_result).collect();
    let sum = sum.join(" + ");
    let head = format!("{}{mine} of {of_all} {by}", pot_of_months(why));
    if why.is_exact && *rounded_down == amount && why.four_decimals == amount.decimal() {
        return format!("{head}: {sum} = {amount}");
    }
    let (one, whole) = match unit {
        WholeUnit::Oere => ("øre", "øre"),
        WholeUnit::Kroner => ("krone", "kroner"),
    };
    let down =
        format!("{head}: {sum} ≈ {:.4}, rounded down to whole {whole}: {rounded_down}", why.four_decimals);
    let tie = if why.by_order { ", by the order of votes and names among equal remainders" } else { "" };
    if why.has_one_more {
        let of = if *left_over == 1 {
            format!("the 1 {one} left over")
        } else {
            format!("1 {one} of the {left_over} left over")
        };
        format!("{down}; {of} goes here, by largest remainder{tie}: {amount}")
    } else if why.by_order {
        format!("{down}; none of the {left_over} {whole} left over goes here{tie}: {amount}")
    } else {
        down
    }
}

/// How much of the pot is shared, where a year has two transfers.
fn pot_of_months(why: &ShareWhy) -> String {
    let ShareWhy { pot_per_year, pot, shared_before, months, unit, .. } = why;
    if *months == MONTHS {
        return String::new();
    }
    let head = for_months(*months);
    if !shared_before.is_zero() {
        return format!("{head}{pot_per_year} − {shared_before} = {pot}; ");
    }
    match unit {
        WholeUnit::Oere => format!("{head}{pot_per_year} × {months} / {MONTHS} = {pot}; "),
        WholeUnit::Kroner => {
            format!("{head}{pot_per_year} × {months} / {MONTHS}, in whole kroner, is {pot}; ")
        }
    }
}

fn no_right(reason: &NoRight) -> String {
    match reason {
        NoRight::BrokenOut { from, representatives, elected: None } => {
            format!(
                "a group of {representatives} from {from}, inside a term: who breaks out has no right to support"
            )
        }
        NoRight::BrokenOut { from, representatives, elected: Some(elected) } => format!(
            "{representatives} representatives from {from}, inside a term: \
             support follows the {elected} that were elected"
        ),
        NoRight::TermOver { election } => {
            format!("elected in {election}, and not to the council that sits when the year begins")
        }
        NoRight::NobodyElected => "no representative was elected".to_owned(),
        NoRight::BelowThreshold { votes, of_all, threshold } => {
            format!("{votes} of {of_all} votes is less than {}", factor(*threshold))
        }
    }
}
