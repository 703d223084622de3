//! Regulations and the state's rates as dated data files, and the municipality's profile
//! (`honorar.toml`).
//!
//! A regulation says *what*, in the words of the adopted text; every value has its point and its
//! provenance. Everything wrong in a file is reported at once, with its line.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod hrm_mapping;
mod language;
mod law;
mod profile;
mod regulation_file;
mod shipped;
mod state;
mod state_pay;
pub mod toml_reader;
mod travel_rates;
mod words;

pub use hrm_mapping::{
    DateFormat, HrmField, HrmFiles, HrmMapping, HrmTexts, HrmValue, MappedValue, XmlEncoding, find_hrm_texts,
    read_hrm_mapping,
};
pub use language::Language;
pub use law::law_problems;
pub use profile::{
    Accounting, AccountingPart, AccountingString, DecimalMark, Dimension, FintProfile, HuldtLillevikProfile,
    Negative, NoText, PayCodeUse, Profile, Receiver, Receivers, SecondPaymentDecision, Send, StatementKind,
    StatementsProfile, Tax, Traits, TripletexProfile, UnimicroProfile, VismaExpenseProfile, VismaField,
    VismaHrmProfile, VismaLonnProfile, WageType, WageTypes, read_profile,
};
pub use regulation_file::{
    Head, Proposal, empty_profile, read_head, read_proposal, read_regulation, stand_in_regulation,
};
pub use shipped::{CaseText, RegulationText, find_pack, find_regulation};
pub use state::prepare_state_rates;
