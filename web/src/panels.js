// The panels beside the map: tabs, filters with their legend, what is near a point, downloads.

import { about, COUNT, lat, lon, value, words } from "./data.js";
import { announce, at, bdi, cut, el, fill, save } from "./dom.js";
import { fold } from "./fold.js";
import { named, number, t } from "./language.js";
import { counted, prepareSearch } from "./filter.js";
import { listedIncidents, nearInWords } from "./list.js";
import { tallyCharts } from "./chart.js";
import { icon, sign } from "./shapes.js";
import { FACETS, change, isFiltered, resetFilters, state } from "./store.js";
import { csvOf, geojsonOf } from "./tables.js";

const TABS = ["list", "filters", "near", "counts", "review"];

/** Draws the tabs and shows the panel of the chosen one. */
export function drawTabs() {
  if (!TABS.includes(state.tab)) state.tab = "list";
  fill(at("tabs"), TABS.map((tab) => el("button", {
    type: "button", role: "tab", id: `tab-${tab}`, "aria-controls": `panel-${tab}`, "aria-selected": String(tab === state.tab),
    tabindex: tab === state.tab ? "0" : "-1", onclick: () => change({ tab, selected: null }), onkeydown: turnTab,
  }, t(tab), tab === "filters" && isFiltered() && el("span", { class: "dot", "aria-hidden": "true" }, "●"))));
  for (const tab of TABS) at(`panel-${tab}`).hidden = tab !== state.tab;
}

/** Arrows go from tab to tab, in the direction in which they stand. */
function turnTab(event) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = { [forward]: 1, [forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const tab = TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length];
  change({ tab, selected: null });
  queueMicrotask(() => at(`tab-${tab}`).focus());
}

const counts = {};

function facet(name, title, open) {
  counts[name] ??= counted(name);
  const chosen = state.sets[name];
  const box = ([word, count]) => el("label", { class: "check" },
    el("input", { type: "checkbox", name: FACETS[name], value: word, checked: chosen.includes(word), onchange: (event) => toggle(name, word, event.target.checked) }),
    name === "event_type" && icon(word), bdi(named(word)), el("span", { class: "n" }, number(count)));
  return el("details", { open: open || chosen.length > 0, "data-facet": FACETS[name] }, el("summary", {}, title),
    el("fieldset", {}, el("legend", { class: "unseen" }, title), counts[name].slice(0, 200).map(box)));
}

function toggle(name, word, on) {
  const rest = state.sets[name].filter((other) => other !== word);
  change({ sets: { ...state.sets, [name]: on ? [...rest, word] : rest } });
}

function choice(key, steps) {
  const options = steps.map((n) => el("option", { value: n, selected: state[key] === n }, n === 0 ? t("any") : `${n}+`));
  const select = el("select", { id: `least-${key}`, onchange: () => change({ [key]: Number(select.value) }) }, options);
  return el("label", { class: "line" }, t(key), select);
}

/** Draws the filters; the types with their marks are the legend of the map as well. */
export function drawFilters() {
  const open = (facetName) => at("panel-filters").querySelector(`[data-facet="${facetName}"]`)?.open;
  const was = Object.fromEntries(Object.values(FACETS).map((key) => [key, open(key)]));
  fill(at("panel-filters"),
    el("button", { type: "button", id: "reset", onclick: () => (resetFilters(), drawFiltersSoon()) }, t("reset")),
    facet("event_type", t("type"), was.type ?? true), facet("actor", t("actor"), was.actor), facet("weapons", t("weapon"), was.weapon),
    facet("outcome", t("outcome"), was.outcome), facet("geo_precision", t("precision"), was.precision),
    choice("killed", [0, 1, 5, 10, 25, 50, 100]), choice("sources", [0, 2, 3, 5]),
    switchOf("labels", t("labels")), switchOf("tiles", t("tiles")),
    el("h3", {}, t("legend")), el("ul", { class: "hint" }, ["signCount", "signArea", "signSize"].map((key) => el("li", {}, sign(key), t(key)))));
}

const drawFiltersSoon = () => queueMicrotask(drawFilters);

function switchOf(key, title) {
  const box = el("input", { type: "checkbox", id: `switch-${key}`, checked: state[key], onchange: () => change({ [key]: box.checked }) });
  return el("label", { class: "check" }, box, title);
}

/** The places of the incidents by name: the first incident at each. */
const places = (() => {
  const found = new Map();
  for (let i = 0; i < COUNT; i += 1) {
    const place = words.place_id.at[i];
    if (place >= 0 && !found.has(place)) found.set(place, i);
  }
  return [...found.values()].map((i) => ({ i, key: fold([value(i, "place"), value(i, "place_en"), value(i, "place_id")].join("\n")) }));
})();

/** The place of a name as it is typed, also as latitude and longitude. */
function placeOf(typed) {
  const point = /^\s*(-?\d+(?:\.\d+)?)\s*[,،]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(typed);
  if (point && Math.abs(point[1]) <= 90 && Math.abs(point[2]) <= 180) return { lat: Number(point[1]), lon: Number(point[2]), name: null };
  const wanted = fold(typed).trim();
  if (!wanted) return null;
  const whole = places.find((place) => place.key.split("\n").includes(wanted));
  const found = whole ?? places.find((place) => place.key.includes(wanted));
  return found ? { lat: lat[found.i], lon: lon[found.i], name: value(found.i, "place") ?? value(found.i, "place_en") } : null;
}

/** Draws the question what is near, and its answer. */
export function drawNear() {
  const near = state.near ?? { km: 50 };
  const name = near.name ?? (near.lat == null ? "" : `${near.lat}, ${near.lon}`);
  const base = el("input", { id: "near-place", list: "near-places", value: name, placeholder: t("nearHint"), autocomplete: "off", dir: "auto" });
  const km = el("input", { id: "near-km", type: "number", min: "0.1", max: "20000", step: "any", value: near.km });
  const uncertain = el("input", { type: "checkbox", id: "near-uncertain", checked: near.uncertain ?? false });
  const ask = () => {
    const place = base.value === name && near.lat != null ? near : placeOf(base.value);
    if (!place || !(Number(km.value) > 0)) return announce(t("nearHint"));
    return change({ near: { lat: place.lat, lon: place.lon, name: place.name, km: Number(km.value), uncertain: uncertain.checked }, group: null });
  };
  for (const input of [base, km, uncertain]) input.addEventListener("change", ask);
  fill(at("panel-near"),
    el("label", { class: "line" }, t("base"), base),
    el("datalist", { id: "near-places" }, places.slice(0, 2000).map(({ i }) => el("option", { value: cut(value(i, "place") ?? "") }, cut(value(i, "place_en") ?? "")))),
    el("label", { class: "line" }, t("radius"), km), el("label", { class: "check" }, uncertain, t("uncertain")),
    el("div", { class: "buttons" },
      el("button", { type: "button", id: "near-pick", onclick: () => change({ picking: { kind: "near", km: Number(km.value) || 50 } }) }, t("pick")),
      state.near && el("button", { type: "button", id: "near-clear", onclick: () => change({ near: null }) }, t("clearNear"))),
    state.near && el("p", { id: "near-answer" }, el("b", {}, bdi(nearInWords()))),
    state.near && el("button", { type: "button", onclick: () => change({ tab: "list" }) }, t("list")),
    downloads("near"));
}

/** Buttons that save what the list holds. */
function downloads(where) {
  const offer = (key, make, type) => el("button", { type: "button", "data-save": key, onclick: async () => {
    announce(t("loading"));
    save(`incidents.${key}`, type, await make(listedIncidents(), about.attribution));
    announce(`incidents.${key}`);
  } }, t(key));
  return el("div", { class: "buttons downloads", role: "group", "aria-label": `${t("download")} (${t(where)})` },
    el("span", {}, t("download")), offer("csv", csvOf, "text/csv"), offer("geojson", geojsonOf, "application/geo+json"));
}

/** Draws the running counts. */
export function drawCounts() {
  const charts = tallyCharts(null);
  fill(at("panel-counts"), el("h3", {}, t("tallies")), charts.length ? charts : el("p", { class: "hint" }, t("noTallies")));
}

/** Listens to the search, and draws the downloads below the list. */
export function drawSearch() {
  const box = at("q");
  box.value = state.q;
  box.placeholder = t("searchHint");
  box.setAttribute("aria-label", t("search"));
  fill(at("list-downloads"), downloads("list"));
}

/** Lets the search follow the typing. */
export function listenToSearch() {
  let waiting = null;
  at("q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      change({ q: at("q").value, group: null });
      if (await prepareSearch()) change({ q: at("q").value });
    }, 120);
  });
}
