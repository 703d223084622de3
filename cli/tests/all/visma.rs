//! Visma's standard format, byte for byte as published.

use honorar_engine::Money;
use honorar_exporters::{VismaRecord, write_record};
use honorar_rates::{VismaField, VismaLonnProfile};

fn quantity_of(employee_number: &str, wage_type: &str, quantity: i64) -> VismaRecord {
    VismaRecord {
        employee_number: employee_number.to_owned(),
        wage_type: wage_type.to_owned(),
        quantity: quantity.into(),
        rate: Money::ZERO,
        amount: Money::ZERO,
    }
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
        let record = quantity_of(employee_number, "10100", quantity);
        assert_eq!(write_record(&record, &VismaLonnProfile::default()), format!("{published}\r\n"));
    }
    let record = quantity_of("1", "11150", 2);
    let published = r#"0;0;1;11150;0.00;2.00;0.00;0.00;;;"";"";"";"";"";"";"#;
    assert_eq!(write_record(&record, &VismaLonnProfile::default()), format!("{published}\r\n"));
}

#[test]
fn the_published_line_of_visma_lonn() {
    let profile = VismaLonnProfile {
        wage_year: "2021".to_owned(),
        wage_run: "7".to_owned(),
        account: "0".to_owned(),
        contra_account: "0".to_owned(),
        tax_deduction: "0".to_owned(),
        ..VismaLonnProfile::default()
    };
    let published = r#"2021;7;1001;1;0.00;0.00;0.00;0.00;0;0;"";"";"";"";"";"";0"#;
    assert_eq!(write_record(&quantity_of("1001", "1", 0), &profile), format!("{published}\r\n"));
}

#[test]
fn the_columns_are_as_the_customer_has_them() {
    let amount = Money::new("-2".parse().expect("a number")).expect("an amount");
    let record = VismaRecord { amount, ..quantity_of("0102", "1311", 0) };
    let profile = VismaLonnProfile {
        columns: vec![
            VismaField::EmployeeNumber,
            VismaField::WageType,
            VismaField::Amount,
            VismaField::Dimension(2),
        ],
        dimensions: ["", "410", "", "", "", ""].map(str::to_owned),
        ..VismaLonnProfile::default()
    };
    assert_eq!(write_record(&record, &profile), "0102;1311;-2.00;\"410\"\r\n");
}
