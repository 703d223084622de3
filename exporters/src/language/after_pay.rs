//! Sentences about after-pay.

use honorar_engine::Money;
use honorar_engine::why::AfterPayWhy;
use rust_decimal::Decimal;

use super::catalogue::Catalogue;
use super::rate;

pub(super) fn sentence(say: &Catalogue, why: &AfterPayWhy, amount: Money, cite: &str) -> String {
    let words = &say.after_pay;
    let months = |months: Decimal| words.months(months);
    let mut clauses = Vec::new();
    clauses.push(match why.months_asked {
        Some(asked) if asked > why.most => words.asked_at_most(&months(asked), &months(why.most), cite),
        Some(asked) => words.asked(&months(asked)),
        None => words.at_most(&months(why.most)),
    });
    let in_sum = rate::in_sum(say, &why.rate);
    clauses.extend(in_sum.before);
    let paid = || why.each_month.iter().filter(|month| !month.is_more);
    let more = why.each_month.iter().filter(|month| month.is_more);
    for month in more {
        clauses.push(words.nothing(&months(month.part), month.income));
    }
    let paid_months: Decimal = paid().map(|month| month.part).sum();
    if paid_months.is_zero() {
        clauses.push(say.granted.amount(amount));
        return clauses.join("; ");
    }
    let incomes = paid().filter(|month| !month.income.is_zero());
    let deducted: String = incomes.map(|month| format!(" − {}", say.money(month.income))).collect();
    let sum = format!("{} × {}{deducted}", in_sum.text, say.number(paid_months));
    clauses.push(format!("{sum} = {}", say.money(amount)));
    clauses.join("; ")
}
