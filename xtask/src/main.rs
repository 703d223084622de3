//! Chores of the workspace: `cargo xtask <chore>`.

mod testdata;

use std::env;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <chore>

  testdata           derive the workbook and the Windows-1252 files of testdata/aurland-2014
                     from its canonical folder
  testdata --check   write nothing; name the files that differ, and fail if there are any";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["testdata"] => testdata::write(&testdata::folder()).map(|written| {
            for path in written {
                println!("wrote {}", path.display());
            }
            ExitCode::SUCCESS
        }),
        ["testdata", "--check"] => testdata::differing(&testdata::folder()).map(|differing| {
            for path in &differing {
                println!("differs: {}", path.display());
            }
            if differing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}
