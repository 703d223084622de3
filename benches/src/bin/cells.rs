//! `cells WORKBOOK…`: reads every cell of every sheet of each workbook with the `calamine` crate, and counts.
//!
//! It is the least that anything which reads these workbooks with that crate has to do: cells one by one, texts
//! borrowed.

use std::error::Error;

use calamine::{Reader, Xlsx, open_workbook};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut sheets, mut cells) = (0_u64, 0_u64);
    for path in std::env::args_os().skip(1) {
        let mut workbook: Xlsx<_> = open_workbook(path)?;
        for sheet in workbook.sheet_names() {
            let mut reader = workbook.worksheet_cells_reader(&sheet)?;
            sheets += 1;
            while reader.next_cell()?.is_some() {
                cells += 1;
            }
        }
    }
    println!("{sheets} sheets, {cells} cells");
    Ok(())
}
