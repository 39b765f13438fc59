// The list beside the map: the same incidents, for the keyboard and the ear as well.

import { about, COUNT, columns, first, lat, lon, value } from "./data.js";
import { announce, at, bdi, cut, el, fill } from "./dom.js";
import { days, named, number, range, t } from "./language.js";
import { placeName } from "./detail.js";
import { picked } from "./review.js";
import { icon } from "./shapes.js";
import { change, state } from "./store.js";

/** Rows that are made at first, and on paper: some thirty pages of it. */
const PAGE = 60;
const MOST_ON_PAPER = 1500;

let bounds = null;

/** What the map shows: south, west, north, east; null where there is no map. */
export function showsOnly(box) {
  bounds = box;
}

function inView(i) {
  const [south, west, north, east] = bounds;
  return lat[i] >= south && lat[i] <= north && lon[i] >= west && lon[i] <= east;
}

const byDate = (a, b) => (first[b] || -Infinity) - (first[a] || -Infinity) || a - b;

/** The incidents of the list: those of one spot, those near, or those in view, the newest first. */
export function listedIncidents() {
  if (state.group) return state.group;
  if (state.near) return Array.from(state.passing);
  const all = state.follow && bounds ? state.passing.filter(inView) : state.passing.slice();
  return Array.from(all.sort(byDate));
}

/** Chooses an incident, or gives it to the decision that waits for one. */
export function select(i) {
  if (!picked({ incident: i })) change({ selected: i });
}

/** A count, whose signs stand where they do in both directions. */
const count = (text) => el("bdi", { dir: "ltr" }, text);

function row(i) {
  const killed = range(columns.killed_min[i], columns.killed_max[i]);
  const injured = range(columns.injured_min[i], columns.injured_max[i]);
  const km = state.distances?.get(i);
  const type = value(i, "event_type");
  const facts = [
    el("span", { class: "date" }, days(first[i], last[i])),
    killed && killed !== "0" && el("span", { class: "toll" }, `${t("killedN")} `, count(killed)),
    injured && injured !== "0" && el("span", {}, `${t("injuredN")} `, count(injured)),
    columns.source_count[i] > 1 && el("span", {}, t("sourcesOf", { n: columns.source_count[i] })),
    km != null && el("span", { class: "km", dir: "ltr" }, `${number(km, 1)} km`),
  ];
  const by = value(i, "actor") ?? value(i, "claimed_by");
  return el("li", {}, el("button", { type: "button", class: "row", "data-i": i, onclick: () => select(i) },
    icon(type), el("span", { class: "row-title" }, el("b", {}, named(type)), " · ", bdi(placeName(i)), by && [" · ", bdi(named(by))]),
    el("span", { class: "row-facts" }, facts.filter(Boolean).flatMap((fact, n) => (n ? [" · ", fact] : [fact])))));
}

/** Draws the first `most` rows of the list. */
export function drawList(most = state.paper ? MOST_ON_PAPER : PAGE) {
  const incidents = listedIncidents();
  const rows = incidents.slice(0, most).map(row);
  const rest = incidents.length - rows.length;
  const showMore = () => {
    drawList(most + PAGE * 3);
    at("rows").querySelectorAll(".row")[rows.length]?.focus();
  };
  fill(at("rows"), rows);
  fill(at("list-foot"),
    rest > 0 && el("button", { type: "button", id: "more", onclick: showMore }, t("more", { n: number(rest) })),
    incidents.length === 0 && el("p", { class: "hint" }, t("none")),
    about.unlocated > 0 && el("p", { class: "hint" }, t("unlocated", { n: number(about.unlocated) })));
  drawHead(incidents);
}

function drawHead(incidents) {
  const said = t("shown", { n: number(state.passing.length), all: number(COUNT) });
  fill(at("count"), said);
  const follow = el("input", { type: "checkbox", id: "follow", checked: state.follow, onchange: () => change({ follow: follow.checked }) });
  const { group, near } = state;
  fill(at("list-head"),
    group && el("p", { class: "group" }, bdi(t("several", { n: group.length, place: placeName(group[0]) })),
      el("button", { type: "button", class: "plain", "aria-label": t("closeIt"), onclick: () => change({ group: null }) }, "✕")),
    !group && !near && el("label", { class: "check" }, follow, `${t("follow")} · ${t("inView", { n: number(incidents.length) })}`),
    near && !group && el("p", { class: "group" }, bdi(nearInWords())));
  if (at("status").dataset.said !== said) announce(said);
  at("status").dataset.said = said;
}

/** What the ring holds, in words. */
export function nearInWords() {
  const { near, passing, leftOut } = state;
  const place = near.name ? `\u2068${cut(near.name)}\u2069` : `\u2066${near.lat.toFixed(3)}, ${near.lon.toFixed(3)}\u2069`;
  const held = t("nearCount", { n: number(passing.length), km: number(near.km, 1), place });
  return leftOut ? `${held} · ${t("leftOut", { n: number(leftOut) })}` : held;
}
