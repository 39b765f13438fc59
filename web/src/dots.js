// What is drawn on the map: marks and clusters for points, circles for areas, names that do not collide.
// All on one canvas, whatever the number: a hundred thousand elements would stop a browser, a hundred thousand
// additions do not.

import { columns, isArea, lat, lon, uncertainty, value, words, worldX, worldY } from "./data.js";
import { metre } from "./earth.js";
import { lang, named, number } from "./language.js";
import { mark, shapeOf } from "./shapes.js";

/** Side of the cell within which marks become a cluster, and the least distance between two, pixels. */
const CELL = 56;
const APART = 40;

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

/** Groups of incidents as they lie on a map of `scale` pixels for the world: areas by place, points by cell. */
export function grouped(incidents, scale, inside) {
  const cells = new Map();
  const areas = new Map();
  for (const i of incidents) {
    const x = worldX[i] * scale;
    const y = worldY[i] * scale;
    if (isArea(i)) add(areas, words.place.at[i] * 4096 + (words.geo_precision.at[i] + 1), i, x, y);
    else if (inside(x, y)) add(cells, Math.floor(x / CELL) * 4194304 + Math.floor(y / CELL), i, x, y);
  }
  return { points: spread([...cells.values()]), areas: [...areas.values()].map(settle) };
}

function add(groups, key, i, x, y) {
  const group = groups.get(key);
  if (group) {
    group.members.push(i);
    group.sumX += x;
    group.sumY += y;
  } else groups.set(key, { members: [i], sumX: x, sumY: y });
}

function settle(group) {
  group.x = group.sumX / group.members.length;
  group.y = group.sumY / group.members.length;
  return group;
}

/** Clusters that would lie one on the other become one. */
function spread(groups) {
  const kept = new Map();
  const key = (x, y) => Math.floor(x / APART) * 4194304 + Math.floor(y / APART);
  const result = [];
  for (const group of groups.map(settle).sort((a, b) => b.members.length - a.members.length)) {
    const near = closest(kept, key, group);
    if (near) {
      for (const i of group.members) near.members.push(i);
      continue;
    }
    kept.set(key(group.x, group.y), group);
    result.push(group);
  }
  return result;
}

function closest(kept, key, { x, y }) {
  for (const dx of [0, -APART, APART]) {
    for (const dy of [0, -APART, APART]) {
      const other = kept.get(key(x + dx, y + dy));
      if (other && Math.hypot(other.x - x, other.y - y) < APART) return other;
    }
  }
  return null;
}

const sizeOf = (i) => Math.min(8 + Math.sqrt(tollOf(i)) * 0.7, 16);
const ringOf = (count) => 13 + Math.min(Math.log10(count) * 5.5, 18);

/** A ring of the types in a cluster, with their number inside. */
function drawCluster(pen, group, ink) {
  const counts = new Map();
  for (const i of group.members) {
    const type = value(i, "event_type");
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  let from = -Math.PI / 2;
  pen.beginPath();
  pen.arc(group.px, group.py, group.r, 0, 2 * Math.PI);
  pen.fillStyle = ink.panel;
  pen.fill();
  pen.lineWidth = 5;
  for (const [type, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    const to = from + (count / group.members.length) * 2 * Math.PI;
    pen.beginPath();
    pen.arc(group.px, group.py, group.r - 2.5, from, to);
    pen.strokeStyle = shapeOf(type)[0];
    pen.stroke();
    from = to;
  }
  pen.fillStyle = ink.text;
  pen.font = `600 ${group.members.length > 9999 ? 11 : 12}px ${ink.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(number(group.members.length), group.px, group.py + 0.5);
}

function drawArea(pen, group, scale, ink) {
  const i = group.members[0];
  group.radius = uncertainty(i) * metre(lat[i]) * scale;
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
function drawAreaLabel(pen, group, ink, taken) {
  const count = number(group.members.length);
  const place = shortPlace(group.members[0]) || named(value(group.members[0], "geo_precision"));
  pen.font = `600 12px ${ink.font}`;
  const measured = (text) => [text, pen.measureText(text).width / 2 + 7];
  const beside = (half) => BESIDE.map(([dx, dy]) => [group.px + dx * (half + 18), group.py + dy * 30])
    .find(([x, y]) => free(taken, [x - half, y - 11, x + half, y + 11]));
  // Where the name finds no room the number alone stands.
  let [text, half] = measured(`${place} · ${count}`);
  let spot = beside(half);
  if (!spot) {
    [text, half] = measured(count);
    spot = beside(half) ?? [group.px, group.py];
  }
  if (spot[0] !== group.px || spot[1] !== group.py) leader(pen, [group.px, group.py], spot, ink);
  [group.px, group.py] = spot;
  group.box = [group.px - half, group.py - 11, group.px + half, group.py + 11];
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
    const name = commonPlace(group.members);
    if (!name) continue;
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

/** The place of most of the members, with dots where there are others. */
function commonPlace(members) {
  const counts = new Map();
  let best = members[0];
  for (const i of members.length > 400 ? members.slice(0, 400) : members) {
    const place = words.place.at[i];
    counts.set(place, (counts.get(place) ?? 0) + 1);
    if (counts.get(place) > counts.get(words.place.at[best])) best = i;
  }
  const name = shortPlace(best);
  return name && counts.size > 1 ? `${name} …` : name;
}

/** Draws all groups; `frame` has the pen, the scale, and the world point of the canvas's corner. */
export function draw(frame, groups, labels, ink) {
  const { pen, scale, left, top, width, height } = frame;
  pen.clearRect(0, 0, width, height);
  pen.direction = lang() === "ar" ? "rtl" : "ltr";
  const taken = [];
  for (const group of [...groups.areas, ...groups.points]) Object.assign(group, { px: group.x - left, py: group.y - top });
  groups.areas.forEach((group) => drawArea(pen, group, scale, ink));
  for (const group of groups.points) {
    group.r = group.members.length > 1 ? ringOf(group.members.length) : sizeOf(group.members[0]);
    if (group.members.length > 1) drawCluster(pen, group, ink);
    else mark(pen, value(group.members[0], "event_type"), group.px, group.py, group.r, ink.halo);
    taken.push([group.px - group.r, group.py - group.r, group.px + group.r, group.py + group.r]);
  }
  groups.areas.forEach((group) => drawAreaLabel(pen, group, ink, taken));
  if (labels) drawNames(pen, groups.points, ink, taken);
}

/** The group at a point of the canvas. */
export function hit(groups, x, y) {
  const inBox = (box) => box && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
  const point = groups.points.find((group) => Math.hypot(group.px - x, group.py - y) <= Math.max(group.r, 12) + 2);
  return point ?? groups.areas.find((group) => inBox(group.box)) ?? null;
}

/** Whether all members lie at one spot, so that no zoom parts them. */
export function sameSpot(members) {
  return members.every((i) => Math.abs(lat[i] - lat[members[0]]) < 1e-4 && Math.abs(lon[i] - lon[members[0]]) < 1e-4);
}
