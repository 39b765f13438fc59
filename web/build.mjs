// Makes `dist/` of the packages in `node_modules/`, for the page that needs nothing beside it: Leaflet's script and
// style, Supercluster's script, and a base map of Natural Earth, a shape a line as [west, south, east, north, kind, points].

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { feature, mesh } from "topojson-client";

const here = (path) => new URL(path, import.meta.url);

/** Steps of the base map, parts of a degree; one is about a kilometre, as exact as a map of 1 : 50 million needs. */
const STEPS = 100;

const packed = (path) => readFile(here(`node_modules/${path}`), "utf8");

// A browser hashes what it has parsed, with plain line ends.
const plain = (text) => text.replace(/\r\n?/g, "\n");

async function script(name, text) {
  if (/<\/script|<!--/i.test(text)) throw new Error(`${name} cannot stand inside a page`);
  await writeFile(here(`dist/${name}`), plain(text).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
}

async function leaflet() {
  await script("leaflet.js", await packed("leaflet/dist/leaflet.js"));
  // Pictures of controls that the page does not use would be asked for beside it.
  await writeFile(here("dist/leaflet.css"), plain(await packed("leaflet/dist/leaflet.css")).replace(/url\([^)]*\)/g, "none"));
}

/** Supercluster, which holds KDBush, with the licence of both: its own file does not say it. */
async function supercluster() {
  const licences = await Promise.all(["supercluster", "kdbush"].map((name) => packed(`${name}/LICENSE`)));
  await script("supercluster.js", `/*! Supercluster, KDBush\n${licences.join("\n")}*/\n${await packed("supercluster/dist/supercluster.min.js")}`);
}

/** Points as steps from one to the next; those that fall together are left out. */
function stepped(points) {
  const steps = [];
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let [px, py] = [0, 0];
  for (const [lon, lat] of points) {
    const [x, y] = [Math.round(lon * STEPS), Math.round(lat * STEPS)];
    if (steps.length && x === px && y === py) continue;
    steps.push(x - px, y - py);
    [px, py] = [x, y];
    box[0] = Math.min(box[0], x / STEPS);
    box[1] = Math.min(box[1], y / STEPS);
    box[2] = Math.max(box[2], x / STEPS);
    box[3] = Math.max(box[3], y / STEPS);
  }
  return { steps, box };
}

async function baseMap() {
  const world = JSON.parse(await packed("world-atlas/countries-50m.json"));
  const countries = world.objects.countries;
  const polygons = feature(world, countries).features.flatMap(({ geometry }) =>
    (geometry?.type === "Polygon" ? [geometry.coordinates] : (geometry?.coordinates ?? [])).map(([outer]) => outer));
  const lines = [
    ...polygons.map((ring) => ["land", ring]),
    ...mesh(world, countries, (a, b) => a === b).coordinates.map((line) => ["coast", line]),
    ...mesh(world, countries, (a, b) => a !== b).coordinates.map((line) => ["border", line]),
  ];
  const shapes = lines.map(([kind, points]) => ({ kind, ...stepped(points) })).filter(({ steps }) => steps.length >= 4);
  await writeFile(here("dist/base.ndjson"), shapes.map(({ kind, steps, box }) => `${JSON.stringify([...box, kind, steps])}\n`).join(""));
}

await mkdir(here("dist/"), { recursive: true });
await leaflet();
await supercluster();
await baseMap();
