// What stands for each type of event: a colour that the colour-blind can tell (Okabe and Ito's) and a shape.

import { el } from "./dom.js";

const turn = (n, from, inner = 1) =>
  Array.from({ length: n }, (_, k) => {
    const angle = from + (k * 2 * Math.PI) / n;
    const r = k % 2 ? inner : 1;
    return [Math.cos(angle) * r, Math.sin(angle) * r];
  });

const UP = -Math.PI / 2;
const CROSS = [[-.35, -1], [.35, -1], [.35, -.35], [1, -.35], [1, .35], [.35, .35], [.35, 1], [-.35, 1], [-.35, .35], [-1, .35], [-1, -.35], [-.35, -.35]];
const turned = (points) => points.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);

/** Colour and outline of each type; no outline is a circle. */
export const SHAPES = {
  __proto__: null,
  airstrike: ["#0072b2", turn(3, -UP)],
  drone_strike: ["#56b4e9", turn(8, UP, 0.42)],
  missile_attack: ["#d55e00", turn(3, UP)],
  shelling: ["#e69f00", null],
  bombing: ["#cc79a7", turn(4, UP / 2)],
  suicide_bombing: ["#9b2f6f", turn(4, UP)],
  naval_attack: ["#009e73", turn(5, UP)],
  armed_clash: ["#6b5b00", turned(CROSS)],
  armed_attack: ["#b58900", CROSS],
  assassination: ["#5b3fa0", turn(10, UP, 0.45)],
  raid: ["#117733", turn(6, UP)],
  abduction: ["#8c564b", turn(3, 0)],
  explosion: ["#c0392b", turn(16, UP, 0.62)],
  other: ["#777777", turn(8, UP / 4)],
};

/** Colour and outline of a type. */
export function shapeOf(type) {
  return SHAPES[type] ?? SHAPES.other;
}

/** Draws a type's mark on a canvas. */
export function mark(pen, type, x, y, r, edge) {
  const [colour, points] = shapeOf(type);
  pen.beginPath();
  if (points) points.forEach(([px, py], k) => (k ? pen.lineTo(x + px * r, y + py * r) : pen.moveTo(x + px * r, y + py * r)));
  else pen.arc(x, y, r * 0.9, 0, 2 * Math.PI);
  pen.closePath();
  pen.fillStyle = colour;
  pen.strokeStyle = edge;
  pen.lineWidth = 1.5;
  pen.fill();
  pen.stroke();
}

/** What else the map shows, as a picture: a cluster's number, an area. */
export function sign(key) {
  return { signCount: el("span", { class: "sign sign-count" }, "3"), signArea: el("span", { class: "sign sign-area" }) }[key] ?? null;
}

/** A type's mark as a picture beside its name. */
export function icon(type) {
  const [colour, points] = shapeOf(type);
  const d = points
    ? `M${points.map(([x, y]) => `${(8 + x * 7).toFixed(1)} ${(8 + y * 7).toFixed(1)}`).join("L")}Z`
    : "M1.7 8a6.3 6.3 0 1 0 12.6 0a6.3 6.3 0 1 0-12.6 0Z";
  return el("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true", focusable: "false" }, el("path", { d, fill: colour }));
}
