// The page on paper: what a browser prints, and that the screen is as before when it has.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, open, sample, shown } from "./page.mjs";

let path;

before(() => (path = sample()));
after(close);

/** A page as it stands on paper. */
async function printed(hash, options) {
  const opened = await open(path, { hash, colorScheme: "dark", ...options });
  const onScreen = await shown(opened.page);
  await opened.page.emulateMedia({ media: "print", colorScheme: "dark" });
  await opened.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  // What follows from the new view of the map.
  await opened.page.waitForTimeout(100);
  return { ...opened, onScreen };
}

for (const [lang, direction] of [["ar", "rtl"], ["en", "ltr"]]) {
  test(`map, legend, list and attribution, no controls: ${lang}`, async () => {
    const { page, onScreen } = await printed(`#lang=${lang}&all=1`);
    assert.equal(await page.locator("main button:visible:not(.row), header button:visible, input:visible, select:visible, [role=tab]:visible").count(), 0);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), direction);
    assert.equal(await page.locator("#rows .row:visible").count(), onScreen, "the whole list");
    const kinds = await page.evaluate(() => new Set(Array.from(document.querySelectorAll("#rows path"), (path) => path.getAttribute("d"))).size);
    assert.equal(await page.locator("#legend .icon:visible").count(), kinds, "each mark is explained");
    assert.match(await page.locator("footer:visible").textContent(), /GeoNames .*CC BY 4\.0.*Natural Earth/);
    const order = await page.evaluate(() => ["header", "#map", "#legend", "#rows", "footer"].map((name) => document.querySelector(name).getBoundingClientRect().top));
    assert.deepEqual(order, [...order].sort((a, b) => a - b));
  });
}

test("black on white, marks with an edge, no row in two", async () => {
  const { page } = await printed("#lang=en&all=1");
  const style = (name, property) => page.evaluate(([a, b]) => getComputedStyle(document.querySelector(a))[b], [name, property]);
  assert.equal(await style("body", "color"), "rgb(0, 0, 0)");
  assert.equal(await page.getAttribute("html", "data-theme"), "light");
  assert.equal(await style("#rows path", "stroke"), "rgb(0, 0, 0)");
  assert.equal(await style("#rows > li", "breakInside"), "avoid");
  // Land is white on paper and was not in the dark: the base map is drawn before the printer looks.
  const land = await page.evaluate(() => {
    const canvas = document.querySelector(".leaflet-tile-pane canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, n) => data[4 * n] === 255 && data[4 * n + 3] === 255).filter(Boolean).length / (data.length / 4);
  });
  assert.ok(land > 0.1, String(land));
});

test("what is filtered is said, and an incident is printed with its sources", async () => {
  const { page } = await printed("#lang=en&type=airstrike&from=2020-01-01&all=1&tab=filters");
  assert.match(await page.locator("#chosen:visible").textContent(), /Type: Air strike.*From: .*2020-01-01/);
  assert.ok(await page.locator("#rows .row:visible").count() > 0, "the list, also from another panel");
  const other = await open(path, { hash: "#lang=en&all=1" });
  await other.page.locator("#rows .row").first().click();
  await other.page.waitForSelector("#detail blockquote");
  await other.page.emulateMedia({ media: "print" });
  assert.ok(await other.page.locator("#detail blockquote").first().isVisible());
  assert.equal(await other.page.locator("#rows .row:visible").count(), 0);
});

test("the browser's own printing, and the screen after it", async () => {
  const { page, faults } = await open(path, { hash: "#lang=ar&view=33.000%2C44.000%2C6&all=1", colorScheme: "dark" });
  const seen = () => page.evaluate(() => [location.hash, document.documentElement.dataset.theme, document.documentElement.className,
    document.querySelectorAll("#rows .row").length, document.getElementById("map").clientWidth]);
  const before = await seen();
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  assert.ok(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length >= 2, "the list runs over more than one sheet");
  await page.waitForTimeout(100);
  assert.deepEqual(await seen(), before);
  assert.deepEqual(faults, []);
});
