//! The rules, one a file, each named after what it pays or takes away.

pub(crate) mod absence_reduction;
pub(crate) mod acting;
pub(crate) mod after_pay;
mod caps;
mod claim_line;
pub(crate) mod covered;
mod days_of_trip;
pub(crate) mod documented_cost;
mod fees_of_day;
pub(crate) mod fixed_fee;
pub(crate) mod group_payment;
mod held;
mod income_loss;
pub(crate) mod meeting_fee;
mod meeting_time;
mod other_income;
pub(crate) mod subsistence;
pub(crate) mod travel;
mod travel_line;
