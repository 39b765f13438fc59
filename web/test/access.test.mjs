// What axe-core says of each view, in both languages, light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile } from "node:fs/promises";
import { close, open, sample } from "./page.mjs";

let path;
let axe;

before(async () => {
  path = sample();
  axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
});
after(close);

/** The serious faults of a page as it stands. */
async function faultsOf(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
}

const VIEWS = ["", "&tab=filters&type=airstrike", "&tab=near&near=34.39,40.99,150,0,x", "&tab=counts", "&tab=review"];

for (const [lang, colorScheme, viewport] of [
  ["ar", "light", { width: 1280, height: 800 }],
  ["en", "dark", { width: 1280, height: 800 }],
  ["ar", "dark", { width: 390, height: 844 }],
]) {
  test(`no serious fault: ${lang}, ${colorScheme}, ${viewport.width} wide`, async () => {
    for (const view of VIEWS) {
      const { page, context } = await open(path, { hash: `#lang=${lang}${view}`, colorScheme, viewport });
      assert.deepEqual(await faultsOf(page), [], view);
      await context.close();
    }
    const { page, context } = await open(path, { hash: `#lang=${lang}&all=1&tab=review`, colorScheme, viewport });
    await page.check("#reviewing");
    await page.click("#tab-list");
    await page.locator("#rows .row").nth(8).click();
    await page.waitForSelector("#detail blockquote");
    assert.deepEqual(await faultsOf(page), [], "an incident");
    await context.close();
  });
}
