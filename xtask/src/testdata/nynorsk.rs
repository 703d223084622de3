//! Nynorsk words for tables, headings and values. They are written down here on their own, not taken from the
//! program, whose vocabulary the derived files test. A heading or value without a nynorsk word stays as it is.

use super::Result;

/// A table, its nynorsk name and its columns in canonical order.
pub(crate) struct Table {
    pub(crate) canonical: &'static str,
    pub(crate) nynorsk: &'static str,
    pub(crate) columns: &'static [Column],
}

/// A column: its canonical heading, a nynorsk one, another nynorsk one (the same where there is none), and what
/// stands in its cells.
pub(crate) struct Column {
    pub(crate) canonical: &'static str,
    pub(crate) nynorsk: &'static str,
    pub(crate) other: &'static str,
    pub(crate) kind: Kind,
}

/// What stands in a column's cells.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Anything.
    Text,
    /// An employee number, with its leading zeros.
    Person,
    /// `2014-03-06`.
    Date,
    /// `18:00`.
    Time,
    /// A whole number.
    Count,
    /// Kroner, with a decimal point or none.
    Money,
    /// A number that may have decimals.
    Number,
    /// One of these words.
    Word(&'static [Word]),
}

/// A value, a nynorsk word for it, and another (the same where there is none).
pub(crate) struct Word {
    canonical: &'static str,
    nynorsk: &'static str,
    other: &'static str,
}

/// Which of two nynorsk words to take where there are two.
#[derive(Clone, Copy)]
pub(crate) enum Choice {
    First,
    Other,
}

impl Column {
    /// The heading.
    pub(crate) fn heading(&self, choice: Choice) -> &'static str {
        match choice {
            Choice::First => self.nynorsk,
            Choice::Other => self.other,
        }
    }

    /// The nynorsk word for a value of a column of words. An empty cell stays empty.
    pub(crate) fn word(&self, value: &str, choice: Choice) -> Result<&'static str> {
        let Kind::Word(words) = self.kind else {
            return Err(format!("{} is no column of words", self.canonical).into());
        };
        if value.is_empty() {
            return Ok("");
        }
        words
            .iter()
            .find(|word| word.canonical == value)
            .map(|word| match choice {
                Choice::First => word.nynorsk,
                Choice::Other => word.other,
            })
            .ok_or_else(|| format!("{}: no word for {value}", self.canonical).into())
    }
}

const fn column(canonical: &'static str, nynorsk: &'static str, kind: Kind) -> Column {
    Column { canonical, nynorsk, other: nynorsk, kind }
}

const fn column_or(
    canonical: &'static str,
    nynorsk: &'static str,
    other: &'static str,
    kind: Kind,
) -> Column {
    Column { canonical, nynorsk, other, kind }
}

/// A column whose heading has no nynorsk word.
const fn same(canonical: &'static str, kind: Kind) -> Column {
    column(canonical, canonical, kind)
}

const fn word(canonical: &'static str, nynorsk: &'static str) -> Word {
    Word { canonical, nynorsk, other: nynorsk }
}

const fn word_or(canonical: &'static str, nynorsk: &'static str, other: &'static str) -> Word {
    Word { canonical, nynorsk, other }
}

const YES_NO: Kind = Kind::Word(&[word("yes", "ja"), word("no", "nei")]);

const EMPLOYMENT: Kind = Kind::Word(&[
    word("employed", "tilsett"),
    word("self_employed", "sjølvstendig"),
    word("no_fixed_pay", "utan fast løn"),
    word("pay_kept", "held løna"),
    word("none", "ingen"),
]);

const ROLE: Kind = Kind::Word(&[
    word("mayor", "ordførar"),
    word("deputy_mayor", "varaordførar"),
    word("acting_mayor", "fungerande ordførar"),
    word("leader", "leiar"),
    word("deputy_leader", "nestleiar"),
    word("member", "medlem"),
    word("substitute", "vara"),
]);

const FORM: Kind =
    Kind::Word(&[word("in_person", "fysisk"), word("video", "video"), word("phone", "telefon")]);

const STATUS: Kind = Kind::Word(&[
    word_or("present", "til stades", "møtt"),
    word("absent_valid", "gyldig forfall"),
    word("absent_invalid", "ugyldig forfall"),
]);

const CAPACITY: Kind = Kind::Word(&[
    word("member", "medlem"),
    word("substitute", "vara"),
    word("summoned", "innkalla"),
    word("ex_officio", "i kraft av stilling"),
    word("employee_representative", "tilsettrepresentant"),
]);

const EXTENT: Kind = Kind::Word(&[word("whole", "heile"), word("some_cases", "einskildsaker")]);

const CLAIM: Kind = Kind::Word(&[
    word("lost_income_undocumented", "ulegitimert tap"),
    word("lost_income_documented", "legitimert tap"),
    word_or("stand_in", "avløysar", "vikar"),
    word_or("care", "barnepass", "omsorg"),
    word("companion", "ledsagar"),
    word("travel_car", "køyring"),
    word("travel_passenger", "passasjer"),
    word("travel_other", "anna reise"),
    word("employer_refund", "refusjon arbeidsgjevar"),
    word("after_pay", "after_pay"),
]);

const PERSON_ID: Column = column("person_id", "tilsettnr", Kind::Person);
const BODY: Column = column_or("body", "organ", "utval", Kind::Text);
const ROLE_COLUMN: Column = column("role", "rolle", ROLE);
const FROM: Column = column("from", "frå", Kind::Date);
const TO: Column = column("to", "til", Kind::Date);
const MEETING_ID: Column = column("meeting_id", "møtenr", Kind::Text);

/// Every table of the basis.
pub(crate) const TABLES: &[Table] = &[
    Table {
        canonical: "persons",
        nynorsk: "personar",
        columns: &[
            PERSON_ID,
            column("name", "namn", Kind::Text),
            column_or("group", "gruppe", "parti", Kind::Text),
            column("employment", "arbeidsforhold", EMPLOYMENT),
            column("annual_net_income", "årleg netto inntekt", Kind::Money),
            column("employer", "arbeidsgjevar", Kind::Text),
        ],
    },
    Table {
        canonical: "bodies",
        nynorsk: "organ",
        columns: &[
            BODY,
            column("name", "namn", Kind::Text),
            same("class", Kind::Text),
            same("seats", Kind::Count),
            same("elected_by", Kind::Text),
            same("sits_as", Kind::Text),
            same("paid_by", Kind::Text),
        ],
    },
    Table { canonical: "offices", nynorsk: "verv", columns: &[PERSON_ID, BODY, ROLE_COLUMN, FROM, TO] },
    Table {
        canonical: "leave",
        nynorsk: "permisjonar",
        columns: &[PERSON_ID, BODY, ROLE_COLUMN, FROM, TO, column("paid", "løna", YES_NO)],
    },
    Table {
        canonical: "meetings",
        nynorsk: "møte",
        columns: &[
            MEETING_ID,
            BODY,
            column("date", "dato", Kind::Date),
            column("start", "start", Kind::Time),
            column("end", "slutt", Kind::Time),
            column("form", "form", FORM),
            column("group_meeting", "gruppemøte", YES_NO),
        ],
    },
    Table {
        canonical: "attendance",
        nynorsk: "frammøte",
        columns: &[
            MEETING_ID,
            PERSON_ID,
            column("status", "status", STATUS),
            column("capacity", "eigenskap", CAPACITY),
            column("extent", "omfang", EXTENT),
            column("arrived", "kom", Kind::Time),
            column("left", "gjekk", Kind::Time),
            column("travel_minutes", "reisetid", Kind::Count),
            column("substitute_for", "vara for", Kind::Person),
        ],
    },
    Table {
        canonical: "claims",
        nynorsk: "krav",
        columns: &[
            column("claim_id", "kravnr", Kind::Text),
            PERSON_ID,
            column("kind", "type", CLAIM),
            MEETING_ID,
            column("date", "dato", Kind::Date),
            column("received", "motteke", Kind::Date),
            column("quantity", "tal", Kind::Number),
            column("amount", "beløp", Kind::Money),
            column("document", "bilag", Kind::Text),
            column("day_off", "fridag", YES_NO),
            same("supplier", Kind::Text),
            same("supplier_account", Kind::Text),
        ],
    },
    Table {
        canonical: "trips",
        nynorsk: "reiser",
        columns: &[
            same("trip_id", Kind::Text),
            PERSON_ID,
            same("departure", Kind::Text),
            same("return", Kind::Text),
            MEETING_ID,
            same("vehicle", Kind::Text),
            same("km", Kind::Number),
            same("passengers", Kind::Count),
            same("forest_km", Kind::Number),
            same("nights", Kind::Count),
            same("lodging", Kind::Text),
            same("breakfasts", Kind::Count),
            same("lunches", Kind::Count),
            same("dinners", Kind::Count),
        ],
    },
];

/// `1234.5` as `1 234,50`, with `gap` between the thousands.
pub(crate) fn kroner(canonical: &str, gap: &str) -> Result<String> {
    let (whole, fraction) = canonical.split_once('.').unwrap_or((canonical, ""));
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) || fraction.len() > 2 {
        return Err(format!("{canonical} is no amount").into());
    }
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push_str(gap);
        }
        text.push(digit);
    }
    Ok(format!("{text},{fraction:0<2}"))
}

/// Year, month and day of `2014-03-06`.
pub(crate) fn date_parts(canonical: &str) -> Result<(u16, u8, u8)> {
    let mut parts = canonical.splitn(3, '-');
    let mut part = || parts.next().ok_or_else(|| format!("{canonical} is no date"));
    Ok((part()?.parse()?, part()?.parse()?, part()?.parse()?))
}

/// Hour and minute of `18:00`.
pub(crate) fn time_parts(canonical: &str) -> Result<(u16, u8)> {
    let (hour, minute) = canonical.split_once(':').ok_or_else(|| format!("{canonical} is no time"))?;
    Ok((hour.parse()?, minute.parse()?))
}

#[cfg(test)]
mod tests {
    use super::{Kind, TABLES, kroner};
    use std::collections::BTreeSet;

    #[test]
    fn an_amount_as_norwegians_write_it() {
        assert_eq!(kroner("350", " ").unwrap(), "350,00");
        assert_eq!(kroner("1234.5", " ").unwrap(), "1 234,50");
        assert_eq!(kroner("412350.50", "").unwrap(), "412350,50");
        assert_eq!(kroner("1000000", "\u{a0}").unwrap(), "1\u{a0}000\u{a0}000,00");
        assert!(kroner("1,5", " ").is_err());
        assert!(kroner(".5", " ").is_err());
    }

    #[test]
    fn no_word_says_two_things() {
        for table in TABLES {
            for choose in [|c: &super::Column| c.nynorsk, |c: &super::Column| c.other] {
                let headings: BTreeSet<&str> = table.columns.iter().map(choose).collect();
                assert_eq!(headings.len(), table.columns.len(), "{}", table.canonical);
            }
            for column in table.columns {
                let Kind::Word(words) = column.kind else {
                    continue;
                };
                for word in words {
                    let alike = words.iter().filter(|other| {
                        [other.nynorsk, other.other].contains(&word.nynorsk)
                            || [other.nynorsk, other.other].contains(&word.other)
                    });
                    assert_eq!(alike.count(), 1, "{}", word.canonical);
                }
            }
        }
    }
}
