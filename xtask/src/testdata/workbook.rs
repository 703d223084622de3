//! The tables as a secretary keeps them: one workbook, a sheet for each, nynorsk throughout, columns in an order
//! of their own, and the unevenness that comes with typing by hand.

use super::Result;
use super::basis::{Basis, Rows};
use super::nynorsk::{Choice, Column, Kind, date_parts, kroner, time_parts};
use chrono::{Datelike, NaiveDate, Weekday};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

/// A sheet: the table it holds, its columns from left to right, and its habits.
struct Sheet {
    table: &'static str,
    title: &'static str,
    places: &'static [Place],
    /// Employee numbers are number cells, without leading zeros.
    bare_ids: bool,
    /// Dates are text.
    text_dates: bool,
    /// Kroner are text.
    text_money: bool,
    /// A blank row before the rows where this column's value, up to this many characters, is a new one.
    gap: Option<(&'static str, usize)>,
}

/// What stands in a sheet's column.
enum Place {
    /// A column of the table, by its canonical name, under one of its headings.
    Of(&'static str, Choice),
    /// The weekday of the meeting's date: no part of the table.
    Weekday,
    /// Remarks, by the table's key: no part of the table.
    Remark,
}

use Choice::{First, Other};
use Place::{Of, Remark, Weekday as DayName};

const SHEETS: &[Sheet] = &[
    Sheet {
        table: "persons",
        title: "Personar",
        places: &[
            Of("person_id", First),
            Of("name", First),
            Of("group", Other),
            Of("employer", First),
            Of("employment", First),
            Of("annual_net_income", First),
        ],
        bare_ids: false,
        text_dates: false,
        text_money: false,
        gap: None,
    },
    Sheet {
        table: "bodies",
        title: "Organ",
        places: &[
            Of("body", First),
            Of("name", First),
            Of("seats", First),
            Of("elected_by", First),
            Of("class", First),
            Of("sits_as", First),
            Of("paid_by", First),
        ],
        bare_ids: false,
        text_dates: false,
        text_money: false,
        gap: None,
    },
    Sheet {
        table: "offices",
        title: "Verv",
        places: &[
            Of("body", Other),
            Of("person_id", First),
            Of("role", First),
            Of("from", First),
            Of("to", First),
        ],
        bare_ids: true,
        text_dates: true,
        text_money: false,
        gap: Some(("body", usize::MAX)),
    },
    Sheet {
        table: "leave",
        title: "Permisjonar",
        places: &[
            Of("person_id", First),
            Of("from", First),
            Of("to", First),
            Of("paid", First),
            Of("body", Other),
            Of("role", First),
        ],
        bare_ids: false,
        text_dates: false,
        text_money: false,
        gap: None,
    },
    Sheet {
        table: "meetings",
        title: "Møte",
        places: &[
            Of("date", First),
            DayName,
            Of("meeting_id", First),
            Of("body", Other),
            Of("start", First),
            Of("end", First),
            Of("group_meeting", First),
            Of("form", First),
        ],
        bare_ids: false,
        text_dates: false,
        text_money: false,
        gap: Some(("date", "2014-01".len())),
    },
    Sheet {
        table: "attendance",
        title: "Frammøte",
        places: &[
            Of("meeting_id", First),
            Of("person_id", First),
            Of("status", Other),
            Of("substitute_for", First),
            Of("capacity", First),
            Of("extent", First),
            Of("arrived", First),
            Of("left", First),
            Of("travel_minutes", First),
            Remark,
        ],
        bare_ids: false,
        text_dates: false,
        text_money: false,
        gap: Some(("meeting_id", usize::MAX)),
    },
    Sheet {
        table: "claims",
        title: "Krav",
        places: &[
            Of("claim_id", First),
            Of("received", First),
            Of("person_id", First),
            Of("kind", Other),
            Of("date", First),
            Of("meeting_id", First),
            Of("amount", First),
            Of("quantity", First),
            Of("document", First),
            Of("day_off", First),
            Of("supplier", First),
            Of("supplier_account", First),
            Remark,
        ],
        bare_ids: false,
        text_dates: false,
        text_money: true,
        gap: None,
    },
    Sheet {
        table: "trips",
        title: "Reiser",
        places: &[
            Of("trip_id", First),
            Of("person_id", First),
            Of("departure", First),
            Of("return", First),
            Of("vehicle", First),
            Of("km", First),
            Of("forest_km", First),
            Of("passengers", First),
            Of("nights", First),
            Of("lodging", First),
            Of("breakfasts", First),
            Of("lunches", First),
            Of("dinners", First),
            Of("meeting_id", First),
        ],
        bare_ids: false,
        text_dates: false,
        text_money: false,
        gap: None,
    },
];

/// Remarks: the table, the first two cells of the row, the remark.
const REMARKS: &[(&str, [&str; 2], &str)] = &[
    ("attendance", ["KST-05", "0104"], "kom til sak 33/14"),
    ("attendance", ["KST-05", "0119"], "sat til 0104 kom, gjorde ferdig saka"),
    ("attendance", ["KST-05", "0120"], "innkalla som leiar i KU"),
    ("attendance", ["KST-07", "0132"], "møtte i sak 61/14"),
    ("attendance", ["FSK-06", "0102"], "ugild i sak 28/14"),
    ("attendance", ["FSK-06", "0110"], "berre sak 28/14"),
    ("attendance", ["PLU-03", "0106"], "ugild i sak 17/14"),
    ("attendance", ["PLU-03", "0134"], "berre sak 17/14"),
    ("attendance", ["ELD-06", "0136"], "berre sak 19/14"),
    ("claims", ["K10", "0118"], "dato manglar på skjemaet"),
    ("claims", ["K15", "0105"], "turnus, fri denne dagen"),
    ("claims", ["K25", "0105"], "vanleg arbeidsdag"),
    ("claims", ["K69", "0103"], "buss til kurs i Sogndal"),
    ("claims", ["K126", "0101"], "desember"),
];

const GUIDANCE: &[&str] = &[
    "Lønnsgrunnlag for folkevalde 2014",
    "",
    "Alle namn i arbeidsboka er oppdikta.",
    "",
    "Personar: éi linje for kvar som kan få utbetaling. Tilsettnr er det same som i lønnssystemet.",
    "Verv: éi linje for kvart verv. Tomt felt under «til» tyder at vervet varer ved.",
    "Møte og frammøte: førast frå møteboka seinast veka etter møtet.",
    "Krav: førast når skjemaet er motteke. Bilag skal vere nummererte.",
    "Klokkeslett: sluttid etter midnatt høyrer til møtet kvelden før.",
];

/// The workbook's bytes.
pub(crate) fn bytes(basis: &Basis) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Lønnsgrunnlag 2014")
            .set_author("Politisk sekretariat")
            .set_creation_datetime(&ExcelDateTime::from_ymd(2015, 1, 12)?.and_hms(9, 0, 0)?),
    );
    guidance(workbook.add_worksheet())?;
    let formats = Formats::new();
    for sheet in SHEETS {
        write_sheet(workbook.add_worksheet(), sheet, basis.rows(sheet.table)?, &formats)
            .map_err(|error| format!("sheet {}: {error}", sheet.title))?;
    }
    Ok(workbook.save_to_buffer()?)
}

struct Formats {
    heading: Format,
    date: Format,
    time: Format,
    money: Format,
    text: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            heading: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x00DD_E8F3))
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter),
            date: Format::new().set_num_format("dd.mm.yyyy"),
            time: Format::new().set_num_format("hh:mm"),
            money: Format::new().set_num_format("#,##0.00"),
            text: Format::new().set_num_format("@"),
        }
    }
}

fn guidance(worksheet: &mut Worksheet) -> Result<()> {
    worksheet.set_name("Rettleiing")?.set_column_width(0, 100)?;
    let bold = Format::new().set_bold().set_font_size(14);
    for (row, line) in (0..).zip(GUIDANCE) {
        if row == 0 {
            worksheet.write_string_with_format(row, 0, *line, &bold)?;
        } else if !line.is_empty() {
            worksheet.write_string(row, 0, *line)?;
        }
    }
    Ok(())
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet, rows: &Rows, formats: &Formats) -> Result<()> {
    worksheet.set_name(sheet.title)?.set_freeze_panes(1, 0)?.set_landscape();
    let remarks = Remarks::of(sheet, rows)?;
    let gap = sheet.gap.map(|(column, width)| rows.column(column).map(|(at, _)| (at, width)));
    let gap = gap.transpose()?;

    for (col, place) in (0_u16..).zip(sheet.places) {
        let source = match place {
            Of(name, _) => Some(rows.column(name)?),
            DayName => Some(rows.column("date")?),
            Remark => None,
        };
        let heading = capitalized(match (place, source) {
            (Of(_, choice), Some((_, column))) => column.heading(*choice),
            (DayName, _) => "vekedag",
            _ => "merknad",
        })
        .replace('_', " ");
        let mut width = heading.chars().count() + 3;
        worksheet.write_string_with_format(0, col, heading, &formats.heading)?;

        let mut row = 0;
        let mut before: Option<&str> = None;
        for (index, cells) in rows.rows.iter().enumerate() {
            row += 1;
            if let Some((at, length)) = gap {
                let value = cells[at].get(..length).unwrap_or(&cells[at]);
                if before.is_some_and(|before| before != value) {
                    if col == 0 && row % 3 == 0 {
                        // Looks empty, and is not.
                        worksheet.write_string(row, col, "  ")?;
                    }
                    row += 1;
                }
                before = Some(value);
            }
            let shown = match (place, source) {
                (Of(_, choice), Some((at, column))) => {
                    let shown = shown(sheet, column, *choice, &cells[at], index)?;
                    Some(shown)
                }
                (DayName, Some((at, _))) => Some(Shown::Plain(weekday(&cells[at])?.to_owned())),
                _ => remarks.on(index).map(|remark| Shown::Plain(remark.to_owned())),
            };
            if let Some(shown) = shown {
                width = width.max(shown.width() + 2);
                shown.write(worksheet, (row, col), formats)?;
            }
        }
        worksheet.set_column_width(col, u16::try_from(width.min(44))?)?;
        if usize::from(col) + 1 == sheet.places.len() {
            worksheet.autofilter(0, 0, row, col)?;
        }
    }
    Ok(())
}

/// A cell as it is put into the sheet.
enum Shown {
    Blank,
    Plain(String),
    /// A cell whose format is text.
    Text(String),
    Number(String),
    Money(String),
    Date(u16, u8, u8),
    Time(u16, u8),
}

fn shown(sheet: &Sheet, column: &Column, choice: Choice, value: &str, index: usize) -> Result<Shown> {
    if value.is_empty() {
        return Ok(Shown::Blank);
    }
    Ok(match column.kind {
        Kind::Text => Shown::Plain(with_blanks(column, value, index)),
        Kind::Person if sheet.bare_ids => Shown::Number(value.trim_start_matches('0').to_owned()),
        Kind::Person => Shown::Text(value.to_owned()),
        Kind::Count | Kind::Number => Shown::Number(value.to_owned()),
        Kind::Money if sheet.text_money => Shown::Plain(match index % 3 {
            0 => format!("kr {}", kroner(value, " ")?),
            1 => kroner(value, " ")?,
            _ => kroner(value, "\u{a0}")?,
        }),
        Kind::Money => Shown::Money(value.to_owned()),
        Kind::Date => {
            let (year, month, day) = date_parts(value)?;
            if sheet.text_dates {
                Shown::Plain(format!("{day:02}.{month:02}.{year}"))
            } else {
                Shown::Date(year, month, day)
            }
        }
        Kind::Time => {
            let (hour, minute) = time_parts(value)?;
            if ["end", "arrived"].contains(&column.canonical) {
                Shown::Plain(format!("{hour:02}.{minute:02}"))
            } else {
                Shown::Time(hour, minute)
            }
        }
        Kind::Word(_) => {
            let word = column.word(value, choice)?;
            // Some words are typed as a sentence begins; one without a translation stays as it is.
            let word = if index % 4 == 1 && word != value { capitalized(word) } else { word.to_owned() };
            Shown::Plain(with_blanks(column, &word, index))
        }
    })
}

impl Shown {
    fn width(&self) -> usize {
        match self {
            Self::Blank => 0,
            Self::Plain(text) | Self::Text(text) => text.chars().count(),
            Self::Number(number) => number.len(),
            Self::Money(number) => number.len() + 5,
            Self::Date(..) => 10,
            Self::Time(..) => 5,
        }
    }

    fn write(&self, worksheet: &mut Worksheet, at: (u32, u16), formats: &Formats) -> Result<()> {
        let (row, col) = at;
        match self {
            Self::Blank => {}
            Self::Plain(text) => {
                worksheet.write_string(row, col, text)?;
            }
            Self::Text(text) => {
                worksheet.write_string_with_format(row, col, text, &formats.text)?;
            }
            Self::Number(number) => {
                worksheet.write_number(row, col, number_cell(number)?)?;
            }
            Self::Money(number) => {
                let number = number_cell(number)?;
                worksheet.write_number_with_format(row, col, number, &formats.money)?;
            }
            Self::Date(year, month, day) => {
                let date = ExcelDateTime::from_ymd(*year, *month, *day)?;
                worksheet.write_datetime_with_format(row, col, &date, &formats.date)?;
            }
            Self::Time(hour, minute) => {
                let time = ExcelDateTime::from_hms(*hour, *minute, 0)?;
                worksheet.write_datetime_with_format(row, col, &time, &formats.time)?;
            }
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_types, reason = "the file format has no other number cells")]
fn number_cell(number: &str) -> Result<f64> {
    Ok(number.parse()?)
}

/// Blanks that a hand left behind in some cells, an ordinary one or a no-break one.
fn with_blanks(column: &Column, value: &str, index: usize) -> String {
    let blanks = match (column.canonical, index % 11) {
        ("name" | "status" | "document", 4) => " ",
        ("name" | "group" | "kind", 7) => "\u{a0}",
        ("body", 9) => "  ",
        _ => "",
    };
    format!("{value}{blanks}")
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

fn weekday(date: &str) -> Result<&'static str> {
    let (year, month, day) = date_parts(date)?;
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        .ok_or_else(|| format!("{date} is no date"))?;
    Ok(match date.weekday() {
        Weekday::Mon => "måndag",
        Weekday::Tue => "tysdag",
        Weekday::Wed => "onsdag",
        Weekday::Thu => "torsdag",
        Weekday::Fri => "fredag",
        Weekday::Sat => "laurdag",
        Weekday::Sun => "sundag",
    })
}

/// The remarks of one sheet, by the row's place in the table.
struct Remarks(Vec<(usize, &'static str)>);

impl Remarks {
    /// A remark that finds no row is an error.
    fn of(sheet: &Sheet, rows: &Rows) -> Result<Self> {
        let mut found = Vec::new();
        for (_, key, remark) in REMARKS.iter().filter(|(table, ..)| *table == sheet.table) {
            let index = rows
                .rows
                .iter()
                .position(|row| row[0] == key[0] && row[1] == key[1])
                .ok_or_else(|| format!("no row for the remark on {}", key.join(", ")))?;
            found.push((index, *remark));
        }
        Ok(Self(found))
    }

    fn on(&self, index: usize) -> Option<&'static str> {
        self.0.iter().find(|(at, _)| *at == index).map(|(_, remark)| *remark)
    }
}
