//! What payroll would refuse is refused before anything is written.

use honorar_engine::line::Units;
use honorar_exporters::payroll::{HandedOver, Setup, Transaction, write};
use honorar_problems::Place;
use honorar_rates::{AccountingString, HrmFiles, HrmTexts, Receiver};

use super::samples::{PROFILE, fee, hrm_files, kroner, period, profile, transactions};

/// What a receiver says of some transactions, set up by a profile.
fn refused(receiver: Receiver, transactions: &[Transaction<'_>], profile_text: &str) -> String {
    let receivers = profile(profile_text).receivers;
    refused_with(receiver, transactions, profile_text, hrm_files(&receivers).as_ref())
}

fn refused_with(
    receiver: Receiver,
    transactions: &[Transaction<'_>],
    profile_text: &str,
    hrm: Option<&HrmFiles>,
) -> String {
    let (receivers, place) = (profile(profile_text).receivers, Place::file("honorar.toml"));
    let setup =
        Setup { receivers: &receivers, hrm, municipality: "aurland", period: period(), place: &place };
    let problems = write(receiver, transactions, &setup).err().unwrap_or_default();
    problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("\n")
}

fn without(line: &str) -> String {
    assert!(PROFILE.contains(line), "{line}");
    PROFILE.replace(line, "")
}

#[test]
fn huldt_and_lillevik_has_no_room_for_everything() {
    let refused = |transaction: Transaction<'_>| refused(Receiver::HuldtLillevik, &[transaction], PROFILE);
    let of_fee = |what: &str| format!("Huldt & Lillevik cannot take `fixed_fee` of employee `0104`: {what}");
    assert_eq!(refused(Transaction { employee_number: "123456", ..fee() }), "");
    assert_eq!(
        refused(Transaction { employee_number: "1234567", ..fee() }),
        "Huldt & Lillevik cannot take `fixed_fee` of employee `1234567`: the employee number has more than 6 digits"
    );
    assert_eq!(refused(Transaction { wage_type: "12345", ..fee() }), "");
    assert_eq!(
        refused(Transaction { wage_type: "123456", ..fee() }),
        of_fee("the wage type has more than 5 digits")
    );
    assert_eq!(refused(Transaction { amount: kroner("99999999999.99"), ..fee() }), "");
    assert_eq!(
        refused(Transaction { amount: kroner("100000000000.00"), ..fee() }),
        of_fee("the amount has more than 13 digits")
    );
    let by_quantity = |quantity: &str, rate: &str| Transaction {
        handed_over: HandedOver::QuantityRate(Units {
            quantity: quantity.parse().expect("a number"),
            rate: kroner(rate),
        }),
        ..fee()
    };
    assert_eq!(refused(by_quantity("99999999.99", "99999999.99")), "");
    assert_eq!(refused(by_quantity("100000000", "1.00")), of_fee("the quantity has more than 10 digits"));
    assert_eq!(refused(by_quantity("1", "100000000.00")), of_fee("the rate has more than 10 digits"));
}

#[test]
fn huldt_and_lillevik_takes_negative_amounts_as_the_customer_says() {
    let reduction = Transaction { amount: kroner("-1545.60"), ..fee() };
    let silent = without("negative = \"leading_minus\"");
    assert_eq!(
        refused(Receiver::HuldtLillevik, std::slice::from_ref(&reduction), &silent),
        "Huldt & Lillevik cannot take `fixed_fee` of employee `0104`: the format's description knows no negative \
         amounts, and this one is"
    );
    for (negative, expected) in [("leading_minus", "-000000154560"), ("trailing_minus", "000000154560-")] {
        let receivers = profile(&PROFILE.replace("leading_minus", negative)).receivers;
        let file =
            super::samples::written(Receiver::HuldtLillevik, std::slice::from_ref(&reduction), &receivers);
        assert_eq!(&file[121..134], expected);
    }
}

#[test]
fn fint_wants_the_accounting_string() {
    let without_function =
        Transaction { accounting: AccountingString { function: String::new(), ..fee().accounting }, ..fee() };
    assert_eq!(
        refused(Receiver::Fint, &[fee(), without_function], PROFILE),
        "FINT wants the `function` of every line, and no rule states it"
    );
    let nothing = Transaction { accounting: AccountingString::default(), ..fee() };
    assert_eq!(refused(Receiver::Fint, &[nothing], PROFILE).lines().count(), 3);
    assert_eq!(refused(Receiver::Fint, &transactions(), PROFILE), "");
}

#[test]
fn tripletex_wants_a_month() {
    let message = "Tripletex wants the month of payment, and the regulation does not say it";
    let without_month = without("month = \"2014-07\"");
    assert_eq!(refused(Receiver::Tripletex, &[fee()], &without_month), message);
    let paid = Transaction { paid: Some("2014-07-11".parse().expect("a date")), ..fee() };
    assert_eq!(refused(Receiver::Tripletex, &[paid], &without_month), "");
}

#[test]
fn a_dimension_without_a_text_is_said_once() {
    let profile =
        PROFILE.replace("{ from = \"responsibility\" }", "{ from = \"body\", values = { KST = \"1\" } }");
    let message = |name: &str| format!("`{name}` has no text for a line");
    assert_eq!(refused(Receiver::VismaLonn, &[fee(), fee()], &profile), message("visma_lonn.r1"));
    assert_eq!(refused(Receiver::HuldtLillevik, &[fee()], &profile), message("huldt_lillevik.department"));
    assert_eq!(refused(Receiver::Unimicro, &[fee()], &profile), message("unimicro.department"));
}

#[test]
fn a_receiver_that_is_not_set_up_has_no_file() {
    let bare = "municipality = \"aurland\"\nregulation = \"aurland\"\n";
    for receiver in [Receiver::HuldtLillevik, Receiver::VismaHrm] {
        assert_eq!(refused(receiver, &[fee()], bare), format!("`{}` is not set up", receiver.name()));
    }
}

/// A schema for what the example mapping writes.
const SCHEMA: &str = r#"<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:example:honorar:variable-transactions"
  targetNamespace="urn:example:honorar:variable-transactions" elementFormDefault="qualified">
  <xs:simpleType name="kroner">
    <xs:restriction base="xs:decimal">
      <xs:fractionDigits value="2"/>
      <xs:maxInclusive value="10000"/>
    </xs:restriction>
  </xs:simpleType>
  <xs:element name="VariableTransactions">
    <xs:complexType><xs:sequence>
      <xs:element name="Header">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Municipality" type="xs:string"/>
            <xs:element name="From" type="xs:date"/>
            <xs:element name="To" type="xs:date"/>
            <xs:element name="Count" type="xs:nonNegativeInteger"/>
            <xs:element name="ControlSum" type="xs:decimal"/>
          </xs:sequence>
          <xs:attribute name="sender" type="xs:string" use="required"/>
        </xs:complexType>
      </xs:element>
      <xs:element name="Transactions">
        <xs:complexType><xs:sequence>
          <xs:element name="Transaction" maxOccurs="unbounded">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="Employee">
                  <xs:complexType><xs:sequence><xs:element name="Number" type="xs:string"/></xs:sequence></xs:complexType>
                </xs:element>
                <xs:element name="WageType" type="xs:nonNegativeInteger"/>
                <xs:element name="Date" type="xs:date"/>
                <xs:element name="Quantity" type="xs:decimal" minOccurs="0"/>
                <xs:element name="Rate" type="kroner" minOccurs="0"/>
                <xs:element name="Amount" type="kroner" minOccurs="0"/>
                <xs:element name="Posting">
                  <xs:complexType><xs:sequence>
                    <xs:element name="Account" type="xs:string"/>
                    <xs:element name="Responsibility" type="xs:string"/>
                    <xs:element name="Function" type="xs:string"/>
                    <xs:element name="Project" type="xs:string" minOccurs="0"/>
                  </xs:sequence></xs:complexType>
                </xs:element>
                <xs:element name="Text" type="xs:string" minOccurs="0"/>
              </xs:sequence>
              <xs:attribute name="id" type="xs:string" use="required"/>
            </xs:complexType>
          </xs:element>
        </xs:sequence></xs:complexType>
      </xs:element>
    </xs:sequence></xs:complexType>
  </xs:element>
</xs:schema>
"#;

fn with_schema(transactions: &[Transaction<'_>], schema: &str) -> String {
    let files = hrm_files(&profile(PROFILE).receivers).expect("the example mapping");
    let texts = HrmTexts { schema: Some(("variable.xsd".to_owned(), schema.to_owned())), ..files.texts };
    let files = HrmFiles { texts, ..files };
    refused_with(Receiver::VismaHrm, transactions, PROFILE, Some(&files))
}

#[test]
fn a_file_is_held_against_the_customers_schema() {
    assert_eq!(with_schema(&transactions(), SCHEMA), "");
    assert_eq!(with_schema(&[Transaction { amount: kroner("10000.00"), ..fee() }], SCHEMA), "");
    assert_eq!(
        with_schema(&[Transaction { amount: kroner("10000.01"), ..fee() }], SCHEMA),
        "the schema `variable.xsd` refuses the file, line 17 of the file: Value '…' exceeds maxInclusive 10000",
        "a person's income is not shown"
    );
    let unposted = Transaction { accounting: AccountingString::default(), ..fee() };
    let said = with_schema(&[unposted], SCHEMA);
    let first = "the schema `variable.xsd` refuses the file, line 11 of the file: Expected at least 1 \
                 occurrence(s) of element 'Posting', found 0";
    assert_eq!(said.lines().next(), Some(first), "{said}");
}

#[test]
fn a_schema_that_cannot_be_used_is_said() {
    let because = |what: &str| format!("the schema `variable.xsd` cannot be used: {what}");
    assert_eq!(with_schema(&[fee()], "<xs:schema"), because("Unexpected end of input"));
    assert_eq!(
        with_schema(&[fee()], "not XML at all"),
        because("Well-formedness error at 1:1: Content found outside of root element")
    );
}

#[test]
fn many_refusals_are_counted() {
    let refused = with_schema(&vec![Transaction { amount: kroner("20000.00"), ..fee() }; 25], SCHEMA);
    assert_eq!(refused.lines().count(), 11, "{refused}");
    assert!(refused.ends_with("refuses 15 places more"), "{refused}");
}
