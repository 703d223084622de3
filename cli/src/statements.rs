//! `honorar statements`.

use honorar_exporters::{KeptRun, Statement};
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{count, print, print_as_json, say, say_problems};

#[derive(Serialize)]
struct Report {
    written: Vec<String>,
    problems: Vec<Problem>,
}

pub(crate) fn statements(arguments: &arguments::Statements, format: Format) -> Ending {
    let (report, ending) = match written(arguments) {
        Ok(written) => (Report { written, problems: Vec::new() }, Ending::Done),
        Err(problems) => (Report { written: Vec::new(), problems }, Ending::Errors),
    };
    match format {
        Format::Json => print_as_json(&report),
        Format::Text => {
            say_problems(None, &report.problems);
            for path in &report.written {
                print(&format!("{path}\n"));
            }
            if ending == Ending::Done {
                say(&format!("{} written", count(report.written.len(), "file", "files")));
            }
        }
    }
    ending
}

fn written(arguments: &arguments::Statements) -> Result<Vec<String>, Vec<Problem>> {
    let run = KeptRun::open(&arguments.run)?;
    let before = arguments.before.as_deref().map(KeptRun::open).transpose()?;
    let paths = run.statements(
        &wanted(arguments),
        arguments.language.wished(),
        before.as_ref(),
        arguments.out.as_deref(),
    )?;
    Ok(paths.iter().map(|path| path.display().to_string()).collect())
}

/// Those that are named, or all.
fn wanted(arguments: &arguments::Statements) -> Vec<Statement> {
    // Without a value all are meant.
    let one_or_all = |names: &[String], one: fn(String) -> Statement, all: Statement| -> Vec<Statement> {
        let of_name = |name: &String| if name.is_empty() { all.clone() } else { one(name.clone()) };
        names.iter().map(of_name).collect()
    };
    let persons = one_or_all(&arguments.person, Statement::Person, Statement::Persons).into_iter();
    let groups = one_or_all(&arguments.group, Statement::Group, Statement::Groups);
    let offices = [(arguments.finance, Statement::Finance), (arguments.auditor, Statement::Auditor)];
    let offices = offices.into_iter().filter(|(wanted, _)| *wanted).map(|(_, statement)| statement);
    let named: Vec<Statement> = persons.chain(groups).chain(offices).collect();
    if named.is_empty() { Statement::ALL.to_vec() } else { named }
}
