//! How many instructions a run takes: the same on a busy machine as on an idle one, so that a slowdown is seen in
//! review.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::country::Country;
use crate::programs::Programs;
use crate::timing::scratch;

/// How many hundredths more, or fewer, than noted are let through.
const TOLERANCE_PER_CENT: u64 = 5;
const BASES: usize = 8;

/// Counts the instructions of a run over the country's first bases, without those of hashing: a processor with
/// instructions for SHA-256 does that in a fiftieth of what is counted here.
///
/// # Errors
/// A program that cannot be built or run; a count that is more than a twentieth away from the one noted, unless it is
/// to be noted.
pub fn check(note: bool) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let folder = scratch(None)?;
    let country = Country { bases: BASES, ..Country::NORWAY };
    let bases = country.write(&folder.path().join("country"))?;
    let run = programs.run("run", &["--threads", "1"], &bases);
    let counts = folder.path().join("counts");
    let out = folder.path().join("out");
    let status = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(&run.program)
        .args(run.arguments_to(&out))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("valgrind cannot be started: {error}"))?;
    if !status.success() {
        return Err("the run failed under valgrind".into());
    }
    let counted = instructions(&fs::read_to_string(&counts)?, "sha2::");
    let noted_in = noted_in();
    if note {
        return Ok(fs::write(noted_in, format!("{counted}\n"))?);
    }
    let noted: u64 = fs::read_to_string(noted_in)?.trim().parse()?;
    println!("{counted} instructions, {noted} noted");
    let (most, least) = (noted * (100 + TOLERANCE_PER_CENT) / 100, noted * (100 - TOLERANCE_PER_CENT) / 100);
    let how = "`cargo run --release -p honorar-benches -- instructions --note` notes the new number";
    if counted > most {
        return Err(format!(
            "a run takes more than {TOLERANCE_PER_CENT} % more instructions; if it has to, {how}"
        )
        .into());
    }
    if counted < least {
        return Err(format!("a run takes more than {TOLERANCE_PER_CENT} % fewer instructions: {how}").into());
    }
    Ok(())
}

fn noted_in() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt")
}

/// The instructions of all functions in callgrind's file, but for those whose names have some part.
fn instructions(file: &str, left_out: &str) -> u64 {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let (mut is_counted, mut is_of_call, mut sum) = (true, false, 0);
    for line in file.lines() {
        let named = ["fn=", "cfn="].into_iter().find_map(|key| Some((key, line.strip_prefix(key)?)));
        if let Some((key, function)) = named {
            let (id, name) = function.split_once(' ').unwrap_or((function, ""));
            if !name.is_empty() {
                names.insert(id, name);
            }
            if key == "fn=" {
                is_counted = !names.get(id).is_some_and(|name| name.contains(left_out));
            }
        } else if line.starts_with("calls=") {
            // The next line has what the called function took, which stands with that function.
            is_of_call = true;
        } else if line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '*')) {
            let cost = line.split_once(' ').and_then(|(_, cost)| cost.trim().parse::<u64>().ok());
            if is_counted && !is_of_call {
                sum += cost.unwrap_or_default();
            }
            is_of_call = false;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_functions_take_themselves_is_summed() {
        let file = "events: Ir\nfl=(1) a.rs\nfn=(1) main\n16 400\ncfn=(2) sha2::compress\ncalls=1 50\n+1 900\n* 5\n\
                    fn=(2)\n50 900\nfn=(3) read\n-3 7\ncfn=(2)\ncalls=2 50\n1 30\ntotals: 1312\n";
        assert_eq!(instructions(file, "sha2::"), 412);
        assert_eq!(instructions(file, "nothing"), 1_312);
    }
}
