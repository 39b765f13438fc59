// Which incidents pass: each word of a vocabulary is judged once, then the columns are walked in one go.

import { COUNT, columns, first, last, lat, lon, texts, uncertainty, value, words } from "./data.js";
import { distanceKm } from "./earth.js";
import { fold } from "./fold.js";
import { VALUES } from "./words.js";
import { NAMES } from "./names.js";
import { FACETS, state } from "./store.js";

/** The columns whose words the search looks through. */
const SEARCHED = [
  "place", "place_en", "place_id", "admin1", "admin2", "country", "actor", "claimed_by", "blamed_on", "target", "weapons", "event_type",
];

/** Above this many incidents the search leaves the sentences of the reports alone. */
const MOST_TEXTS = 20_000;

let folded = null;
let sentences = null;

function foldedWords() {
  folded ??= SEARCHED.map((name) => ({
    at: words[name].at,
    words: words[name].words.map((word) => fold([word, NAMES[word], ...(VALUES[word] ?? [])].join(" "))),
  }));
  return folded;
}

/** Unpacks and folds the sentences of all reports for the search; false where that was done, or would take too long. */
export async function prepareSearch() {
  if (sentences || COUNT > MOST_TEXTS) return false;
  const found = [];
  for (let i = 0; i < COUNT; i += 1) {
    const { damage, sources } = await texts(i);
    const told = sources.flatMap((source) => [source.report, source.publisher, ...source.evidence.map((part) => part.text)]);
    found.push(fold([columns.id[i], damage, ...told].join("\n")));
  }
  sentences = found;
  return true;
}

/** A test of incidents for every word of the search. */
function searched(query) {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  const tests = wanted.map((token) => {
    const holds = foldedWords().map((column) => ({ at: column.at, in: column.words.map((word) => word.includes(token)) }));
    return (i) => holds.some((column) => column.in[column.at[i]]) || (sentences?.[i].includes(token) ?? false);
  });
  return tests.length ? (i) => tests.every((test) => test(i)) : null;
}

/** A test that one of the columns holds one of the chosen words. */
function chosen(names, set) {
  if (set.length === 0) return null;
  const wanted = new Set(set);
  const holds = names.map((name) => ({
    at: words[name].at, in: words[name].words.map((word) => word.split("; ").some((part) => wanted.has(part))),
  }));
  const orUnknown = wanted.has("unknown") && names[0] !== "outcome";
  return (i) => holds.some((column) => column.in[column.at[i]]) || (orUnknown && holds.every((column) => column.at[i] < 0));
}

function inTime() {
  const { from, to } = state;
  if (from == null && to == null) return null;
  return (i) => last[i] >= (from ?? -Infinity) && first[i] <= (to ?? Infinity);
}

function tests() {
  const facet = (name) => chosen(name === "actor" ? ["actor", "claimed_by"] : [name], state.sets[name]);
  const { killed, sources } = state;
  return [
    inTime(),
    ...Object.keys(FACETS).map(facet),
    killed > 0 ? (i) => (columns.killed_max[i] ?? columns.killed_min[i] ?? 0) >= killed : null,
    sources > 1 ? (i) => columns.source_count[i] >= sources : null,
    searched(state.q),
  ].filter(Boolean);
}

/** The incidents that pass, with distances and the number left out where one asks what is near. */
export function filtered() {
  const all = tests();
  const passing = [];
  for (let i = 0; i < COUNT; i += 1) if (all.every((test) => test(i))) passing.push(i);
  if (!state.near) return { passing: Uint32Array.from(passing), leftOut: 0, distances: null };
  return nearest(passing, state.near);
}

function nearest(passing, near) {
  const distances = new Map();
  let leftOut = 0;
  for (const i of passing) {
    // A degree of latitude is at least 110 km: most incidents are far without reckoning.
    if (Math.abs(lat[i] - near.lat) * 110 > near.km) continue;
    const km = distanceKm(near.lat, near.lon, lat[i], lon[i]);
    if (km > near.km) continue;
    if (!near.uncertain && uncertainty(i) > near.km * 1000) leftOut += 1;
    else distances.set(i, km);
  }
  const sorted = [...distances.keys()].sort((a, b) => distances.get(a) - distances.get(b) || a - b);
  return { passing: Uint32Array.from(sorted), leftOut, distances };
}

/** The words of a column with the number of incidents that have each, the most frequent first. */
export function counted(name) {
  const counts = new Map();
  const add = (word) => counts.set(word, (counts.get(word) ?? 0) + 1);
  for (let i = 0; i < COUNT; i += 1) {
    const held = name === "actor" ? (value(i, "actor") ?? value(i, "claimed_by")) : value(i, name);
    (held ?? "unknown").split("; ").forEach(add);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
