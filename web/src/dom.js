// Elements made by hand. Whatever comes from a report becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`onclick`) and children; strings become text. */
export function el(name, attributes = {}, ...children) {
  const svg = ["svg", "path", "rect", "g", "text", "line", "title"].includes(name);
  const made = svg ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (["value", "checked", "disabled", "hidden"].includes(key)) made[key] = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return made;
}

/** The longest name that is shown, characters: a word of ten thousand would take a browser seconds to lay out. */
const LONGEST = 240;

/** Text that is not longer than a name can be. */
export function cut(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Foreign text, kept apart from the direction of what stands around it; what is too long for a name is cut. */
export function bdi(text, attributes = {}) {
  return el("bdi", { dir: "auto", ...attributes }, cut(text ?? ""));
}

/** The element with an id. */
export function at(id) {
  return document.getElementById(id);
}

/** Puts other children into an element. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false));
}

/** Tells what happened to those who do not see it. */
export function announce(text) {
  at("status").textContent = text;
}

/** Offers a file for download. */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What this browser remembers under a name; a page from disk may be refused a store, and then nothing is. */
export function recall(key) {
  try {
    return localStorage.getItem(`mawqi.${key}`);
  } catch {
    return null;
  }
}

/** Remembers, where the browser lets it. */
export function remember(key, value) {
  try {
    localStorage.setItem(`mawqi.${key}`, value);
  } catch {
    // Without a store the choice holds until the page is closed.
  }
}
