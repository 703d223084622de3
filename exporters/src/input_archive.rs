//! `input.zip`: what a run was worked out from, as it was handed in, and the way back.
//!
//! It is what lets a run's folder stand by itself: a payroll file made later, or a statement, is of the same
//! tables, profile and regulation, whatever has become of them since. Files are stored, not packed, so that any
//! tool reads them.

use std::io::{Cursor, Read, Write};

use honorar_intake::ledger_tables::POSTINGS;
use honorar_intake::{InputFile, LedgerTexts, Source};
use honorar_rates::{HrmTexts, RegulationText};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::run::Run;

/// Its name in a run's folder.
pub(crate) const NAME: &str = "input.zip";

const REGULATION: &str = "regulation/";
const PAID_BEFORE: &str = "paid-before/";
const MAPPING: &str = "mapping/";
const SCHEMA: &str = "schema/";
const LEFT_ALONE: &str = "left-alone/";

/// How much an archive may hold; a year of a municipality is a thousandth of it.
const LIMIT_BYTES: u64 = 1 << 30;

/// What the names of a dozen files take, at their beginnings and in the list at the end.
const ROOM_OF_NAMES: usize = 4 << 10;

/// The archive: tables and profile at its top; the regulation, what had been paid before, payroll's mapping and
/// schema in folders; and of what was left alone the names, for the notes that were given of it.
pub(crate) fn write(run: &Run<'_>) -> Vec<u8> {
    let inputs: usize = run.inputs.iter().map(|input| input.bytes.len()).sum();
    let room = inputs + run.regulation_text.text.len() + ROOM_OF_NAMES;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    // The same input gives the same bytes: no clock.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    // Writing to memory does not fail.
    let mut put = |name: &str, bytes: &[u8]| {
        let _ = writer.start_file(name, options);
        let _ = writer.write_all(bytes);
    };
    for input in run.inputs {
        put(&input.name, &input.bytes);
    }
    put(&format!("{REGULATION}{}", run.regulation_text.file), run.regulation_text.text.as_bytes());
    for (name, text) in run.ledger.into_iter().flat_map(LedgerTexts::tables) {
        put(&format!("{PAID_BEFORE}{name}"), text.as_bytes());
    }
    if let Some(hrm) = &run.content.hrm {
        let HrmTexts { mapping, schema } = &hrm.texts;
        put(&format!("{MAPPING}{}", mapping.0), mapping.1.as_bytes());
        if let Some((file, text)) = schema {
            put(&format!("{SCHEMA}{file}"), text.as_bytes());
        }
    }
    for name in run.left_alone {
        put(&format!("{LEFT_ALONE}{name}"), &[]);
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// What an archive holds, as the source of a basis of a name; nothing where it is no such archive.
pub(crate) fn read(bytes: &[u8], basis: &str) -> Option<Source> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut source = Source { name: basis.to_owned(), ..Source::default() };
    let (mut mapping, mut schema, mut left) = (None, None, LIMIT_BYTES);
    let (mut runs, mut postings) = (None, None);
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        file.by_ref().take(left).read_to_end(&mut bytes).ok()?;
        left = left.checked_sub(u64::try_from(bytes.len()).ok()?).filter(|left| *left > 0)?;
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
        if let Some(file) = name.strip_prefix(REGULATION) {
            source.regulation = Some(RegulationText { file: file.to_owned(), text: text(bytes)? });
        } else if let Some(file) = name.strip_prefix(PAID_BEFORE) {
            let table = if file == POSTINGS { &mut postings } else { &mut runs };
            *table = Some(text(bytes)?);
        } else if let Some(file) = name.strip_prefix(MAPPING) {
            mapping = Some((file.to_owned(), text(bytes)?));
        } else if let Some(file) = name.strip_prefix(SCHEMA) {
            schema = Some((file.to_owned(), text(bytes)?));
        } else if let Some(file) = name.strip_prefix(LEFT_ALONE) {
            source.left_alone.push(file.to_owned());
        } else {
            source.tables.push(InputFile { name, bytes });
        }
    }
    // The profile may have any name; it was put in after the tables.
    source.profile = source.tables.pop();
    source.ledger = runs.zip(postings).map(|(runs, postings)| LedgerTexts { runs, postings });
    source.hrm = mapping.map(|mapping| HrmTexts { mapping, schema });
    (source.profile.is_some() && source.regulation.is_some()).then_some(source)
}
