// What stands on paper: the map at the width of a page, the legend, what is filtered, and the whole list.

import { value } from "./data.js";
import { at, bdi, el, fill } from "./dom.js";
import { iso, leftToRight, named, t } from "./language.js";
import { drawList, nearInWords } from "./list.js";
import { mapOnPaper } from "./map.js";
import { icon, sign } from "./shapes.js";
import { FACETS, state } from "./store.js";

/** The types that pass with their marks, and what the other signs mean. */
function legend() {
  const kinds = new Set(Array.from(state.passing, (i) => value(i, "event_type")));
  const known = [...kinds].sort((a, b) => (named(a) < named(b) ? -1 : 1));
  const signs = ["signCount", "signArea", "signSize"];
  return [known.map((kind) => el("li", {}, icon(kind), bdi(named(kind)))), signs.map((key) => el("li", {}, sign(key), t(key)))];
}

/** What is filtered, in words. */
function chosenInWords() {
  const { q, sets, killed, sources, from, to, near } = state;
  const titles = { event_type: "type", actor: "actor", weapons: "weapon", outcome: "outcome", geo_precision: "precision" };
  const told = (key, said) => said && `${t(key)}: ${said}`;
  return [
    told("search", q && `\u2068${q}\u2069`),
    ...Object.keys(FACETS).map((name) => told(titles[name], sets[name].map(named).join(" · "))),
    told("killed", killed), told("sources", sources),
    told("from", from != null && leftToRight(iso(from))), told("to", to != null && leftToRight(iso(to))),
    near && nearInWords(),
  ].filter(Boolean);
}

let theme = null;

/** Makes the page ready for paper. */
function toPaper() {
  const root = document.documentElement;
  state.paper = true;
  theme = root.dataset.theme;
  root.dataset.theme = "light";
  root.classList.add("paper");
  fill(at("legend"), legend());
  fill(at("chosen"), chosenInWords().map((said) => el("li", {}, bdi(said))));
  mapOnPaper(true);
  drawList();
}

/** Makes it as it was on the screen. */
function toScreen() {
  if (!state.paper) return;
  state.paper = false;
  document.documentElement.classList.remove("paper");
  document.documentElement.dataset.theme = theme;
  mapOnPaper(false);
  drawList();
}

/** Prepares the page whenever the browser prints. */
export function listenToPrinting() {
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
}
