//! When a run is paid.

use honorar_engine::regulation::{PaymentDate, Provenance, Regulation};
use serde::Serialize;

/// When something of a run is paid.
#[derive(Debug, Clone, Serialize)]
pub struct PaymentRecord {
    what: &'static str,
    paid: String,
    /// The day that the regulation states, where it is no bank day.
    moved_from: Option<String>,
    /// By when its claims have to be received.
    claims_by: Option<String>,
    cite: String,
    /// Whether the day, or what moves it, is assumed.
    assumed: bool,
}

impl PaymentRecord {
    /// The record of a payment by a regulation.
    pub fn new(date: &PaymentDate, regulation: &Regulation) -> Self {
        let items: Vec<_> = date.items().filter_map(|item| regulation.items.get(item)).collect();
        Self {
            what: date.what.name(),
            paid: date.paid.to_string(),
            moved_from: date.moved_from.map(|day| day.to_string()),
            claims_by: date.claims.map(|claims| claims.by.to_string()),
            cite: items.first().map(ToString::to_string).unwrap_or_default(),
            assumed: items.iter().any(|item| item.provenance == Provenance::Assumed),
        }
    }
}
