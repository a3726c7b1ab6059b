//! What a page needs of the settings.

use crate::domain::{Currency, Limits, PayUnit, SortedMap};

/// The settings that decide how rows are drawn; which sites are on is decided before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSettings {
    /// Per minute or per hour.
    pub unit: PayUnit,
    /// Verdict limits; a currency that is not here has no verdict.
    pub limits: SortedMap<Currency, Limits>,
    /// Whether blocked rows are shown dimmed rather than hidden at page load.
    pub show_blocked: bool,
}

impl Default for PageSettings {
    /// As [`Settings::default`](crate::domain::Settings).
    fn default() -> Self {
        Self {
            unit: PayUnit::default(),
            limits: SortedMap::from_iter([(Currency::USD, Limits::US_DOLLARS)]),
            show_blocked: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Settings;

    #[test]
    fn the_defaults_are_those_of_all_settings() {
        let (page, all) = (PageSettings::default(), Settings::default());
        assert!(page.limits.iter().eq(&all.limits));
        assert_eq!((page.unit, page.show_blocked), (all.unit, all.show_blocked));
    }
}
