// The incidents as `src/export/page_data.rs` wrote them: columns, words once, long texts apart, all packed.

const block = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");

async function unpack(packet) {
  const bytes = Uint8Array.from(atob(packet), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

const read = await unpack(block("incidents"));

/** What the file says of itself: version, count, attribution … */
export const about = read.about;

/** Running counts that the reports give. */
export const tallies = block("tallies") ?? [];

/** Shapes of the base map; none in a page made without it. */
export const baseMap = block("base") ?? [];

/** The columns as they stand in the file. */
export const columns = read.columns;

/** How many incidents there are. */
export const COUNT = about.count;

const EMPTY = -1;

/** A column of words: `words`, and `at` which points into them, -1 where nothing is told. */
function indexed(name) {
  const { words, at } = columns[name];
  return { words, at: Int32Array.from(at, (n) => n ?? EMPTY) };
}

const WORDS = Object.keys(columns).filter((name) => !Array.isArray(columns[name]));

/** The columns of words by name. */
export const words = Object.fromEntries(WORDS.map((name) => [name, indexed(name)]));

/** A value of an incident; null where the reports do not say. */
export function value(i, name) {
  const column = words[name];
  if (!column) return columns[name][i];
  return column.at[i] === EMPTY ? null : column.words[column.at[i]];
}

/** First and last day as numbers; NaN where undated. */
export const first = Float64Array.from(columns.date_start, (n) => n ?? NaN);
export const last = Float64Array.from(columns.date_end, (n, i) => n ?? columns.date_start[i] ?? NaN);

export const lat = Float64Array.from(columns.lat);
export const lon = Float64Array.from(columns.lon);

const AREAS = ["governorate", "region", "country", "sea"];
const areaWord = words.geo_precision.words.map((word) => AREAS.includes(word));

/** Whether the point of an incident stands for a whole area. */
export function isArea(i) {
  return areaWord[words.geo_precision.at[i]] ?? false;
}

/** Radius of the circle that holds the incident, metres. */
export function uncertainty(i) {
  return columns.uncertainty_m[i] ?? 0;
}

/** The incident's weapons. */
export function weapons(i) {
  return value(i, "weapons")?.split("; ") ?? [];
}

const rows = new Map(columns.id.map((id, i) => [id, i]));

/** The number of the incident with an id. */
export function byId(id) {
  return rows.get(id);
}

let packets = null;
const unpacked = new Map();

/** The long texts of an incident: summaries, damage, sources with their evidence. */
export async function texts(i) {
  packets ??= block("texts");
  const chunk = Math.floor(i / about.chunk);
  if (!unpacked.has(chunk)) unpacked.set(chunk, unpack(packets[chunk]));
  return (await unpacked.get(chunk))[i % about.chunk];
}
