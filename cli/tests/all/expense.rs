//! Claims that are registered in Visma Expense: what the regulation gives for them, that they are never paid
//! here, and that the form of the export does not matter. Sums are worked out by hand.

use std::collections::BTreeMap;
use std::path::Path;

use honorar_engine::Period;
use honorar_intake::{InputFile, Source, read_source};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::tables::{aurland, files_of, records, source, testdata};

const PROFILE: &str = r#"
municipality = "aurland"
regulation = "aurland"

[parameters]
council_member = 10304

[visma_expense]
pay_codes = { 255 = "meeting_fee", 257 = "lost_income_undocumented", 258 = "lost_income_documented", 300 = "stand_in", 310 = "care", 320 = "companion", 460 = "travel_car", 463 = "travel_passenger", 494 = "travel_other" }
ignore = ["512"]
"#;

/// KST-1 is short: 150 minutes, at most 170 × 150 / 60 = 425.00 without and 386 × 150 / 60 = 965.00 with
/// documentation. KST-2 is a whole day: at most 1030.00 and 3091.00.
const ROWS: [(&str, &str); 4] = [
    ("persons", "0101, employed\n0102, self_employed, 480000\n0103, pay_kept\n0104, employed"),
    (
        "offices",
        "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01\n0103, KST, member, 2011-10-01",
    ),
    ("meetings", "KST-1, KST, 2014-02-06, 16:00, 18:30\nKST-2, KST, 2014-03-27, 10:00, 15:00"),
    (
        "attendance",
        "KST-1, 0101, present\nKST-1, 0102, present\nKST-1, 0103, present\nKST-2, 0101, present\nKST-2, 0102, present\nKST-2, 0103, absent_valid\nKST-2, 0104, present, substitute",
    ),
];

const COLUMNS: &str =
    "person_id,claim_id,pay_code,quantity,unit_price,total_value,transaction_date,meeting_id";

/// A basis with rows of Visma Expense, and of other tables.
fn basis(expense: &str, others: &[(&str, &str)]) -> Source {
    let rows: BTreeMap<String, String> =
        ROWS.iter().chain(others).map(|(table, rows)| ((*table).to_owned(), (*rows).to_owned())).collect();
    let mut source = source(&rows, PROFILE);
    let bytes = format!("{COLUMNS}\n{expense}\n").into_bytes();
    source.tables.push(InputFile { name: "visma_expense.csv".to_owned(), bytes });
    source
}

/// `person claim claimed granted` of every claim in Visma Expense, and `person claim amount` of every claim
/// or journey that is paid here.
fn worked_out(source: Source, period: &str) -> (Vec<String>, Vec<String>) {
    let files = files_of(source, period.parse::<Period>().expect("a period"));
    let cells = |row: &BTreeMap<String, String>, columns: &[&str]| {
        columns.iter().map(|column| row[*column].clone()).collect::<Vec<_>>().join(" ")
    };
    let reconciled = records(&files["reconciliation.csv"]).into_iter();
    let reconciled = reconciled.filter(|row| row["record"] == "claim");
    let reconciled = reconciled.map(|row| cells(&row, &["person_id", "claim_id", "claimed", "granted"]));
    let paid = ["lines.csv", "payables.csv"].into_iter().flat_map(|file| records(&files[file]));
    let paid = paid.filter(|row| !row["claim_id"].is_empty());
    let paid = paid.map(|row| cells(&row, &["person_id", "claim_id", "amount"]));
    (reconciled.collect(), paid.collect())
}

/// What is claimed in Visma Expense, in `claims`, and what comes of both.
struct Case {
    name: &'static str,
    expense: &'static [&'static str],
    claims: &'static str,
    reconciled: &'static [&'static str],
    paid: &'static [&'static str],
}

const CASES: [Case; 23] = [
    Case {
        name: "kilometres at the state's rate",
        expense: &["0101,7,460,100,4.05,405.00,2014-02-06"],
        claims: "",
        reconciled: &["0101 7/1 405.00 405.00"],
        paid: &[],
    },
    Case {
        name: "kilometres above the state's rate, below it, and without a price",
        expense: &[
            "0101,7,460,100,4.10,410.00,2014-02-06",
            "0101,8,460,100,4.00,400.00,2014-02-06",
            "0101,9,460,100,,1.00,2014-02-06",
        ],
        claims: "",
        reconciled: &["0101 7/1 410.00 405.00", "0101 8/1 400.00 405.00", "0101 9/1 1.00 405.00"],
        paid: &[],
    },
    Case {
        name: "the half-year's first and last day are in it, the days beside them are not",
        expense: &[
            "0101,1,494,,,10.00,2013-12-31",
            "0101,2,494,,,20.00,2014-01-01",
            "0101,3,494,,,30.00,2014-06-30",
            "0101,4,494,,,40.00,2014-07-01",
        ],
        claims: "",
        reconciled: &["0101 2/1 20.00 20.00", "0101 3/1 30.00 30.00"],
        paid: &[],
    },
    Case {
        name: "the kilometre 10 000 is below the yearly limit",
        expense: &[
            "0101,1,460,5000,,20250.00,2014-01-10",
            "0101,2,460,4999,,20245.95,2014-02-01",
            "0101,3,460,1,,4.05,2014-02-02",
        ],
        claims: "",
        reconciled: &["0101 1/1 20250.00 20250.00", "0101 2/1 20245.95 20245.95", "0101 3/1 4.05 4.05"],
        paid: &[],
    },
    Case {
        name: "the kilometre 10 001 is above it",
        expense: &[
            "0101,1,460,5000,,20250.00,2014-01-10",
            "0101,2,460,5000,,20250.00,2014-02-01",
            "0101,3,460,1,,4.05,2014-02-02",
        ],
        claims: "",
        reconciled: &["0101 1/1 20250.00 20250.00", "0101 2/1 20250.00 20250.00", "0101 3/1 4.05 3.45"],
        paid: &[],
    },
    Case {
        name: "claims here and there share the limit; on one day those there come first",
        expense: &["0101,Z9,460,20,4.05,81.00,2014-02-01"],
        claims: "K1, 0101, travel_car, , 2014-01-10, , 5000\nA1, 0101, travel_car, , 2014-02-01, , 4990",
        // 4980 × 4.05 + 10 × 3.45 = 20203.50
        reconciled: &["0101 Z9/1 81.00 81.00"],
        paid: &["0101 K1 20250.00", "0101 A1 20203.50"],
    },
    Case {
        name: "a passenger",
        expense: &["0101,7,463,42,1.00,42.00,2014-02-06"],
        claims: "",
        reconciled: &["0101 7/1 42.00 42.00"],
        paid: &[],
    },
    Case {
        name: "lost income up to the cap",
        expense: &["0101,7,257,1,425.00,425.00,2014-02-06"],
        claims: "",
        reconciled: &["0101 7/1 425.00 425.00"],
        paid: &[],
    },
    Case {
        name: "lost income an øre above the cap",
        expense: &["0101,7,257,1,425.01,425.01,2014-02-06"],
        claims: "",
        reconciled: &["0101 7/1 425.01 425.00"],
        paid: &[],
    },
    Case {
        name: "the day's cap of a whole day, and an øre above it",
        expense: &["0101,7,257,,,1030.00,2014-03-27", "0102,8,257,,,1030.01,2014-03-27"],
        claims: "",
        reconciled: &["0101 7/1 1030.00 1030.00", "0102 8/1 1030.01 1030.00"],
        paid: &[],
    },
    Case {
        name: "what is registered fills a cap before what is claimed here",
        expense: &["0101,Z9,257,,,425.00,2014-02-06"],
        claims: "A1, 0101, lost_income_undocumented, KST-1, , , , 100",
        reconciled: &["0101 Z9/1 425.00 425.00"],
        paid: &["0101 A1 0.00"],
    },
    Case {
        name: "what it leaves of the cap is for the others",
        expense: &["0101,Z9,257,,,424.99,2014-02-06"],
        claims: "A1, 0101, lost_income_undocumented, KST-1, , , , 100",
        reconciled: &["0101 Z9/1 424.99 424.99"],
        paid: &["0101 A1 0.01"],
    },
    Case {
        name: "two rows of one Claim ID share a cap, in the order of what they say",
        expense: &["0101,7,257,,,400.00,2014-02-06", "0101,7,257,,,300.00,2014-02-06"],
        claims: "",
        reconciled: &["0101 7/1 300.00 300.00", "0101 7/2 400.00 125.00"],
        paid: &[],
    },
    Case {
        name: "undocumented there and as much documented here: the documented sum is paid",
        expense: &["0101,7,257,,,425.00,2014-02-06"],
        claims: "K1, 0101, lost_income_documented, KST-1, , , , 425.00, Attest",
        reconciled: &["0101 7/1 425.00 0.00"],
        paid: &["0101 K1 425.00"],
    },
    Case {
        name: "undocumented there and an øre less documented here",
        expense: &["0101,7,257,,,425.00,2014-02-06"],
        claims: "K1, 0101, lost_income_documented, KST-1, , , , 424.99, Attest",
        reconciled: &["0101 7/1 425.00 425.00"],
        paid: &["0101 K1 0.00"],
    },
    Case {
        name: "documented loss and a stand-in share a cap",
        expense: &["0102,7,258,,,2000.00,2014-03-27", "0102,8,300,,,1200.00,2014-03-27"],
        claims: "",
        reconciled: &["0102 7/1 2000.00 2000.00", "0102 8/1 1200.00 1091.00"],
        paid: &[],
    },
    Case {
        name: "whoever keeps the pay gets no lost income, but care",
        expense: &["0103,7,257,,,425.00,2014-02-06", "0103,8,310,,,350.00,2014-02-06"],
        claims: "",
        reconciled: &["0103 7/1 425.00 0.00", "0103 8/1 350.00 350.00"],
        paid: &[],
    },
    Case {
        name: "care up to the day's cap, and an øre above it",
        expense: &["0101,7,310,,,3091.00,2014-03-27", "0102,8,310,,,3091.01,2014-03-27"],
        claims: "",
        reconciled: &["0101 7/1 3091.00 3091.00", "0102 8/1 3091.01 3091.00"],
        paid: &[],
    },
    Case {
        name: "a fee that follows from the attendance list",
        expense: &["0104,7,255,1,696.00,696.00,2014-03-27"],
        claims: "",
        reconciled: &["0104 7/1 696.00 0.00"],
        paid: &[],
    },
    Case {
        name: "a companion's cost is no payable: the person has it from there",
        expense: &["0101,7,320,3,200.00,600.00,2014-03-27"],
        claims: "",
        reconciled: &["0101 7/1 600.00 600.00"],
        paid: &[],
    },
    Case {
        name: "a meeting that the row names, whatever its day",
        expense: &["0101,7,257,,,1000.00,2014-04-02,KST-2"],
        claims: "",
        reconciled: &["0101 7/1 1000.00 1000.00"],
        paid: &[],
    },
    Case {
        name: "numbers without their leading zeros, and codes with some",
        expense: &["101,7,0460,10,4.05,40.50,2014-02-06"],
        claims: "",
        reconciled: &["0101 7/1 40.50 40.50"],
        paid: &[],
    },
    Case {
        name: "an id that a claim has too",
        expense: &["0101,K,494,,,10.00,2014-02-06", "0101,9,512,,,-3,2014-02-06"],
        claims: "K/1, 0101, travel_other, , 2014-02-07, , , 20, Bill 1",
        reconciled: &["0101 K/1 10.00 10.00"],
        paid: &["0101 K/1 20.00"],
    },
];

#[test]
fn what_the_regulation_gives_for_what_is_registered() {
    for Case { name, expense, claims, reconciled, paid } in CASES {
        let rows = expense.join("\n");
        let found = worked_out(basis(&rows, &[("claims", claims)]), "2014-H1");
        let expected = [reconciled, paid].map(|lines| lines.iter().map(|line| (*line).to_owned()).collect());
        let [reconciled, paid]: [Vec<String>; 2] = expected;
        assert_eq!(found, (reconciled, paid), "{name}");
        let mut backwards: Vec<&str> = expense.to_vec();
        backwards.reverse();
        let other_order = worked_out(basis(&backwards.join("\n"), &[("claims", claims)]), "2014-H1");
        assert_eq!(found, other_order, "{name}, rows in another order");
    }
}

/// Where a fee takes a claim, one in Visma Expense is enough, and a second one here gets nothing.
#[test]
fn a_fee_on_claim_is_taken_by_the_claim_that_is_registered() {
    let mut regulation = aurland();
    let from_attendance = "from_attendance = { value = true";
    assert!(regulation.text.contains(from_attendance));
    regulation.text = regulation.text.replace(from_attendance, "from_attendance = { value = false");
    let claims = [("claims", "A1, 0104, meeting_fee, KST-2")];
    let by_claim = |source: Source| Source { regulation: Some(regulation.clone()), ..source };
    let (reconciled, paid) =
        worked_out(by_claim(basis("0104,Z9,255,1,600.00,600.00,2014-03-27", &claims)), "2014-H1");
    assert_eq!(
        (reconciled, paid),
        (vec!["0104 Z9/1 600.00 696.00".to_owned()], vec!["0104 A1 0.00".to_owned()])
    );
    let (_, paid) = worked_out(by_claim(basis("0101,Z9,494,,,1.00,2014-03-27", &claims)), "2014-H1");
    assert_eq!(paid, ["0104 A1 696.00"], "without one there");
}

/// The guide's section of a profile is read, it has every kind there is, and every column of the file.
#[test]
fn the_guide_says_what_is_read_and_written() {
    let guide = std::fs::read_to_string(testdata().join("../docs/visma-expense.md")).expect("the guide");
    let section =
        guide.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a section");
    let section: String = section.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
    let head = "municipality = \"aurland\"\nregulation = \"aurland\"\n";
    let (_, problems) = honorar_rates::read_profile("honorar.toml", &format!("{head}{section}"));
    assert_eq!(problems, []);
    let wrong = section.replace("travel_car", "nothing");
    let (_, problems) = honorar_rates::read_profile("honorar.toml", &format!("{head}{wrong}"));
    for kind in problems[0].expected.as_deref().expect("the kinds").split(", ") {
        assert!(guide.contains(kind), "{kind}");
    }
    let files = files_of(
        Source::find(&testdata().join("visma-expense"), None),
        "2014-H1".parse::<Period>().expect("a period"),
    );
    let text = String::from_utf8(files["reconciliation.csv"].clone()).expect("UTF-8");
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let named: Vec<&str> = rows.flat_map(|columns| columns.split(", ")).collect();
    for column in text.lines().next().expect("headings").split(',') {
        assert!(named.contains(&column), "{column}");
    }
}

/// What the problems of a basis are, by their codes.
fn codes(expense: &str, others: &[(&str, &str)]) -> Vec<&'static str> {
    read_source(basis(expense, others)).problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn the_same_claimed_here_and_there_is_a_warning() {
    let there = "0101,7,460,40,4.05,162.00,2014-02-06\n0101,7,494,,,120.00,2014-02-06";
    let cases: [(&str, &str, &[&str]); 10] = [
        ("claims", "K1, 0101, travel_car, , 2014-02-06, , 40", &["claimed_twice"]),
        ("claims", "K1, 0101, travel_car, , 2014-02-06, , 40.01", &[]),
        ("claims", "K1, 0101, travel_car, , 2014-02-07, , 40", &[]),
        ("claims", "K1, 0102, travel_car, , 2014-02-06, , 40", &[]),
        ("claims", "K1, 0101, travel_passenger, , 2014-02-06, , 40", &[]),
        ("claims", "K1, 0101, travel_other, , 2014-02-06, , , 120.00, Bill 1", &["claimed_twice"]),
        ("claims", "K1, 0101, travel_other, , 2014-02-06, , , 120.01, Bill 1", &[]),
        ("trips", "T1, 0101, 2014-02-06 08:00, 2014-02-06 12:00, , car, 40", &["claimed_twice"]),
        ("trips", "T1, 0101, 2014-02-06 08:00, 2014-02-06 12:00, , car, 41", &[]),
        ("trips", "T1, 0101, 2014-02-06 08:00, 2014-02-06 12:00, , public, 40", &[]),
    ];
    for (table, row, expected) in cases {
        assert_eq!(codes(there, &[(table, row)]), expected, "{row}");
    }
    let passenger = "0101,7,463,40,1.00,40.00,2014-02-06";
    let with = "T1, 0101, 2014-02-05 08:00, 2014-02-07 12:00, , car, 40, 1, , 2";
    assert_eq!(codes(passenger, &[("trips", with)]), ["claimed_twice"], "on a day of the journey");
    assert_eq!(codes(passenger, &[("trips", &with.replace("40, 1", "40, 0"))]), [""; 0]);
}

#[test]
fn what_is_registered_is_in_no_file_that_pays() {
    let files = files_of(
        Source::find(&testdata().join("visma-expense"), None),
        "2014-H1".parse::<Period>().expect("a period"),
    );
    for file in ["lines.csv", "payables.csv", "visma-lonn.csv", "visma-lonn.receipt.csv"] {
        let text = String::from_utf8(files[file].clone()).expect("UTF-8");
        for claim in ["1207", "1215", "1216", "1220", "1231", "1232", "170.10", "700.00"] {
            assert!(!text.contains(claim), "{file} has {claim}");
        }
    }
    let record: serde_json::Value = serde_json::from_slice(&files["run.json"]).expect("JSON");
    assert_eq!(record["control_total"], "16314.00");
    let expected = serde_json::json!({
        "people": 4, "claims": 9, "differing": 4,
        "claimed": "3251.10", "granted": "2645.60", "difference": "605.50"
    });
    assert_eq!(record["reconciliation"], expected);
    let tables = record["content"].as_array().expect("the tables");
    assert!(tables.iter().any(|table| table["table"] == "visma_expense"));
}

/// The rows of the export in `testdata/visma-expense`, headings first.
fn export() -> Vec<Vec<String>> {
    let text =
        std::fs::read_to_string(testdata().join("visma-expense/visma_expense.csv")).expect("the export");
    text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

fn delimited(rows: &[Vec<String>], separator: &str) -> Vec<u8> {
    let cell = |cell: &String| {
        if cell.contains(separator) { format!("\"{cell}\"") } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(separator) + "\r\n";
    rows.iter().map(line).collect::<String>().into_bytes()
}

/// The numbers and dates of a row as an English program writes them.
fn english(row: &[String]) -> Vec<String> {
    let of_cell = |(column, cell): (usize, &String)| match column {
        5..=7 | 9 | 11 => cell.replace(' ', "").replace(',', "."),
        3 | 15 if cell.len() == 10 && cell.contains('.') => {
            let parts: Vec<&str> = cell.split('.').rev().collect();
            parts.join("-")
        }
        _ => cell.clone(),
    };
    row.iter().enumerate().map(of_cell).collect()
}

/// A workbook of one sheet, with real numbers and dates.
fn workbook(sheet: &str, rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let mut worksheet = Worksheet::new();
    worksheet.set_name(sheet).expect("a name");
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(english(cells)) {
            let result = if let Ok(number) = cell.parse::<rust_decimal::Decimal>() {
                worksheet.write(row, column, number)
            } else if let Ok(moment) = ExcelDateTime::parse_from_str(&cell)
                && matches!(column, 3 | 15)
            {
                worksheet.write_datetime_with_format(row, column, &moment, &date)
            } else {
                worksheet.write_string(row, column, cell)
            };
            result.expect("a cell");
        }
    }
    workbook.push_worksheet(worksheet);
    workbook.save_to_buffer().expect("a workbook")
}

/// The basis of `testdata/visma-expense` with another file for its export.
fn with_export(name: &str, bytes: Vec<u8>) -> Source {
    let mut source = Source::find(&testdata().join("visma-expense"), None);
    source.tables.retain(|file| file.name != "visma_expense.csv");
    source.tables.push(InputFile { name: name.to_owned(), bytes });
    source
}

#[test]
fn the_form_of_the_export_does_not_matter() {
    let rows = export();
    let without_headings = rows[1..].to_vec();
    let in_english: Vec<Vec<String>> = rows.iter().map(|row| english(row)).collect();
    let mut backwards = without_headings.clone();
    backwards.reverse();
    let mut columns_backwards = rows.clone();
    for row in &mut columns_backwards {
        row.reverse();
    }
    let mut in_norwegian = rows.clone();
    in_norwegian[0] = "Ansattnr;Kravnr;Beskrivelse;Overføringsdato;Lønnsart;Antall;Enhetspris;Totalbeløp;Debetkonto;Debetbeløp;Kreditkonto;Kreditbeløp;mva-kode;Kostnadsbærer 1;Kostnadsbærer 2;Transaksjonsdato"
        .split(';')
        .map(str::to_owned)
        .collect();
    let mut more_cost_units = without_headings.clone();
    for row in &mut more_cost_units {
        row.splice(13..13, ["1".to_owned(), "2".to_owned()]);
    }
    let mut no_cost_units = without_headings.clone();
    for row in &mut no_cost_units {
        row.drain(13..15);
    }
    let csv = delimited(&rows, ";");
    let text = String::from_utf8(csv.clone()).expect("UTF-8");
    let latin: Vec<u8> =
        text.chars().map(|c| u8::try_from(u32::from(c)).expect("a Norwegian letter")).collect();
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let forms = [
        ("visma_expense.csv", csv),
        ("Visma Expense.csv", delimited(&rows, ",")),
        ("visma_expense.tsv", delimited(&rows, "\t")),
        ("visma_expense.txt", delimited(&in_english, ",")),
        ("visma_expense.csv", delimited(&without_headings, ";")),
        ("visma_expense.csv", delimited(&without_headings, ",")),
        ("visma_expense.csv", delimited(&in_english[1..], ",")),
        ("visma_expense.csv", delimited(&in_english[1..], "\t")),
        ("visma_expense.csv", delimited(&backwards, ";")),
        ("visma_expense.csv", delimited(&columns_backwards, ";")),
        ("visma_expense.csv", delimited(&in_norwegian, ";")),
        ("visma_expense.csv", delimited(&more_cost_units, ";")),
        ("visma_expense.csv", delimited(&no_cost_units, ";")),
        ("visma_expense.csv", latin),
        ("visma_expense.csv", utf_16),
        ("expense.xlsx", workbook("Visma Expense", &rows)),
        ("expense.xlsx", workbook("visma_expense", &without_headings)),
    ];
    let period: Period = "2014-H1".parse().expect("a period");
    let of_run = |source: Source| {
        let mut files = files_of(source, period);
        let record: serde_json::Value = serde_json::from_slice(&files["run.json"]).expect("JSON");
        files.insert("content".to_owned(), record["content"].to_string().into_bytes());
        files
    };
    let first = of_run(Source::find(&testdata().join("visma-expense"), None));
    let same = |files: BTreeMap<String, Vec<u8>>, what: &str| {
        for file in ["lines.csv", "payables.csv", "visma-lonn.csv", "reconciliation.csv", "content"] {
            assert_eq!(files[file], first[file], "{what}: {file}");
        }
    };
    for (number, (name, bytes)) in forms.into_iter().enumerate() {
        same(of_run(with_export(name, bytes)), &format!("form {number}, {name}"));
    }
    let outside = tempfile::tempdir().expect("a folder");
    let exports = [
        ("eksport.csv", delimited(&rows, ";")),
        ("2014-06.xlsx", workbook("Ark1", &rows)),
        ("2014-06-without.xlsx", workbook("Ark1", &without_headings)),
    ];
    for (name, bytes) in exports {
        let path = outside.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let mut source = Source::find(&testdata().join("visma-expense"), None);
        source.tables.retain(|file| file.name != "visma_expense.csv");
        same(of_run(source.with_expense(&path)), name);
    }
}

/// What is wrong with an export that lies elsewhere.
fn problems_of_export(path: &Path) -> Vec<&'static str> {
    let mut source = Source::find(&testdata().join("visma-expense"), None);
    source.tables.retain(|file| file.name != "visma_expense.csv");
    read_source(source.with_expense(path)).problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn an_export_that_cannot_be_read_is_an_error() {
    let outside = tempfile::tempdir().expect("a folder");
    let path = |name: &str| outside.path().join(name);
    assert_eq!(problems_of_export(&path("missing.csv")), ["unreadable"]);
    assert_eq!(problems_of_export(&path("export.pdf")), ["no_export"]);
    let mut two_sheets = Workbook::new();
    two_sheets
        .add_worksheet()
        .set_name("Ark1")
        .expect("a name")
        .write_string(0, 0, "Employee")
        .expect("a cell");
    two_sheets.add_worksheet().set_name("Ark2").expect("a name");
    std::fs::write(path("two.xlsx"), two_sheets.save_to_buffer().expect("a workbook")).expect("a file");
    assert_eq!(problems_of_export(&path("two.xlsx")), ["no_export", "no_table", "no_table"]);
    std::fs::write(path("broken.xlsx"), b"no workbook").expect("a file");
    assert_eq!(problems_of_export(&path("broken.xlsx")), ["unreadable"]);
    std::fs::write(path("beside.csv"), delimited(&export(), ";")).expect("a file");
    let beside = Source::find(&testdata().join("visma-expense"), None).with_expense(&path("beside.csv"));
    let codes: Vec<&str> = read_source(beside).problems.iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"double_table"), "{codes:?}");
}
