//! What a run says for machines.

use honorar_exporters::{PaymentRecord, ReconciledTotal, TotalRecord};
use honorar_problems::Problem;
use serde::Serialize;

use super::Outcome;
use crate::arguments;
use crate::screen::print_as_json;

#[derive(Serialize)]
struct Report<'o> {
    period: String,
    bases: Vec<OfBasis<'o>>,
}

#[derive(Serialize)]
struct OfBasis<'o> {
    basis: &'o str,
    written_to: Option<String>,
    payroll_file: Option<bool>,
    totals: Vec<TotalRecord>,
    control_total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reconciliation: Option<ReconciledTotal>,
    payments: &'o [PaymentRecord],
    assumed: Option<usize>,
    problems: &'o [Problem],
}

pub(super) fn print(arguments: &arguments::Run, outcomes: &[Outcome]) {
    let bases = outcomes.iter().map(|outcome| {
        let summary = outcome.summary.as_ref();
        OfBasis {
            basis: &outcome.basis,
            written_to: summary.map(|summary| summary.folder.display().to_string()),
            payroll_file: summary.map(|summary| summary.has_payroll_file),
            totals: summary.into_iter().flat_map(|summary| &summary.totals).map(TotalRecord::from).collect(),
            control_total: summary.map(|summary| summary.control_total.to_string()),
            reconciliation: summary
                .and_then(|summary| summary.reconciled)
                .map(|(people, sums)| ReconciledTotal::new(people, sums)),
            payments: summary.map(|summary| &*summary.payments).unwrap_or_default(),
            assumed: summary.map(|summary| summary.assumed),
            problems: &outcome.problems,
        }
    });
    print_as_json(&Report { period: arguments.period.to_string(), bases: bases.collect() });
}
