//! Numbers, dates and times as people write them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::table::{Cell, Typed, is_blank};

/// The minutes of a day, for times that run past midnight.
pub(crate) const MINUTES_PER_DAY: u32 = 24 * 60;

/// The sign that parts the decimals from the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecimalMark {
    /// A comma.
    Comma,
    /// A full stop.
    Point,
}

impl DecimalMark {
    fn other(self) -> Self {
        match self {
            Self::Comma => Self::Point,
            Self::Point => Self::Comma,
        }
    }

    fn of(sign: u8) -> Option<Self> {
        match sign {
            b',' => Some(Self::Comma),
            b'.' => Some(Self::Point),
            _ => None,
        }
    }
}

/// A written number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// It can be read in one way, and shows which decimal mark its writer uses, if any.
    Clear(Decimal, Option<DecimalMark>),
    /// `1.234` or `1,234`: whole with a thousands separator, or with three decimals.
    TwoWays {
        /// The value when the sign parts thousands.
        whole: Decimal,
        /// The value when the sign is the decimal mark.
        parted: Decimal,
        /// The sign.
        mark: DecimalMark,
    },
}

/// A number such as `1234,5`, `1 234,50`, `1.234,50`, `kr 1 234,50` or `1234,-`.
pub(crate) fn number(cell: Cell<'_>) -> Option<Number> {
    match cell {
        Cell::Typed(Typed::Number(number)) => Some(Number::Clear(number, None)),
        Cell::Text(text) => written_number(text),
        Cell::Empty | Cell::Typed(_) => None,
    }
}

fn written_number(text: &str) -> Option<Number> {
    if let Some(number) = whole_or_oere(text) {
        return Some(number);
    }
    let text = strip_currency(text);
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start_matches(is_blank)),
        None => (false, text),
    };
    let (whole_kroner, text) = match [",-", ",\u{2013}", ".-"].iter().find_map(|end| text.strip_suffix(end)) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let signed = |decimal: Decimal| if negative { -decimal } else { decimal };
    let number = plain_number(text)?;
    Some(match number {
        // `1.234,-` has its decimal mark at the end.
        Number::TwoWays { whole, mark, .. } if whole_kroner => {
            Number::Clear(signed(whole), Some(mark.other()))
        }
        Number::Clear(_, Some(_)) if whole_kroner => return None,
        Number::Clear(value, mark) => Number::Clear(signed(value), mark),
        Number::TwoWays { whole, parted, mark } => {
            Number::TwoWays { whole: signed(whole), parted: signed(parted), mark }
        }
    })
}

/// A number as programs write it, which most are: digits, and behind a full stop one or two more.
fn whole_or_oere(text: &str) -> Option<Number> {
    const MOST_DIGITS: usize = 15;
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_parted = whole.len() < text.len();
    if whole.is_empty()
        || text.len() > MOST_DIGITS
        || decimals.len() > 2
        || (is_parted && decimals.is_empty())
    {
        return None;
    }
    let mut digits = whole.bytes().chain(decimals.bytes());
    let number = digits.try_fold(0_i64, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'))
    })?;
    let scale = u32::try_from(decimals.len()).ok()?;
    Some(Number::Clear(Decimal::new(number, scale), is_parted.then_some(DecimalMark::Point)))
}

fn strip_currency(text: &str) -> &str {
    let strip = |text: &'_ str, word: &str| -> Option<(usize, usize)> {
        let head = text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        let tail = text.len().checked_sub(word.len());
        let tail_fits =
            tail.and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(word));
        if head {
            Some((word.len(), text.len()))
        } else if tail_fits {
            tail.map(|end| (0, end))
        } else {
            None
        }
    };
    let found = ["kr.", "kr", "nok"].iter().find_map(|word| strip(text, word));
    found.and_then(|(from, to)| text.get(from..to)).unwrap_or(text).trim_matches(is_blank)
}

/// A number of digits, blanks between thousands, commas and full stops.
fn plain_number(text: &str) -> Option<Number> {
    let is_sign = |c: char| c == '.' || c == ',';
    let last = text.rfind(is_sign);
    let first = text.find(is_sign);
    let Some((first, last)) = first.zip(last) else {
        return grouped(text, None).map(|whole| Number::Clear(whole, None));
    };
    let (sign, sign_before) = (*text.as_bytes().get(last)?, *text.as_bytes().get(first)?);
    let mark = DecimalMark::of(sign)?;
    let (before, after) = (text.get(..last)?, text.get(last + 1..)?);
    if first != last && sign == sign_before {
        // `1.234.567`: several of one sign part thousands, so the other is the decimal mark.
        return grouped(text, Some(sign)).map(|whole| Number::Clear(whole, Some(mark.other())));
    }
    let parted = decimal(before, after, (first != last).then_some(sign_before))?;
    let could_be_whole = first == last
        && after.len() == 3
        && (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && before.bytes().all(|byte| byte.is_ascii_digit());
    if could_be_whole {
        let whole = grouped(text, Some(sign))?;
        return Some(Number::TwoWays { whole, parted, mark });
    }
    Some(Number::Clear(parted, Some(mark)))
}

/// The whole and the decimals together; the whole may be grouped by blanks or a sign.
fn decimal(before: &str, after: &str, group_sign: Option<u8>) -> Option<Decimal> {
    if after.is_empty() || !after.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = if before.is_empty() { Decimal::ZERO } else { grouped(before, group_sign)? };
    let scale = u32::try_from(after.len()).ok().filter(|scale| *scale <= 12)?;
    let decimals = Decimal::try_from_i128_with_scale(after.parse().ok()?, scale).ok()?;
    whole.checked_add(decimals)
}

/// Digits, in groups of three parted by a sign or by blanks, or in one piece.
fn grouped(text: &str, sign: Option<u8>) -> Option<Decimal> {
    let parts = |c: char| sign.map_or_else(|| is_blank(c), |sign| c == char::from(sign));
    let mut groups = text.split(parts);
    let head = groups.next()?;
    let mut digits = head.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&head.len()) {
            return None;
        }
        digits.push_str(group);
    }
    let is_number =
        !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// A date such as `2014-03-06`, `06.03.2014` or `6.3.14`, or a spreadsheet's date.
pub(crate) fn date(cell: Cell<'_>) -> Option<NaiveDate> {
    let day = match cell {
        Cell::Typed(Typed::Moment { date, seconds: 0 }) => date?,
        Cell::Text(text) => written_date(text)?,
        Cell::Empty | Cell::Typed(_) => return None,
    };
    (1900..=2199).contains(&day.year()).then_some(day)
}

/// The year, month and day of a date such as `2014-03-06`.
fn iso_date(text: &str) -> Option<(i32, u32, u32)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    Some((i32::try_from(number(&[y1, y2, y3, y4])).ok()?, number(&[m1, m2]), number(&[d1, d2])))
}

fn written_date(text: &str) -> Option<NaiveDate> {
    if let Some((year, month, day)) = iso_date(text) {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    let numbers = |text: &str, sign: char| -> Option<[(usize, u32); 3]> {
        let mut parts = text.split(sign).map(|part| {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse().ok().map(|number| (part.len(), number)) } else { None }
        });
        let three = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(three)
    };
    let (year, month, day) = if text.contains('-') {
        let [(4, year), (2, month), (2, day)] = numbers(text, '-')? else { return None };
        (year, month, day)
    } else {
        let [(1..=2, day), (1..=2, month), year] = numbers(text, '.')? else { return None };
        match year {
            (4, year) => (year, month, day),
            (2, year @ 0..=69) => (2000 + year, month, day),
            _ => return None,
        }
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A time such as `18:00`, `18.00` or `1800`, or a spreadsheet's time; minutes after midnight.
pub(crate) fn minute_of_day(cell: Cell<'_>) -> Option<u32> {
    let (hour, minute) = match cell {
        Cell::Typed(Typed::Moment { date: None, seconds }) if seconds % 60 == 0 => {
            (seconds / 3_600, seconds / 60 % 60)
        }
        Cell::Typed(Typed::Number(number)) => {
            let number = number.to_string();
            // A number cell has lost the zero of 0930.
            let hours = number.len().checked_sub(2).filter(|hours| (1..=2).contains(hours))?;
            let (hour, minute) = number.split_at_checked(hours)?;
            (two_digits(hour)?, two_digits(minute)?)
        }
        Cell::Text(text) => written_time(text)?,
        Cell::Empty | Cell::Typed(_) => return None,
    };
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn written_time(text: &str) -> Option<(u32, u32)> {
    let text = text.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(text);
    if let Some((hour, minute)) = text.split_once([':', '.']) {
        return Some((two_digits(hour)?, two_digits(minute).filter(|_| minute.len() == 2)?));
    }
    let (hour, minute) = text.split_at_checked(2).filter(|_| text.len() == 4)?;
    Some((two_digits(hour)?, two_digits(minute)?))
}

fn two_digits(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A date and a time such as `2014-03-06 08:00`, or a spreadsheet's: the day, and minutes after
/// midnight, where there is a time.
pub(crate) fn moment(cell: Cell<'_>) -> Option<(NaiveDate, Option<u32>)> {
    match cell {
        // A spreadsheet has the same cell for a date and for its midnight.
        Cell::Typed(Typed::Moment { date: Some(date), seconds }) if seconds % 60 == 0 => {
            Some((date, Some(seconds / 60).filter(|minute| *minute > 0)))
        }
        Cell::Text(text) => match text.split_once([' ', 'T', '\u{a0}']) {
            Some((day, time)) => {
                let minute = minute_of_day(Cell::Text(time.trim_matches(is_blank)))?;
                Some((date(Cell::Text(day))?, Some(minute)))
            }
            None => Some((date(cell)?, None)),
        },
        Cell::Empty | Cell::Typed(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        use DecimalMark::{Comma, Point};
        let cases = [
            ("1234", "1234", None),
            ("1234.5", "1234.5", Some(Point)),
            ("1234,5", "1234.5", Some(Comma)),
            ("1 234,50", "1234.50", Some(Comma)),
            ("1\u{a0}234,50", "1234.50", Some(Comma)),
            ("1\u{202f}234 567", "1234567", None),
            ("1.234,50", "1234.50", Some(Comma)),
            ("1,234.50", "1234.50", Some(Point)),
            ("1.234.567", "1234567", Some(Comma)),
            ("kr 1 234,50", "1234.50", Some(Comma)),
            ("KR. 350", "350", None),
            ("350,00 kr", "350.00", Some(Comma)),
            ("1234,-", "1234", None),
            ("1.234,-", "1234", Some(Comma)),
            ("0,125", "0.125", Some(Comma)),
            ("1234,567", "1234.567", Some(Comma)),
            ("-5", "-5", None),
            ("\u{2212}5,5", "-5.5", Some(Comma)),
            (",5", "0.5", Some(Comma)),
        ];
        for (text, expected, mark) in cases {
            let expected = Number::Clear(expected.parse().unwrap(), mark);
            assert_eq!(number(Cell::Text(text)), Some(expected), "{text}");
        }
        for text in ["1.234", "1,234", "12,345", "kr 999.999"] {
            assert!(matches!(number(Cell::Text(text)), Some(Number::TwoWays { .. })), "{text}");
        }
        for text in [
            "",
            "kr",
            "x",
            "1 23",
            "1 2345",
            "12.34.56",
            "1,2,3",
            "1.234.56",
            "5,",
            "1e3",
            "½",
            "1-2",
            "--5",
            "200,50,-",
            "1 2,5",
            "1.23,5",
            "1234567890123456",
            "٣",
        ] {
            assert_eq!(number(Cell::Text(text)), None, "{text}");
        }
    }

    #[test]
    fn dates_as_people_write_them() {
        let cases = [
            ("2014-03-06", Some("2014-03-06")),
            ("06.03.2014", Some("2014-03-06")),
            ("6.3.14", Some("2014-03-06")),
            ("6.3.69", Some("2069-03-06")),
            ("6.3.70", None),
            ("29.02.2014", None),
            ("29.02.2016", Some("2016-02-29")),
            ("2014-3-6", None),
            ("6/3/2014", None),
            ("6.3", None),
            ("6.3.2014.1", None),
            ("+6.3.2014", None),
            ("01.01.1899", None),
        ];
        for (text, expected) in cases {
            assert_eq!(date(Cell::Text(text)), expected.map(|day| day.parse().unwrap()), "{text}");
        }
        assert_eq!(date(Cell::Typed(Typed::Number(Decimal::from(41_704)))), None, "a bare serial number");
    }

    #[test]
    fn times_as_people_write_them() {
        let cases = [
            ("18:00", Some(1080)),
            ("18.00", Some(1080)),
            ("1800", Some(1080)),
            ("8:05", Some(485)),
            ("18:00:00", Some(1080)),
            ("23:59", Some(1439)),
            ("24:00", None),
            ("18", None),
            ("800", None),
            ("18:5", None),
            ("18:60", None),
            ("18:00:30", None),
            ("-1:00", None),
        ];
        for (text, expected) in cases {
            assert_eq!(minute_of_day(Cell::Text(text)), expected, "{text}");
        }
        let time = |seconds| minute_of_day(Cell::Typed(Typed::Moment { date: None, seconds }));
        assert_eq!((time(64_800), time(64_830)), (Some(1080), None));
        assert_eq!(minute_of_day(Cell::Typed(Typed::Number(Decimal::from(18)))), None);
        for (number, expected) in [(1800, Some(1080)), (930, Some(570)), (960, None), (2400, None)] {
            assert_eq!(
                minute_of_day(Cell::Typed(Typed::Number(Decimal::from(number)))),
                expected,
                "{number}"
            );
        }
    }
}
