//! Sentences about the support to party groups.

use honorar_engine::basis::Basis;
use honorar_engine::groups::GroupTransfer;
use honorar_engine::groups::why::{GroupWhy, NoRight, ShareWhy};
use honorar_engine::groups::{GroupLine, GroupPart};
use honorar_engine::regulation::{SharedBy, WholeUnit};
use honorar_engine::{Money, Regulation};

use super::catalogue::Catalogue;
use super::format::Value;
use super::{names, share};

const MONTHS: u32 = 12;

/// Why a line of a group has its amount.
pub(super) fn sentence(say: &Catalogue, line: &GroupLine, basis: &Basis, regulation: &Regulation) -> String {
    let words = &say.group;
    match &line.why {
        GroupWhy::Rate { count, rate_per_year, months } => {
            let what = match line.part {
                GroupPart::Base => words.groups(*count),
                _ => words.representatives(*count),
            };
            let of_year =
                if *months == MONTHS { String::new() } else { format!(" × {}", of_twelve(say, *months)) };
            format!(
                "{}{what}: {} × {}{of_year} = {}",
                for_months(say, *months),
                say.count(*count),
                say.money(*rate_per_year),
                say.money(line.amount)
            )
        }
        GroupWhy::Share(why) => share_of_pot(say, why, line.amount),
        GroupWhy::NoRight(reason) => {
            let cite = regulation.items.cite(line.cite);
            format!("{}; {}", no_right(say, reason), say.granted.by(Money::ZERO, &cite))
        }
        GroupWhy::EarlierDebt => words.earlier_debt(-line.amount),
        GroupWhy::Payment { date, kind, person, document } => {
            let what = names::group_payment(say, *kind);
            let mut paid = match person {
                Some(person) => words.paid_to(what, &basis.register().person(*person).id, *date),
                None => words.paid(what, *date),
            };
            if !document.is_empty() {
                paid += &format!(", {document}");
            }
            words.is_deducted(&paid, -line.amount)
        }
        GroupWhy::DebtCarried { granted, deducted } => {
            words.debt_carried(&difference(say, *deducted, *granted, line.amount))
        }
    }
}

/// What is transferred of a grant.
pub(super) fn transfer(say: &Catalogue, group: &GroupTransfer) -> String {
    let (granted, deducted, transferred) = (group.granted, group.deducted, group.transferred());
    if deducted.is_zero() {
        say.group.transfer(transferred)
    } else if group.debt().is_zero() {
        say.group.transfer_less(&difference(say, granted, deducted, transferred))
    } else {
        say.group.transfer_of_nothing(granted, deducted, group.debt(), transferred)
    }
}

fn difference(say: &Catalogue, from: Money, less: Money, result: Money) -> String {
    format!("{} − {} = {}", say.money(from), say.money(less), say.money(result))
}

fn of_twelve(say: &Catalogue, months: u32) -> String {
    format!("{} / {}", say.count(months), say.count(MONTHS))
}

fn for_months(say: &Catalogue, months: u32) -> String {
    if months == MONTHS { String::new() } else { format!("{}, ", say.group.of_months(months, MONTHS)) }
}

fn share_of_pot(say: &Catalogue, why: &ShareWhy, amount: Money) -> String {
    let words = &say.group;
    let ShareWhy { pot, base_share, lists, mine, of_all, unit, rounded_down, left_over, .. } = *why;
    let (pot, sum_of_mine) = (say.money(pot), format!("{} / {}", say.count(mine), say.count(of_all)));
    let part = |share| share::shown(say, share, " / ");
    let equally =
        (base_share.numerator > 0).then(|| format!("{pot} × {} / {}", part(base_share), say.count(lists)));
    let rest = share::rest_of(base_share);
    let by_result = (rest.numerator > 0).then(|| format!("{pot} × {} × {sum_of_mine}", part(rest)));
    let sum: Vec<String> = equally.into_iter().chain(by_result).collect();
    let sum = sum.join(" + ");
    let by = match why.by {
        SharedBy::Votes => words.votes_of(mine, of_all),
        SharedBy::Representatives => words.representatives_of(mine, of_all),
    };
    let head = format!("{}{by}", pot_of_months(say, why));
    if why.is_exact && rounded_down == amount && why.four_decimals == amount.decimal() {
        return format!("{head}: {sum} = {}", say.money(amount));
    }
    let nearly = say.marks.shown(Value::WithDecimals(why.four_decimals, 4));
    let down = match unit {
        WholeUnit::Oere => words.down_to_oere(&sum, &nearly, rounded_down),
        WholeUnit::Kroner => words.down_to_kroner(&sum, &nearly, rounded_down),
    };
    let down = format!("{head}: {down}");
    if why.has_one_more {
        let one = match unit {
            WholeUnit::Oere => words.one_oere(left_over),
            WholeUnit::Kroner => words.one_krone(left_over),
        };
        let goes =
            if why.by_order { words.goes_here_by_order(&one, amount) } else { words.goes_here(&one, amount) };
        format!("{down}; {goes}")
    } else if why.by_order {
        let none = match unit {
            WholeUnit::Oere => words.no_oere_here(left_over, amount),
            WholeUnit::Kroner => words.no_krone_here(left_over, amount),
        };
        format!("{down}; {none}")
    } else {
        down
    }
}

/// How much of the pot is shared, where a year has two transfers.
fn pot_of_months(say: &Catalogue, why: &ShareWhy) -> String {
    let ShareWhy { pot_per_year, pot, shared_before, months, unit, .. } = *why;
    if months == MONTHS {
        return String::new();
    }
    let head = for_months(say, months);
    if !shared_before.is_zero() {
        return format!("{head}{}; ", difference(say, pot_per_year, shared_before, pot));
    }
    let sum = format!("{} × {}", say.money(pot_per_year), of_twelve(say, months));
    match unit {
        WholeUnit::Oere => format!("{head}{sum} = {}; ", say.money(pot)),
        WholeUnit::Kroner => format!("{head}{}; ", say.group.whole_kroner(&sum, pot)),
    }
}

fn no_right(say: &Catalogue, reason: &NoRight) -> String {
    let words = &say.group;
    match reason {
        NoRight::BrokenOut { from, representatives, elected: None } => {
            words.broken_out(*representatives, *from)
        }
        NoRight::BrokenOut { from, representatives, elected: Some(elected) } => {
            words.grown(*representatives, *from, *elected)
        }
        NoRight::TermOver { election } => words.term_over(&election.to_string()),
        NoRight::NobodyElected => words.nobody_elected().to_owned(),
        NoRight::BelowThreshold { votes, of_all, threshold } => {
            words.below_threshold(*votes, *of_all, &share::shown(say, *threshold, " / "))
        }
    }
}
