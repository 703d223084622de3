//! Writing to the two streams. A reader that goes away, as `head` does, is no error.

use std::io::{self, Write};

use honorar_problems::Problem;
use serde::Serialize;

/// Prints a result. A disk that is full ends the program: what was printed is not whole.
pub(crate) fn print(text: &str) {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say(&format!("error: standard output cannot be written: {error}"));
            std::process::exit(1);
        }
        Ok(()) | Err(_) => {}
    }
}

/// Prints a value as JSON.
pub(crate) fn print_as_json(value: &impl Serialize) {
    // Structs with text keys always serialise.
    if let Ok(text) = serde_json::to_string_pretty(value) {
        print(&format!("{text}\n"));
    }
}

/// Says something that is no result, on a line of its own.
pub(crate) fn say(text: &str) {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "{text}");
}

/// Says what is wrong with one of several bases.
pub(crate) fn say_problems(basis: Option<&str>, problems: &[Problem]) {
    for problem in problems {
        match basis {
            Some(basis) => say(&format!("{basis}: {problem}")),
            None => say(&problem.to_string()),
        }
    }
}

/// `1 line`, `2 lines`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Entries of an archive, in order: `0001 to 0014, 0016`.
pub(crate) fn ranges(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let shown = runs.filter_map(|run| match (run.first()?, run.last()?) {
        (first, last) if first == last => Some(format!("{first:04}")),
        (first, last) => Some(format!("{first:04} to {last:04}")),
    });
    shown.collect::<Vec<_>>().join(", ")
}
