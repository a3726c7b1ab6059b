//! What an entry's minutes brought in, with the tasks that pay for it afterwards.

use crate::domain::{Currency, Money, SortedMap};

use super::Entry;

impl Entry {
    /// What it earned itself: the reward once approved, and any bonus; one amount a currency.
    ///
    /// Empty where nothing is earned (yet). Amounts beyond the range of [`Money`] stay at its end.
    pub fn earned(&self) -> Vec<Money> {
        self.earned_with(&[])
    }

    /// What it earned together with the tasks among `others` that pay for it (a compensation task pays for the
    /// minutes of the broken one). A task that pays for this one and is paid for itself hands nothing on.
    pub fn earned_with(&self, others: &[&Self]) -> Vec<Money> {
        let pays_for_this =
            |other: &&&Self| other.pays_for.value() == Some(self.id()) && other.id() != self.id();
        let mut sums: SortedMap<Currency, i64> = SortedMap::new();
        for entry in std::iter::once(&self).chain(others.iter().filter(pays_for_this)) {
            let reward = entry.reward.value().filter(|_| entry.state().is_approval());
            for money in reward.into_iter().chain(entry.bonus.value()) {
                let sum = sums.get(&money.currency).copied().unwrap_or(0).saturating_add(money.micros);
                sums.insert(money.currency, sum);
            }
        }
        sums.iter().map(|(currency, micros)| Money { micros: *micros, currency: *currency }).collect()
    }
}
