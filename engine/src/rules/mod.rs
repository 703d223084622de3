//! The rules, one a file, each named after what it pays or takes away.

pub(crate) mod absence_reduction;
mod caps;
pub(crate) mod care;
mod claim_line;
pub(crate) mod documented_cost;
pub(crate) mod employer_refund;
pub(crate) mod fixed_fee;
pub(crate) mod group_payment;
pub(crate) mod lost_income;
pub(crate) mod meeting_fee;
mod meeting_time;
pub(crate) mod not_calculated;
pub(crate) mod travel;
