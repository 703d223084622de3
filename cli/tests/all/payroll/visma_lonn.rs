//! Visma's standard format, byte for byte as published.

use honorar_exporters::payroll::{HandedOver, Transaction};
use honorar_intake::payout_warnings;
use honorar_rates::{Dimension, Receiver, Receivers, VismaField, VismaLonnProfile};

use super::samples::{self, written};
use crate::tables::{records, source};

fn quantity_of<'r>(employee_number: &'r str, wage_type: &'r str, quantity: i64) -> Transaction<'r> {
    Transaction {
        employee_number,
        wage_type,
        handed_over: HandedOver::Quantity(quantity.into()),
        ..samples::fee()
    }
}

fn line(transaction: Transaction<'_>, visma_lonn: VismaLonnProfile) -> String {
    written(Receiver::VismaLonn, &[transaction], &Receivers { visma_lonn, ..Receivers::default() })
}

#[test]
fn the_published_lines_of_visma_net() {
    let cases = [
        ("1", 10, r#"0;0;1;10100;0.00;10.00;0.00;0.00;;;"";"";"";"";"";"";"#),
        ("2", 12, r#"0;0;2;10100;0.00;12.00;0.00;0.00;;;"";"";"";"";"";"";"#),
        ("2", 5, r#"0;0;2;10100;0.00;5.00;0.00;0.00;;;"";"";"";"";"";"";"#),
        ("5", 15, r#"0;0;5;10100;0.00;15.00;0.00;0.00;;;"";"";"";"";"";"";"#),
    ];
    for (employee_number, quantity, published) in cases {
        let transaction = quantity_of(employee_number, "10100", quantity);
        assert_eq!(line(transaction, VismaLonnProfile::default()), format!("{published}\r\n"));
    }
    let published = r#"0;0;1;11150;0.00;2.00;0.00;0.00;;;"";"";"";"";"";"";"#;
    assert_eq!(line(quantity_of("1", "11150", 2), VismaLonnProfile::default()), format!("{published}\r\n"));
}

#[test]
fn the_published_line_of_visma_lonn() {
    let profile = VismaLonnProfile {
        wage_year: "2021".to_owned(),
        wage_run: "7".to_owned(),
        account: Dimension::fixed("0"),
        contra_account: Dimension::fixed("0"),
        tax_deduction: "0".to_owned(),
        ..VismaLonnProfile::default()
    };
    let published = r#"2021;7;1001;1;0.00;0.00;0.00;0.00;0;0;"";"";"";"";"";"";0"#;
    assert_eq!(line(quantity_of("1001", "1", 0), profile), format!("{published}\r\n"));
}

#[test]
fn the_columns_are_as_the_customer_has_them() {
    let transaction = Transaction {
        employee_number: "0102",
        wage_type: "1311",
        amount: samples::kroner("-2"),
        handed_over: HandedOver::Amount,
        ..samples::fee()
    };
    let profile = VismaLonnProfile {
        columns: vec![
            VismaField::EmployeeNumber,
            VismaField::WageType,
            VismaField::Amount,
            VismaField::Dimension(2),
        ],
        dimensions: ["", "410", "", "", "", ""].map(Dimension::fixed),
        ..VismaLonnProfile::default()
    };
    assert_eq!(line(transaction, profile), "0102;1311;-2.00;\"410\"\r\n");
}

/// A journey of 100 km with a passenger and one of 8 hours in 2026, sent as a profile says: the lines of
/// Visma's file, those of its receipt by what they are for, and the warnings.
fn sent(wage_types: &str) -> (Vec<String>, Vec<String>, Vec<&'static str>) {
    let rows = [
        ("persons", "0101, employed"),
        (
            "trips",
            "T1, 0101, 2026-03-06 08:00, 2026-03-06 12:00, , car, 100, 1\nT2, 0101, 2026-03-09 08:00, 2026-03-09 16:00, , public, 20, , , , , , 1",
        ),
    ];
    let rows = rows.map(|(table, rows)| (table.to_owned(), rows.to_owned())).into();
    let profile = format!("municipality = \"aurland\"\nregulation = \"aurland\"\n[wage_types]\n{wage_types}");
    let reading = honorar_intake::read_source(source(&rows, &profile));
    let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
    let period: honorar_engine::Period = "2026-H1".parse().expect("a period");
    let payout =
        honorar_engine::compute(&content.basis, &content.regulation, period).expect("nothing is missing");
    let run = honorar_exporters::Run::of(&reading, period, &payout).expect("a basis without errors");
    let files = honorar_exporters::files(&run).expect("every kind has a wage type");
    let text = |name: &str| {
        let file = files.iter().find(|file| file.name == name).expect("the file is written");
        String::from_utf8(file.bytes.clone()).expect("UTF-8")
    };
    let lines = text("visma-lonn.csv")
        .lines()
        .map(|line| line.replace(";;;\"\";\"\";\"\";\"\";\"\";\"\";", ""))
        .collect();
    let receipt = records(text("visma-lonn.receipt.csv").as_bytes());
    let receipt = receipt.iter().map(|row| {
        // The totals stand in the last column.
        let value = if row["record"] == "line" { &row["amount"] } else { &row["key"] };
        format!("{} {} {value}", row["record"], row["wage_type"])
    });
    let receipt: Vec<String> = receipt.filter(|row| !row.starts_with("sha256")).collect();
    let warnings = payout_warnings(content, &payout, period).iter().map(|problem| problem.code).collect();
    (lines, receipt, warnings)
}

#[test]
fn what_is_taxed_goes_under_its_own_wage_type() {
    let (lines, receipt, warnings) = sent(
        "travel_car = { code = \"1510\", send = \"quantity_rate\", taxable_code = \"1515\" }\n\
         travel_passenger = { code = \"1511\", send = \"quantity_rate\", taxable_code = \"1516\" }\n\
         subsistence = { code = \"1520\", send = \"amount\", taxable_code = \"1525\" }\n",
    );
    let expected = [
        "0;0;0101;1510;0.00;100.00;3.50;0.00",
        "0;0;0101;1515;0.00;100.00;1.80;0.00",
        "0;0;0101;1511;0.00;100.00;1.00;0.00",
        "0;0;0101;1520;0.00;0.00;0.00;140.00",
        "0;0;0101;1525;0.00;0.00;0.00;137.90",
    ];
    assert_eq!(lines, expected);
    let expected = [
        "line 1510 350.00",
        "line 1515 180.00",
        "line 1511 100.00",
        "line 1520 140.00",
        "line 1525 137.90",
        "count  5",
        "control_sum  907.90",
        "priced_by_payroll  0",
    ];
    assert_eq!(receipt, expected);
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn what_is_taxed_and_not_parted_gets_a_warning() {
    let (lines, receipt, warnings) = sent(
        "travel_car = { code = \"1510\", send = \"quantity_rate\" }\n\
         travel_passenger = { code = \"1511\", send = \"quantity_rate\" }\n\
         subsistence = { code = \"1520\", send = \"amount\" }\n",
    );
    let expected = [
        "0;0;0101;1510;0.00;100.00;5.30;0.00",
        "0;0;0101;1511;0.00;100.00;1.00;0.00",
        "0;0;0101;1520;0.00;0.00;0.00;277.90",
    ];
    assert_eq!(lines, expected);
    assert_eq!(receipt.get(4).map(String::as_str), Some("control_sum  907.90"));
    assert_eq!(warnings, ["taxable_not_parted", "taxable_not_parted"]);
}
