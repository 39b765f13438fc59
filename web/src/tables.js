// Incidents as CSV and GeoJSON, with the columns and names of the program's own files.

import { columns, isArea, lat, lon, texts, value, weapons } from "./data.js";
import { iso } from "./language.js";
import { bearing } from "./earth.js";
import { state } from "./store.js";

const BEARINGS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The schema's names in order; the packed texts come in at their old place. */
const NAMES_IN_ORDER = (() => {
  const names = Object.keys(columns);
  names.splice(names.indexOf("background"), 0, "damage");
  names.splice(names.indexOf("source_count"), 0, "summary_en", "summary_ar");
  return names;
})();

function cellOf(i, name, told) {
  if (name in told) return told[name];
  if (name === "weapons") return weapons(i);
  if (name === "date_start" || name === "date_end") return columns[name][i] == null ? null : iso(columns[name][i]);
  return value(i, name);
}

async function record(i) {
  const told = await texts(i);
  const fields = Object.fromEntries(NAMES_IN_ORDER.map((name) => [name, cellOf(i, name, told)]));
  return { ...fields, sources: told.sources };
}

function placed(i) {
  const km = state.distances?.get(i);
  if (km == null) return {};
  const at = bearing(state.near.lat, state.near.lon, lat[i], lon[i]);
  return { distance_km: Math.round(km * 1000) / 1000, bearing: km === 0 ? null : BEARINGS[at] };
}

/** The incidents as a GeoJSON feature collection. */
export async function geojsonOf(incidents, attribution) {
  const features = [];
  for (const i of incidents) {
    const { lon: x, lat: y, ...properties } = await record(i);
    const geometry = { type: "Point", coordinates: [x, y] };
    features.push({ type: "Feature", geometry, id: properties.id, properties: { ...properties, ...placed(i), area: isArea(i) } });
  }
  return JSON.stringify({ type: "FeatureCollection", features, attribution });
}

/** A cell that a spreadsheet shows and never runs. */
function safeCell(held) {
  let text = held == null ? "" : String(Array.isArray(held) ? held.join("; ") : held).replace(CONTROLS, "").slice(0, 32_766);
  if (/^[=+\-@\t\r\n]/.test(text) && !/^-?[\d.]+$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const listed = (items) => (items.some((item) => item != null) ? items.map((item) => item ?? "").join("; ") : "");

/** The incidents as CSV: byte-order mark, CRLF, one a row. */
export async function csvOf(incidents) {
  const near = state.distances ? ["distance_km", "bearing"] : [];
  const last = ["reports", "published", "publishers", "urls", "evidence"];
  const lines = [[...near, ...NAMES_IN_ORDER, ...last].join(",")];
  for (const i of incidents) {
    const held = await record(i);
    const distance = placed(i);
    const { sources } = held;
    const flat = [
      listed(sources.map((s) => s.report)), listed(sources.map((s) => s.published)), listed(sources.map((s) => s.publisher)),
      listed(sources.map((s) => s.url)), sources.flatMap((s) => s.evidence.map((e) => e.text.trim().split(/\s+/).join(" "))).join(" | "),
    ];
    lines.push([...near.map((name) => distance[name]), ...NAMES_IN_ORDER.map((name) => held[name]), ...flat].map(safeCell).join(","));
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
