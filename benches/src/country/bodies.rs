//! What bodies a municipality has: those that Aurland's regulation lists, and its own.

use super::size::Size;

/// Who sits in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeatsFrom {
    /// The council itself.
    Council,
    /// Members of the council, the mayor first.
    Leadership,
    /// Members of the council, and people from outside for a third of the seats.
    Mixed,
    /// People who are not in the council.
    Outside,
}

#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// Empty for a body that the regulation lists.
    pub(super) class: &'static str,
    pub(super) seats: usize,
    pub(super) seats_from: SeatsFrom,
    pub(super) elected_by: &'static str,
    pub(super) sits_as: &'static str,
    pub(super) paid_by: &'static str,
    pub(super) meetings_per_year: usize,
    /// The hour at which it usually meets.
    pub(super) hour: u32,
    pub(super) employee_representatives: usize,
}

impl Body {
    pub(super) fn is_council(&self) -> bool {
        self.seats_from == SeatsFrom::Council
    }

    /// Whether the municipality pays for its meetings; where somebody else does, nobody claims.
    pub(super) fn is_paid(&self) -> bool {
        self.paid_by.is_empty()
    }
}

/// The members of the council with the lowest numbers are also in the executive.
pub(super) const LARGEST_EXECUTIVE: usize = 11;

/// Committees that only larger municipalities have.
const FURTHER: [(&str, &str); 5] = [
    ("KUL", "Kultur- og idrettsutvalget"),
    ("TEK", "Teknisk utvalg"),
    ("SAM", "Samferdsels- og miljøutvalget"),
    ("NAE", "Næringsutvalget"),
    ("OPP", "Oppvekstutvalget"),
];

/// The bodies of a municipality of such a size, the council first.
pub(super) fn bodies(size: Size) -> Vec<Body> {
    use SeatsFrom::{Council, Leadership, Mixed, Outside};
    let committee = (size.council_seats / 3).clamp(5, 13);
    let executive = (size.council_seats / 4).clamp(5, LARGEST_EXECUTIVE);
    let body = |code, name, seats, seats_from, meetings: usize, hour| Body {
        code,
        name,
        class: "",
        seats,
        seats_from,
        elected_by: "",
        sits_as: "",
        paid_by: "",
        meetings_per_year: meetings * size.meetings_per_cent / 100,
        hour,
        employee_representatives: 0,
    };
    let mut bodies = vec![
        body("KST", "Kommunestyret", size.council_seats, Council, 10, 16),
        body("FSK", "Formannskapet", executive, Leadership, 17, 9),
        body("PLU", "Utvalget for plan og utvikling", committee, Mixed, 11, 10),
        body("OOK", "Utvalget for omsorg, oppvekst og kultur", committee, Mixed, 9, 12),
        body("DEU", "Drifts- og eiendomsutvalget", committee, Mixed, 9, 17),
        body("KU", "Kontrollutvalget", 5, Outside, 6, 9),
        Body {
            employee_representatives: 2,
            ..body("ADM", "Administrasjonsutvalget", executive.min(5), Leadership, 5, 13)
        },
        Body { class: "other", elected_by: "KST", ..body("ELD", "Eldrerådet", 7, Outside, 6, 10) },
        Body {
            class: "other",
            ..body("RMF", "Rådet for mennesker med funksjonsnedsettelse", 5, Outside, 5, 12)
        },
        Body { elected_by: "FSK", ..body("VIL", "Viltnemnda", 3, Outside, 4, 18) },
        Body { sits_as: "FSK", ..body("KLG", "Klagenemnda", executive, Leadership, 2, 9) },
        Body { elected_by: "OOK", ..body("SAK", "Sakskomiteen for skolestruktur", 3, Mixed, 3, 14) },
        Body {
            class: "other",
            elected_by: "KST",
            paid_by: "Fjordrenovasjon IKS",
            ..body("IKS", "Styret i Fjordrenovasjon IKS", 3, Outside, 3, 10)
        },
    ];
    bodies.extend(
        FURTHER
            .iter()
            .take(size.further_committees)
            .map(|(code, name)| Body { class: "standing", ..body(code, name, committee, Mixed, 9, 15) }),
    );
    bodies
}
