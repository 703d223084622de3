//! How much memory a program holds at most.
//!
//! On Linux only: the kernel notes the most that a process has held in memory so far, and shows it as long as the
//! process lives.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::timing::Timed;

/// How long to wait between two looks: what a program takes in its last moment is seen if it lasts as long.
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

/// The most bytes that a program has in memory at once.
pub(crate) fn peak_bytes(program: &Timed, out: &Path) -> Result<u64, Box<dyn Error>> {
    let mut process = program.process(out).spawn()?;
    let shown = format!("/proc/{}/status", process.id());
    let mut peak = None;
    loop {
        // The mark only rises, so the last one seen is the highest; a program that has ended has none.
        peak = high_water_bytes(&fs::read_to_string(&shown)?).or(peak);
        if let Some(status) = process.try_wait()? {
            let peak = peak.filter(|_| status.success());
            return peak.ok_or_else(|| format!("{}: it failed, or was gone at once", program.name).into());
        }
        thread::sleep(BETWEEN_LOOKS);
    }
}

fn high_water_bytes(status: &str) -> Option<u64> {
    let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"))?;
    Some(kibibytes.trim().parse::<u64>().ok()? * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_among_what_the_kernel_shows() {
        let status = "Name:\thonorar\nVmPeak:\t  900000 kB\nVmHWM:\t   20480 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!(high_water_bytes(status), Some(20_480 * 1_024));
        assert_eq!(high_water_bytes("Name:\thonorar\nState:\tZ (zombie)\n"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_buffer_of_64_megabytes_is_seen() {
        const BUFFER: u64 = 64 << 20;
        // Filled once, it is kept for the other blocks, which gives time for a look.
        let arguments = ["if=/dev/zero", "of=/dev/null", "bs=64M", "count=20"];
        let copying = Timed {
            name: "dd".to_owned(),
            program: "dd".into(),
            arguments: arguments.map(Into::into).into(),
        };
        let peak = peak_bytes(&copying, Path::new("")).unwrap();
        assert!((BUFFER..BUFFER + BUFFER / 4).contains(&peak), "{peak}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_that_fails_has_no_peak() {
        let failing = Timed { name: "false".to_owned(), program: "false".into(), arguments: Vec::new() };
        assert!(peak_bytes(&failing, Path::new("")).is_err());
    }
}
