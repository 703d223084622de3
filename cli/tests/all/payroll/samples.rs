//! Transactions of an invented run, and how a municipality has set up its payroll.

use honorar_engine::basis::Role;
use honorar_engine::line::{Kind, Units};
use honorar_engine::{Money, Period};
use honorar_exporters::payroll::{HandedOver, Setup, Transaction, write};
use honorar_problems::Place;
use honorar_rates::{AccountingString, HrmFiles, Profile, Receiver, Receivers, Traits, read_profile};

/// How a municipality of 2014 has set up its payroll systems.
pub(crate) const PROFILE: &str = r#"
municipality = "aurland"
regulation = "aurland"

[payroll]
receivers = ["visma_lonn", "huldt_lillevik", "visma_hrm", "fint", "tripletex", "unimicro"]

[visma_lonn]
account = { from = "account" }
r1 = { from = "responsibility" }

[huldt_lillevik]
client = "0042"
department = { from = "responsibility" }
negative = "leading_minus"

[visma_hrm]
mapping = "example"

[tripletex]
month = "2014-07"
department = { from = "body", values = { KST = "40", FSK = "41" }, otherwise = "49" }

[unimicro]
department = { from = "responsibility" }
"#;

pub(crate) fn kroner(text: &str) -> Money {
    Money::new(text.parse().expect("a number")).expect("an amount")
}

pub(crate) fn period() -> Period {
    "2014-H1".parse().expect("a period")
}

/// A profile that has nothing wrong in it.
pub(crate) fn profile(text: &str) -> Profile {
    let (profile, problems) = read_profile("honorar.toml", text);
    assert!(problems.is_empty(), "{problems:#?}");
    profile.expect("a profile")
}

/// The mapping that a profile names.
pub(crate) fn hrm_files(receivers: &Receivers) -> Option<HrmFiles> {
    let named = receivers.visma_hrm.as_ref()?;
    let texts = honorar_rates::find_hrm_texts(named, std::path::Path::new("."));
    let (files, problems) = HrmFiles::read(texts.unwrap_or_else(|problems| panic!("{problems:#?}")));
    assert!(problems.is_empty(), "{problems:#?}");
    files
}

/// What a receiver gets of some transactions, as text.
pub(crate) fn written(receiver: Receiver, transactions: &[Transaction<'_>], receivers: &Receivers) -> String {
    let (hrm, place) = (hrm_files(receivers), Place::file("honorar.toml"));
    let setup =
        Setup { receivers, hrm: hrm.as_ref(), municipality: "aurland", period: period(), place: &place };
    let file = write(receiver, transactions, &setup).unwrap_or_else(|problems| panic!("{problems:#?}"));
    String::from_utf8(file.bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect())
}

/// A member's fixed fee for a half-year.
pub(crate) fn fee() -> Transaction<'static> {
    let fsk = Traits { kind: Kind::FixedFee, body: "FSK", group: "AP", office: Some(Role::Member) };
    Transaction {
        employee_number: "0104",
        wage_type: "1310",
        handed_over: HandedOver::Amount,
        amount: kroner("7728.00"),
        date: "2014-06-30".parse().expect("a date"),
        earned: period().span(),
        paid: None,
        text: "fixed fee FSK".to_owned(),
        key: "aurland/2014-H1/0104/fixed_fee/0104/FSK/2011-10-01".to_owned(),
        traits: fsk,
        accounting: AccountingString {
            account: "10800".to_owned(),
            responsibility: "1000".to_owned(),
            function: "100".to_owned(),
            project: String::new(),
        },
    }
}

/// A fee, its reduction for absence, a meeting fee, kilometres, and hours that payroll has the rate for.
pub(crate) fn transactions() -> Vec<Transaction<'static>> {
    let date = |text: &str| text.parse().expect("a date");
    let accounting = |account: &str, function: &str| AccountingString {
        account: account.to_owned(),
        function: function.to_owned(),
        ..fee().accounting
    };
    let units = |quantity: &str, rate: &str| {
        HandedOver::QuantityRate(Units { quantity: quantity.parse().expect("a number"), rate: kroner(rate) })
    };
    let no_office = |kind: Kind, body: &'static str| Traits { kind, body, office: None, ..fee().traits };
    vec![
        fee(),
        Transaction {
            wage_type: "1311",
            amount: kroner("-1545.60"),
            date: date("2014-12-31"),
            text: "absence reduction FSK".to_owned(),
            key: "aurland/2014-H1/0104/absence_reduction/0104/FSK/2011-10-01".to_owned(),
            traits: Traits { kind: Kind::AbsenceReduction, ..fee().traits },
            ..fee()
        },
        Transaction {
            employee_number: "0106",
            wage_type: "1320",
            handed_over: units("1", "696.00"),
            amount: kroner("696.00"),
            date: date("2014-05-15"),
            text: "meeting fee FSK FSK-6".to_owned(),
            key: "aurland/2014-H1/0106/meeting_fee/FSK-6/0106".to_owned(),
            traits: no_office(Kind::MeetingFee, "FSK"),
            accounting: accounting("10801", "100"),
            ..fee()
        },
        Transaction {
            employee_number: "0106",
            wage_type: "1510",
            handed_over: units("52.4", "4.05"),
            amount: kroner("212.22"),
            date: date("2014-05-15"),
            text: "travel car K7".to_owned(),
            key: "aurland/2014-H1/0106/travel_car/K7".to_owned(),
            traits: no_office(Kind::TravelCar, ""),
            accounting: accounting("11600", "100"),
            ..fee()
        },
        Transaction {
            employee_number: "0107",
            wage_type: "1620",
            handed_over: HandedOver::Quantity("12".parse().expect("a number")),
            amount: kroner("2400.00"),
            date: date("2014-05-15"),
            text: "care ØK-1 K9 «barnepass»".to_owned(),
            key: "aurland/2014-H1/0107/care/K9".to_owned(),
            traits: no_office(Kind::Care, "ØK"),
            accounting: accounting("11600", "110"),
            ..fee()
        },
    ]
}
