//! When a run is paid, in words.

use honorar_engine::regulation::{PaidTogether, PaymentDate};

/// `paid 2024-07-12`; where not everything is paid on one day, a line for each.
pub(crate) fn paid(payments: &[PaymentDate]) -> Vec<String> {
    let mut days: Vec<String> = payments.iter().map(|payment| format!("paid {}", day(payment))).collect();
    days.dedup();
    if days.len() < 2 {
        return days;
    }
    payments.iter().map(|payment| format!("paid {}: {}", day(payment), what(payment))).collect()
}

fn day(payment: &PaymentDate) -> String {
    match payment.moved_from {
        Some(stated) => format!("{}, because {stated} is no bank day", payment.paid),
        None => payment.paid.to_string(),
    }
}

fn what(payment: &PaymentDate) -> &'static str {
    match payment.what {
        PaidTogether::FixedFees => "fixed fees",
        PaidTogether::MeetingFeesAndClaims => "meeting fees and claims",
    }
}
