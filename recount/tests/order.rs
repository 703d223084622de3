//! What a basis means does not hang on the order of its rows and columns, nor on a trip through files.

use std::env;
use std::fs;
use std::process;

use honorar_recount::{Parameters, Tables, amounts, generate};

#[test]
fn rows_and_columns_may_stand_in_any_order() {
    let parameters = Parameters::default();
    for seed in 0..8 {
        let tables = generate(seed);
        let shuffled = tables.shuffled(seed + 1);
        assert_ne!(shuffled, tables);
        for year in [2012, 2013, 2014, 2016] {
            for part in ["H1", "H2", "09"] {
                let period = format!("{year}-{part}");
                assert_eq!(amounts(&tables, &parameters, &period), amounts(&shuffled, &parameters, &period));
            }
        }
    }
}

#[test]
fn a_folder_gives_back_what_was_written() {
    let folder = env::temp_dir().join(format!("honorar-recount-{}", process::id()));
    let tables = generate(3);
    tables.write_folder(&folder).unwrap();
    let read = Tables::read_folder(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(read, tables);
}
