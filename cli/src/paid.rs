//! When a run is paid, in words.

use honorar_engine::regulation::PaymentDate;
use honorar_exporters::language::Words;

/// `paid 2024-07-12`; where not everything is paid on one day, a line for each.
pub(crate) fn paid(words: Words, payments: &[PaymentDate]) -> Vec<String> {
    let mut days: Vec<String> = payments.iter().map(|payment| words.paid(payment)).collect();
    days.dedup();
    if days.len() < 2 {
        return days;
    }
    payments.iter().map(|payment| words.paid_what(payment)).collect()
}
