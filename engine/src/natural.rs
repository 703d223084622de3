//! The natural order of ids: K9 before K10.

use std::cmp::Ordering;

/// Compares two ids by their runs of digits as numbers and the rest as text; equal numbers (`K9`
/// and `K09`) by the id as text.
pub fn natural_order(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (left, right);
    loop {
        let (run_a, rest_a) = next_run(a);
        let (run_b, rest_b) = next_run(b);
        if run_a.is_empty() || run_b.is_empty() {
            return run_a.len().cmp(&run_b.len()).then_with(|| left.cmp(right));
        }
        let order = match (is_number(run_a), is_number(run_b)) {
            (true, true) => compare_numbers(run_a, run_b),
            _ => run_a.cmp(run_b),
        };
        if order.is_ne() {
            return order;
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// Compares two runs of digits as numbers of any length.
pub fn compare_numbers(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

fn is_number(run: &str) -> bool {
    run.starts_with(|c: char| c.is_ascii_digit())
}

fn next_run(text: &str) -> (&str, &str) {
    let digits = is_number(text);
    let end = text.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_in_the_order_a_person_expects() {
        let ordered = ["", "9", "K", "K9", "K010", "K10", "K10a", "K10b", "K11", "L1"];
        for pair in ordered.windows(2) {
            if let [before, after] = pair {
                assert_eq!(natural_order(before, after), Ordering::Less, "{before} before {after}");
                assert_eq!(natural_order(after, before), Ordering::Greater, "{after} after {before}");
            }
        }
    }
}
