// What is drawn on the map: marks and clusters for points, circles for areas, names that do not collide.
// All on one canvas, whatever the number: a hundred thousand elements would stop a browser. Supercluster tells what
// lies together.

import { columns, isArea, lat, lon, uncertainty, value, words } from "./data.js";
import { mercator, metre } from "./earth.js";
import { lang, named, number } from "./language.js";
import { mark, shapeOf } from "./shapes.js";

/** Points nearer than this become a cluster, pixels. */
const RADIUS = 40;
const TILE = 256;

/** The zooms between which points are clustered; the map goes no further. */
export const ZOOMS = [2, 16];

/** Length of the longest name on the map, characters. */
const LONGEST_NAME = 28;
const OVERRIDES = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\n\r]/g;

/** The toll of an incident, for the size of its mark. */
function tollOf(i) {
  return (columns.killed_max[i] ?? columns.killed_min[i] ?? 0) + (columns.injured_max[i] ?? columns.injured_min[i] ?? 0) / 4;
}

/** The name of an incident's place in the language of the page, short enough for a map. */
export function shortPlace(i) {
  const ordered = lang() === "ar" ? ["place", "place_en"] : ["place_en", "place"];
  const text = (value(i, ordered[0]) ?? value(i, ordered[1]) ?? "").replace(OVERRIDES, " ");
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

/** The areas among incidents, those of one place together. */
export function areasOf(incidents) {
  const areas = new Map();
  for (const i of incidents.filter(isArea)) {
    const key = `${words.place.at[i]} ${words.geo_precision.at[i]}`;
    if (areas.has(key)) areas.get(key).members.push(i);
    else areas.set(key, { i, members: [i] });
  }
  return [...areas.values()].map((area) => ({ ...area, at: mercator(lat[area.i], lon[area.i]) }));
}

/** The points among incidents as clusters for every zoom, each with the number of its types and the place of most. */
export function clustersOf(incidents) {
  const alone = ({ i }) => {
    const kinds = new Uint32Array(words.event_type.words.length);
    kinds[words.event_type.at[i]] = 1;
    return { i, kinds, lead: 1, mixed: false };
  };
  const feature = (i) => ({ properties: { i }, geometry: { coordinates: [lon[i], lat[i]] } });
  return new globalThis.Supercluster({ radius: RADIUS, extent: TILE, minZoom: ZOOMS[0], maxZoom: ZOOMS[1], map: alone, reduce: join })
    .load(Array.from(incidents.filter((i) => !isArea(i)), feature));
}

/** Takes what `other` holds into a cluster. The place that most have wins the vote of Boyer and Moore. */
function join(cluster, other) {
  cluster.kinds = cluster.kinds.map((count, kind) => count + other.kinds[kind]);
  const samePlace = words.place.at[cluster.i] === words.place.at[other.i];
  cluster.mixed ||= other.mixed || !samePlace;
  if (!samePlace && other.lead > cluster.lead) cluster.i = other.i;
  cluster.lead = samePlace ? cluster.lead + other.lead : Math.abs(cluster.lead - other.lead);
}

/** The clusters and single points in a box of degrees. */
export function pointsIn(clusters, box, zoom) {
  return clusters.getClusters(box, zoom).map(({ properties, geometry: { coordinates: [east, north] } }) => {
    const { i, kinds, mixed, cluster_id: id, point_count: count = 1 } = properties;
    return { i, kinds, mixed, id, count, lat: north, lon: east, at: mercator(north, east) };
  }).sort((a, b) => b.count - a.count);
}

const sizeOf = (i) => Math.min(8 + Math.sqrt(tollOf(i)) * 0.7, 16);
const ringOf = (count) => 13 + Math.min(Math.log10(count) * 5.5, 18);

/** A ring of the types in a cluster, with their number inside. */
function drawCluster(pen, group, ink) {
  const counts = Array.from(group.kinds, (count, kind) => [words.event_type.words[kind], count]).filter(([, count]) => count);
  let from = -Math.PI / 2;
  pen.beginPath();
  pen.arc(group.px, group.py, group.r, 0, 2 * Math.PI);
  pen.fillStyle = ink.panel;
  pen.fill();
  pen.lineWidth = 5;
  for (const [type, count] of counts.sort((a, b) => b[1] - a[1])) {
    const to = from + (count / group.count) * 2 * Math.PI;
    pen.beginPath();
    pen.arc(group.px, group.py, group.r - 2.5, from, to);
    pen.strokeStyle = shapeOf(type)[0];
    pen.stroke();
    from = to;
  }
  pen.fillStyle = ink.text;
  pen.font = `600 ${group.count > 9999 ? 11 : 12}px ${ink.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(number(group.count), group.px, group.py + 0.5);
}

function drawArea(pen, group, scale, ink) {
  group.radius = uncertainty(group.i) * metre(lat[group.i]) * scale;
  pen.beginPath();
  pen.arc(group.px, group.py, group.radius, 0, 2 * Math.PI);
  pen.setLineDash([6, 5]);
  pen.lineWidth = 1.2;
  pen.strokeStyle = ink.area;
  pen.fillStyle = ink.areaFill;
  pen.fill();
  pen.stroke();
  pen.setLineDash([]);
}

/** Where the label of an area may stand: on its middle, else beside it, with a line that leads there. */
const BESIDE = [[0, 0], [0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, -1], [-1, 1], [1, 1], [0, -2], [0, 2]];

function leader(pen, from, to, ink) {
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.lineWidth = 1;
  pen.strokeStyle = ink.area;
  pen.stroke();
}

/** The label of an area: its name and number, in a box that can be clicked. */
function drawAreaLabel({ pen, width, height, pad }, group, ink, taken) {
  const count = number(group.members.length);
  const place = shortPlace(group.i) || named(value(group.i, "geo_precision"));
  pen.font = `600 12px ${ink.font}`;
  const measured = (text) => [text, pen.measureText(text).width / 2 + 7];
  const boxAt = ([x, y], half) => [x - half, y - 11, x + half, y + 11];
  const seen = ([left, top, right, bottom]) => left >= pad && top >= pad && right <= width - pad && bottom <= height - pad;
  // Best where nothing cuts it off, not even the edge of the map.
  const beside = (half) => {
    const spots = BESIDE.map(([dx, dy]) => [group.px + dx * (half + 18), group.py + dy * 30]).filter((spot) => free(taken, boxAt(spot, half)));
    return spots.find((spot) => seen(boxAt(spot, half))) ?? spots[0];
  };
  // Where the name finds no room the number alone stands.
  let [text, half] = measured(`${place} · ${count}`);
  let spot = beside(half);
  if (!spot) {
    [text, half] = measured(count);
    spot = beside(half) ?? [group.px, group.py];
  }
  if (spot[0] !== group.px || spot[1] !== group.py) leader(pen, [group.px, group.py], spot, ink);
  [group.px, group.py] = spot;
  group.box = boxAt(spot, half);
  taken.push(group.box);
  pen.beginPath();
  pen.roundRect(group.box[0], group.box[1], half * 2, 22, 5);
  pen.fillStyle = ink.panel;
  pen.strokeStyle = ink.area;
  pen.lineWidth = 1.5;
  pen.fill();
  pen.stroke();
  pen.fillStyle = ink.text;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, group.px, group.py + 1);
}

function free(taken, [left, top, right, bottom]) {
  return !taken.some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1]);
}

/** Names beneath their marks, the largest groups first; a name for which there is no room is left out. */
function drawNames(pen, groups, ink, taken) {
  pen.font = `12px ${ink.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineJoin = "round";
  for (const group of groups) {
    const place = shortPlace(group.i);
    if (!place) continue;
    const name = group.mixed && !place.endsWith("…") ? `${place} …` : place;
    const half = pen.measureText(name).width / 2 + 2;
    const top = group.py + group.r + 2;
    const box = [group.px - half, top, group.px + half, top + 15];
    if (!free(taken, box)) continue;
    taken.push(box);
    pen.strokeStyle = ink.halo;
    pen.lineWidth = 3;
    pen.strokeText(name, group.px, top);
    pen.fillStyle = ink.text;
    pen.fillText(name, group.px, top);
  }
}

/** Draws all groups; `frame` has the pen, the scale, the world point of the canvas's corner, and its margin. */
export function draw(frame, groups, labels, ink) {
  const { pen, scale, left, top, width, height } = frame;
  pen.clearRect(0, 0, width, height);
  pen.direction = lang() === "ar" ? "rtl" : "ltr";
  const taken = [];
  for (const group of [...groups.areas, ...groups.points]) Object.assign(group, { px: group.at[0] * scale - left, py: group.at[1] * scale - top });
  groups.areas.forEach((group) => drawArea(pen, group, scale, ink));
  for (const group of groups.points) {
    group.r = group.count > 1 ? ringOf(group.count) : sizeOf(group.i);
    if (group.count > 1) drawCluster(pen, group, ink);
    else mark(pen, value(group.i, "event_type"), group.px, group.py, group.r, ink.edge);
    taken.push([group.px - group.r, group.py - group.r, group.px + group.r, group.py + group.r]);
  }
  groups.areas.forEach((group) => drawAreaLabel(frame, group, ink, taken));
  if (labels) drawNames(pen, groups.points, ink, taken);
}

/** The group at a point of the canvas. */
export function hit(groups, x, y) {
  const inBox = (box) => box && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
  const point = groups.points.find((group) => Math.hypot(group.px - x, group.py - y) <= Math.max(group.r, 12) + 2);
  return point ?? groups.areas.find((group) => inBox(group.box)) ?? null;
}
