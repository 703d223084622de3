//! National identity numbers, which have no place in a basis.

use honorar_engine::digits::Digits;
use honorar_problems::Problem;

use crate::table::{Cell, Table, Typed, is_blank};
use crate::vocabulary;

/// How many digits a national identity number has.
const DIGITS: usize = 11;

/// An error for each column that looks like national identity numbers; accounts have as many
/// digits, but in columns of their own.
pub(super) fn check(table: &Table, problems: &mut Vec<Problem>) {
    let longest = table.longest_cells();
    for (at, heading) in table.headings().iter().enumerate() {
        // Nearly all columns are too narrow.
        if longest.get(at).is_some_and(|bytes| *bytes < DIGITS) {
            continue;
        }
        let folded = heading.to_lowercase();
        if vocabulary::column(heading) == Some("supplier_account")
            || folded.contains("konto")
            || folded.contains("account")
        {
            continue;
        }
        let (mut of_eleven, mut valid) = (0_usize, 0_usize);
        for cell in table.column(at) {
            if let Some(digits) = eleven_digits(cell) {
                of_eleven += 1;
                valid += usize::from(has_identity_check_digits(digits));
            }
        }
        // A single voucher number may pass by chance (1 in 121); half a column does not.
        if valid > 0 && valid * 2 >= of_eleven {
            let place = table.place.at_row(table.heading_row()).at_column(heading.as_str());
            let problem =
                Problem::error("identity_numbers", place, "the column holds national identity numbers")
                    .expected("employee numbers only: identity numbers are not needed here")
                    .hint("delete the column");
            problems.push(problem);
        }
    }
}

fn eleven_digits(cell: Cell<'_>) -> Option<[u32; DIGITS]> {
    let mut digits = [0; DIGITS];
    let mut fill = |text: &str| {
        let mut count = 0;
        for c in text.chars().filter(|c| !is_blank(*c)) {
            *digits.get_mut(count)? = c.to_digit(10)?;
            count += 1;
        }
        (count == DIGITS).then_some(())
    };
    match cell {
        Cell::Text(text) => fill(text)?,
        Cell::Typed(Typed::Number(number)) => fill(Digits::from(number).as_str())?,
        Cell::Empty | Cell::Typed(_) => return None,
    }
    Some(digits)
}

/// Both check digits of a national identity number, by weights modulo 11.
fn has_identity_check_digits(digits: [u32; DIGITS]) -> bool {
    let divides = |weights: &[u32]| {
        digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 == 0
    };
    divides(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) && divides(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
}
