// Time as bars with a brush, played as a film; and the small chart of running counts.

import { COUNT, first, last, tallies } from "./data.js";
import { at, bdi, el, fill } from "./dom.js";
import { dayOf, iso, named, number, range, t } from "./language.js";
import { change, state } from "./store.js";

/** Most bars that fit. */
const MOST_BARS = 130;

/** How long a step of the film stays, milliseconds. */
const STEP_MS = 700;

const monthOf = (day) => {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const dayOfMonth = (month) => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;

/** Bars of a day, a week, a month, a quarter, a year: the bar of a day, and the first day of a bar. */
const UNITS = [
  [(d) => d, (b) => b],
  [(d) => Math.floor((d + 3) / 7), (b) => b * 7 - 3],
  [monthOf, dayOfMonth],
  [(d) => Math.floor(monthOf(d) / 3), (b) => dayOfMonth(b * 3)],
  [(d) => Math.floor(monthOf(d) / 12), (b) => dayOfMonth(b * 12)],
];

const extent = (() => {
  let [from, to] = [Infinity, -Infinity];
  for (let i = 0; i < COUNT; i += 1) {
    if (first[i] < from) from = first[i];
    if (last[i] > to) to = last[i];
  }
  return from <= to ? { from, to } : null;
})();

const [barOf, dayOfBar] = extent ? (UNITS.find(([bar]) => bar(extent.to) - bar(extent.from) < MOST_BARS) ?? UNITS.at(-1)) : UNITS[0];
const lowest = extent ? barOf(extent.from) : 0;
const bars = extent ? barOf(extent.to) - lowest + 1 : 0;

function tallyBars(incidents) {
  const counts = new Uint32Array(bars);
  for (const i of incidents) {
    const bar = barOf(first[i]) - lowest;
    if (bar >= 0 && bar < bars) counts[bar] += 1;
  }
  return counts;
}

const total = extent ? tallyBars(Array.from({ length: COUNT }, (_, i) => i)) : [];
const HEIGHT = 64;

/** Draws the bars: those that pass strong, the others pale, and the chosen span. */
export function drawTimeline() {
  const svg = at("bars");
  if (!extent) return fill(svg);
  const most = total.reduce((a, b) => Math.max(a, b), 1);
  const tall = (count) => (count ? Math.max(2, Math.sqrt(count / most) * (HEIGHT - 4)) : 0);
  const bar = (counts, css) => (count, b) => count > 0
    && el("rect", { x: b + 0.06, y: HEIGHT - tall(count), width: 0.88, height: tall(count), class: css });
  svg.setAttribute("viewBox", `0 0 ${bars} ${HEIGHT}`);
  const now = tallyBars(state.passing);
  fill(svg, chosenSpan(), Array.from(total, bar(total, "bar-all")), Array.from(now, bar(now, "bar-now")));
  svg.setAttribute("aria-label", `${t("timeline")}: ${iso(extent.from)} – ${iso(extent.to)}`);
  fill(at("span-first"), iso(extent.from));
  fill(at("span-last"), iso(extent.to));
  const empty = (day) => (day == null ? "" : iso(day));
  at("from").value = empty(state.from);
  at("to").value = empty(state.to);
  at("all-time").hidden = state.from == null && state.to == null;
}

function chosenSpan() {
  if (state.from == null && state.to == null) return null;
  const left = Math.max(0, barOf(state.from ?? extent.from) - lowest);
  const right = Math.min(bars, barOf(state.to ?? extent.to) - lowest + 1);
  return el("rect", { x: left, y: 0, width: Math.max(right - left, 0.3), height: HEIGHT, class: "brush" });
}

function choose(a, b) {
  const [left, right] = a < b ? [a, b] : [b, a];
  change({ from: dayOfBar(left + lowest), to: dayOfBar(right + lowest + 1) - 1 });
}

/** Lets the pointer draw a span over the bars. */
export function listenToTimeline() {
  const svg = at("bars");
  let start = null;
  const barAt = (event) => {
    const box = svg.getBoundingClientRect();
    return Math.max(0, Math.min(bars - 1, Math.floor(((event.clientX - box.left) / box.width) * bars)));
  };
  svg.addEventListener("pointerdown", (event) => {
    if (!extent) return;
    start = barAt(event);
    svg.setPointerCapture(event.pointerId);
    stop();
    choose(start, start);
  });
  svg.addEventListener("pointermove", (event) => start != null && choose(start, barAt(event)));
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (start = null));
  for (const key of ["from", "to"]) at(key).addEventListener("change", () => change({ [key]: dayOf(at(key).value) }));
  at("all-time").addEventListener("click", () => (stop(), change({ from: null, to: null })));
  at("play").addEventListener("click", () => (film == null ? play() : stop()));
}

let film = null;

function play() {
  if (!extent) return;
  const whole = extent.to - extent.from + 1;
  const chosen = state.from != null && state.to != null ? state.to - state.from + 1 : whole;
  const width = chosen < whole ? chosen : Math.max(dayOfBar(lowest + Math.ceil(bars / 20)) - dayOfBar(lowest), 1);
  const begin = state.from != null && state.from + width <= extent.to ? state.from : extent.from;
  change({ from: begin, to: begin + width - 1 });
  film = setInterval(() => {
    const from = state.from + Math.max(1, Math.round(width / 2));
    if (from > extent.to) return stop();
    return change({ from, to: from + width - 1 });
  }, STEP_MS);
  sayPlaying();
}

function stop() {
  clearInterval(film);
  film = null;
  sayPlaying();
}

/** Puts the word on the button that starts and stops the film. */
export function sayPlaying() {
  fill(at("play"), film == null ? `▶ ${t("play")}` : `■ ${t("stop")}`);
}

/** Counts of one thing in one theatre, by the day until which they run. */
function series() {
  const groups = new Map();
  for (const tally of tallies) {
    const key = [tally.what, tally.where].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), tally]);
  }
  const until = (tally) => tally.until ?? "9999";
  return [...groups.values()].map((group) => group.sort((a, b) => (until(a) < until(b) ? -1 : 1)));
}

/** The counts that have to do with some reports, or all: a bar each, with its sentence. */
export function tallyCharts(reports) {
  const wanted = (group) => !reports || group.some((tally) => reports.includes(tally.report));
  return series().filter(wanted).map((group) => {
    const most = Math.max(...group.map((tally) => tally.count_max ?? tally.count_min ?? 0), 1);
    const title = el("h4", {}, bdi(named(group[0].what)), " · ", bdi(group[0].where ?? t("unknown")));
    return el("section", { class: "tally" }, title, el("ul", {}, group.map((tally) => tallyRow(tally, most))));
  });
}

function tallyRow(tally, most) {
  const count = tally.count_max ?? tally.count_min ?? 0;
  const bar = el("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", class: "tally-bar", "aria-hidden": "true" },
    el("rect", { x: 0, y: 0, width: Math.max((count / most) * 100, 1), height: 8 }));
  const span = (tally.since || tally.until) && el("span", { dir: "ltr" }, bdi(tally.since ?? "…"), " – ", bdi(tally.until ?? "…"));
  const words = el("details", {}, el("summary", {}, bdi(tally.report)), el("blockquote", { lang: "ar" }, bdi(tally.text)));
  return el("li", {}, el("div", { class: "tally-head" }, el("b", {}, range(tally.count_min, tally.count_max) ?? number(0)),
    span, tally.source && bdi(named(tally.source))), bar, words);
}
