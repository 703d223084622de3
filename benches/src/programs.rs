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
        let head = ["run", "--period", &period, "--out", OUT].map(OsString::from);
        let arguments = head.into_iter().chain(options.iter().map(OsString::from));
        Timed {
            name: name.to_owned(),
            program: self.0.join("honorar").into(),
            arguments: arguments.chain(bases.iter().map(OsString::from)).collect(),
        }
    }

    /// The process that only reads the tables of some bases.
    pub(crate) fn tokenise(&self, name: &str, bases: &[PathBuf]) -> Timed {
        Timed {
            name: name.to_owned(),
            program: self.0.join("tokenise").into(),
            arguments: bases.iter().map(OsString::from).collect(),
        }
    }
}

/// The half-year that is paid.
pub(crate) fn period() -> String {
    format!("{YEAR}-H1")
}
