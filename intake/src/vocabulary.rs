//! The words of tables, columns and values in English, bokmål and nynorsk.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use honorar_engine::basis::{
    Capacity, ClaimKind, Class, Duty, Employment, Event, Extent, Form, GroupPaymentKind, Lodging,
    OtherIncomeKind, Role, Status, Vehicle,
};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::table::is_blank;

/// A table of a basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TableName {
    Persons,
    Bodies,
    Offices,
    Leave,
    Meetings,
    Attendance,
    Claims,
    Trips,
    Groups,
    GroupPayments,
    GroupReports,
    OtherIncome,
    Incomes,
    Employees,
    VismaExpense,
}

/// A word's meaning, and every way to write it; the canonical one first.
pub(crate) type Words<T> = [(T, &'static [&'static str])];

const TABLES: &Words<TableName> = &[
    (TableName::Persons, &["persons", "personer", "personar"]),
    (TableName::Bodies, &["bodies", "organer", "organ"]),
    (TableName::Offices, &["offices", "verv"]),
    (TableName::Leave, &["leave", "permisjoner", "permisjonar"]),
    (TableName::Meetings, &["meetings", "møter", "møte"]),
    (TableName::Attendance, &["attendance", "oppmøte", "frammøte"]),
    (TableName::Claims, &["claims", "krav"]),
    (TableName::Trips, &["trips", "reiser"]),
    (TableName::Groups, &["groups", "grupper"]),
    (TableName::GroupPayments, &["group payments", "gruppeutbetalinger", "gruppeutbetalingar"]),
    (TableName::GroupReports, &["group reports", "grupperapporter", "grupperapportar"]),
    (TableName::OtherIncome, &["other income", "andre inntekter"]),
    (TableName::Incomes, &["incomes", "inntekter"]),
    (TableName::Employees, &["employees", "ansatte", "tilsette"]),
    (TableName::VismaExpense, &["visma expense"]),
];

/// The one column that a table may have several of, each with its number.
const COST_UNIT: &str = "cost_unit";

const COLUMNS: &Words<&str> = &[
    ("person_id", &["person id", "ansattnr", "tilsettnr", "ansattnummer", "tilsettnummer", "employee"]),
    ("name", &["name", "navn", "namn"]),
    ("group", &["group", "gruppe", "parti"]),
    ("employment", &["employment", "arbeidsforhold"]),
    ("annual_net_income", &["annual net income", "årlig netto inntekt", "årleg netto inntekt"]),
    ("day_wage", &["day wage", "dagslønn", "dagsløn"]),
    ("employer", &["employer", "arbeidsgiver", "arbeidsgjevar"]),
    ("body", &["body", "organ", "utvalg", "utval"]),
    ("role", &["role", "rolle"]),
    ("position", &["position", "stilling", "stillingsprosent"]),
    ("from", &["from", "fra", "frå"]),
    ("to", &["to", "til"]),
    ("paid", &["paid", "lønnet", "løna"]),
    ("class", &["class", "klasse"]),
    ("seats", &["seats", "plasser", "plassar"]),
    ("elected_by", &["elected by", "valgt av", "vald av"]),
    ("sits_as", &["sits as", "sitter som", "sit som"]),
    ("paid_by", &["paid by", "betalt av"]),
    ("meeting_id", &["meeting id", "møtenr", "møtenummer"]),
    ("date", &["date", "dato"]),
    ("start", &["start"]),
    ("end", &["end", "slutt"]),
    ("form", &["form"]),
    ("group_meeting", &["group meeting", "gruppemøte"]),
    ("event", &["event", "hendelse", "hending"]),
    ("status", &["status"]),
    ("capacity", &["capacity", "egenskap", "eigenskap"]),
    ("extent", &["extent", "omfang"]),
    ("called", &["called", "kalt inn", "kalla inn"]),
    ("duty", &["duty", "oppgave", "oppgåve"]),
    ("arrived", &["arrived", "kom"]),
    ("left", &["left", "gikk", "gjekk"]),
    ("travel_minutes", &["travel minutes", "reisetid"]),
    ("substitute_for", &["substitute for", "vara for"]),
    ("claim_id", &["claim id", "kravnr", "kravnummer"]),
    ("kind", &["kind", "type"]),
    ("quantity", &["quantity", "antall", "tal"]),
    ("amount", &["amount", "beløp"]),
    ("social_costs", &["social costs", "sosiale utgifter", "sosiale kostnader"]),
    ("document", &["document", "bilag"]),
    ("received", &["received", "mottatt", "motteke"]),
    ("day_off", &["day off", "fridag"]),
    ("work_to_return_to", &["work to return to", "arbeid å gå tilbake til"]),
    ("supplier", &["supplier", "leverandør"]),
    ("supplier_account", &["supplier account", "leverandørkonto"]),
    ("trip_id", &["trip id", "reisenr", "reisenummer"]),
    ("departure", &["departure", "avreise"]),
    ("return", &["return", "hjemkomst", "heimkomst"]),
    ("vehicle", &["vehicle", "kjøretøy", "køyretøy", "reisemåte"]),
    ("km", &["km"]),
    ("passengers", &["passengers", "passasjerer", "passasjerar"]),
    ("forest_km", &["forest km", "skogsvei km", "skogsveg km"]),
    ("nights", &["nights", "netter"]),
    ("lodging", &["lodging", "overnatting"]),
    ("breakfasts", &["breakfasts", "frokoster", "frukostar"]),
    ("lunches", &["lunches", "lunsjer", "lunsjar"]),
    ("dinners", &["dinners", "middager", "middagar"]),
    (
        "within_municipality",
        &[
            "within municipality",
            "within the municipality",
            "i kommunen",
            "innenfor kommunen",
            "innanfor kommunen",
        ],
    ),
    ("representatives", &["representatives", "representanter", "representantar"]),
    ("votes", &["votes", "stemmer", "røyster"]),
    ("year", &["year", "år"]),
    ("net", &["net", "netto"]),
    ("gross", &["gross", "brutto"]),
    ("spent", &["spent", "brukt"]),
    ("remaining", &["remaining", "gjenstår", "står att", "rest"]),
    ("notice", &["notice", "varsel", "varslet", "varsla"]),
    ("reported", &["reported", "rapportert"]),
    ("description", &["description", "beskrivelse", "skildring"]),
    ("transfer_date", &["transfer date", "transferdate", "overføringsdato"]),
    ("pay_code", &["pay code", "paycode", "lønnsart", "lønsart"]),
    ("unit_price", &["unit price", "unitprice", "enhetspris", "einingspris"]),
    ("total_value", &["total value", "totalvalue", "totalbeløp"]),
    ("debit_account", &["debit account", "debitaccount", "debetkonto"]),
    ("debit_amount", &["debit amount", "debitamount", "debetbeløp"]),
    ("credit_account", &["credit account", "creditaccount", "kreditkonto"]),
    ("credit_amount", &["credit amount", "creditamount", "kreditbeløp"]),
    ("vat_code", &["vat code", "vatcode", "mva-kode"]),
    (COST_UNIT, &["cost unit", "costunit", "kostnadsbærer", "kostnadsberar"]),
    ("transaction_date", &["transaction date", "transactiondate", "transaksjonsdato"]),
];

pub(crate) const EMPLOYMENTS: &Words<Employment> = &[
    (Employment::Employed, &["employed", "ansatt", "tilsett"]),
    (Employment::SelfEmployed, &["self employed", "selvstendig", "sjølvstendig"]),
    (Employment::NoFixedPay, &["no fixed pay", "uten fast lønn", "utan fast løn"]),
    (Employment::PayKept, &["pay kept", "beholder lønn", "held løna"]),
    (Employment::None, &["none", "ingen"]),
];

pub(crate) const CLASSES: &Words<Class> = &[
    (Class::Council, &["council", "kommunestyre"]),
    (Class::Executive, &["executive", "formannskap"]),
    (Class::Planning, &["planning", "plan"]),
    (Class::Standing, &["standing", "fast utvalg", "fast utval"]),
    (Class::Other, &["other", "annet", "anna"]),
    (Class::NoFee, &["no fee", "uten godtgjørelse", "utan godtgjersle"]),
];

pub(crate) const ROLES: &Words<Role> = &[
    (Role::Mayor, &["mayor", "ordfører", "ordførar"]),
    (Role::DeputyMayor, &["deputy mayor", "varaordfører", "varaordførar"]),
    (Role::ActingMayor, &["acting mayor", "fungerende ordfører", "fungerande ordførar"]),
    (Role::Leader, &["leader", "leder", "leiar"]),
    (Role::DeputyLeader, &["deputy leader", "nestleder", "nestleiar"]),
    (Role::Member, &["member", "medlem"]),
    (Role::Substitute, &["substitute", "vara"]),
    (Role::GroupLeader, &["group leader", "gruppeleder", "gruppeleiar"]),
    (Role::ActingLeader, &["acting leader", "fungerende leder", "fungerande leiar"]),
];

pub(crate) const FORMS: &Words<Form> = &[
    (Form::InPerson, &["in person", "fysisk"]),
    (Form::Video, &["video"]),
    (Form::Phone, &["phone", "telefon"]),
];

pub(crate) const STATUSES: &Words<Status> = &[
    (Status::Present, &["present", "til stede", "til stades", "møtt"]),
    (Status::AbsentValid, &["absent valid", "gyldig forfall"]),
    (Status::AbsentInvalid, &["absent invalid", "ugyldig forfall"]),
];

pub(crate) const CAPACITIES: &Words<Capacity> = &[
    (Capacity::Member, &["member", "medlem"]),
    (Capacity::Substitute, &["substitute", "vara"]),
    (Capacity::Summoned, &["summoned", "innkalt", "innkalla"]),
    (Capacity::ExOfficio, &["ex officio", "i kraft av stilling"]),
    (
        Capacity::EmployeeRepresentative,
        &["employee representative", "ansattrepresentant", "tilsettrepresentant"],
    ),
];

pub(crate) const EXTENTS: &Words<Extent> = &[
    (Extent::Whole, &["whole", "hele", "heile"]),
    (Extent::SomeCases, &["some cases", "enkeltsaker", "einskildsaker"]),
];

pub(crate) const EVENTS: &Words<Event> = &[
    (Event::Meeting, &["meeting", "møte"]),
    (Event::Seminar, &["seminar", "kurs"]),
    (Event::PartyMeeting, &["party meeting", "partimøte"]),
];

pub(crate) const DUTIES: &Words<Duty> =
    &[(Duty::Chair, &["chair", "møteleder", "møteleiar"]), (Duty::Secretary, &["secretary", "sekretær"])];

pub(crate) const OTHER_INCOME_KINDS: &Words<OtherIncomeKind> = &[
    (OtherIncomeKind::Wage, &["wage", "lønn", "løn"]),
    (OtherIncomeKind::Pension, &["pension", "pensjon"]),
    (OtherIncomeKind::Office, &["office", "verv"]),
];

pub(crate) const CLAIM_KINDS: &Words<ClaimKind> = &[
    (ClaimKind::LostIncomeUndocumented, &["lost income undocumented", "ulegitimert tap"]),
    (ClaimKind::LostIncomeDocumented, &["lost income documented", "legitimert tap"]),
    (ClaimKind::StandIn, &["stand in", "vikar", "avløser", "avløysar"]),
    (ClaimKind::Care, &["care", "barnepass", "omsorg"]),
    (ClaimKind::CareTransport, &["care transport", "reise barnepass", "reise omsorg"]),
    (ClaimKind::MeetingFee, &["meeting fee", "møtegodtgjørelse", "møtegodtgjersle"]),
    (ClaimKind::Companion, &["companion", "ledsager", "ledsagar"]),
    (ClaimKind::TravelCar, &["travel car", "kjøring", "køyring"]),
    (ClaimKind::TravelPassenger, &["travel passenger", "passasjer"]),
    (ClaimKind::TravelOther, &["travel other", "annen reise", "anna reise"]),
    (ClaimKind::EmployerRefund, &["employer refund", "refusjon arbeidsgiver", "refusjon arbeidsgjevar"]),
    (ClaimKind::AfterPay, &["after pay", "ettergodtgjøring", "ettergodtgjersle"]),
];

pub(crate) const GROUP_PAYMENT_KINDS: &Words<GroupPaymentKind> = &[
    (GroupPaymentKind::BuyOut, &["buy out", "frikjøp"]),
    (GroupPaymentKind::Fees, &["fees", "godtgjørelse", "godtgjersle"]),
    (GroupPaymentKind::Other, &["other", "annet", "anna"]),
];

/// A truth whose empty cell means yes.
pub(crate) const CALLED: &Words<bool> = &[(true, &["yes", "ja"]), (false, &["no", "nei"])];
pub(crate) const VEHICLES: &Words<Vehicle> = &[
    (Vehicle::Car, &["car", "bil", "egen bil", "eigen bil"]),
    (Vehicle::ElectricCar, &["electric car", "elbil", "el-bil"]),
    (Vehicle::Public, &["public", "kollektivt", "kollektiv"]),
    (Vehicle::Other, &["other", "annet", "anna"]),
];

pub(crate) const LODGINGS: &Words<Lodging> = &[
    (Lodging::Hotel, &["hotel", "hotell"]),
    (Lodging::Boarding, &["boarding", "pensjonat"]),
    (Lodging::Private, &["private", "privat"]),
    (Lodging::Undocumented, &["undocumented", "ulegitimert"]),
];

pub(crate) const YES_NO: &Words<bool> = &[(false, &["no", "nei"]), (true, &["yes", "ja"])];

/// The table of a name.
pub(crate) fn table(name: &str) -> Option<TableName> {
    find(TABLES, name)
}

/// The canonical name of a table.
pub(crate) fn table_name(table: TableName) -> &'static str {
    TABLES
        .iter()
        .find(|(name, _)| *name == table)
        .and_then(|(_, words)| words.first())
        .copied()
        .unwrap_or_default()
}

/// The words of all tables.
pub(crate) fn table_names() -> impl Iterator<Item = &'static str> {
    TABLES.iter().flat_map(|(_, words)| words.iter().copied())
}

/// The canonical name of a column.
pub(crate) fn column(heading: &str) -> Option<&'static str> {
    let find = |heading: &str| COLUMN_BY_WORD.get(&*fold(heading)).copied();
    let before = heading.trim_end_matches(|c: char| c.is_ascii_digit());
    if !may_be_word(before) {
        return None;
    }
    find(heading)
        .or_else(|| if before == heading { None } else { find(before).filter(|name| *name == COST_UNIT) })
}

/// Whether a text has nothing but letters and what stands between them. Whole lines of values are held against the
/// vocabulary to find the separator and the headings: most are seen to be none at their first sign.
fn may_be_word(text: &str) -> bool {
    text.bytes().all(|byte| {
        !byte.is_ascii()
            || byte.is_ascii_alphabetic()
            || byte.is_ascii_whitespace()
            || matches!(byte, b'_' | b'.' | b'-' | 0x0b)
    })
}

/// The columns by their words: whoever looks for the row of headings asks for every cell of the first rows.
static COLUMN_BY_WORD: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    COLUMNS.iter().flat_map(|(name, words)| words.iter().map(|word| (*word, *name))).collect()
});

/// The meaning of a word, in any case, `_` and blank alike.
pub(crate) fn find<T: Copy>(words: &Words<T>, written: &str) -> Option<T> {
    let is_way = |is: &dyn Fn(&str) -> bool| {
        words.iter().find(|(_, ways)| ways.iter().any(|way| is(way))).map(|(meaning, _)| *meaning)
    };
    is_way(&|way| is_written_plainly(way, written)).or_else(|| {
        let folded = fold(written);
        is_way(&|way| way == folded)
    })
}

/// Whether a word is written as it is, but for `_` in place of blanks.
fn is_written_plainly(word: &str, written: &str) -> bool {
    word.len() == written.len()
        && word
            .bytes()
            .zip(written.bytes())
            .all(|(of_word, byte)| of_word == byte || (of_word, byte) == (b' ', b'_'))
}

/// A word as the vocabulary has it: composed letters, lower case, single blanks, no full stop.
fn fold(written: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase();
    if written.bytes().all(is_plain) {
        return Cow::Borrowed(written);
    }
    let is_canonical = written.split('_').all(|word| !word.is_empty() && word.bytes().all(is_plain));
    if is_canonical {
        return Cow::Owned(written.replace('_', " "));
    }
    let composed: Cow<'_, str> =
        if is_nfc(written) { Cow::Borrowed(written) } else { Cow::Owned(written.nfc().collect()) };
    let lower = composed.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| is_blank(c) || c == '_').filter(|word| !word.is_empty()).collect();
    let joined = words.join(" ");
    Cow::Owned(joined.strip_suffix('.').map(str::to_owned).unwrap_or(joined))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn case_blanks_and_decomposed_letters_do_not_matter() {
        for written in [
            "Annual_Net_Income",
            "ÅRLEG  NETTO INNTEKT",
            "a\u{30a}rlig netto inntekt",
            "annual\u{a0}net income",
        ] {
            assert_eq!(column(written), Some("annual_net_income"), "{written}");
        }
        assert_eq!(column("Tilsettnr."), Some("person_id"));
        assert_eq!(column("nettoinntekt"), None);
        for written in ["CostUnit 1", "CostUnit12", "Cost_unit 3", "kostnadsbærer 2"] {
            assert_eq!(column(written), Some(COST_UNIT), "{written}");
        }
        assert_eq!(column("Amount 2"), None, "no other column has numbers");
    }

    #[test]
    fn no_word_has_two_meanings() {
        fn check<T: Copy>(words: &Words<T>) {
            let mut seen = BTreeSet::new();
            for (_, ways) in words {
                let canonical = ways.first().copied().unwrap_or_default();
                assert!(
                    canonical.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' '),
                    "{canonical}"
                );
                for way in ways.iter().collect::<BTreeSet<_>>() {
                    assert!(seen.insert(*way), "`{way}` has two meanings");
                    assert_eq!(fold(way), *way, "`{way}` is not in folded form");
                }
            }
        }
        check(TABLES);
        check(COLUMNS);
        assert!(COLUMNS.iter().flat_map(|(_, words)| *words).all(|word| may_be_word(word)));
        check(EMPLOYMENTS);
        check(CLASSES);
        check(ROLES);
        check(FORMS);
        check(STATUSES);
        check(CAPACITIES);
        check(EXTENTS);
        check(CLAIM_KINDS);
        check(GROUP_PAYMENT_KINDS);
        check(EVENTS);
        check(DUTIES);
        check(OTHER_INCOME_KINDS);
        check(CALLED);
        check(VEHICLES);
        check(LODGINGS);
        check(YES_NO);
    }
}
