//! Anything by place: distinct points in an R-tree, and behind each the list of what falls on it.
//!
//! The tree holds a million payloads without a million nodes, because incidents fall on the same gazetteer points again
//! and again. The lists of all sites stand in one row, in the order of the tree, so that neighbours lie side by side. A
//! list that grows moves to the end of the row, with room to grow; what it leaves behind is packed once it is as much
//! as what is used.

use rstar::{AABB, RStarInsertionStrategy, RTree, RTreeObject, RTreeParams};

use super::earth;
use super::walk::{self, Nearest};

/// Children of a node. Measured on a million incident-like points: wider nodes are slower to search, narrower ones larger.
#[derive(Debug)]
struct Params;

impl RTreeParams for Params {
    const MIN_SIZE: usize = 3;
    const MAX_SIZE: usize = 8;
    const REINSERTION_COUNT: usize = 2;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

/// A distinct point, with where its list stands. As large as what a node of the tree has room for.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    in_space: [f64; 3],
    lon: f64,
    lat: f64,
    start: u32,
    len: u32,
    room: u32,
}

impl Site {
    fn new(lon: f64, lat: f64, start: u32, len: u32) -> Self {
        Site { in_space: earth::in_space(lon, lat), lon, lat, start, len, room: len }
    }

    /// Longitude, degrees.
    pub fn lon(&self) -> f64 {
        self.lon
    }

    /// Latitude, degrees.
    pub fn lat(&self) -> f64 {
        self.lat
    }

    pub(super) fn in_space(&self) -> [f64; 3] {
        self.in_space
    }

    fn is_at(&self, lon: f64, lat: f64) -> bool {
        (self.lon.to_bits(), self.lat.to_bits()) == (lon.to_bits(), lat.to_bits())
    }
}

impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        self.is_at(other.lon, other.lat)
    }
}

impl RTreeObject for Site {
    type Envelope = AABB<[f64; 3]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.in_space)
    }
}

/// Payloads by place, such as numbers of incidents. At most four thousand million of them.
///
/// ```
/// use mawqi::index::Points;
///
/// let mut points = Points::new(vec![(44.0, 33.0, 7_u32), (44.0, 33.0, 8), (179.999, 0.0, 9)]);
/// assert_eq!(points.nearest(44.1, 33.0, 1), [7]);
/// assert_eq!(points.count_within(-179.999, 0.0, 300.0), 1);
/// points.remove(44.0, 33.0, 7);
/// assert_eq!(points.nearest(44.1, 33.0, 2), [8, 9]);
/// ```
#[derive(Debug)]
pub struct Points<T> {
    tree: RTree<Site, Params>,
    row: Vec<T>,
    /// How many payloads are in use; the rest of the row is room.
    len: usize,
}

/// A site that lies within what was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a, T> {
    /// Where it is.
    pub site: &'a Site,
    /// What falls on it, in order.
    pub list: &'a [T],
}

/// A site among the nearest.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a, T> {
    /// The site and its list.
    pub spot: Spot<'a, T>,
    /// Sites of one rank are equally far; 0 is the nearest.
    pub rank: usize,
}

impl<T: Copy + Ord> Default for Points<T> {
    fn default() -> Self {
        Points::new(Vec::new())
    }
}

impl<T: Copy + Ord> Points<T> {
    /// Indexes payloads by longitude and latitude, degrees; those that lie nowhere on Earth are left out.
    pub fn new(mut points: Vec<(f64, f64, T)>) -> Self {
        points.retain(|(lon, lat, _)| earth::is_point(*lon, *lat));
        for (lon, lat, _) in &mut points {
            // There is one zero.
            (*lon, *lat) = (*lon + 0.0, *lat + 0.0);
        }
        points.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut sites = Vec::new();
        let mut start = 0;
        for run in points.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            sites.push(Site::new(run[0].0, run[0].1, index(start), index(run.len())));
            start += run.len();
        }
        let row = points.into_iter().map(|(_, _, payload)| payload).collect();
        let mut points = Points { tree: RTree::bulk_load_with_params(sites), row, len: start };
        points.pack();
        points
    }

    /// How many payloads there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many distinct points there are.
    pub fn site_count(&self) -> usize {
        self.tree.size()
    }

    /// Adds a payload; false where the point lies nowhere on Earth.
    pub fn insert(&mut self, lon: f64, lat: f64, payload: T) -> bool {
        if !earth::is_point(lon, lat) {
            return false;
        }
        let (lon, lat) = (lon + 0.0, lat + 0.0);
        self.len += 1;
        let row = &mut self.row;
        if let Some(site) = site_mut(&mut self.tree, lon, lat) {
            put(row, site, payload);
        } else {
            let start = index(row.len());
            row.push(payload);
            self.tree.insert(Site::new(lon, lat, start, 1));
        }
        self.pack_if_loose();
        true
    }

    /// Takes a payload out; false where it is not there.
    pub fn remove(&mut self, lon: f64, lat: f64, payload: T) -> bool {
        let (lon, lat) = (lon + 0.0, lat + 0.0);
        let Some(site) = site_mut(&mut self.tree, lon, lat) else { return false };
        let (start, len) = (site.start as usize, site.len as usize);
        let list = self.row.get_mut(start..start + len).unwrap_or_default();
        let Ok(at) = list.binary_search(&payload) else { return false };
        list.copy_within(at + 1.., at);
        site.len -= 1;
        self.len -= 1;
        if site.len == 0 {
            let empty = *site;
            self.tree.remove(&empty);
        }
        self.pack_if_loose();
        true
    }

    /// Hands on every site at most `radius_m` metres from the point, by geodesic distance, in no order.
    ///
    /// Chords decide; a geodesic is reckoned only for sites so near the edge that chords cannot tell.
    pub fn each_within<'a>(&'a self, lon: f64, lat: f64, radius_m: f64, mut take: impl FnMut(Spot<'a, T>)) {
        if !earth::is_point(lon, lat) || radius_m.is_nan() || radius_m < 0.0 {
            return;
        }
        let outer = earth::chord_reach(radius_m);
        let inner = earth::chord_within(radius_m).max(0.0);
        let from = earth::in_space(lon, lat);
        walk::within(self.tree.root(), from, inner * inner, outer * outer, &mut |site, surely| {
            if (surely && inner > 0.0) || earth::distance_m(lon, lat, site.lon, site.lat) <= radius_m {
                take(self.spot(site));
            }
        });
    }

    /// How many payloads lie at most `radius_m` metres from the point.
    pub fn count_within(&self, lon: f64, lat: f64, radius_m: f64) -> usize {
        let mut count = 0;
        self.each_within(lon, lat, radius_m, |spot| count += spot.list.len());
        count
    }

    /// Every payload at most `radius_m` metres from the point, in no order.
    pub fn within(&self, lon: f64, lat: f64, radius_m: f64) -> Vec<T> {
        let mut found = Vec::new();
        self.each_within(lon, lat, radius_m, |spot| found.extend_from_slice(spot.list));
        found
    }

    /// The `count` payloads nearest to the point, by geodesic distance, equally near ones in their own order.
    pub fn nearest(&self, lon: f64, lat: f64, count: usize) -> Vec<T> {
        let steps = self.nearest_sites(lon, lat, count, |_| true);
        let mut found = Vec::with_capacity(count.min(self.len));
        for rank in steps.chunk_by(|a, b| a.rank == b.rank) {
            let before = found.len();
            match rank {
                [step] => found.extend(step.spot.list.iter().take(count)),
                _ => found.extend(rank.iter().flat_map(|step| step.spot.list)),
            }
            if let Some(equal) = found.get_mut(before..).filter(|_| rank.len() > 1) {
                equal.sort_unstable();
            }
            if found.len() >= count {
                break;
            }
        }
        found.truncate(count);
        found
    }

    /// The nearest sites on which at least `count` payloads fall that `admits` admits, ties of the last one included; only
    /// sites with such a payload, in order of geodesic distance.
    pub fn nearest_sites(&self, lon: f64, lat: f64, count: usize, admits: impl Fn(&T) -> bool) -> Vec<Step<'_, T>> {
        if !earth::is_point(lon, lat) || count == 0 {
            return Vec::new();
        }
        let mut nearest = Nearest::new(count);
        let mut counts = |site: &Site| self.list(site).iter().filter(|payload| admits(payload)).count();
        nearest.walk(self.tree.root(), earth::in_space(lon, lat), &mut counts);
        self.ranked(lon, lat, count, &nearest.into_found())
    }

    /// Sites in order of geodesic distance, up to the one with which there are enough. Of sites whose chords lie too close
    /// together to tell, the geodesics tell.
    fn ranked<'a>(&'a self, lon: f64, lat: f64, wanted: usize, found: &[(f64, &'a Site, usize)]) -> Vec<Step<'a, T>> {
        let (mut steps, mut sum, mut rank) = (Vec::with_capacity(found.len()), 0, 0);
        for close in found.chunk_by(|a, b| b.0 <= earth::widened(a.0)) {
            if sum >= wanted {
                break;
            }
            if let [(_, site, count)] = close {
                steps.push(Step { spot: self.spot(site), rank });
                (sum, rank) = (sum + count, rank + 1);
                continue;
            }
            let distance = |site: &Site| earth::distance_m(lon, lat, site.lon, site.lat);
            let mut told: Vec<(f64, &Site, usize)> =
                close.iter().map(|(_, site, n)| (distance(site), *site, *n)).collect();
            told.sort_by(|a, b| a.0.total_cmp(&b.0));
            for equal in told.chunk_by(|a, b| a.0 <= b.0 && b.0 <= a.0) {
                if sum >= wanted {
                    break;
                }
                steps.extend(equal.iter().map(|(_, site, _)| Step { spot: self.spot(site), rank }));
                sum += equal.iter().map(|(_, _, count)| count).sum::<usize>();
                rank += 1;
            }
        }
        steps
    }

    fn spot<'a>(&'a self, site: &'a Site) -> Spot<'a, T> {
        Spot { site, list: self.list(site) }
    }

    fn list(&self, site: &Site) -> &[T] {
        let start = site.start as usize;
        self.row.get(start..start + site.len as usize).unwrap_or_default()
    }

    /// Packs the row once as much of it lies idle as is used.
    fn pack_if_loose(&mut self) {
        /// So little is never worth the while.
        const LITTLE: usize = 1024;
        if self.row.len() > 2 * self.len + LITTLE {
            self.pack();
        }
    }

    /// Lays all lists side by side, in the order of the tree.
    fn pack(&mut self) {
        let mut packed = Vec::with_capacity(self.len);
        for site in &mut self.tree {
            let start = site.start as usize;
            site.start = index(packed.len());
            site.room = site.len;
            packed.extend_from_slice(self.row.get(start..start + site.len as usize).unwrap_or_default());
        }
        self.row = packed;
    }
}

/// The site at exactly this point.
fn site_mut(tree: &mut RTree<Site, Params>, lon: f64, lat: f64) -> Option<&mut Site> {
    let here = AABB::from_point(earth::in_space(lon, lat));
    tree.locate_in_envelope_intersecting_mut(here).find(|site| site.is_at(lon, lat))
}

/// Puts a payload into the list of a site, in order.
fn put<T: Copy + Ord>(row: &mut Vec<T>, site: &mut Site, payload: T) {
    let (start, len) = (site.start as usize, site.len as usize);
    let old = start..start + len;
    let at = row.get(old.clone()).unwrap_or_default().partition_point(|known| *known <= payload);
    if site.len == site.room {
        site.start = index(row.len());
        row.extend_from_within(old);
        site.room = 2 * site.len + 2;
        row.resize(site.start as usize + site.room as usize, payload);
    }
    site.len += 1;
    let start = site.start as usize;
    if let Some(list) = row.get_mut(start..=start + len) {
        list.copy_within(at..len, at + 1);
        list[at] = payload;
    }
}

/// A position in the row. Four thousand million payloads are more than the memory of any machine that this runs on.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
