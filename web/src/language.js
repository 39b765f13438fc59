// Which language the page speaks, and how it says numbers, days and values in it.

import { UI, VALUES } from "./words.js";
import { NAMES } from "./names.js";

let language = "ar";

/** The language in use: `ar` or `en`. */
export function lang() {
  return language;
}

/** Changes the language of everything that is drawn from now on. */
export function speak(to) {
  language = to === "en" ? "en" : "ar";
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
}

/** A text of the page, with its blanks filled: `t("more", { n: 3 })`. */
export function t(key, blanks = {}) {
  return (UI[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(blanks[name] ?? ""));
}

/** A value of a vocabulary, or the name of an actor, target or weapon, in the language in use. */
export function named(value) {
  if (value == null) return t("unknown");
  const known = VALUES[value];
  if (known) return known[language === "ar" ? 1 : 0];
  return language === "ar" ? (NAMES[value] ?? value) : value.replaceAll("_", " ");
}

/** The name of a country in the language in use, as the browser knows it. */
export function countryNamed(code) {
  try {
    return code && new Intl.DisplayNames(language, { type: "region" }).of(code);
  } catch {
    return code;
  }
}

/** A number with separators, in Western digits in both languages, as the reports' tables have them. */
export function number(n, digits = 0) {
  return n.toLocaleString("en", { maximumFractionDigits: digits });
}

const DAY_MS = 86_400_000;

/** A day, counted from 1970, as 2024-01-31. */
export function iso(day) {
  const date = new Date(day * DAY_MS);
  return Number.isFinite(day) && !Number.isNaN(date.getTime()) ? date.toISOString().slice(0, 10) : "";
}

/** The day of a text such as 2024-01-31, counted from 1970; null where there is none. */
export function dayOf(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? "")) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : Math.round(ms / DAY_MS);
}

/** The days of an incident in words: one, or from to. */
export function days(first, last) {
  if (first == null || Number.isNaN(first)) return t("unknown");
  return leftToRight(last == null || last === first ? iso(first) : `${iso(first)} – ${iso(last)}`);
}

/** Text in an isolate that runs from left to right: after an Arabic word the parts of a date would change places. */
export function leftToRight(text) {
  return `\u2066${text}\u2069`;
}

/** A sentence with its dates so isolated. */
export function withDates(text) {
  return text.replace(/\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?/g, leftToRight);
}

/** Fewest and most, as 3, 3–5, or 3+. */
export function range(min, max) {
  if (min == null && max == null) return null;
  if (min == null) return `≤ ${number(max)}`;
  if (max == null) return `${number(min)}+`;
  return min === max ? number(min) : `${number(min)}–${number(max)}`;
}
