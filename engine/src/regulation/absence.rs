//! How absence reduces a fixed fee.

use super::fees::Share;
use super::stated::Dated;

/// Settings of the reduction for absence.
#[derive(Debug, Clone)]
pub struct AbsenceSettings {
    /// Over which meetings absence is measured.
    pub scope: Dated<AbsenceScope>,
    /// Which absence counts.
    pub counted: Dated<AbsenceCounted>,
    /// The share of missed meetings from which a fee is reduced.
    pub threshold: Dated<Share>,
    /// Whether absence of exactly the threshold reduces.
    pub at_threshold: Dated<bool>,
    /// By how much a fee is reduced.
    pub size: Dated<AbsenceSize>,
    /// In which payout.
    pub payout: Dated<AbsencePayout>,
}

/// Over which meetings absence is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceScope {
    /// Each office by itself, over the calendar year.
    OfficeAndCalendarYear,
}

/// Which absence counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceCounted {
    /// Valid and invalid absence.
    All,
    /// Invalid absence only.
    InvalidOnly,
}

/// By how much a fee is reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceSize {
    /// In proportion to the part over the threshold.
    PartOverThreshold,
    /// In proportion to all absence.
    AllAbsence,
}

/// In which payout absence is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsencePayout {
    /// The one with the last day held in the year.
    LastDayHeld,
}
