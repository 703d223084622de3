//! Which bodies a provision is about.

use chrono::NaiveDate;

use super::stated::{Dated, Stated, Trail};
use crate::basis::{Body, Class};
use crate::shortfall::Shortfall;

/// The bodies that a provision is about: those of some classes and some by code, but for exceptions.
#[derive(Debug, Clone, Default)]
pub struct BodySelector {
    /// The classes.
    pub classes: Vec<Class>,
    /// Bodies by code.
    pub bodies: Option<Dated<Vec<String>>>,
    /// Bodies that it is not about, whatever their class.
    pub except: Option<Dated<Vec<String>>>,
}

impl BodySelector {
    /// Whether a provision is about a body on a day. What takes a body is on the trail.
    pub fn takes(&self, body: &Body, day: NaiveDate, trail: &mut Trail) -> Result<bool, Shortfall> {
        let by_class = self.classes.contains(&body.class);
        if self.except.is_none() && (by_class || self.bodies.is_none()) {
            return Ok(by_class);
        }
        let mut mine = Trail::default();
        let takes = (by_class || Self::lists(self.bodies.as_ref(), body, day, &mut mine)?)
            && !Self::lists(self.except.as_ref(), body, day, &mut mine)?;
        if takes {
            trail.join(&mine);
        }
        Ok(takes)
    }

    fn lists(
        codes: Option<&Dated<Vec<String>>>,
        body: &Body,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<bool, Shortfall> {
        let Some(codes) = codes else { return Ok(false) };
        Ok(trail.read_on(codes, day)?.iter().any(|code| **code == *body.code))
    }

    /// Whether two provisions may be about the same body at some time, as far as their lists are known.
    pub fn overlaps(&self, other: &Self, class_of: &dyn Fn(&str) -> Option<Class>) -> bool {
        let shares_class = self.classes.iter().any(|class| other.classes.contains(class));
        let named = |selector: &Self| -> Vec<String> {
            let lists = selector.bodies.iter().flat_map(Dated::all).filter_map(Stated::peek);
            lists.flatten().cloned().collect()
        };
        let may_take = |selector: &Self, code: &String| {
            // A list that is not known may have the body; a line that needs it looks again.
            let excepted = selector.except.as_ref().is_some_and(|codes| {
                codes.all().all(|codes| codes.peek().is_none_or(|codes| codes.contains(code)))
            });
            let by_class = class_of(code).is_some_and(|class| selector.classes.contains(&class));
            !excepted && (by_class || named(selector).contains(code))
        };
        let mut codes = named(self).into_iter().chain(named(other));
        shares_class || codes.any(|code| may_take(self, &code) && may_take(other, &code))
    }
}
