// Puts the page together: what changes is told here, and everything that shows it is drawn anew.

import { about, COUNT } from "./data.js";
import { announce, at, bdi, fill, recall, remember } from "./dom.js";
import { lang, number, t } from "./language.js";
import { change, chooseLanguage, readHash, state, watch, writeHash } from "./store.js";
import { filtered, prepareSearch } from "./filter.js";
import { drawTimeline, listenToTimeline, sayPlaying } from "./chart.js";
import { drawDetail } from "./detail.js";
import { drawList } from "./list.js";
import { drawCounts, drawFilters, drawNear, drawSearch, drawTabs, listenToSearch } from "./panels.js";
import { drawPicking, drawReview } from "./review.js";
import { drawBase, drawOver, followView, goTo, library, nameMap, openMap, paint } from "./map.js";
import { listenToPrinting } from "./print.js";

const FILTERS = ["q", "sets", "killed", "sources", "from", "to", "near"];
const any = (keys, names) => names.some((name) => keys.has(name));

function drawFrame() {
  document.title = `mawqi · ${t("title")}`;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  at("language").lang = lang() === "ar" ? "en" : "ar";
  at("theme").setAttribute("aria-label", t("theme"));
  at("theme").title = t("theme");
  for (const key of ["from", "to"]) at(key).setAttribute("aria-label", t(key));
  at("tabs").setAttribute("aria-label", t("title"));
  fill(at("attribution"), bdi(t("defacto")), " · ", bdi(`${about.attribution} mawqi ${about.version}`));
  nameMap();
  sayPlaying();
}

/** What follows from a change, in the order in which one thing needs another. */
watch((keys) => {
  if (any(keys, FILTERS)) Object.assign(state, filtered());
  if (keys.has("lang")) [drawFrame, drawFilters, drawCounts, drawReview, drawPicking, drawSearch].forEach((part) => part());
  if (any(keys, ["tiles", "theme"])) drawBase();
  if (any(keys, [...FILTERS, "view", "lang", "labels", "theme"])) paint();
  if (any(keys, [...FILTERS, "view", "group", "follow", "lang"])) drawList();
  if (any(keys, [...FILTERS, "lang"])) drawTimeline();
  if (any(keys, ["near", "lang"]) || (state.near && any(keys, FILTERS))) drawNear();
  if (any(keys, [...FILTERS, "tab", "lang"])) drawTabs();
  if (any(keys, ["selected", "reviewing", "decided", "lang"])) drawDetail();
  if (any(keys, ["near", "selected", "theme"])) drawOver();
  for (const key of ["near", "selected"]) if (keys.has(key) && !keys.has("view")) goTo(key);
  writeHash();
});

const dark = matchMedia("(prefers-color-scheme: dark)");

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  change({ theme });
}

function listen() {
  at("language").addEventListener("click", () => chooseLanguage(lang() === "ar" ? "en" : "ar"));
  at("theme").addEventListener("click", () => {
    const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    remember("theme", theme);
    setTheme(theme);
  });
  dark.addEventListener("change", () => recall("theme") ?? setTheme(dark.matches ? "dark" : "light"));
  addEventListener("hashchange", () => {
    readHash();
    queueMicrotask(() => [followView, drawFilters, drawSearch].forEach((part) => part()));
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (state.picking) change({ picking: null });
    else if (state.selected != null) leaveDetail();
    else if (state.group) change({ group: null });
  });
  listenToSearch();
  listenToTimeline();
  listenToPrinting();
}

/** Back from an incident to its row, for those who go by keyboard. */
function leaveDetail() {
  const left = state.selected;
  change({ selected: null });
  queueMicrotask(() => document.querySelector(`.row[data-i="${left}"]`)?.focus());
}

async function open() {
  document.documentElement.dataset.theme = recall("theme") ?? (dark.matches ? "dark" : "light");
  listen();
  readHash();
  await null;
  document.documentElement.dataset.ready = "list";
  const L = await library();
  openMap(L);
  change({ view: state.view });
  drawFrame();
  await null;
  performance.mark("usable");
  // Coasts and borders take as long to draw as all incidents, and come after them.
  await new Promise((next) => setTimeout(next));
  drawBase(L ?? undefined);
  document.documentElement.dataset.ready = L ? "map" : "list-only";
  if (state.q && (await prepareSearch())) change({ q: state.q });
  if (COUNT === 0) announce(`${number(0)} · ${t("none")}`);
}

open();
