//! The natural order of claim ids: K9 before K10, equal numbers by the id as text.

/// A piece of an id. A run of digits sorts before other text, as a digit does.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u128),
    Text(String),
}

/// A key that sorts ids naturally.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NaturalKey {
    pieces: Vec<Piece>,
    text: String,
}

pub(crate) fn natural_key(id: &str) -> NaturalKey {
    let mut pieces = Vec::new();
    let mut rest = id;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let length = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(length);
        pieces.push(if digits {
            Piece::Number(piece.parse().expect("a number in an id that fits"))
        } else {
            Piece::Text(piece.to_string())
        });
        rest = after;
    }
    NaturalKey { pieces, text: id.to_string() }
}
