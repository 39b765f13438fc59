// Judging incidents: decisions are kept in the browser and downloaded as `decisions.csv`, a line each:
// `confirm,ID` · `reject,ID` · `move,ID,LAT,LON` · `place,ID,PLACE_ID` · `same,A,B` · `different,A,B` ·
// `split,ID,REPORT,…`.

import { columns, words } from "./data.js";
import { at, bdi, cut, el, fill, recall, remember, save } from "./dom.js";
import { t } from "./language.js";
import { change, state, watch } from "./store.js";

let decisions = [];

// A browser has one memory for all pages from disk. What was decided on this one stays also when its incident is gone
// from it, as one that was rejected is: the next file must say so again.
const MEMORY = `decisions ${location.pathname}`;

try {
  const kept = JSON.parse(recall(MEMORY) ?? "[]");
  decisions = kept.filter((one) => Array.isArray(one) && one.every((part) => typeof part === "string"));
} catch {
  // What cannot be read is as good as nothing.
}

const SAME = "same";
const DIFFERENT = "different";

/** Two decisions of one kind about one incident: the later one holds. */
function clash(a, b) {
  const judged = ["confirm", "reject"];
  const moved = ["move", "place"];
  const alike = a[0] === b[0] || [judged, moved].some((group) => group.includes(a[0]) && group.includes(b[0]));
  const pair = [SAME, DIFFERENT];
  if (pair.includes(a[0]) && pair.includes(b[0])) return [a[1], a[2]].sort().join() === [b[1], b[2]].sort().join();
  if (a[0] === "split" && alike) return a[1] === b[1] && a.slice(2).some((report) => b.slice(2).includes(report));
  return alike && !pair.includes(a[0]) && a[1] === b[1];
}

function decide(...decision) {
  keep([...decisions.filter((old) => !clash(old, decision)), decision]);
}

function keep(list) {
  decisions = list;
  remember(MEMORY, JSON.stringify(list));
  change({ picking: null, decided: true });
}

/** The decisions as a table. */
export function decisionsCsv() {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return decisions.map((decision) => `${decision.map(cell).join(",")}\n`).join("");
}

/** What was decided of an incident. */
function decisionsOf(i) {
  const named = (decision) => ([SAME, DIFFERENT].includes(decision[0]) ? decision.slice(1, 3) : [decision[1]]);
  return decisions.filter((decision) => named(decision).includes(columns.id[i]));
}

/** Takes the click on the map or the incident for which a decision waits; false where none waits. */
export function picked({ lat, lng, incident }) {
  const wait = state.picking;
  if (!wait || wait.kind === "near") return false;
  const id = columns.id[wait.incident];
  if (wait.kind === "move" && lat != null) decide("move", id, lat.toFixed(5), lng.toFixed(5));
  else if (wait.kind !== "move" && incident != null && incident !== wait.incident) decide(wait.kind, id, columns.id[incident]);
  else return wait.kind !== "move" && incident == null;
  return true;
}

/** The buttons with which an incident is judged; `sources` are its reports, once they are unpacked. */
export function judging(i, sources) {
  const id = columns.id[i];
  const button = (key, act) => el("button", { type: "button", onclick: act, "data-act": key }, t(key));
  const wait = (kind) => () => change({ picking: { kind, incident: i }, reviewing: true });
  const places = el("select", { "aria-label": t("placeIt"), onchange: (event) => decide("place", id, event.target.value) },
    el("option", { value: "" }, t("placeIt")), placeChoices());
  return el("div", { class: "judging" },
    button("confirm", () => decide("confirm", id)), button("reject", () => decide("reject", id)),
    button("move", wait("move")), button("merge", wait(SAME)), button("differ", wait(DIFFERENT)), places,
    sources && splitting(id, sources),
    el("ul", { class: "decided" }, decisionsOf(i).map(decisionRow)));
}

/** The reports of an incident, to choose those that tell of another event; nothing where there is one only. */
function splitting(id, sources) {
  const reports = [...new Set(sources.map((source) => source.report))];
  if (reports.length < 2) return null;
  const parted = decisions.filter((decision) => decision[0] === "split" && decision[1] === id).flatMap((decision) => decision.slice(2));
  const boxes = reports.map((report) => el("input", { type: "checkbox", name: "split", value: report, checked: parted.includes(report), onchange: () => sayWhether() }));
  const chosen = () => reports.filter((_, n) => boxes[n].checked);
  const part = el("button", { type: "button", id: "split-off", onclick: () => decide("split", id, ...chosen()) }, t("splitOff"));
  // One report at least must stay, else nothing is parted.
  const sayWhether = () => (part.disabled = chosen().length === 0 || chosen().length === reports.length);
  sayWhether();
  const row = (report, n) => {
    const { publisher, published, evidence } = sources.find((source) => source.report === report);
    const words = [publisher, report, published].filter(Boolean).flatMap((word, k) => [k ? " · " : "", bdi(word)]);
    return el("label", { class: "check" }, boxes[n], el("span", {}, words, el("span", { class: "hint clip", lang: "ar" }, bdi(evidence[0]?.text))));
  };
  return el("details", { class: "split", "data-act": "split", open: parted.length > 0 }, el("summary", {}, t("split")),
    el("fieldset", {}, el("legend", { class: "hint" }, t("splitHelp")), reports.map(row)), part);
}

/** The places of the map, by name. */
function placeChoices() {
  const names = new Map();
  words.place_id.at.forEach((place, i) => {
    if (place >= 0 && !names.has(place)) names.set(place, words.place.words[words.place.at[i]] ?? "");
  });
  const sorted = [...names].sort((a, b) => a[1].localeCompare(b[1], "ar")).slice(0, 3000);
  return sorted.map(([place, name]) => el("option", { value: words.place_id.words[place] }, cut(`${name} (${words.place_id.words[place]})`)));
}

function decisionRow(decision) {
  const undo = () => keep(decisions.filter((other) => other !== decision));
  return el("li", {}, el("code", { dir: "ltr" }, cut(decision.join(","))),
    el("button", { type: "button", class: "plain", onclick: undo, "aria-label": `${t("undo")}: ${decision.join(",")}` }, "✕"));
}

/** Draws the panel with all decisions. */
export function drawReview() {
  const mode = el("input", { type: "checkbox", id: "reviewing", checked: state.reviewing, onchange: () => change({ reviewing: mode.checked }) });
  const download = () => save("decisions.csv", "text/csv", decisionsCsv());
  fill(at("panel-review"),
    el("label", { class: "check" }, mode, t("reviewMode")),
    el("p", { class: "hint" }, decisions.length ? t("reviewHelp") : t("noDecisions")),
    el("p", {}, el("b", {}, t("decisions", { n: decisions.length }))),
    el("ul", { class: "decided" }, decisions.map(decisionRow)),
    el("button", { type: "button", id: "save-decisions", onclick: download, disabled: decisions.length === 0 }, t("saveDecisions")));
}

/** What the next click is for, above the map. */
export function drawPicking() {
  const wait = state.picking;
  const hint = wait && { near: "picking", move: "moveHint" }[wait.kind];
  at("picking").hidden = !wait;
  if (!wait) return;
  fill(at("picking"), bdi(t(hint ?? "otherHint")),
    el("button", { type: "button", onclick: () => change({ picking: null }) }, t("cancel")));
}

watch((keys) => {
  if (keys.has("decided") || keys.has("reviewing") || keys.has("lang")) drawReview();
  if (keys.has("picking") || keys.has("lang")) drawPicking();
});
