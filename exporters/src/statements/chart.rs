//! Bars as SVG, within the page: no script, and a text for whoever does not see them.

use honorar_engine::Money;
use maud::{Markup, html};

use super::document::{Bar, Chart};
use crate::language::Words;

const ROW_HEIGHT: usize = 26;
const BAR_HEIGHT: usize = 16;
/// Where names end and bars begin, and how wide the bars are; then the amounts.
const NAMES: usize = 230;
const BARS: usize = 330;
const AMOUNTS: usize = 120;

/// The chart; nothing where there is nothing to draw.
pub(super) fn chart(chart: &Chart, words: Words) -> Markup {
    let (least, most) = chart
        .bars
        .iter()
        .map(|bar| bar.amount)
        .fold((Money::ZERO, Money::ZERO), |(least, most), amount| (least.min(amount), most.max(amount)));
    let range = oere(most - least);
    if range == 0 {
        return html! {};
    }
    let (width, height) = (NAMES + BARS + AMOUNTS, chart.bars.len() * ROW_HEIGHT + 8);
    let zero = NAMES + scaled(oere(Money::ZERO - least), range);
    html! {
        figure {
            svg role="img" viewBox=(format!("0 0 {width} {height}")) aria-label=(description(chart, words)) {
                line class="axis" x1=(zero) y1="0" x2=(zero) y2=(height) {}
                @for (number, bar) in chart.bars.iter().enumerate() {
                    @let top = number * ROW_HEIGHT + 4;
                    @let length = scaled(oere(bar.amount).abs(), range);
                    @let is_negative = bar.amount.is_negative();
                    @let start = if is_negative { zero.saturating_sub(length) } else { zero };
                    text class="name" x=(NAMES - 8) y=(top + 13) text-anchor="end" { (bar.name) }
                    rect class=(if is_negative { "less" } else { "more" })
                        x=(start) y=(top) width=(length.max(1)) height=(BAR_HEIGHT) {}
                    text class="amount" x=(width) y=(top + 13) text-anchor="end" { (words.money(bar.amount)) }
                }
            }
        }
    }
}

/// All bars in words.
fn description(chart: &Chart, words: Words) -> String {
    let bar = |bar: &Bar| format!("{} {}", bar.name, words.money(bar.amount));
    format!("{}: {}", chart.title, chart.bars.iter().map(bar).collect::<Vec<_>>().join("; "))
}

fn oere(amount: Money) -> i128 {
    amount.decimal().mantissa()
}

fn scaled(oere: i128, range: i128) -> usize {
    let bars = i128::try_from(BARS).unwrap_or_default();
    usize::try_from(oere * bars / range).unwrap_or_default()
}
