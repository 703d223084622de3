//! When regulations pay, and by when they want claims: calendars of municipalities that have published
//! them, worked out with an almanac.

use std::fs;
use std::path::{Path, PathBuf};

use honorar_engine::Regulation;
use honorar_engine::regulation::PaymentDate;
use honorar_intake::{Reading, read};
use honorar_problems::Problem;
use honorar_rates::{RegulationText, read_profile, read_regulation};

use crate::tables::testdata;

/// Aurland's file, with what follows behind it and with other values of some settings.
fn regulation_text(changes: &[(&str, &str)], behind: &str) -> String {
    let aurland =
        fs::read_to_string(testdata().join("../rates/regulations/aurland.toml")).expect("Aurland's file");
    let changed = changes.iter().fold(aurland, |text, (old, new)| {
        assert!(text.contains(old), "`{old}` is in Aurland's file");
        text.replace(old, new)
    });
    format!("{changed}\n{behind}")
}

/// How often each thing is paid: fixed fees but for the mayor's, and meeting fees with claims.
fn rhythms(fixed_fees: &str, meeting_fees: &str) -> Vec<(String, String)> {
    vec![
        ("payment = { value = \"half_yearly\"".to_owned(), format!("payment = {{ value = \"{fixed_fees}\"")),
        (
            "meeting_fees_and_claims = { value = \"half_yearly\"".to_owned(),
            format!("meeting_fees_and_claims = {{ value = \"{meeting_fees}\""),
        ),
    ]
}

fn regulation(text: String) -> (Option<Regulation>, Vec<Problem>) {
    let profile = "municipality = \"a\"\nregulation = \"a.toml\"\n";
    let (profile, problems) = read_profile("honorar.toml", profile);
    assert_eq!(problems, []);
    read_regulation(&RegulationText { file: "a.toml".to_owned(), text }, &profile.expect("a profile"))
}

fn sound(fixed_fees: &str, meeting_fees: &str, payments: &str) -> Regulation {
    let rhythms = rhythms(fixed_fees, meeting_fees);
    let changes: Vec<(&str, &str)> = rhythms.iter().map(|(old, new)| (&**old, &**new)).collect();
    let payments = format!("[payments]\npoint = \"6\"\nprovenance = \"document\"\n{payments}");
    let (regulation, problems) = regulation(regulation_text(&changes, &payments));
    assert_eq!(problems, []);
    regulation.expect("a regulation")
}

/// `2024-07-12 fixed_fees 2024-07`, and what it is moved from and which claims are in it.
fn shown(date: &PaymentDate) -> String {
    let mut text = format!("{} {} {}", date.paid, date.what.name(), date.period);
    if let Some(stated) = date.moved_from {
        text += &format!(", not {stated}");
    }
    if let Some(claims) = date.claims {
        let last = claims.days.last().expect("an end");
        text += &format!(", claims {} to {last} by {}", claims.days.first(), claims.by);
    }
    text
}

#[track_caller]
fn assert_calendar(regulation: &Regulation, year: i32, expected: &str) {
    let found: Vec<String> = regulation.payment_dates(year).iter().map(shown).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected);
}

/// The calendar of a regulation that ships.
fn shipped(name: &str) -> Regulation {
    let file = testdata().join(format!("../rates/regulations/{name}.toml"));
    let (regulation, problems) = regulation(fs::read_to_string(file).expect("a regulation"));
    assert_eq!(problems, []);
    regulation.expect("a regulation")
}

#[test]
fn lillestrom_pays_on_the_12th_and_meeting_fees_in_july_and_december() {
    let lillestrom = shipped("lillestrom");
    // 12 May is the Sunday after Ascension Day, 12 October a Saturday.
    assert_calendar(
        &lillestrom,
        2024,
        "2024-01-12 fixed_fees 2024-01
         2024-02-12 fixed_fees 2024-02
         2024-03-12 fixed_fees 2024-03
         2024-04-12 fixed_fees 2024-04
         2024-05-10 fixed_fees 2024-05, not 2024-05-12
         2024-06-12 fixed_fees 2024-06
         2024-07-12 fixed_fees 2024-07
         2024-07-12 meeting_fees_and_claims 2024-H1
         2024-08-12 fixed_fees 2024-08
         2024-09-12 fixed_fees 2024-09
         2024-10-11 fixed_fees 2024-10, not 2024-10-12
         2024-11-12 fixed_fees 2024-11
         2024-12-12 fixed_fees 2024-12
         2024-12-12 meeting_fees_and_claims 2024-H2",
    );
    let paid = |period: &str| -> Vec<String> {
        lillestrom.payments_of(period.parse().expect("a period")).iter().map(shown).collect()
    };
    // Easter Sunday: the Wednesday before Maundy Thursday.
    assert_eq!(paid("2020-04"), ["2020-04-08 fixed_fees 2020-04, not 2020-04-12"]);
    // Two Sundays.
    assert_eq!(paid("2021-H2"), ["2021-12-10 meeting_fees_and_claims 2021-H2, not 2021-12-12"]);
    assert_eq!(paid("2026-H1"), ["2026-07-10 meeting_fees_and_claims 2026-H1, not 2026-07-12"]);
    assert_eq!(paid("2024-Q1"), [""; 0], "nothing is paid by quarter");
    let date = lillestrom.payments_of("2024-10".parse().expect("a month")).remove(0);
    let items: Vec<String> = date
        .items()
        .filter_map(|item| lillestrom.items.get(item))
        .map(|item| format!("{} ({item}, {:?})", item.name, item.provenance))
        .collect();
    let expected = [
        "payments.fixed_fees.monthly (lillestrom payment calendar, Document)",
        "payments.not_a_bank_day (lillestrom payment calendar, Assumed)",
    ];
    assert_eq!(items, expected);
}

#[test]
fn oygarden_pays_on_the_12th_with_the_month_befores_claims_by_the_1st() {
    let oygarden = shipped("oygarden");
    let of = |year: i32, what: &str| -> Vec<String> {
        let dates = oygarden.payment_dates(year);
        let dates = dates.iter().map(shown).filter(|text| text.contains(what));
        dates.map(|text| text.replace(&format!(" {what}"), "")).collect()
    };
    let expected = [
        "2025-01-10 2024-12, not 2025-01-12, claims 2024-12-01 to 2024-12-31 by 2025-01-01",
        "2025-02-12 2025-01, claims 2025-01-01 to 2025-01-31 by 2025-02-01",
        "2025-03-12 2025-02, claims 2025-02-01 to 2025-02-28 by 2025-03-01",
        "2025-04-11 2025-03, not 2025-04-12, claims 2025-03-01 to 2025-03-31 by 2025-04-01",
        "2025-05-12 2025-04, claims 2025-04-01 to 2025-04-30 by 2025-05-01",
        "2025-06-12 2025-05, claims 2025-05-01 to 2025-05-31 by 2025-06-01",
    ];
    assert_eq!(of(2025, "meeting_fees_and_claims").get(..6), Some(&expected.map(str::to_owned)[..]));
    let expected = ["2025-01-10 2025-01, not 2025-01-12", "2025-02-12 2025-02"];
    assert_eq!(of(2025, "fixed_fees").get(..2), Some(&expected.map(str::to_owned)[..]));
    // The regulation is in force from 2020: in January 2020 nothing is paid for December 2019.
    let first = of(2020, "meeting_fees_and_claims");
    assert_eq!(first.first().map(|text| &text[..18]), Some("2020-02-12 2020-01"));
}

#[test]
fn trysil_pays_in_may_and_december() {
    let payments = "
        [payments.fixed_fees]
        half_yearly = [\"05-31\", \"12-31\"]
        [payments.meeting_fees_and_claims]
        half_yearly = [\"05-31\", \"12-31\"]
    ";
    // 31 May 2025 is a Saturday after Ascension Day; banks settle on New Year's Eve.
    assert_calendar(
        &sound("half_yearly", "half_yearly", payments),
        2025,
        "2025-05-30 fixed_fees 2025-H1, not 2025-05-31
         2025-05-30 meeting_fees_and_claims 2025-H1, not 2025-05-31
         2025-12-31 fixed_fees 2025-H2
         2025-12-31 meeting_fees_and_claims 2025-H2",
    );
}

#[test]
fn gran_pays_claims_up_to_october_in_december() {
    let payments = "
        [payments.meeting_fees_and_claims]
        half_yearly = [\"07-12\", \"12-12\"]
        claims_by = [\"05-31 by 06-10\", \"10-31 by 11-10\"]
    ";
    assert_calendar(
        &sound("half_yearly", "half_yearly", payments),
        2024,
        "2024-07-12 meeting_fees_and_claims 2024-H1, claims 2023-11-01 to 2024-05-31 by 2024-06-10
         2024-12-12 meeting_fees_and_claims 2024-H2, claims 2024-06-01 to 2024-10-31 by 2024-11-10",
    );
}

#[test]
fn quarters_and_years_and_what_is_paid_in_advance() {
    let payments = "
        not_a_bank_day = \"bank_day_after\"
        [payments.fixed_fees]
        quarterly = \"20 previous month\"
        [payments.meeting_fees_and_claims]
        yearly = \"01-12 next year\"
        claims_by = \"10 next month\"
    ";
    let regulation = sound("quarterly", "yearly", payments);
    // 20 December 2025 and 20 June 2026 are Saturdays, 20 September 2026 a Sunday.
    assert_calendar(
        &regulation,
        2026,
        "2026-01-12 meeting_fees_and_claims 2025, claims 2025-01-01 to 2025-12-31 by 2026-01-10
         2026-03-20 fixed_fees 2026-Q2
         2026-06-22 fixed_fees 2026-Q3, not 2026-06-20
         2026-09-21 fixed_fees 2026-Q4, not 2026-09-20
         2026-12-21 fixed_fees 2027-Q1, not 2026-12-20",
    );
    let four = "[payments.fixed_fees]\nquarterly = [\"04-15\", \"07-15\", \"10-15\", \"01-15 next year\"]\n";
    assert_calendar(
        &sound("quarterly", "yearly", four),
        2025,
        "2025-01-15 fixed_fees 2024-Q4
         2025-04-15 fixed_fees 2025-Q1
         2025-07-15 fixed_fees 2025-Q2
         2025-10-15 fixed_fees 2025-Q3",
    );
}

#[test]
fn another_day_from_a_day_on_and_no_moving() {
    let payments = "
        not_a_bank_day = \"as_it_is\"
        [payments.fixed_fees]
        half_yearly = [
            { value = [\"07-12\", \"12-12\"] },
            { from = 2025-01-01, value = [\"07-20\", \"12-20\"] },
        ]
    ";
    let regulation = sound("half_yearly", "half_yearly", payments);
    assert_calendar(&regulation, 2024, "2024-07-12 fixed_fees 2024-H1\n2024-12-12 fixed_fees 2024-H2");
    assert_calendar(&regulation, 2025, "2025-07-20 fixed_fees 2025-H1\n2025-12-20 fixed_fees 2025-H2");
}

#[test]
fn without_the_section_or_a_parameters_value_no_day_is_known() {
    let (aurland, problems) = regulation(regulation_text(&[], ""));
    assert_eq!(problems, []);
    assert_calendar(&aurland.expect("a regulation"), 2024, "");
    let payments = "[payments.fixed_fees]\nhalf_yearly = { parameter = \"pay_days\" }\n";
    assert_calendar(&sound("half_yearly", "half_yearly", payments), 2024, "");
}

/// A folder that bears the same name in every run.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir(folder.path()).expect("a folder");
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("basis")
    }
}

/// A basis of one member of the council with claims on two days, and a regulation of its own.
fn write_basis(folder: &Path, regulation: &str, profile: &str) {
    let files = [
        ("regulation.toml", regulation),
        ("honorar.toml", profile),
        ("persons.csv", "person_id,name,employment\n0101,Person A,employed\n"),
        ("offices.csv", "person_id,body,role,from\n0101,KST,member,2011-10-01\n"),
        ("meetings.csv", "meeting_id,body,date,start,end\nKST-1,KST,2014-03-06,10:00,12:00\n"),
        ("attendance.csv", "meeting_id,person_id,status\nKST-1,0101,present\n"),
        (
            "claims.csv",
            "claim_id,person_id,kind,meeting_id,date,received,amount,document\n\
             K1,0101,travel_other,,2014-03-31,2014-06-30,100,B1\n\
             K2,0101,travel_other,,2014-03-31,2014-07-01,100,B2\n\
             K3,0101,travel_other,,2014-04-01,2014-05-01,100,B3\n\
             K4,0101,travel_other,,2014-04-01,2014-05-02,100,B4\n",
        ),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file");
    }
}

const PROFILE: &str =
    "municipality = \"a\"\nregulation = \"regulation.toml\"\n[parameters]\ncouncil_member = 10304\n";

const DEADLINE: (&str, &str) = ("deadline = { value = \"none\"", "deadline = { value = \"3 months\"");

fn run(basis: &Path, arguments: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_honorar"))
        .arg("run")
        .arg(basis)
        .args(["--period", "2014-H1", "--out"])
        .arg(basis.join("out"))
        .args(arguments)
        .output()
        .expect("the binary runs");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    text.replace(&basis.display().to_string(), "BASIS")
}

#[test]
fn a_run_says_when_it_is_paid_and_what_came_too_late() {
    let payments = "
[payments]
point = \"6\"
provenance = \"document\"
[payments.fixed_fees]
half_yearly = \"12 next month\"
[payments.meeting_fees_and_claims]
half_yearly = [\"07-13\", \"12-12\"]
claims_by = \"30 next month\"
";
    let refuse = ("late_claims = { value = \"warn\"", "late_claims = { value = \"refuse\"");
    let folder = Folder::new();
    write_basis(&folder.path(), &regulation_text(&[DEADLINE, refuse], payments), PROFILE);
    insta::assert_snapshot!("payments-run", run(&folder.path(), &[]));
    let written =
        |file: &str| fs::read_to_string(folder.path().join("out").join(file)).expect("a file of the run");
    insta::assert_snapshot!("payments-lines", written("lines.csv"));
    let record: serde_json::Value = serde_json::from_str(&written("run.json")).expect("JSON");
    insta::assert_snapshot!(
        "payments-record",
        serde_json::to_string_pretty(&record["payments"]).expect("JSON")
    );
    let json: serde_json::Value =
        serde_json::from_str(&run(&folder.path(), &["--format", "json"])).expect("JSON");
    assert_eq!(json["bases"][0]["payments"], record["payments"]);
    let one_day = payments.replace("[\"07-13\", \"12-12\"]", "\"12 next month\"");
    write_basis(&folder.path(), &regulation_text(&[DEADLINE, refuse], &one_day), PROFILE);
    let text = run(&folder.path(), &[]);
    assert!(text.contains("\npaid 2014-07-11, because 2014-07-12 is no bank day\n"), "{text}");
}

#[test]
fn of_several_bases_each_has_its_day_where_they_differ() {
    let payments = |day: &str| {
        let both = "fixed_fees.half_yearly = DAY\nmeeting_fees_and_claims.half_yearly = DAY";
        format!("[payments]\npoint = \"6\"\nprovenance = \"document\"\n{}", both.replace("DAY", day))
    };
    let folder = tempfile::tempdir().expect("a folder");
    for (basis, day) in
        [("a", "\"10 next month\""), ("b", "\"11 next month\""), ("c", "[\"07-10\", \"12-10\"]")]
    {
        let basis = folder.path().join(basis);
        fs::create_dir(&basis).expect("a folder");
        write_basis(&basis, &regulation_text(&[], &payments(day)), PROFILE);
    }
    let paid = |bases: [&str; 2]| -> Vec<String> {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_honorar"))
            .current_dir(folder.path())
            .arg("run")
            .args(bases)
            .args(["--period", "2014-H1"])
            .output()
            .expect("the binary runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().filter(|line| line.contains("paid")).map(str::to_owned).collect()
    };
    assert_eq!(paid(["a", "b"]), ["a: paid 2014-07-10", "b: paid 2014-07-11"]);
    assert_eq!(paid(["a", "c"]), ["paid 2014-07-10"]);
}

#[test]
fn the_guides_calendar_is_read() {
    let guide = fs::read_to_string(testdata().join("../docs/regulations.md")).expect("the guide");
    let mut examples = guide.split("```toml\n").filter_map(|rest| rest.split("```").next());
    let example = examples.find(|example| example.starts_with("[payments]")).expect("an example");
    let (regulation, problems) = regulation(regulation_text(
        &[("payment = { value = \"half_yearly\"", "payment = { value = \"monthly\"")],
        example,
    ));
    assert_eq!(problems, []);
    assert_eq!(regulation.map(|regulation| regulation.payment_dates(2024).len()), Some(14));
}

#[test]
fn a_municipality_gives_days_and_decides_what_is_assumed() {
    let payments = "
[payments]
point = \"6\"
[payments.fixed_fees]
half_yearly = { parameter = \"pay_days\" }
";
    let profile = format!(
        "{PROFILE}pay_days = [\"07-12\", \"12-12\"]\n\
         [provenance]\npay_days = \"KST 1/14\"\npayments.not_a_bank_day = \"KST 2/14\"\n"
    );
    let folder = Folder::new();
    write_basis(&folder.path(), &regulation_text(&[], payments), &profile);
    let text = run(&folder.path(), &[]);
    assert!(text.contains("\npaid 2014-07-11, because 2014-07-12 is no bank day\n"), "{text}");
    let record = fs::read_to_string(folder.path().join("out/run.json")).expect("the record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    assert_eq!(record["payments"][0]["assumed"], false);
}

fn received_warnings(reading: &Reading) -> Vec<String> {
    let of_received = reading.problems.iter().filter(|problem| problem.to_string().contains("received"));
    of_received.map(ToString::to_string).collect()
}

#[test]
fn the_deadline_of_a_claims_day_holds() {
    let changing = "deadline = [{ value = \"3 months\", point = \"5\", provenance = \"document\" }, \
                    { from = 2014-04-01, value = \"1 month\", point = \"5\", provenance = \"document\" }]\nunused = {";
    let text = regulation_text(&[("deadline = {", changing)], "");
    let text: String =
        text.lines().filter(|line| !line.starts_with("unused")).map(|line| format!("{line}\n")).collect();
    let folder = Folder::new();
    write_basis(&folder.path(), &text, PROFILE);
    let late = received_warnings(&read(&folder.path(), None));
    assert_eq!(late.len(), 2, "{late:#?}");
    assert!(late[0].contains("row 3") && late[0].contains("2014-06-30 or earlier"), "{}", late[0]);
    assert!(late[1].contains("row 5") && late[1].contains("2014-05-01 or earlier"), "{}", late[1]);
}

#[test]
fn a_deadline_that_is_a_parameter_has_no_default() {
    let parameter = ("deadline = { value = \"none\"", "deadline = { parameter = \"claims_deadline\"");
    let text = regulation_text(&[parameter], "");
    let text = text.replace(
        "\"claims_deadline\", point = \"5\", provenance = \"assumed\"",
        "\"claims_deadline\", point = \"5\"",
    );
    let folder = Folder::new();
    write_basis(&folder.path(), &text, PROFILE);
    let refused = run(&folder.path(), &[]);
    assert!(
        refused.contains("the parameter `claims_deadline` has no value, and a line needs it"),
        "{refused}"
    );
    write_basis(&folder.path(), &text, &format!("{PROFILE}claims_deadline = \"10 next month\"\n"));
    let paid = run(&folder.path(), &[]);
    assert!(paid.contains("2014-04-10 or earlier"), "{paid}");
    assert!(paid.contains("control total"), "{paid}");
}
