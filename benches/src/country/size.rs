//! How large a municipality is.

/// Inhabitants at every tenth part of the municipalities, from the smallest to the largest, as in Norway: half of
/// them have about five thousand, a tenth less than eight hundred, and one has seven hundred thousand.
const INHABITANTS: [usize; 11] =
    [200, 1_100, 1_700, 2_500, 3_600, 5_200, 8_000, 13_000, 22_000, 42_000, 710_000];

/// The seats that the act demands at least (the act of 2018, § 5-5): inhabitants up to, and seats.
const COUNCIL_SEATS: [(usize, usize); 4] = [(4_999, 11), (9_999, 19), (49_999, 27), (99_999, 35)];
const MOST_COUNCIL_SEATS: usize = 43;

/// What follows from a municipality's number of inhabitants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) council_seats: usize,
    /// Large municipalities have more committees, and meet more often.
    pub(super) further_committees: usize,
    pub(super) meetings_per_cent: usize,
}

impl Size {
    /// The municipality of such a rank among 357, in no order of size: neighbours in a list are not alike.
    pub(super) fn of_rank(rank: usize) -> Self {
        // 101 and 357 have no common divisor, so each rank comes once.
        Self::of(inhabitants(rank * 101 % 357))
    }

    fn of(inhabitants: usize) -> Self {
        let seats = COUNCIL_SEATS.iter().find(|(most, _)| inhabitants <= *most);
        let (further_committees, meetings_per_cent) = match inhabitants {
            0..5_000 => (0, 80),
            5_000..20_000 => (1, 100),
            20_000..100_000 => (3, 120),
            _ => (5, 150),
        };
        Self {
            council_seats: seats.map_or(MOST_COUNCIL_SEATS, |(_, seats)| *seats),
            further_committees,
            meetings_per_cent,
        }
    }
}

/// The inhabitants of the municipality that has so many smaller ones, out of 356.
fn inhabitants(smaller: usize) -> usize {
    const OTHERS: usize = 356;
    let tenths = INHABITANTS.len() - 1;
    let (tenth, rest) = (smaller * tenths / OTHERS, smaller * tenths % OTHERS);
    let from = INHABITANTS[tenth];
    let to = INHABITANTS[(tenth + 1).min(tenths)];
    from + (to - from) * rest / OTHERS
}
