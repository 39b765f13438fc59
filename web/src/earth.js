// Points and distances. A point is (lat, lon) in WGS84 degrees, as Leaflet has it.

const RADIANS = Math.PI / 180;

/** WGS84: equatorial radius in metres, and flattening. */
const RADIUS_M = 6378137;
const FLATTENING = 1 / 298.257223563;

/**
 * Distance on the ellipsoid in kilometres, by the formula of Andoyer and Lambert: within some ten metres of the
 * geodesic at the distances of a region.
 */
export function distanceKm(lat1, lon1, lat2, lon2) {
  const f = ((lat1 + lat2) / 2) * RADIANS;
  const g = ((lat1 - lat2) / 2) * RADIANS;
  const l = ((lon1 - lon2) / 2) * RADIANS;
  const s = Math.sin(g) ** 2 * Math.cos(l) ** 2 + Math.cos(f) ** 2 * Math.sin(l) ** 2;
  const c = Math.cos(g) ** 2 * Math.cos(l) ** 2 + Math.sin(f) ** 2 * Math.sin(l) ** 2;
  if (s === 0) return 0;
  const w = Math.atan2(Math.sqrt(s), Math.sqrt(c));
  const r = Math.sqrt(s * c) / w;
  const h1 = (3 * r - 1) / (2 * c || 1);
  const h2 = (3 * r + 1) / (2 * s);
  const bend = FLATTENING * (h1 * Math.sin(f) ** 2 * Math.cos(g) ** 2 - h2 * Math.cos(f) ** 2 * Math.sin(g) ** 2);
  return (2 * w * RADIUS_M * (1 + bend)) / 1000;
}

/** A point in web Mercator, the whole world being 0 to 1. */
export function mercator(lat, lon) {
  const bounded = Math.max(-85.05, Math.min(85.05, lat)) * RADIANS;
  return [lon / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + bounded / 2)) / (2 * Math.PI)];
}

/** How much of the world's width a metre is at a latitude. */
export function metre(lat) {
  return 1 / (2 * Math.PI * RADIUS_M * Math.cos(lat * RADIANS));
}

/** The direction from one point to another, one of eight, as an index from north, clockwise. */
export function bearing(lat1, lon1, lat2, lon2) {
  const y = Math.sin((lon2 - lon1) * RADIANS) * Math.cos(lat2 * RADIANS);
  const x = Math.cos(lat1 * RADIANS) * Math.sin(lat2 * RADIANS)
    - Math.sin(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * Math.cos((lon2 - lon1) * RADIANS);
  return Math.round(((Math.atan2(y, x) / RADIANS + 360) % 360) / 45) % 8;
}
