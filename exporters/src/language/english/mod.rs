//! English.

mod claims;
mod fees;
mod rate;
mod recipients;
mod travel;

use honorar_engine::PayLine;
use honorar_engine::basis::{Basis, GroupPaymentKind, Role};
use honorar_engine::line::Origin;
use honorar_engine::regulation::{Regulation, Share};
use honorar_engine::why::Why;

pub(super) use rate::how_of_amount;
pub(super) use recipients::{class, whose};

pub(super) fn how(line: &PayLine, basis: &Basis, regulation: &Regulation) -> String {
    let cite = regulation.items.cite(line.cite);
    match &line.why {
        Why::FixedFee(why) => {
            let body = line.body.map(|body| &*basis.register().body(body).code);
            fees::fixed_fee(why, body, line.amount)
        }
        Why::Absence(why) => fees::absence(why, -line.amount),
        Why::MeetingFee(why) => fees::meeting_fee(why, basis, line.amount, &cite),
        Why::Capped(why) => claims::capped(why, line.kind, line.amount, &cite),
        Why::Refused(why) => claims::refused(why, line.kind, &cite),
        Why::Distance(why) => travel::distance(why, line.amount),
        Why::Subsistence(why) => travel::subsistence(why, line.amount),
        Why::NoTravel(why) => travel::nothing(*why, &cite),
        Why::DocumentedCost(cost) => format!("the documented cost: {cost}"),
        Why::AfterPay(why) => claims::after_pay(why, line.amount, &cite),
        Why::GroupPayment(kind) => {
            let group = match line.origin {
                Origin::GroupPayment(payment) => &*basis.group_payment(payment).group,
                _ => "",
            };
            format!("{}, on behalf of the group {group}: {}", group_payment(*kind), line.amount)
        }
    }
}

pub(super) fn group_payment(kind: GroupPaymentKind) -> &'static str {
    match kind {
        GroupPaymentKind::BuyOut => "bought-out time (frikjøp)",
        GroupPaymentKind::Fees => "fees",
        GroupPaymentKind::Other => "other costs",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Mayor => "mayor",
        Role::DeputyMayor => "deputy mayor",
        Role::ActingMayor => "acting mayor",
        Role::Leader => "leader",
        Role::DeputyLeader => "deputy leader",
        Role::Member => "member",
        Role::Substitute => "substitute",
        Role::GroupLeader => "group leader",
        Role::ActingLeader => "acting leader",
    }
}

/// A share as a per cent with at most two decimals, where that is exact.
fn per_cent(part: u32, whole: u32) -> Option<String> {
    let hundredths = u64::from(part) * 10_000;
    let whole = u64::from(whole);
    if whole == 0 || hundredths % whole != 0 {
        return None;
    }
    let hundredths = hundredths / whole;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

pub(super) fn per_cent_of(share: Share) -> Option<String> {
    per_cent(share.numerator, share.denominator.get())
}

fn reduced(part: u32, whole: u32) -> (u32, u32) {
    let (mut a, mut b) = (part, whole);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (part / a.max(1), whole / a.max(1))
}
