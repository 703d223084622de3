//! `honorar run` side by side with what people would otherwise use: DuckDB, polars, plain Python, and LibreOffice.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::country::Country;
use crate::programs::{Programs, period};
use crate::timing::{Medians, OUT, Timed, scratch};

/// The peers that compute a whole country.
const OF_COUNTRY: [(&str, &str); 3] =
    [("DuckDB", "duckdb_peer.py"), ("polars", "polars_peer.py"), ("Python", "python_peer.py")];

/// Has each peer compute the half-year, looks whether it agrees with Honorar to the øre, and only then times them.
///
/// # Errors
/// What the file system says, a program that cannot be built or installed, a run that fails, a peer that differs.
pub fn measure(runs: usize, folder: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let python = python()?;
    let folder = scratch(folder)?;
    let country = folder.path().join("country");
    let bases = Country::NORWAY.write(&country)?;
    let honorar = programs.run("Honorar, a country", &[], &bases);
    let honorar_one = programs.run("Honorar, one basis", &[], &bases[..1]);
    let of_country = OF_COUNTRY.map(|(name, script)| Timed {
        name: format!("{name}, a country"),
        program: python.clone().into(),
        arguments: [script_path(script).into(), country.clone().into(), period().into(), OsString::from(OUT)]
            .into(),
    });
    let spreadsheet = spreadsheet(&python, &bases[0], folder.path())?;

    let results = folder.path().join("honorar");
    honorar.run(&results)?;
    for peer in &of_country {
        let computed = folder.path().join("peer.csv");
        peer.run(&computed)?;
        agree(&python, &peer.name, &[computed.into(), results.clone().into()])?;
    }
    let computed = folder.path().join("spreadsheet.csv");
    spreadsheet.run(&computed)?;
    let name = bases[0].file_name().unwrap_or_default().to_owned();
    agree(&python, &spreadsheet.name, &[computed.into(), results.into(), "--municipality".into(), name])?;

    let mut medians = Medians::new(runs, folder.path());
    medians.take(&[&honorar, &of_country[0], &of_country[1], &of_country[2]])?;
    medians.take(&[&honorar_one, &spreadsheet])?;
    println!();
    medians.print();
    println!();
    for peer in &of_country {
        medians.print_ratio(&format!("{} / Honorar", peer.name), peer, &honorar);
    }
    medians.print_ratio(&format!("{} / Honorar", spreadsheet.name), &spreadsheet, &honorar_one);
    Ok(())
}

/// LibreOffice, which works out a workbook of formulas.
fn spreadsheet(python: &Path, basis: &Path, folder: &Path) -> Result<Timed, Box<dyn Error>> {
    let workbook = folder.join("half-year.xlsx");
    let script = script_path("libreoffice_peer.py");
    let built = Command::new(python)
        .args([
            script.as_os_str(),
            "build".as_ref(),
            basis.as_os_str(),
            period().as_ref(),
            workbook.as_os_str(),
        ])
        .status()?;
    if !built.success() {
        return Err("the workbook of formulas cannot be built".into());
    }
    let arguments = [script.into(), "recalculate".into(), workbook.into(), OsString::from(OUT)];
    Ok(Timed {
        name: "LibreOffice, one basis".to_owned(),
        program: python.into(),
        arguments: arguments.into_iter().chain(["--profile".into(), folder.join("profile").into()]).collect(),
    })
}

fn agree(python: &Path, name: &str, arguments: &[OsString]) -> Result<(), Box<dyn Error>> {
    print!("{name}: ");
    std::io::Write::flush(&mut std::io::stdout())?;
    let agrees = Command::new(python).arg(script_path("agree.py")).args(arguments).status()?;
    if agrees.success() { Ok(()) } else { Err(format!("{name} differs from Honorar").into()) }
}

fn script_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(name)
}

/// A Python with the peers' packages, installed below `target` the first time.
fn python() -> Result<PathBuf, Box<dyn Error>> {
    let environment = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers");
    let python = environment.join("bin/python");
    let requirements = script_path("requirements.txt");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    run(Command::new(&python).args(install).arg(requirements))?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    if command.status()?.success() { Ok(()) } else { Err("the peers' packages cannot be installed".into()) }
}
