//! What many members say of one field, so that it can grow by one member without asking all of them anew.

use std::cmp::Reverse;

use crate::model::EventType;

/// The values given for a field, each with its votes and the rank of the first member to give it.
#[derive(Debug)]
pub(super) struct Votes<T>(Vec<(T, usize, usize)>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Votes(Vec::new())
    }
}

impl<T: PartialEq> Votes<T> {
    /// Adds votes for a value by a member of a rank.
    pub(super) fn add(&mut self, value: T, votes: usize, rank: usize) {
        match self.0.iter_mut().find(|(known, ..)| *known == value) {
            Some((_, all, first)) => (*all, *first) = (*all + votes, rank.min(*first)),
            None => self.0.push((value, votes, rank)),
        }
    }

    /// Takes in the votes of other members.
    pub(super) fn join(&mut self, other: Self) {
        for (value, votes, rank) in other.0 {
            self.add(value, votes, rank);
        }
    }

    /// The value with most votes among those that `counts`; of equals the one given first.
    pub(super) fn winner(&self, counts: impl Fn(&T) -> bool) -> Option<&T> {
        let counted = self.0.iter().filter(|(value, ..)| counts(value));
        counted.max_by_key(|(_, votes, first)| (*votes, Reverse(*first))).map(|(value, ..)| value)
    }

    /// How many votes a value has.
    fn of(&self, value: &T) -> usize {
        self.0.iter().find(|(known, ..)| known == value).map_or(0, |(_, votes, _)| *votes)
    }
}

impl Votes<EventType> {
    /// The most specific type; of equally specific ones that with most votes, of those `airstrike`, else the first.
    pub(super) fn event_type(&self) -> EventType {
        use EventType as E;
        let flown = self.0.iter().any(|(event, ..)| matches!(event, E::Airstrike | E::DroneStrike | E::MissileAttack));
        let specific = |event: &EventType| match event {
            E::Other => 0,
            E::Explosion => 1,
            E::Assassination if flown => 1,
            E::Assassination | E::SuicideBombing => 3,
            E::NavalAttack => 4,
            _ => 2,
        };
        let best = self.0.iter().map(|(event, ..)| specific(event)).max().unwrap_or(0);
        let winner = self.winner(|event| specific(event) == best).copied().unwrap_or(E::Other);
        let level = specific(&E::Airstrike) == best && self.of(&E::Airstrike) == self.of(&winner);
        if level { E::Airstrike } else { winner }
    }
}

/// A toll over all members that tell one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Toll {
    least: Option<u32>,
    most: Option<u32>,
    /// The greatest "at least N".
    open: Option<u32>,
}

impl Toll {
    /// A member's toll: fewest and most.
    pub(super) fn told((least, most): (Option<u32>, Option<u32>)) -> Toll {
        Toll { least, most, open: least.filter(|_| most.is_none()) }
    }

    /// The toll of both.
    #[must_use]
    pub(super) fn join(self, other: Toll) -> Toll {
        let least = [self.least, other.least].into_iter().flatten().min();
        Toll { least, most: self.most.max(other.most), open: self.open.max(other.open) }
    }

    /// From the least of the fewest to the greatest of the most; open above where "at least N" exceeds every stated most.
    pub(super) fn range(self) -> (Option<u32>, Option<u32>) {
        (self.least, if self.open > self.most { None } else { self.most })
    }
}
