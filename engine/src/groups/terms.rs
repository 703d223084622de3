//! What a regulation says of group support on one day.

use chrono::NaiveDate;

use crate::money::Money;
use crate::regulation::{AmountIx, Dated, GroupSupport, ItemId, OneHead, Regulation, Trail};
use crate::shortfall::Shortfall;

/// The terms of support on a day: that of the transfer.
#[derive(Clone, Copy)]
pub(super) struct Terms<'r> {
    pub(super) support: &'r GroupSupport,
    regulation: &'r Regulation,
    day: NaiveDate,
}

impl<'r> Terms<'r> {
    pub(super) fn on(day: NaiveDate, regulation: &'r Regulation, support: &'r GroupSupport) -> Self {
        Self { support, regulation, day }
    }

    /// The same on another day.
    pub(super) fn at(self, day: NaiveDate) -> Self {
        Self { day, ..self }
    }

    pub(super) fn read<'d, T>(self, dated: &'d Dated<T>, trail: &mut Trail) -> Result<&'d T, Shortfall> {
        trail.read_on(dated, self.day)
    }

    /// A value that decides which lines there are, before there is a line whose trail it could be on.
    pub(super) fn look_up<T>(self, dated: &Dated<T>) -> Result<&T, Shortfall> {
        self.read(dated, &mut Trail::default())
    }

    pub(super) fn item<T>(self, dated: &Dated<T>) -> ItemId {
        dated.on(self.day).item()
    }

    /// An amount in whole øre.
    pub(super) fn amount(self, amount: AmountIx, trail: &mut Trail) -> Result<Money, Shortfall> {
        let worth = self.regulation.amounts.worth(amount, self.day, &OneHead, trail)?;
        match worth.exact.in_whole_oere() {
            Some(whole) => Ok(whole),
            None => Ok(self.read(&self.regulation.fees.rounding, trail)?.round(worth.exact)),
        }
    }

    pub(super) fn item_of(self, amount: AmountIx) -> ItemId {
        self.item(&self.regulation.amounts.get(amount).statement)
    }
}
