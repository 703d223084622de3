//! Statements that people read.

mod content;
mod opened;
mod structure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::groups::regulation;
use crate::tables::{PROFILE, names, testdata};

/// Runs the binary in the folder of test data.
pub(crate) fn honorar(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_honorar"));
    command.args(arguments).current_dir(testdata()).output().expect("the binary runs")
}

/// A run in a folder of its own.
pub(crate) struct Written {
    folder: TempDir,
}

impl Written {
    fn of(basis: &str, period: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("run");
        let out = out.to_str().expect("UTF-8");
        let arguments = [&["run", basis, "--period", period, "--out", out], more].concat();
        let output = honorar(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self { folder }
    }

    pub(crate) fn run(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    /// What `honorar statements` says with some arguments, with `RUN` for the folder.
    pub(crate) fn statements(&self, more: &[&str]) -> (bool, String) {
        let run = self.run();
        let output = honorar(&[&["statements", run.to_str().expect("UTF-8")], more].concat());
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        (output.status.success(), said.concat().replace(&run.display().to_string(), "RUN"))
    }

    pub(crate) fn read(&self, file: &str) -> String {
        let path = self.run().join("statements").join(file);
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("{file} is there"))
    }

    /// The statements in a language, by name.
    pub(crate) fn names(&self, language: &str) -> Vec<String> {
        names(&self.run().join("statements").join(language))
    }

    /// Those that end in `html` or `xlsx`.
    pub(crate) fn ending_in(&self, ending: &str, language: &str) -> Vec<String> {
        let mut names = self.names(language);
        names.retain(|name| Path::new(name).extension().is_some_and(|one| one == ending));
        names
    }
}

/// The second half of the invented year, whose basis holds the first half too, with all its statements.
pub(crate) fn year(language: &str) -> Written {
    let written = Written::of("aurland-2014/aurland-2014.xlsx", "2014-H2", &[]);
    let (done, said) = written.statements(&["--language", language]);
    assert!(done, "{said}");
    written
}

/// A small municipality with party groups, and names that mean harm; with some more in its profile.
pub(crate) fn small(more: &str) -> (TempDir, Written) {
    let folder = tempfile::tempdir().expect("a folder");
    let basis = folder.path().join("fjordvik");
    fs::create_dir(&basis).expect("a folder");
    let support: toml::Table = fs::read_to_string(testdata().join("groups/lillestrom.toml"))
        .expect("the cases of Lillestrøm")
        .parse()
        .expect("TOML");
    let support = support["support"].as_str().expect("a section");
    let tables = [
        (
            "persons.csv",
            "person_id,name,group,employment\n0101,<script>alert(1)</script> & «Ås»,Ap,employed\n0102,\"=cmd|' /C calc'!A0\",\"@Høgre \"\"H\"\"\",self_employed\n",
        ),
        ("offices.csv", "person_id,body,role,from\n0101,KST,member,2019-10-01\n0102,KST,member,2019-10-01\n"),
        (
            "meetings.csv",
            "meeting_id,body,date,start,end\nK1,KST,2021-02-04,16:00,18:30\nK2,KST,2021-05-06,16:00,18:30\n",
        ),
        (
            "attendance.csv",
            "meeting_id,person_id,status\nK1,0101,present\nK1,0102,absent_invalid\nK2,0101,present\nK2,0102,present\n",
        ),
        (
            "claims.csv",
            "claim_id,person_id,kind,meeting_id,amount\nC1,0101,lost_income_undocumented,K1,5000\n",
        ),
        (
            "groups.csv",
            "group,from,representatives,votes\nAp,2019-10-01,20,4000\n\"@Høgre \"\"H\"\"\",2019-10-01,35,5000\n",
        ),
        (
            "honorar.toml",
            &format!("{}\n{more}", PROFILE.replace("regulation = \"aurland\"", "regulation = \"test.toml\"")),
        ),
        ("test.toml", &regulation(support, "2014-01-01")),
    ];
    for (name, text) in tables {
        fs::write(basis.join(name), text).expect("a file");
    }
    let written = Written::of(basis.to_str().expect("UTF-8"), "2021-H1", &[]);
    (folder, written)
}
