//! A municipality whose runs are closed and corrected: small tables as a person would jot them down.

use std::collections::BTreeMap;

use honorar_exporters::{Run, files};
use honorar_intake::{InputFile, Paid, Source};
use honorar_rates::{Language, RegulationText};

use super::books::Books;
use crate::pocket_calculator::check_sentence_in;
use crate::tables::{PROFILE, records, source};

/// A basis, a profile, and the runs that are closed.
#[derive(Clone)]
pub(super) struct Municipality {
    rows: BTreeMap<String, String>,
    profile: String,
    regulation: Option<RegulationText>,
    expense: String,
    pub(super) books: Books,
}

impl Municipality {
    /// 0101 and 0102 are members of the council. KST-1 is short, 150 minutes: at most 170 × 150 / 60 = 425.00
    /// without and 386 × 150 / 60 = 965.00 with documentation.
    pub(super) fn new() -> Self {
        let rows = [
            ("persons", "0101, employed\n0102, employed"),
            ("offices", "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01"),
            (
                "meetings",
                "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, 2014-03-06, 10:00, 12:00\nK2, KST, 2014-09-04, 16:00, 18:30",
            ),
            ("attendance", "K1, 0101, present\nK1, 0102, present\nK2, 0101, present\nK2, 0102, present"),
            ("claims", ""),
        ];
        Self {
            rows: rows.iter().map(|(table, rows)| ((*table).to_owned(), (*rows).to_owned())).collect(),
            profile: PROFILE.to_owned(),
            regulation: None,
            expense: String::new(),
            books: Books::default(),
        }
    }

    /// The same with other rows in a table.
    pub(super) fn with(mut self, table: &str, rows: &str) -> Self {
        self.rows.insert(table.to_owned(), rows.to_owned());
        self
    }

    /// The same with more rows in a table.
    pub(super) fn and(mut self, table: &str, rows: &str) -> Self {
        let all = self.rows.entry(table.to_owned()).or_default();
        *all = format!("{all}\n{rows}");
        self
    }

    /// The same with something else in the profile.
    pub(super) fn instead(mut self, from: &str, to: &str) -> Self {
        assert!(self.profile.contains(from), "{from}");
        self.profile = self.profile.replace(from, to);
        self
    }

    /// The same with more at the end of the profile.
    pub(super) fn decides(mut self, text: &str) -> Self {
        self.profile = format!("{}\n{text}\n", self.profile);
        self
    }

    /// The same by another regulation.
    pub(super) fn by(mut self, regulation: RegulationText) -> Self {
        self.regulation = Some(regulation);
        self
    }

    /// The same with Visma Expense's export.
    pub(super) fn registered(mut self, rows: &str) -> Self {
        rows.clone_into(&mut self.expense);
        self
    }

    fn source(&self) -> Source {
        const EXPENSE: &str =
            "person_id,claim_id,pay_code,quantity,unit_price,total_value,transaction_date,meeting_id";
        let mut source = source(&self.rows, &self.profile);
        source.regulation.clone_from(&self.regulation);
        if !self.expense.is_empty() {
            let bytes = format!("{EXPENSE}\n{}\n", self.expense).into_bytes();
            source.tables.push(InputFile { name: "visma_expense.csv".to_owned(), bytes });
        }
        source
    }

    /// The run of a period, whatever comes of it.
    pub(super) fn paid(&self, period: &str) -> Paid {
        self.books.pay(self.source(), period.parse().expect("a period"))
    }

    /// The files of a run, by name. Every sum in every sentence is right, in every language.
    pub(super) fn files(&self, period: &str) -> BTreeMap<String, Vec<u8>> {
        let paid = self.paid(period);
        let payout = paid.payout.as_ref().unwrap_or_else(|| panic!("{:#?}", paid.reading.problems));
        let run = Run::of(&paid.reading, period.parse().expect("a period"), payout).expect("a basis");
        let in_language = |language: Language| -> BTreeMap<String, Vec<u8>> {
            let files = files(&run.in_language(Some(language))).expect("every kind has a wage type");
            files.into_iter().map(|file| (file.name, file.bytes)).collect()
        };
        for language in Language::ALL {
            let files = in_language(language);
            for row in ["lines.csv", "payables.csv"].iter().flat_map(|file| records(&files[*file])) {
                check_sentence_in(language, &row["how"], &row["amount"]).expect("a sum that is right");
            }
        }
        in_language(Language::English)
    }

    /// The lines and payables of a run: number, person, kind, meeting or body, claim and amount; of a correction
    /// what it corrects, and when that was earned; of a payable who is paid.
    pub(super) fn lines(&self, period: &str) -> Vec<String> {
        let files = self.files(period);
        let shown = |row: &BTreeMap<String, String>| {
            let cell = |column: &str| row.get(column).map_or("", String::as_str);
            let place = if cell("meeting_id").is_empty() { cell("body") } else { cell("meeting_id") };
            let correction = match (cell("earned"), cell("corrects")) {
                ("", _) => String::new(),
                (earned, "") => format!("left out in {earned}"),
                (earned, corrects) => format!("{corrects} of {earned}"),
            };
            let kind = match cell("corrected_kind") {
                "" => cell("kind"),
                kind => kind,
            };
            let words = [
                cell("line"),
                cell("person_id"),
                kind,
                place,
                cell("claim_id"),
                cell("amount"),
                &correction,
                cell("payee"),
                cell("account"),
            ];
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        ["lines.csv", "payables.csv"]
            .iter()
            .flat_map(|file| records(&files[*file]))
            .map(|row| shown(&row))
            .collect()
    }

    /// Closes a run that is as expected; a run after that has nothing to do.
    #[track_caller]
    pub(super) fn closes(mut self, period: &str, expected: &[&str]) -> Self {
        assert_eq!(self.lines(period), expected, "{period}");
        let paid = self.paid(period);
        self.books.close(&paid, period.parse().expect("a period"));
        assert_eq!(self.lines(period), [""; 0], "nothing is left to do");
        self
    }

    /// The problems of a run in the order of their places, as they are printed, but those of a sound basis.
    pub(super) fn problems(&self, period: &str) -> Vec<String> {
        const OF_TRAVEL: [&str; 1] = ["tax_not_known"];
        let problems = self.paid(period).reading.problems.into_iter();
        problems
            .filter(|problem| !OF_TRAVEL.contains(&problem.code))
            .map(|problem| problem.to_string())
            .collect()
    }
}
