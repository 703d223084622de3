//! What people claim for a meeting that they came to.

use fastrand::Rng;

use super::bodies::Body;
use super::meetings::{Form, Meeting};
use super::offices::Seat;
use super::people::{Employment, LossHabit, People, Person};

#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) number: usize,
    pub(super) person: usize,
    pub(super) kind: &'static str,
    /// Days after the meeting.
    pub(super) received_after_days: u64,
    /// Tenths of a kilometre or of an hour.
    pub(super) quantity_tenths: Option<u32>,
    /// Øre.
    pub(super) amount: Option<u32>,
    pub(super) document: String,
    pub(super) is_day_off: bool,
    pub(super) supplier: &'static str,
    pub(super) supplier_account: &'static str,
}

/// Numbers claims and vouchers through a municipality's year.
#[derive(Debug, Default)]
pub(super) struct Claims {
    claims: usize,
    bills: usize,
}

impl Claims {
    /// What the person claims for this meeting.
    pub(super) fn draw(
        &mut self,
        bodies: &[Body],
        people: &People,
        meeting: &Meeting,
        seat: &Seat,
        rng: &mut Rng,
    ) -> Vec<Claim> {
        let with_rights = seat.is_present() && matches!(seat.capacity, "" | "substitute" | "summoned");
        if !with_rights || !bodies[meeting.body].is_paid() {
            return Vec::new();
        }
        let person = &people.all[seat.person];
        let mut claims = Vec::new();
        claims.extend(self.travel(person, meeting, rng));
        if meeting.is_in_working_hours() && !seat.has_mayors_pay {
            claims.extend(self.lost_income(person, rng));
        }
        if person.has_small_children && rng.u32(..100) < if meeting.is_in_working_hours() { 6 } else { 35 } {
            let hours_hundredths = 100 * (meeting.minutes() + seat.travel_minutes) / 60;
            let amount = hours_hundredths * rng.u32(110..190);
            claims.push(Claim {
                amount: Some(amount),
                document: self.bill("Barnevakt"),
                ..self.claim(person, "care", rng)
            });
        }
        let hours = (meeting.minutes() + seat.travel_minutes - seat.late_minutes - seat.early_minutes) / 60;
        if hours > 0 && rng.u32(..1_000) < 4 {
            claims.push(Claim {
                quantity_tenths: Some(10 * hours),
                amount: Some(23_000 * hours),
                document: self.bill("F"),
                supplier: "Følgje og Fantasi AS",
                supplier_account: "99900240259",
                ..self.claim(person, "companion", rng)
            });
        }
        claims
    }

    fn claim(&mut self, person: &Person, kind: &'static str, rng: &mut Rng) -> Claim {
        self.claims += 1;
        Claim {
            number: self.claims,
            person: person.number,
            kind,
            received_after_days: rng.u64(1..40),
            quantity_tenths: None,
            amount: None,
            document: String::new(),
            is_day_off: false,
            supplier: "",
            supplier_account: "",
        }
    }

    /// A voucher that is used once.
    fn bill(&mut self, kind: &str) -> String {
        self.bills += 1;
        format!("{kind} {}", 3_000 + self.bills)
    }

    fn travel(&mut self, person: &Person, meeting: &Meeting, rng: &mut Rng) -> Option<Claim> {
        if meeting.form != Form::InPerson || person.km < 6 {
            return None;
        }
        if person.drives {
            let kind = match rng.u32(..100) {
                0..30 => "travel_car",
                30..33 => "travel_passenger",
                _ => return None,
            };
            let quantity = 10 * person.km + if rng.u32(..5) == 0 { rng.u32(..10) } else { 0 };
            return Some(Claim { quantity_tenths: Some(quantity), ..self.claim(person, kind, rng) });
        }
        (rng.u32(..100) < 22).then(|| Claim {
            amount: Some(100 * rng.u32(30..90) * (1 + person.km / 20)),
            document: self.bill("Billett"),
            ..self.claim(person, "travel_other", rng)
        })
    }

    fn lost_income(&mut self, person: &Person, rng: &mut Rng) -> Option<Claim> {
        if person.employment == Employment::PayKept {
            return self.pay_kept(person, rng);
        }
        if rng.u32(..100) >= 34 {
            return None;
        }
        let odd = if rng.u32(..3) == 0 { rng.u32(..100) } else { 0 };
        match person.loss_habit {
            LossHabit::Never => None,
            LossHabit::Undocumented => Some(Claim {
                amount: rng.bool().then(|| 5_000 * rng.u32(6..28)),
                ..self.claim(person, "lost_income_undocumented", rng)
            }),
            LossHabit::Documented => {
                let from_income = person.annual_net_income.is_some() && rng.bool();
                Some(Claim {
                    amount: (!from_income).then(|| 5_000 * rng.u32(8..76) + odd),
                    document: if from_income {
                        format!("Likning 2016, {}", person.id())
                    } else {
                        format!("Attest {}/2017, {}", person.id(), person.employer)
                    },
                    ..self.claim(person, "lost_income_documented", rng)
                })
            }
            LossHabit::StandIn => Some(Claim {
                amount: Some(2_500 * rng.u32(16..130) + odd),
                document: self.bill("Avløysarlaget"),
                ..self.claim(person, "stand_in", rng)
            }),
        }
    }

    /// Whoever keeps the pay claims little: a refund for the employer, a day off by the rota, or what is refused.
    fn pay_kept(&mut self, person: &Person, rng: &mut Rng) -> Option<Claim> {
        match rng.u32(..100) {
            0..8 => Some(Claim {
                amount: Some(1_250 * rng.u32(40..280)),
                document: self.bill("Refusjon"),
                supplier: person.employer,
                supplier_account: "99900410421",
                ..self.claim(person, "employer_refund", rng)
            }),
            8..14 => Some(Claim { is_day_off: true, ..self.claim(person, "lost_income_undocumented", rng) }),
            14..16 => Some(self.claim(person, "lost_income_undocumented", rng)),
            _ => None,
        }
    }
}
