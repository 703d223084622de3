//! Who may be elected, and what each of them usually claims.

use fastrand::Rng;

use super::size::Size;

const FIRST_NAMES: [&str; 24] = [
    "Anne", "Bjørn", "Cecilie", "Dag", "Eli", "Frode", "Grete", "Håkon", "Inger", "Jan", "Kari", "Lars",
    "Marit", "Nils", "Oddny", "Per", "Ragnhild", "Stein", "Turid", "Ulf", "Vigdis", "Yngve", "Åse",
    "Øystein",
];
const LAST_NAMES: [&str; 24] = [
    "Bakke",
    "Berge",
    "Dahl",
    "Eide",
    "Foss",
    "Granlid",
    "Haugen",
    "Iversen",
    "Jordet",
    "Kvamme",
    "Lie",
    "Moen",
    "Nygård",
    "Opdal",
    "Pettersen",
    "Rønning",
    "Sandvik",
    "Tveit",
    "Ulvestad",
    "Vik",
    "Ystad",
    "Ødegård",
    "Åsen",
    "Myklebust",
];
const PARTIES: [&str; 8] = ["Ap", "H", "Sp", "FrP", "SV", "V", "KrF", "Bygdelista"];
const EMPLOYERS: [&str; 6] = [
    "Vangen Daglegvare AS",
    "Luftig Kraftlag",
    "Fjellheimen Hotell AS",
    "Sag og Høvel, Nordli",
    "Kystfisk AS",
    "Helseforetaket",
];

/// What somebody lives of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Employment {
    Employed,
    SelfEmployed,
    NoFixedPay,
    PayKept,
    None,
}

impl Employment {
    pub(super) fn value(self) -> &'static str {
        match self {
            Self::Employed => "employed",
            Self::SelfEmployed => "self_employed",
            Self::NoFixedPay => "no_fixed_pay",
            Self::PayKept => "pay_kept",
            Self::None => "none",
        }
    }
}

/// How somebody who loses income claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LossHabit {
    Never,
    Undocumented,
    Documented,
    StandIn,
}

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) party: &'static str,
    pub(super) employment: Employment,
    /// Kroner a year, of those without an employer's fixed pay.
    pub(super) annual_net_income: Option<u32>,
    pub(super) employer: &'static str,
    /// To the town hall and back; 0 for those who walk.
    pub(super) km: u32,
    pub(super) drives: bool,
    pub(super) loss_habit: LossHabit,
    pub(super) has_small_children: bool,
}

impl Person {
    pub(super) fn id(&self) -> String {
        format!("{:05}", 10_001 + self.number)
    }

    pub(super) fn travel_minutes(&self) -> u32 {
        // Fifty kilometres an hour, in steps of five minutes.
        self.km * 60 / 50 / 5 * 5
    }
}

/// A municipality's people: the council, its substitutes, those outside it, and employees' representatives.
#[derive(Debug)]
pub(super) struct People {
    pub(super) all: Vec<Person>,
    council: usize,
    substitutes: usize,
    outside: usize,
}

/// The seats of bodies from outside the council, filled anew in each body as far as it goes.
const OUTSIDE: usize = 24;
const EMPLOYEE_REPRESENTATIVES: usize = 2;

impl People {
    pub(super) fn draw(size: Size, rng: &mut Rng) -> Self {
        let council = size.council_seats;
        let substitutes = council * 3 / 5;
        let outside = OUTSIDE + 3 * size.further_committees;
        let number = council + substitutes + outside + EMPLOYEE_REPRESENTATIVES;
        let mut people: Vec<Person> = (0..number).map(|number| person(number, rng)).collect();
        for representative in people.iter_mut().skip(council + substitutes + outside) {
            representative.employment = Employment::PayKept;
            representative.annual_net_income = None;
            representative.loss_habit = LossHabit::Never;
        }
        Self { all: people, council, substitutes, outside }
    }

    pub(super) fn council(&self) -> std::ops::Range<usize> {
        0..self.council
    }

    pub(super) fn substitutes(&self) -> std::ops::Range<usize> {
        self.council..self.council + self.substitutes
    }

    pub(super) fn outside(&self) -> std::ops::Range<usize> {
        let first = self.council + self.substitutes;
        first..first + self.outside
    }

    pub(super) fn employee_representatives(&self) -> std::ops::Range<usize> {
        self.all.len() - EMPLOYEE_REPRESENTATIVES..self.all.len()
    }
}

fn person(number: usize, rng: &mut Rng) -> Person {
    let first = FIRST_NAMES[rng.usize(..FIRST_NAMES.len())];
    let last = LAST_NAMES[rng.usize(..LAST_NAMES.len())];
    let (employment, habits): (_, &[LossHabit]) = match rng.u32(..100) {
        0..60 => (
            Employment::Employed,
            &[LossHabit::Never, LossHabit::Undocumented, LossHabit::Documented, LossHabit::Documented],
        ),
        60..74 => (
            Employment::SelfEmployed,
            &[LossHabit::Undocumented, LossHabit::Documented, LossHabit::StandIn, LossHabit::StandIn],
        ),
        74..80 => {
            (Employment::NoFixedPay, &[LossHabit::Never, LossHabit::Undocumented, LossHabit::Documented])
        }
        80..92 => (Employment::PayKept, &[LossHabit::Never]),
        _ => (Employment::None, &[LossHabit::Never]),
    };
    let annual_net_income = matches!(employment, Employment::SelfEmployed | Employment::NoFixedPay)
        .then(|| 1_000 * rng.u32(140..900) + if rng.u32(..4) == 0 { rng.u32(..1_000) } else { 0 });
    let has_employer = matches!(employment, Employment::Employed | Employment::PayKept);
    // Many live near, few far away.
    let km = if rng.u32(..10) < 4 { rng.u32(..6) } else { rng.u32(6..40) + rng.u32(..40) };
    Person {
        number,
        name: format!("{first} {last}"),
        party: PARTIES[rng.usize(..PARTIES.len())],
        employment,
        annual_net_income,
        employer: if has_employer { EMPLOYERS[rng.usize(..EMPLOYERS.len())] } else { "" },
        km,
        drives: rng.u32(..10) < 8,
        loss_habit: habits[rng.usize(..habits.len())],
        has_small_children: rng.u32(..100) < 18,
    }
}
