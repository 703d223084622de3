//! What the state sets, read once: every regulation shares it.

use std::sync::{Arc, OnceLock};

use honorar_engine::regulation::{Item, Items, StatePay, TravelRates};

use crate::{state_pay, travel_rates};

/// What the state sets, with the items that state it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) items: Arc<Vec<Item>>,
    pub(crate) travel_rates: TravelRates,
    pub(crate) pay: StatePay,
}

/// What ships with the program; nothing where that could not be read, which a test excludes.
pub(crate) fn state() -> Option<&'static State> {
    static STATE: OnceLock<Option<State>> = OnceLock::new();
    STATE.get_or_init(read).as_ref()
}

/// Reads what the state sets, which the first regulation would otherwise wait for.
pub fn prepare_state_rates() {
    state();
}

fn read() -> Option<State> {
    let mut items = Items::default();
    let travel_rates = travel_rates::read(&mut items)?;
    let pay = state_pay::read(&mut items)?;
    Some(State { items: items.into_shared(), travel_rates, pay })
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_ships_is_read() {
        assert!(super::state().is_some());
    }
}
