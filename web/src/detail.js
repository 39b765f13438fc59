// One incident: what it is, how exactly its place is known, and every report with the sentence that says so.

import { columns, first, isArea, last, texts, uncertainty, value, weapons } from "./data.js";
import { announce, at, bdi, cut, el, fill } from "./dom.js";
import { countryNamed, dayOf, days, lang, named, number, range, t, withDates } from "./language.js";
import { tallyCharts } from "./chart.js";
import { judging } from "./review.js";
import { icon } from "./shapes.js";
import { change, state } from "./store.js";

/** The name of an incident's place: in Arabic, or in English with the Arabic behind. */
export function placeName(i) {
  const [arabic, english] = [value(i, "place"), value(i, "place_en")];
  return cut((lang() === "ar" ? (arabic ?? english) : (english ?? arabic)) ?? t("unknown"));
}

/** The same with what it lies in. */
function placeInFull(i) {
  const parts = [value(i, "place"), lang() === "en" && value(i, "place_en"), value(i, "admin1"), countryNamed(value(i, "country"))];
  const told = [...new Set(parts.filter(Boolean))];
  return told.length ? told.flatMap((part, n) => [n ? " · " : "", bdi(part)]) : [t("unknown")];
}

/** How exactly the place is known, in words. */
export function precisionInWords(i) {
  const kind = value(i, "geo_precision");
  const km = number(uncertainty(i) / 1000, uncertainty(i) < 10_000 ? 1 : 0);
  const key = kind === "offset" ? "offset" : isArea(i) || kind === "district" ? "somewhere" : "at";
  return t(key, { place: `\u2068${placeName(i)}\u2069`, km });
}

function toll(min, max) {
  if (min === 0 && max === 0) return t("killedKnown");
  const told = range(min, max);
  return told && [el("bdi", { dir: "ltr" }, told)];
}

function facts(i, told) {
  const time = value(i, "time_of_day");
  const rows = [
    ["whenIs", [days(first[i], last[i]), time && ` · ${named(time)}`]],
    ["whereIs", placeInFull(i)],
    ["precision", [bdi(precisionInWords(i)), isArea(i) && ` · ${t("areaOf")}`]],
    ["killedN", toll(columns.killed_min[i], columns.killed_max[i])],
    ["injuredN", toll(columns.injured_min[i], columns.injured_max[i])],
    ...["actor", "claimed_by", "blamed_on", "target"].map((name, n) =>
      [["actorIs", "claimedIs", "blamedIs", "targetIs"][n], value(i, name) && [bdi(named(value(i, name)))]]),
    ["weaponsIs", weapons(i).length ? [bdi(weapons(i).map(named).join(lang() === "ar" ? "، " : ", "))] : null],
    ["outcomeIs", named(value(i, "outcome"))],
    ["damageIs", told?.damage && [bdi(told.damage)]],
    ["confidenceIs", number(columns.confidence[i], 2)],
  ];
  return el("dl", {}, rows.filter(([, held]) => held).map(([key, held]) => [el("dt", {}, t(key)), el("dd", {}, held)]));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A sentence with the words marked that gave a field. Marks count bytes of the report, as the sentence's own start does. */
function sentence({ start, text, marks = [] }) {
  const bytes = encoder.encode(text);
  const inside = marks.filter((mark) => mark.start >= start && mark.end <= start + bytes.length);
  const children = [];
  let from = 0;
  for (const mark of inside.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start - start < from) continue;
    children.push(decoder.decode(bytes.slice(from, mark.start - start)));
    const marked = decoder.decode(bytes.slice(mark.start - start, mark.end - start));
    children.push(el("mark", { class: `m-${mark.field.replace(/\W/g, "")}`, title: named(mark.field) }, marked));
    from = mark.end - start;
  }
  return el("blockquote", { dir: "auto", lang: "ar" }, ...children, decoder.decode(bytes.slice(from)));
}

/** An address that may be opened: of the web, and no script. */
function webAddress(url) {
  return /^https?:\/\//i.test(url ?? "") ? url : null;
}

function sourceOf(source) {
  const name = bdi(source.publisher ?? source.report);
  const url = webAddress(source.url);
  const link = url ? el("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, name) : name;
  const head = [link, source.publisher && [" · ", bdi(source.report)], source.published && [` · ${t("published")} `, bdi(source.published, { dir: "ltr" })]];
  return el("li", {}, el("h4", {}, head), source.evidence.map(sentence));
}

/** Where reports differ: what each of them states. */
function disagreement(sources) {
  const states = (says) => [
    days(dayOf(says.date_start), dayOf(says.date_end)), says.place, range(says.killed_min, says.killed_max), range(says.injured_min, says.injured_max),
  ];
  const told = sources.map((source) => JSON.stringify(states(source.says)));
  if (sources.length < 2 || new Set(told).size < 2) return null;
  const heads = ["reportIs", "whenIs", "whereIs", "killedN", "injuredN"].map((key) => el("th", { scope: "col" }, t(key)));
  const line = (source) => el("tr", {}, el("th", { scope: "row" }, bdi(source.publisher ?? source.report)),
    states(source.says).map((held) => el("td", {}, bdi(held ?? "–"))));
  return el("section", {}, el("h3", {}, t("disagree")),
    el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t("disagree") },
      el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, sources.map(line)))));
}

function headOf(i) {
  const type = value(i, "event_type");
  const back = el("button", { type: "button", class: "plain back", onclick: () => change({ selected: null }), id: "back" }, `${lang() === "ar" ? "→" : "←"} ${t("back")}`);
  return [back, el("h2", { tabindex: "-1", id: "detail-title" }, icon(type), ` ${named(type)} · `, bdi(placeName(i)))];
}

/** Draws the chosen incident, first what is at hand, then the texts when they are unpacked. */
export async function drawDetail() {
  const i = state.selected;
  const box = at("detail");
  box.hidden = i == null;
  at("panels").hidden = i != null;
  if (i == null) return;
  const again = box.dataset.id === columns.id[i];
  const put = (told) => fill(box, headOf(i), told && el("p", { class: "summary" }, bdi(withDates((lang() === "ar" ? told.summary_ar : told.summary_en) ?? ""))),
    value(i, "background") && el("p", { class: "hint" }, t("background")), facts(i, told), state.reviewing && judging(i, told?.sources),
    told ? evidence(told.sources) : el("p", { class: "hint" }, t("loadingTexts")));
  if (!again) put(null);
  const told = await texts(i);
  if (state.selected !== i) return;
  put(told);
  box.dataset.id = columns.id[i];
  if (again) return;
  box.scrollTop = 0;
  if (matchMedia("(max-width: 760px)").matches) box.scrollIntoView({ block: "start" });
  at("detail-title").focus({ preventScroll: true });
  announce(`${named(value(i, "event_type"))}, ${placeName(i)}`);
}

function evidence(sources) {
  const count = sources.length === 1 ? t("source") : t("sourcesOf", { n: sources.length });
  const charts = tallyCharts(sources.map((source) => source.report));
  return [
    disagreement(sources),
    el("h3", {}, `${t("evidence")} · ${count}`), el("ol", { class: "sources" }, sources.map(sourceOf)),
    charts.length > 0 && el("section", {}, el("h3", {}, t("tallies")), charts),
  ];
}
