//! The words of the domain as TOML files have them.

use honorar_engine::basis::{ClaimKind, Class, Duty, Employment, Role};
use honorar_engine::calendar::Payment;
use honorar_engine::line::Kind;
use honorar_engine::regulation::FeeSeat;

pub(crate) const CLASSES: [(&str, Class); 6] = [
    ("council", Class::Council),
    ("executive", Class::Executive),
    ("planning", Class::Planning),
    ("standing", Class::Standing),
    ("other", Class::Other),
    ("no_fee", Class::NoFee),
];

pub(crate) const ROLES: [(&str, Role); 9] = [
    ("mayor", Role::Mayor),
    ("deputy_mayor", Role::DeputyMayor),
    ("acting_mayor", Role::ActingMayor),
    ("leader", Role::Leader),
    ("deputy_leader", Role::DeputyLeader),
    ("member", Role::Member),
    ("substitute", Role::Substitute),
    ("group_leader", Role::GroupLeader),
    ("acting_leader", Role::ActingLeader),
];

pub(crate) const PAYMENTS: [(&str, Payment); 4] = [
    ("monthly", Payment::Monthly),
    ("quarterly", Payment::Quarterly),
    ("half_yearly", Payment::HalfYearly),
    ("yearly", Payment::Yearly),
];

pub(crate) const FEE_SEATS: [(&str, FeeSeat); 5] = [
    ("leader", FeeSeat::Leader),
    ("deputy_leader", FeeSeat::DeputyLeader),
    ("chair", FeeSeat::Chair),
    ("member", FeeSeat::Member),
    ("substitute", FeeSeat::Substitute),
];

pub(crate) const DUTIES: [(&str, Duty); 2] = [("chair", Duty::Chair), ("secretary", Duty::Secretary)];

pub(crate) const EMPLOYMENTS: [(&str, Employment); 5] = [
    ("employed", Employment::Employed),
    ("self_employed", Employment::SelfEmployed),
    ("no_fixed_pay", Employment::NoFixedPay),
    ("pay_kept", Employment::PayKept),
    ("none", Employment::None),
];

/// The kinds of claim that a cover may be for.
pub(crate) const COVERED_KINDS: [(&str, ClaimKind); 7] = [
    ("lost_income_undocumented", ClaimKind::LostIncomeUndocumented),
    ("lost_income_documented", ClaimKind::LostIncomeDocumented),
    ("stand_in", ClaimKind::StandIn),
    ("care", ClaimKind::Care),
    ("care_transport", ClaimKind::CareTransport),
    ("companion", ClaimKind::Companion),
    ("employer_refund", ClaimKind::EmployerRefund),
];

/// The kinds of pay line; payables are never sent to payroll.
pub(crate) fn kinds() -> Vec<(&'static str, Kind)> {
    Kind::ALL.into_iter().filter(|kind| !kind.is_payable()).map(|kind| (kind.name(), kind)).collect()
}

/// A role's word.
pub(crate) fn role_name(role: Role) -> &'static str {
    ROLES.iter().find(|(_, known)| *known == role).map_or("", |(name, _)| name)
}
