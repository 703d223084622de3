//! Names in an archive: of entries, of what a crash leaves behind, and of an entry's files.

use crate::limits;

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const SEAL: &str = "manifest.sha256";
pub(crate) const LOCK: &str = ".lock";

/// The folder of an entry: four digits at least.
pub(crate) fn entry_name(number: u32) -> String {
    format!("{number:04}")
}

/// The number of the entry whose folder has this name.
pub(crate) fn entry_number(name: &str) -> Option<u32> {
    // `1` and `00001` are no names of entry 1: there is one folder for each.
    name.parse().ok().filter(|&number| (1..=limits::ENTRIES).contains(&number) && entry_name(number) == name)
}

/// The hidden folder in which an entry is made before it appears.
pub(crate) fn staging_name(number: u32, random: u64) -> String {
    format!(".{}-{random:016x}", entry_name(number))
}

/// Whether a name is that of such a folder. Nothing else is ever taken for a leftover, and removed.
pub(crate) fn is_staging(name: &str) -> bool {
    let parts = name.strip_prefix('.').and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(number, random)| {
        let is_digit = |digit: u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
        entry_number(number).is_some() && random.len() == 16 && random.bytes().all(is_digit)
    })
}

/// Whether a name may be that of an entry's file: relative, `/` between its parts, none of them hidden, and
/// nothing that some system reads as another folder, drive or stream. A manifest is no way out of its folder.
pub(crate) fn is_plain(name: &str) -> bool {
    let is_part = |part: &str| {
        let is_odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
        !part.is_empty()
            && part.len() <= limits::NAME_PART_BYTES
            && !part.starts_with('.')
            && !part.ends_with(['.', ' '])
            && !part.contains(is_odd)
    };
    name.len() <= limits::NAME_BYTES && name.split('/').all(is_part) && !is_our_own(name)
}

/// The manifest and its seal, also where a file system makes no difference between cases.
fn is_our_own(name: &str) -> bool {
    let first = name.split('/').next().unwrap_or(name);
    first.eq_ignore_ascii_case(MANIFEST) || first.eq_ignore_ascii_case(SEAL)
}

/// The folders that a name goes through, the outermost first: `a`, `a/b` of `a/b/c.csv`.
pub(crate) fn folders_of(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').filter_map(|(at, _)| name.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_one_name() {
        for (number, name) in
            [(1, "0001"), (42, "0042"), (9999, "9999"), (10_000, "10000"), (100_000, "100000")]
        {
            assert_eq!(entry_name(number), name);
            assert_eq!(entry_number(name), Some(number));
        }
        for name in
            ["", "0", "0000", "1", "00001", "+001", "-001", "100001", "4294967296", "000a", "0001 ", "٠٠٠١"]
        {
            assert_eq!(entry_number(name), None, "{name}");
        }
    }

    #[test]
    fn only_what_was_being_written_is_a_leftover() {
        assert!(is_staging(&staging_name(3, 0)));
        assert!(is_staging(&staging_name(10_000, u64::MAX)));
        for name in
            ["0003-0000000000000000", ".0003", ".0003-", ".2024-notes", ".0003-000000000000000G", ".lock"]
        {
            assert!(!is_staging(name), "{name}");
        }
    }

    #[test]
    fn a_name_stays_in_its_folder() {
        for name in ["lines.csv", "run/lines.csv", "a/b/c", "frammøte 2014.csv", "run/manifest.json"] {
            assert!(is_plain(name), "{name}");
        }
        let long = "a".repeat(256);
        let deep = "a/".repeat(600) + "a";
        for name in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/../b",
            "a/..",
            ".",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "..\\a",
            "C:a",
            "a:stream",
            "a\0b",
            "a\nb",
            ".hidden",
            "a/.hidden",
            "a.",
            "a ",
            "manifest.json",
            "MANIFEST.JSON",
            "manifest.sha256",
            "manifest.json/a",
            long.as_str(),
            deep.as_str(),
        ] {
            assert!(!is_plain(name), "{name:?}");
        }
    }

    #[test]
    fn folders_come_outermost_first() {
        assert_eq!(folders_of("a/b/c.csv").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders_of("c.csv").count(), 0);
    }
}
