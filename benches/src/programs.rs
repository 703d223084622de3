//! The programs that are measured.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::country::YEAR;
use crate::timing::{OUT, Timed};

/// Where the programs are.
#[derive(Debug)]
pub(crate) struct Programs(PathBuf);

impl Programs {
    /// Builds them as they are released.
    pub(crate) fn build() -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let built = Command::new("cargo")
            .args(["build", "--release", "--quiet", "--locked", "-p", "honorar", "-p", "honorar-benches"])
            .current_dir(&root)
            .status()?;
        if built.success() {
            Ok(Self(root.join("target/release")))
        } else {
            Err("they cannot be built".into())
        }
    }

    /// `honorar run` on some bases.
    pub(crate) fn run(&self, name: &str, options: &[&str], bases: &[PathBuf]) -> Timed {
        let period = period();
        let head = ["run", "--period", &period, "--out", OUT].into_iter().chain(options.iter().copied());
        self.program("honorar", name, head.map(OsString::from), bases)
    }

    /// The process that only reads the tables of some bases.
    pub(crate) fn tokenise(&self, name: &str, bases: &[PathBuf]) -> Timed {
        self.program("tokenise", name, [], bases)
    }

    /// The process that only reads the cells of some workbooks.
    pub(crate) fn cells(&self, name: &str, workbooks: &[PathBuf]) -> Timed {
        self.program("cells", name, [], workbooks)
    }

    /// The process that reads, hashes and writes as much as a run that stands in a folder.
    pub(crate) fn floor(&self, name: &str, run: &Path, bases: &[PathBuf]) -> Timed {
        self.program("floor", name, [run.into(), OUT.into()], bases)
    }

    fn program(
        &self,
        program: &str,
        name: &str,
        head: impl IntoIterator<Item = OsString>,
        paths: &[PathBuf],
    ) -> Timed {
        let arguments = head.into_iter().chain(paths.iter().map(OsString::from));
        Timed { name: name.to_owned(), program: self.0.join(program).into(), arguments: arguments.collect() }
    }
}

/// The half-year that is paid.
pub(crate) fn period() -> String {
    format!("{YEAR}-H1")
}
