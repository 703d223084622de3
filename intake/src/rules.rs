//! The rules by which a basis is read: its profile, and the regulation that the profile names.

use honorar_engine::Regulation;
use honorar_problems::{Place, Problem};
use honorar_rates::{
    HrmFiles, Profile, Proposal, RegulationText, find_hrm_texts, find_regulation, read_profile,
    read_regulation,
};

use crate::files::Source;

/// A profile and a regulation, with what is wrong with them; nothing for what cannot be read.
#[derive(Default)]
pub(crate) struct Rules {
    pub(crate) profile: Option<Profile>,
    /// The regulation's file.
    pub(crate) text: Option<RegulationText>,
    pub(crate) regulation: Option<Regulation>,
    /// The mapping and schema of Visma Enterprise HRM, where the profile names them.
    pub(crate) hrm: Option<HrmFiles>,
    pub(crate) problems: Vec<Problem>,
}

impl Rules {
    /// The rules of a basis's own profile.
    pub(crate) fn of(source: &Source) -> Self {
        let mut rules = Self::default();
        let Some(file) = &source.profile else { return rules };
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            let problem = Problem::error("encoding", Place::file(&*file.name), "the file is not UTF-8");
            rules.problems.push(problem.expected("a TOML file in UTF-8"));
            return rules;
        };
        let (profile, wrong) = read_profile(&file.name, text.trim_start_matches('\u{feff}'));
        rules.problems.extend(wrong);
        let Some(profile) = profile else { return rules };
        let in_memory = source.regulation.clone().map(Ok);
        let found = in_memory.unwrap_or_else(|| {
            find_regulation(&profile.regulation, &source.folder, &profile.regulation_place)
        });
        match found {
            Ok(text) => {
                let (regulation, wrong) = read_regulation(&text, &profile);
                rules.problems.extend(wrong);
                (rules.text, rules.regulation) = (Some(text), regulation);
            }
            Err(problem) => rules.problems.push(problem),
        }
        rules.with_profile(profile, source)
    }

    /// A regulation that is proposed, with a profile for it.
    pub(crate) fn proposed(profile: Profile, proposal: Proposal, source: &Source) -> Self {
        let Proposal { text, regulation, problems, .. } = proposal;
        let rules = Self { text: Some(text), regulation, problems, ..Self::default() };
        rules.with_profile(profile, source)
    }

    fn with_profile(mut self, profile: Profile, source: &Source) -> Self {
        self.hrm = hrm_of(&profile, source, &mut self.problems);
        self.profile = Some(profile);
        self
    }
}

/// The mapping and schema of Visma Enterprise HRM, where the profile names them.
fn hrm_of(profile: &Profile, source: &Source, problems: &mut Vec<Problem>) -> Option<HrmFiles> {
    let named = profile.receivers.visma_hrm.as_ref()?;
    let in_memory = source.hrm.clone().map(Ok);
    match in_memory.unwrap_or_else(|| find_hrm_texts(named, &source.folder)) {
        Ok(texts) => {
            let (files, wrong) = HrmFiles::read(texts);
            problems.extend(wrong);
            files
        }
        Err(unread) => {
            problems.extend(unread);
            None
        }
    }
}
