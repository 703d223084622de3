//! Three years of a small municipality: the mayor by the month, the others by the half-year, and twenty mistakes that
//! are found one after the other. Every run is closed; in the end all of it is verified, also years later.

use std::fs;
use std::path::Path;

use honorar_archive::Archive;
use insta::assert_snapshot;

use super::support::{binary, change, close, copy, done, files, head, honorar, said, without_hashes};
use crate::tables::{oere, records, testdata};

/// A mistake, and what corrects it.
struct Mistake {
    /// What was wrong.
    what: &'static str,
    /// The first run that is made after it was found.
    found_before: &'static str,
    /// What is mended in the tables of that year: file, what stood there, what should have.
    mended: &'static [(&'static str, &'static str, &'static str)],
    /// The lines of corrections: person, kind, amount. What is taken back has the other sign.
    lines: &'static [(&'static str, &'static str, &'static str)],
    /// Their sum, worked out by hand from the regulation.
    sum: &'static str,
}

/// In the order in which they are found. The amounts are those of Aurland's regulation: a member of the council has
/// 10 304 a year, of the executive 15 456, a substitute in either 696 a meeting, in planning 515; the leader of another
/// body 464; without documentation 170 an hour of a short meeting.
const MISTAKES: [Mistake; 20] = [
    Mistake {
        what: "the council had set the mayor's pay to 856 000: 71 333.33 a month, for four months",
        found_before: "2014-05",
        mended: &[("honorar.toml", "mayor = 850000", "mayor = 856000")],
        // 850 000 / 12 = 70 833.33; 856 000 / 12 = 71 333.33; 4 × 500.00
        lines: &[
            ("0201", "fixed_fee", "-70833.33"),
            ("0201", "fixed_fee", "71333.33"),
            ("0201", "fixed_fee", "-70833.33"),
            ("0201", "fixed_fee", "71333.33"),
            ("0201", "fixed_fee", "-70833.33"),
            ("0201", "fixed_fee", "71333.33"),
            ("0201", "fixed_fee", "-70833.33"),
            ("0201", "fixed_fee", "71333.33"),
        ],
        sum: "2000.00",
    },
    Mistake {
        what: "a substitute of February stood on no list",
        found_before: "2014-08",
        mended: &[(
            "attendance.csv",
            "KST-1,0206,present,,,\n",
            "KST-1,0206,present,,,\nKST-1,0208,present,substitute,whole,0205\n",
        )],
        lines: &[("0208", "meeting_fee", "696.00")],
        sum: "696.00",
    },
    Mistake {
        what: "a bill of 405 was read as 450",
        found_before: "2014-08",
        mended: &[("claims.csv", "450.00", "405.00")],
        lines: &[("0203", "care", "-450.00"), ("0203", "care", "405.00")],
        sum: "-45.00",
    },
    Mistake {
        what: "a substitute stayed for the whole meeting, and not for some cases",
        found_before: "2014-10",
        mended: &[("attendance.csv", "substitute,some_cases,0204", "substitute,whole,0204")],
        // 696 / 2 = 348
        lines: &[("0208", "meeting_fee", "-348.00"), ("0208", "meeting_fee", "696.00")],
        sum: "348.00",
    },
    Mistake {
        what: "a claim for 44 km came late",
        found_before: "2014-10",
        mended: &[("claims.csv", "K3,0204", "K2,0206,travel_car,PLU-1,2014-04-24,44,,,,\nK3,0204")],
        // 44 × 4.05
        lines: &[("0206", "travel_car", "178.20")],
        sum: "178.20",
    },
    Mistake {
        what: "a ticket had been paid by the municipality's card",
        found_before: "2014-H2",
        mended: &[("claims.csv", "K3,0204,travel_other,FSK-1,2014-01-16,,320.00,R-1,,\n", "")],
        lines: &[("0204", "travel_other", "-320.00")],
        sum: "-320.00",
    },
    Mistake {
        what: "0207 had left the council on 12 May, and 0210 had come",
        found_before: "2014-H2",
        mended: &[
            (
                "offices.csv",
                "0207,KST,member,2011-10-13,\n",
                "0207,KST,member,2011-10-13,2014-05-12\n0210,KST,member,2014-05-13,\n",
            ),
            ("attendance.csv", "KST-2,0207", "KST-2,0210"),
            ("attendance.csv", "KST-3,0207", "KST-3,0210"),
            ("attendance.csv", "KST-4,0207", "KST-4,0210"),
        ],
        // 5 152 × 132 / 181 = 3 757.26 and 5 152 × 49 / 181 = 1 394.74
        lines: &[
            ("0207", "fixed_fee", "-5152.00"),
            ("0207", "fixed_fee", "3757.26"),
            ("0210", "fixed_fee", "1394.74"),
        ],
        sum: "0.00",
    },
    Mistake {
        what: "a meeting of the elderly's council was called off",
        found_before: "2015-07",
        mended: &[
            ("meetings.csv", "ELD-1,ELD,2015-03-13,10:00,12:00,in_person\n", ""),
            ("attendance.csv", "ELD-1,0209,present,,,\n", ""),
        ],
        lines: &[("0209", "meeting_fee", "-464.00")],
        sum: "-464.00",
    },
    Mistake {
        what: "the deputy mayor's income was 528 000, and not 480 000",
        found_before: "2015-07",
        mended: &[("persons.csv", "480000", "528000")],
        // 480 000 / 240 = 2 000; 528 000 / 240 = 2 200
        lines: &[
            ("0202", "lost_income_documented", "-2000.00"),
            ("0202", "lost_income_documented", "2200.00"),
        ],
        sum: "200.00",
    },
    Mistake {
        what: "it was 0204 who had driven 60 km",
        found_before: "2015-09",
        mended: &[("claims.csv", "K2,0203", "K2,0204")],
        // 60 × 4.10
        lines: &[("0203", "travel_car", "-246.00"), ("0204", "travel_car", "246.00")],
        sum: "0.00",
    },
    Mistake {
        what: "0203 had leave from the executive for 46 days",
        found_before: "2015-09",
        mended: &[("leave.csv", "from,to,paid\n", "from,to,paid\n0203,FSK,,2015-03-01,2015-04-15,no\n")],
        // 7 728 × 135 / 181 = 5 763.98
        lines: &[("0203", "fixed_fee", "-7728.00"), ("0203", "fixed_fee", "5763.98")],
        sum: "-1964.02",
    },
    Mistake {
        what: "the substitute had met in the executive, and not in planning",
        found_before: "2015-H2",
        mended: &[("attendance.csv", "PLU-1,0208", "FSK-1,0208")],
        lines: &[("0208", "meeting_fee", "-515.00"), ("0208", "meeting_fee", "696.00")],
        sum: "181.00",
    },
    Mistake {
        what: "the council had met until half past one",
        found_before: "2015-H2",
        mended: &[("meetings.csv", "2015-02-06,10:00,13:00", "2015-02-06,10:00,13:30")],
        // 170 × 180 / 60 = 510; 170 × 210 / 60 = 595
        lines: &[
            ("0205", "lost_income_undocumented", "-510.00"),
            ("0205", "lost_income_undocumented", "595.00"),
        ],
        sum: "85.00",
    },
    Mistake {
        what: "a meeting had been by phone: half a fee; found when the year was closed",
        found_before: "2015-H2 again",
        mended: &[("meetings.csv", "2015-09-25,10:00,12:00,in_person", "2015-09-25,10:00,12:00,phone")],
        lines: &[("0209", "meeting_fee", "-464.00"), ("0209", "meeting_fee", "232.00")],
        sum: "-232.00",
    },
    Mistake {
        what: "a stand-in's bill of 850 was read as 800.50",
        found_before: "2016-07",
        mended: &[("claims.csv", "800.50", "850.00")],
        lines: &[("0202", "stand_in", "-800.50"), ("0202", "stand_in", "850.00")],
        sum: "49.50",
    },
    Mistake {
        what: "a second claim for the same meeting, which a decision lets through, gets what is left of the cap",
        found_before: "2016-07",
        mended: &[
            ("claims.csv", "K2,0202", "K5,0205,lost_income_undocumented,KST-1,2016-02-06,,,,,\nK2,0202"),
            (
                "honorar.toml",
                "[wage_types]",
                "[[second_payments]]\nperson = \"0205\"\nkind = \"lost_income_undocumented\"\ndate = 2016-02-06\n\
                 decision = \"two jobs that day, FSK 31/16\"\n\n[wage_types]",
            ),
        ],
        // 170 × 180 / 60 = 510, less 300 that were paid
        lines: &[("0205", "lost_income_undocumented", "210.00")],
        sum: "210.00",
    },
    Mistake {
        what: "the stand-in's bill was 835 after all: a correction is corrected",
        found_before: "2016-09",
        mended: &[("claims.csv", "850.00", "835.00")],
        lines: &[("0202", "stand_in", "-850.00"), ("0202", "stand_in", "835.00")],
        sum: "-15.00",
    },
    Mistake {
        what: "the council had set the executive's fee to 16 000 from New Year",
        found_before: "2016-09",
        mended: &[("honorar.toml", "executive_member = 15456", "executive_member = 16000")],
        // 15 456 / 2 = 7 728; 16 000 / 2 = 8 000; 3 × 272
        lines: &[
            ("0202", "fixed_fee", "-7728.00"),
            ("0202", "fixed_fee", "8000.00"),
            ("0203", "fixed_fee", "-7728.00"),
            ("0203", "fixed_fee", "8000.00"),
            ("0204", "fixed_fee", "-7728.00"),
            ("0204", "fixed_fee", "8000.00"),
        ],
        sum: "816.00",
    },
    Mistake {
        what: "an employer's refund, which is no pay, was 602",
        found_before: "2016-H2",
        mended: &[("claims.csv", "620.00", "602.00")],
        lines: &[("0210", "employer_refund", "-620.00"), ("0210", "employer_refund", "602.00")],
        sum: "-18.00",
    },
    Mistake {
        what: "0205 had missed two of the council's four meetings; found when the year was closed",
        found_before: "2016-H2 again",
        mended: &[
            ("attendance.csv", "KST-3,0205,present", "KST-3,0205,absent_invalid"),
            ("attendance.csv", "KST-4,0205,present", "KST-4,0205,absent_invalid"),
        ],
        // 10 304 × (2/4 − 1/4)
        lines: &[("0205", "absence_reduction", "-2576.00")],
        sum: "-2576.00",
    },
];

/// The runs of a year in their order: the mayor's months, and each half when it is over.
fn runs_of(year: &str) -> Vec<String> {
    let month = |month: u32| format!("{year}-{month:02}");
    let mut runs: Vec<String> = (1..=6).map(month).collect();
    runs.push(format!("{year}-H1"));
    runs.extend((7..=12).map(month));
    runs.push(format!("{year}-H2"));
    if year != "2014" {
        runs.push(format!("{year}-H2 again"));
    }
    runs
}

const YEARS: [&str; 3] = ["2014", "2015", "2016"];

/// Makes a run and closes it; the head.
fn run_and_close(folder: &Path, run: &str) -> String {
    let (year, period) = (&run[..4], run.trim_end_matches(" again"));
    done(folder, &["run", year, "--period", period, "--archive", "archive", "--out", run]);
    close(folder, run)
}

/// The corrections of a run that stands: person, kind and amount, in order.
fn corrections(run: &Path) -> Vec<(String, String, String)> {
    let rows = ["lines.csv", "payables.csv"].map(|file| records(&fs::read(run.join(file)).expect("lines")));
    let mut found: Vec<_> = rows
        .iter()
        .flatten()
        .filter(|row| row["kind"] == "correction")
        .map(|row| (row["person_id"].clone(), row["corrected_kind"].clone(), row["amount"].clone()))
        .collect();
    found.sort();
    found
}

/// The sums of the pay lines and of the payables of a run, in øre.
fn sums(run: &Path) -> [i64; 2] {
    ["lines.csv", "payables.csv"].map(|file| {
        let rows = records(&fs::read(run.join(file)).expect("lines"));
        rows.iter().map(|row| oere(&row["amount"])).sum()
    })
}

/// Holds a run's payroll file against its receipt and its lines.
fn payroll_is_consistent(run: &Path) {
    let receipt = records(&fs::read(run.join("visma-lonn.receipt.csv")).expect("a receipt"));
    let of = |record: &str| {
        let row = receipt.iter().find(|row| row["record"] == record).expect("a row");
        row["key"].clone()
    };
    let file = fs::read(run.join("visma-lonn.csv")).expect("a payroll file");
    assert_eq!(of("sha256"), super::support::sha256(&file), "{}", run.display());
    assert_eq!(oere(&of("control_sum")), sums(run)[0], "{}", run.display());
}

/// The three years, closed run by run; the heads in the order in which they were noted.
fn history() -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut heads = Vec::new();
    for year in YEARS {
        copy(&testdata().join("history").join(year), &folder.path().join(year));
        for run in runs_of(year) {
            let found: Vec<&Mistake> =
                MISTAKES.iter().filter(|mistake| mistake.found_before == run).collect();
            for (file, from, to) in found.iter().flat_map(|mistake| mistake.mended) {
                change(&folder.path().join(year).join(file), from, to);
            }
            heads.push(run_and_close(folder.path(), &run));
            let mut expected: Vec<(String, String, String)> = found
                .iter()
                .flat_map(|mistake| mistake.lines)
                .map(|(person, kind, amount)| [person, kind, amount].map(|text| (*text).to_owned()).into())
                .collect();
            expected.sort();
            let what: Vec<&str> = found.iter().map(|mistake| mistake.what).collect();
            assert_eq!(corrections(&folder.path().join(&run)), expected, "{run}: {what:?}");
            payroll_is_consistent(&folder.path().join(&run));
        }
        // Somebody changes the payroll system when the year is over.
        let printed =
            done(folder.path(), &["export", &format!("archive/{:04}", heads.len()), "--to", "unimicro"]);
        heads.push(head(&printed));
    }
    (folder, heads)
}

/// What `verify` prints and says, which is that all holds.
fn verified(folder: &Path, archive: &str, head: &str) -> String {
    let said = honorar(folder, &["verify", archive, "--head", head]);
    assert_eq!((said.status, said.err.as_str()), (0, "all holds\n"), "{}", said.text());
    said.out
}

/// Each head that was noted is that of the entry that was the last then.
fn every_head_is_found(folder: &Path, heads: &[String]) {
    let archive = Archive::open(&folder.join("archive")).expect("an archive");
    for (number, head) in (1..).zip(heads) {
        let noted = archive.with_head(&head.parse().expect("a head"));
        assert_eq!(noted.map(|entry| entry.manifest.number), Some(number));
    }
    let in_the_middle = "the head that was noted is that of 0023: ";
    assert!(verified(folder, "archive", &heads[22]).contains(in_the_middle));
}

#[test]
fn the_sums_in_the_table_are_those_of_its_lines() {
    for Mistake { what, lines, sum, .. } in &MISTAKES {
        let lines: i64 = lines.iter().map(|(_, _, amount)| oere(amount)).sum();
        assert_eq!(lines, oere(sum), "{what}");
    }
}

#[test]
fn three_years_and_twenty_corrections() {
    let (folder, heads) = history();
    let folder = folder.path();
    assert_eq!(heads.len(), 47, "36 months, 6 half-years, 2 corrected once more, 3 exports");
    let last = heads.last().expect("a head");
    assert_snapshot!("history", without_hashes(&verified(folder, "archive", last)));
    every_head_is_found(folder, &heads);

    // All that was paid and corrected is what the mended years give when they are paid once.
    for year in YEARS {
        let (mut paid, mut right) = ([0, 0], [0, 0]);
        for run in runs_of(year) {
            let add = |sum: &mut [i64; 2], run: &Path| {
                sums(run).iter().zip(sum).for_each(|(one, sum)| *sum += one);
            };
            add(&mut paid, &folder.join(&run));
            if !run.ends_with("again") {
                let anew = format!("anew/{run}");
                done(folder, &["run", year, "--period", &run, "--out", &anew]);
                add(&mut right, &folder.join(anew));
            }
        }
        assert_eq!(paid, right, "{year}");
    }

    is_verified_anywhere(folder, last);

    // What was closed for 2014 and 2015 is removed; the chain tells what it was.
    done(folder, &["archive", "prune", "archive", "--older-than", "2016-01-01"]);
    every_head_is_found(folder, &heads);
    assert_snapshot!("history-pruned", without_hashes(&verified(folder, "archive", last)));
    let kept: Vec<String> = files(&folder.join("archive/0007")).into_keys().collect();
    assert_eq!(kept, ["manifest.json", "manifest.sha256"]);
    // And life goes on: the year that is kept can still be corrected, the others not.
    let again = ["run", "2016", "--period", "2016-H2", "--archive", "archive", "--out", "goes on"];
    done(folder, &again);
    assert_eq!(sums(&folder.join("goes on")), [0, 0]);
    let removed = honorar(folder, &["run", "2015", "--period", "2015-H2", "--archive", "archive"]);
    assert!(
        removed.status == 1 && removed.err.contains("the archive has removed what was paid"),
        "{}",
        removed.err
    );
    close(folder, "goes on");
    every_head_is_found(folder, &heads);
}

/// An auditor's stick: a copy that nobody can write to, without the bases, whatever the machine.
fn is_verified_anywhere(folder: &Path, head: &str) {
    let here = honorar(folder, &["verify", "archive", "--head", head]);
    let stick = tempfile::tempdir().expect("a folder");
    copy(&folder.join("archive"), &stick.path().join("archive"));
    #[cfg(unix)]
    set_read_only(stick.path());
    for (zone, language, threads) in
        [("UTC", "C", "1"), ("Asia/Kolkata", "nn_NO.UTF-8", "2"), ("America/St_Johns", "tr_TR", "7")]
    {
        let arguments = ["verify", "archive", "--head", head, "--threads", threads];
        let output = binary(stick.path(), &arguments)
            .env_clear()
            .envs([("TZ", zone), ("LANG", language), ("LC_ALL", language), ("HOME", "/nonexistent")])
            .output()
            .expect("the binary runs");
        let said = said(&output, stick.path());
        assert_eq!((said.status, &said.out, &said.err), (0, &here.out, &here.err), "{zone}");
    }
    assert!(files(&stick.path().join("archive")) == files(&folder.join("archive")));
    #[cfg(unix)]
    set_writable(stick.path());
}

#[cfg(unix)]
fn set_read_only(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for name in files(folder).into_keys() {
        let path = folder.join(name);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).expect("its rights");
        let above = path.ancestors().skip(1).take_while(|above| above.starts_with(folder));
        for above in above {
            fs::set_permissions(above, fs::Permissions::from_mode(0o500)).expect("its rights");
        }
    }
}

/// So that it goes away by itself.
#[cfg(unix)]
fn set_writable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("its rights");
        let entries = fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path());
        left.extend(entries.filter(|path| path.is_dir()));
    }
}
