// The map itself: Leaflet moves and zooms, `dots.js` draws, the base map and the graticule lie beneath.

import { COUNT, baseMap, isArea, lat, lon, uncertainty } from "./data.js";
import { at, el } from "./dom.js";
import { ZOOMS, areasOf, clustersOf, draw, hit, pointsIn } from "./dots.js";
import { t } from "./language.js";
import { select, showsOnly } from "./list.js";
import { picked } from "./review.js";
import { change, state } from "./store.js";

/** How far the canvas reaches beyond the window, pixels: what comes into view while the map is drawn by hand. */
const PAD = 160;
const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

let map = null;
let canvas = null;
let groups = { points: [], areas: [] };
let drawn = { passing: null, areas: [], clusters: null };
let over = null;
let beneath = null;
let base = null;
let tiles = null;

/** The colours of the theme, read from the style sheet. */
function inks() {
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    panel: ink("panel"), text: ink("text"), halo: ink("halo"), edge: ink("edge"), area: ink("area"), areaFill: ink("area-fill"),
    land: ink("land"), coast: ink("coast"), border: ink("border"), accent: ink("accent"), grid: ink("grid"),
    font: style.getPropertyValue("--font").trim(),
  };
}

/** Waits until the libraries are there, or are known not to come. */
export async function library() {
  const come = (script) => new Promise((done) => ["load", "error"].forEach((event) => script.addEventListener(event, done, { once: true })));
  const missing = () => !globalThis.L || !globalThis.Supercluster;
  const loaded = new Promise((done) => (document.readyState === "complete" ? done() : addEventListener("load", done, { once: true })));
  if (missing()) await Promise.race([loaded, Promise.all(Array.from(document.querySelectorAll("script[src]"), come))]);
  return missing() ? null : globalThis.L;
}

/** Makes the map; without Leaflet it says that there is none. */
export function openMap(L) {
  at("map-none").hidden = Boolean(L);
  if (!L) return;
  map = L.map("map", {
    zoomControl: false, attributionControl: false, zoomAnimation: false, fadeAnimation: false, worldCopyJump: false,
    minZoom: ZOOMS[0], maxZoom: ZOOMS[1], zoomSnap: 0.5, wheelPxPerZoomLevel: 120,
  });
  L.control.zoom({ position: "topright" }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  canvas = el("canvas", { class: "dots", "aria-hidden": "true" });
  map.createPane("dots").append(canvas);
  over = L.layerGroup().addTo(map);
  setView(L);
  map.on("moveend", () => {
    const centre = map.getCenter();
    change({ view: { lat: centre.lat, lon: centre.lng, zoom: map.getZoom() } });
  });
  map.on("resize viewreset zoomend", () => paint());
  map.on("click", clicked);
  map.on("mousemove", (event) => {
    const corner = canvasPoint(event.containerPoint);
    at("map").classList.toggle("can-click", Boolean(hit(groups, corner.x, corner.y)));
  });
  drawOver(L);
}

/** Shows what the address asks for, or all incidents. */
function setView(L) {
  if (state.view) return map.setView([state.view.lat, state.view.lon], state.view.zoom, { animate: false });
  fit(L);
  return ["near", "selected"].forEach(goTo);
}

/** Below this number all incidents are shown at first; above it the few that lie far off may be left out. */
const FEW = 20;

/** Shows the incidents that are points, without the outermost twentieth; all where there are few. */
function fit(L) {
  const every = Array.from({ length: COUNT }, (_, i) => i);
  const points = every.filter((i) => !isArea(i));
  const shown = points.length ? points : every;
  if (shown.length === 0) return map.setView([33, 43], 5);
  const part = shown.length > FEW ? 0.05 : 0;
  const inner = (of) => {
    const sorted = shown.map((i) => of[i]).sort((a, b) => a - b);
    return [sorted[Math.floor(sorted.length * part)], sorted[Math.ceil(sorted.length * (1 - part)) - 1]];
  };
  const [[south, north], [west, east]] = [inner(lat), inner(lon)];
  return map.fitBounds(L.latLngBounds([south, west], [north, east]), { animate: false, maxZoom: 9, padding: [40, 40] });
}

/** Goes where the address says, when somebody changed it by hand. */
export function followView() {
  if (!map || !state.view) return;
  const centre = map.getCenter();
  const { lat: y, lon: x, zoom } = state.view;
  if (Math.abs(centre.lat - y) > 1e-3 || Math.abs(centre.lng - x) > 1e-3 || map.getZoom() !== zoom) map.setView([y, x], zoom, { animate: false });
}

function canvasPoint(point) {
  return { x: point.x + PAD, y: point.y + PAD };
}

/** Draws marks, clusters and names for the window and its margin, and tells the list what is in view. */
export function paint() {
  if (!map) return;
  const size = map.getSize();
  const [width, height] = [size.x + 2 * PAD, size.y + 2 * PAD];
  const dense = Math.min(devicePixelRatio || 1, 2);
  if (canvas.width !== width * dense || canvas.height !== height * dense) {
    [canvas.width, canvas.height] = [width * dense, height * dense];
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const corner = map.containerPointToLayerPoint([-PAD, -PAD]);
  canvas.style.transform = `translate3d(${corner.x}px, ${corner.y}px, 0)`;
  const scale = 256 * 2 ** map.getZoom();
  const bounds = map.getPixelBounds();
  const [left, top] = [bounds.min.x - PAD, bounds.min.y - PAD];
  const pen = canvas.getContext("2d");
  pen.setTransform(dense, 0, 0, dense, 0, 0);
  groups = groupsIn(map.containerPointToLatLng([-PAD, size.y + PAD]), map.containerPointToLatLng([size.x + PAD, -PAD]));
  draw({ pen, scale, left, top, width, height, pad: PAD }, groups, state.labels, inks());
  const box = map.getBounds();
  showsOnly([box.getSouth(), box.getWest(), box.getNorth(), box.getEast()]);
}

/** What is drawn between two corners. Clusters are made anew only when other incidents pass. */
function groupsIn({ lng: west, lat: south }, { lng: east, lat: north }) {
  const { passing } = state;
  if (drawn.passing !== passing) drawn = { passing, areas: areasOf(passing), clusters: clustersOf(passing) };
  return { areas: drawn.areas, points: pointsIn(drawn.clusters, [west, south, east, north], map.getZoom()) };
}

function clicked(event) {
  const { lat: y, lng: x } = event.latlng;
  const waits = state.picking?.kind;
  if (waits === "near") {
    const near = { lat: Number(y.toFixed(4)), lon: Number(x.toFixed(4)), km: state.picking.km, name: null, uncertain: state.near?.uncertain ?? false };
    return change({ near, picking: null, tab: "near", group: null });
  }
  if (waits === "move" && picked({ lat: y, lng: x })) return undefined;
  const corner = canvasPoint(event.containerPoint);
  const group = hit(groups, corner.x, corner.y);
  if (!group) return undefined;
  if (group.members) return group.members.length === 1 ? select(group.i) : listGroup(group.members);
  if (group.count === 1) return select(group.i);
  const { clusters } = drawn;
  const zoom = clusters.getClusterExpansionZoom(group.id);
  if (zoom <= ZOOMS[1]) return map.setView([group.lat, group.lon], zoom, { animate: false });
  // No zoom of the map parts them.
  return listGroup(clusters.getLeaves(group.id, Infinity).map(({ properties }) => properties.i));
}

const listGroup = (group) => change({ group, tab: "list", selected: null });

/** The chosen incident's circle, and the ring around the point asked for. */
export function drawOver(L = globalThis.L) {
  if (!map) return;
  const { accent } = inks();
  over.clearLayers();
  if (state.near) {
    const { lat: y, lon: x, km } = state.near;
    L.circle([y, x], { radius: km * 1000, color: accent, weight: 2, fillOpacity: 0.05, interactive: false }).addTo(over);
    L.circleMarker([y, x], { radius: 4, color: accent, fillOpacity: 1, interactive: false }).addTo(over);
  }
  const i = state.selected;
  if (i == null) return;
  const radius = uncertainty(i);
  if (radius > 0) L.circle([lat[i], lon[i]], { radius, color: accent, weight: 2, dashArray: "5 4", fillOpacity: 0.08, interactive: false }).addTo(over);
  L.circleMarker([lat[i], lon[i]], { radius: 17, color: accent, weight: 3, fill: false, interactive: false }).addTo(over);
}

/** Brings the chosen incident, or the ring, into view. */
export function goTo(key) {
  if (!map) return;
  const { near, selected: i } = state;
  if (key === "near" && near) map.fitBounds(globalThis.L.latLng(near.lat, near.lon).toBounds(near.km * 2200), { animate: false });
  if (key === "selected" && i != null && !map.getBounds().pad(-0.05).contains([lat[i], lon[i]])) map.panTo([lat[i], lon[i]], { animate: false });
}

/** The points of a shape: hundredths of a degree, the first as it is, the others as steps. */
function unfold(steps) {
  const points = [];
  let [x, y] = [0, 0];
  for (let n = 0; n + 1 < steps.length; n += 2) {
    x += steps[n];
    y += steps[n + 1];
    points.push([y / 100, x / 100]);
  }
  return points;
}

function shapesOf(kind) {
  return baseMap.filter((shape) => shape[4] === kind).map((shape) => unfold(shape[5]));
}

/** Land, coasts and borders where the page carries them, and always a graticule. */
export function drawBase(L = globalThis.L) {
  if (!map) return;
  const ink = inks();
  base?.remove();
  beneath ??= L.canvas({ padding: 0.4, pane: "tilePane" });
  const renderer = beneath;
  const still = { renderer, interactive: false, pane: "tilePane", smoothFactor: 0.7 };
  const layers = [
    L.polygon(shapesOf("land").map((ring) => [ring]), { ...still, stroke: true, color: ink.land, weight: 1, fillColor: ink.land, fillOpacity: 1 }),
    L.polyline(graticule(), { ...still, color: ink.grid, weight: 0.6 }),
    L.polyline(shapesOf("coast"), { ...still, color: ink.coast, weight: 1 }),
    L.polyline(shapesOf("border"), { ...still, color: ink.border, weight: 1, dashArray: "4 3" }),
  ];
  base = L.layerGroup(state.tiles ? [] : layers).addTo(map);
  showTiles(L);
}

function graticule() {
  const lines = [];
  for (let x = -180; x <= 180; x += 5) lines.push([[-80, x], [80, x]]);
  for (let y = -80; y <= 80; y += 5) lines.push([[y, -180], [y, 180]]);
  return lines;
}

function showTiles(L) {
  if (state.tiles && !tiles) tiles = L.tileLayer(TILES, { maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
  if (!state.tiles && tiles) {
    tiles.remove();
    tiles = null;
  }
}

let viewOnScreen = null;

/** Fits the map to the size that it has on paper, or brings back what the screen showed. */
export function mapOnPaper(on) {
  if (!map) return;
  const bounds = map.getBounds();
  if (on) viewOnScreen = [map.getCenter(), map.getZoom()];
  drawBase();
  map.invalidateSize({ animate: false, pan: false });
  if (on) map.fitBounds(bounds, { animate: false });
  else map.setView(...viewOnScreen, { animate: false });
  // Printing waits for no frame: what Leaflet would draw with the next one is drawn now.
  map.fire("moveend");
  drawOver();
  paint();
}

/** Says in the language of the page what the map is. */
export function nameMap() {
  at("map").setAttribute("aria-label", t("map"));
  const zoom = at("map").querySelectorAll(".leaflet-control-zoom a");
  zoom.forEach((button, n) => button.setAttribute("aria-label", n ? "−" : "+"));
}
