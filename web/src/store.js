// What the reader has chosen, told to whoever draws it, and kept in the address so that a link shows the same.

import { COUNT, byId, columns } from "./data.js";
import { dayOf, iso, lang, speak } from "./language.js";
import { recall, remember } from "./dom.js";

/** The columns by whose words one can filter, with their names in the address. */
export const FACETS = { event_type: "type", actor: "actor", weapons: "weapon", outcome: "outcome", geo_precision: "precision" };

const NOTHING = () => ({
  q: "", sets: { event_type: [], actor: [], weapons: [], outcome: [], geo_precision: [] },
  killed: 0, sources: 0, from: null, to: null, near: null,
});

/**
 * Everything that is chosen. `group` lists incidents of one spot; `picking` says what the next click on the map gives;
 * `paper` is true while the page is printed.
 */
export const state = {
  ...NOTHING(), view: null, selected: null, group: null, follow: true, tab: "list", labels: true, tiles: false,
  reviewing: false, picking: null, paper: false, passing: Uint32Array.from({ length: COUNT }, (_, i) => i), leftOut: 0, distances: null,
};

const listeners = [];
let changed = new Set();

/** Calls `listener` with the names of what changed, once a frame at most. */
export function watch(listener) {
  listeners.push(listener);
}

/** Changes some of the choices. */
export function change(patch) {
  Object.assign(state, patch);
  if (changed.size === 0) queueMicrotask(tell);
  Object.keys(patch).forEach((key) => changed.add(key));
}

function tell() {
  const keys = changed;
  changed = new Set();
  for (const listener of listeners) listener(keys);
}

/** Takes all filters away. */
export function resetFilters() {
  change({ ...NOTHING(), group: null });
}

/** Whether anything is filtered. */
export function isFiltered() {
  const { q, sets, killed, sources, from, to, near } = state;
  return Boolean(q || killed || sources || from != null || to != null || near || Object.values(sets).some((set) => set.length));
}

/** The address that shows what is chosen. */
export function writeHash() {
  const out = new URLSearchParams();
  const put = (key, value) => value && out.set(key, value);
  out.set("lang", lang());
  if (state.view) put("view", [state.view.lat.toFixed(3), state.view.lon.toFixed(3), state.view.zoom].join(","));
  put("q", state.q);
  for (const [name, key] of Object.entries(FACETS)) state.sets[name].forEach((word) => out.append(key, word));
  put("killed", state.killed);
  put("sources", state.sources);
  put("from", state.from == null ? "" : iso(state.from));
  put("to", state.to == null ? "" : iso(state.to));
  const { near } = state;
  if (near) put("near", [near.lat, near.lon, near.km, near.uncertain ? 1 : 0, near.name ?? ""].join(","));
  if (!state.follow) put("all", "1");
  if (state.selected != null) put("incident", columns.id[state.selected]);
  if (state.tab !== "list") put("tab", state.tab);
  const hash = `#${out}`;
  if (hash !== location.hash) history.replaceState(null, "", hash);
}

const numbers = (text) => (text ?? "").split(",").map(Number);

function viewOf(text) {
  const [lat, lon, zoom] = numbers(text);
  return text && [lat, lon, zoom].every(Number.isFinite) ? { lat, lon, zoom } : null;
}

function nearOf(text) {
  const [lat, lon, km, uncertain] = numbers((text ?? "").split(",").slice(0, 4).join(","));
  if (!text || ![lat, lon, km].every(Number.isFinite) || Math.abs(lat) > 90 || !(km > 0)) return null;
  return { lat, lon, km, uncertain: uncertain === 1, name: text.split(",").slice(4).join(",") || null };
}

/** Takes the choices from the address; what it does not say is as at the beginning. */
export function readHash() {
  const from = new URLSearchParams(location.hash.slice(1));
  const chosen = NOTHING();
  for (const [name, key] of Object.entries(FACETS)) chosen.sets[name] = from.getAll(key);
  const whole = (key) => Math.max(0, Math.trunc(Number(from.get(key)) || 0));
  speak(from.get("lang") ?? recall("lang") ?? "ar");
  change({
    ...chosen, q: from.get("q") ?? "", killed: whole("killed"), sources: whole("sources"), from: dayOf(from.get("from")),
    to: dayOf(from.get("to")), near: nearOf(from.get("near")), view: viewOf(from.get("view")), follow: !from.has("all"),
    selected: byId(from.get("incident")) ?? null, tab: from.get("tab") ?? "list", group: null, lang: true,
  });
}

/** Changes the language and remembers it. */
export function chooseLanguage(to) {
  speak(to);
  remember("lang", to);
  change({ lang: true });
}
