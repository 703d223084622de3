//! The payroll systems that get a file, and how each is set up at the municipality.

mod fint;
mod huldt_lillevik;
mod tripletex;
mod unimicro;
mod visma_hrm;
mod visma_lonn;

use honorar_problems::Problem;

pub use self::fint::FintProfile;
pub use self::huldt_lillevik::{HuldtLillevikProfile, Negative};
pub use self::tripletex::{DecimalMark, TripletexProfile};
pub use self::unimicro::UnimicroProfile;
pub use self::visma_hrm::VismaHrmProfile;
pub use self::visma_lonn::{VismaField, VismaLonnProfile};
use crate::toml_reader::{Section, TomlReader};

/// A payroll system that takes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Receiver {
    /// Visma Lønn and Visma.net Payroll.
    VismaLonn,
    /// Huldt & Lillevik Lønn.
    HuldtLillevik,
    /// Visma Enterprise HRM.
    VismaHrm,
    /// The FINT information model's Variabellønn.
    Fint,
    /// Tripletex.
    Tripletex,
    /// Unimicro.
    Unimicro,
}

impl Receiver {
    /// Every receiver, in the order of the format documents.
    pub const ALL: [Self; 6] =
        [Self::VismaLonn, Self::HuldtLillevik, Self::VismaHrm, Self::Fint, Self::Tripletex, Self::Unimicro];

    /// Whether it has no file without a section of its own.
    pub fn needs_set_up(self) -> bool {
        matches!(self, Self::HuldtLillevik | Self::VismaHrm)
    }

    /// Its name in commands and in the profile.
    pub fn name(self) -> &'static str {
        match self {
            Self::VismaLonn => "visma_lonn",
            Self::HuldtLillevik => "huldt_lillevik",
            Self::VismaHrm => "visma_hrm",
            Self::Fint => "fint",
            Self::Tripletex => "tripletex",
            Self::Unimicro => "unimicro",
        }
    }
}

/// Which payroll systems get a file of every run, and how each is set up.
#[derive(Debug, Clone, Default)]
pub struct Receivers {
    /// Those that get a file of every run.
    pub of_every_run: Vec<Receiver>,
    /// Visma Lønn's columns and constants.
    pub visma_lonn: VismaLonnProfile,
    /// Huldt & Lillevik's client and dimensions; nothing where the profile has no such section.
    pub huldt_lillevik: Option<HuldtLillevikProfile>,
    /// Visma Enterprise HRM's mapping; nothing where the profile has no such section.
    pub visma_hrm: Option<VismaHrmProfile>,
    /// FINT's addresses.
    pub fint: FintProfile,
    /// Tripletex's month and dimensions.
    pub tripletex: TripletexProfile,
    /// Unimicro's dimensions.
    pub unimicro: UnimicroProfile,
}

/// Reads `[payroll]` and the receivers' sections. Without `[payroll]` Visma Lønn gets a file.
pub(super) fn receivers<'t>(
    reader: &mut TomlReader<'t>,
    top: &mut Section<'t>,
    has_wage_types: bool,
) -> Receivers {
    let mut of_every_run = if has_wage_types { vec![Receiver::VismaLonn] } else { Vec::new() };
    let payroll = top.optional("payroll");
    let place = payroll.as_ref().map(|node| reader.place_of(node)).unwrap_or_default();
    if let Some(mut section) = payroll.and_then(|node| reader.section(node)) {
        let names = Receiver::ALL.map(|receiver| (receiver.name(), receiver));
        if let Some(named) =
            reader.required(&mut section, "receivers").and_then(|node| reader.words(&node, &names))
        {
            of_every_run = named;
            of_every_run.sort_unstable();
            of_every_run.dedup();
        }
        reader.finish(&section);
    }
    for receiver in &of_every_run {
        let name = receiver.name();
        if receiver.needs_set_up() && top.peek(name).is_none() {
            let message = format!("`{name}` gets a file of every run, and is not set up");
            let problem = Problem::error("no_receiver", place.clone(), message);
            reader.report(problem.expected(format!("a section `[{name}]`")));
        }
    }
    Receivers {
        of_every_run,
        visma_lonn: visma_lonn::read(reader, top),
        huldt_lillevik: huldt_lillevik::read(reader, top),
        visma_hrm: visma_hrm::read(reader, top),
        fint: fint::read(reader, top),
        tripletex: tripletex::read(reader, top),
        unimicro: unimicro::read(reader, top),
    }
}
