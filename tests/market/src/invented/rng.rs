//! Seeded chance: the same seed, the same listing.

/// `SplitMix64` (Steele, Lea, Flood, 2014): small, and good enough to mix words.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end.max(1))).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Whether something with this chance in a hundred happens.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// One of the choices. The lists here are never empty; of an empty one the default comes.
    pub(super) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let at = self.below(u32::try_from(choices.len()).unwrap_or(u32::MAX));
        usize::try_from(at).ok().and_then(|at| choices.get(at)).copied().unwrap_or_default()
    }

    /// One of the choices, by weight.
    pub(super) fn weighted<T: Copy + Default>(&mut self, choices: &[(u32, T)]) -> T {
        let mut left = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for &(weight, choice) in choices {
            if left < weight {
                return choice;
            }
            left -= weight;
        }
        T::default()
    }

    /// Puts the items into another order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = self.below(u32::try_from(end + 1).unwrap_or(u32::MAX));
            items.swap(end, usize::try_from(other).unwrap_or(end));
        }
    }

    /// So many capitals and digits.
    pub(super) fn code(&mut self, len: usize) -> String {
        (0..len).map(|_| char::from_digit(self.below(36), 36).unwrap_or('0').to_ascii_uppercase()).collect()
    }

    /// Something shaped like the id of a worker or requester: `A` and 12 or 13 more.
    pub(super) fn person_id(&mut self) -> String {
        let len = self.weighted(&[(1, 11), (27, 12), (72, 13)]);
        format!("A{}", self.code(len))
    }
}
