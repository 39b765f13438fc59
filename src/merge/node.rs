//! An event in the making: the incidents that were joined so far, and what they look like to others.
//!
//! Most incidents stay alone. Such a node holds its incident once and nothing beside; members and face come with the
//! first join.

use std::cell::OnceCell;

use super::combine::combine;
use super::face::Face;
use super::wording::Wording;
use super::{likeness, weekday};
use crate::model::Incident;

/// The incidents of one event and what they come to.
pub(super) struct Node {
    /// What the members come to, once [`Node::settled`].
    pub(super) whole: Incident,
    /// Where there are several: the members, and the face of all.
    group: Option<Box<Group>>,
    /// Its place in the order in which [`combine`] hears members.
    rank: usize,
    /// The numbers of its reports, in order.
    reports: Vec<u32>,
    /// The decisions that keep it apart, each with the side on which it stands.
    sides: Vec<(u32, bool)>,
    /// The words of all members, once a comparison asks for them: most never do.
    wording: OnceCell<Wording>,
}

/// A node that is moved cheaply: it goes from list to list.
pub(super) type Held = Box<Node>;

/// Several incidents of one event.
struct Group {
    members: Vec<Incident>,
    face: Face,
    /// Whether the whole is what these members come to.
    settled: bool,
}

impl Group {
    fn of(whole: Incident, rank: usize) -> Group {
        Group { face: Face::of(&whole, rank), members: vec![whole], settled: true }
    }

    fn join(&mut self, other: Group) {
        self.members.extend(other.members);
        self.face.join(other.face);
        self.settled = false;
    }
}

impl Node {
    pub(super) fn of(rank: usize, whole: Incident, mut reports: Vec<u32>) -> Node {
        reports.sort_unstable();
        reports.dedup();
        Node { whole, group: None, rank, reports, sides: Vec::new(), wording: OnceCell::new() }
    }

    /// Both as one event, not yet settled.
    #[expect(clippy::stable_sort_primitive, reason = "the stable sort joins runs that are in order")]
    pub(super) fn join(mut self: Box<Self>, mut other: Box<Node>) -> Box<Node> {
        self.wording = self.joined_wording(&other);
        self.reports.append(&mut other.reports);
        self.reports.sort();
        self.sides.append(&mut other.sides);
        let theirs = other.group.take().unwrap_or_else(|| Box::new(Group::of(other.whole, other.rank)));
        let ours = self.group.get_or_insert_with(|| Box::new(Group::of(self.whole.clone(), self.rank)));
        ours.join(*theirs);
        self
    }

    /// The words of both, where those of either are known.
    fn joined_wording(&mut self, other: &Node) -> OnceCell<Wording> {
        if self.wording.get().or(other.wording.get()).is_none() {
            return OnceCell::new();
        }
        self.wording();
        let mut all = self.wording.take().unwrap_or_default();
        all.join(other.wording());
        OnceCell::from(all)
    }

    /// The words of all members.
    fn wording(&self) -> &Wording {
        self.wording.get_or_init(|| match &self.group {
            Some(group) => Wording::of(&group.members),
            None => Wording::of([&self.whole]),
        })
    }

    /// What others see of it.
    fn seen(&self) -> &Incident {
        self.group.as_ref().map_or(&self.whole, |group| &group.face.seen)
    }

    /// The better score of two nodes that are one event; none where they are two.
    pub(super) fn same(&self, other: &Node) -> Option<f64> {
        let (few, many) = if self.reports.len() <= other.reports.len() { (self, other) } else { (other, self) };
        // Two incidents that one report tells apart never become one.
        let apart = few.reports.iter().any(|report| many.reports.binary_search(report).is_ok());
        if apart || self.is_kept_from(other) {
            return None;
        }
        likeness::same(self.seen(), other.seen(), || (self.wording(), other.wording()))
    }

    /// Puts the event on one side of a decision.
    pub(super) fn take_side(&mut self, decision: u32, side: bool) {
        self.sides.push((decision, side));
    }

    /// Whether a decision keeps the two apart.
    fn is_kept_from(&self, other: &Node) -> bool {
        self.sides.iter().any(|(decision, side)| other.sides.contains(&(*decision, !side)))
    }

    /// Gives an undated event a date, as a report tells it of another.
    pub(super) fn date(&mut self, from: &Incident, report: &str) {
        weekday::put_date(&mut self.whole, from, report);
        if let Some(group) = &mut self.group {
            group.members.iter_mut().for_each(|member| weekday::put_date(member, from, report));
            group.face.put_date(from);
            group.settled = false;
        }
    }

    /// Works out what the members come to.
    pub(super) fn settled(mut self: Box<Self>) -> Box<Node> {
        if let Some(group) = self.group.as_mut().filter(|group| !group.settled) {
            group.settled = true;
            self.whole = combine(&group.members).unwrap_or(self.whole);
        }
        self
    }
}
