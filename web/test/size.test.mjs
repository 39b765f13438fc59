// How large a page is, how soon it can be used, and how smoothly it moves, with many incidents.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { statSync } from "node:fs";
import { close, dataOf, open, sample, shown, withData } from "./page.mjs";

let path;

before(() => (path = sample()));
after(close);

/** Numbers that look random and are the same each time. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A page with `count` incidents: those of the sample again and again, at other places, on other days. */
function many(count) {
  const { about, columns, texts } = dataOf(path);
  const roll = dice(7);
  const from = Array.from({ length: count }, () => Math.floor(roll() * texts.length));
  const spread = {
    id: (i, n) => `${n}-${columns.id[i]}`,
    lat: (i) => Number((columns.lat[i] + (roll() - 0.5) * 3).toFixed(5)),
    lon: (i) => Number((columns.lon[i] + (roll() - 0.5) * 3).toFixed(5)),
  };
  const made = {};
  for (const [name, column] of Object.entries(columns)) {
    if (column.words) made[name] = { words: column.words, at: from.map((i) => column.at[i]) };
    else made[name] = from.map((i, n) => spread[name]?.(i, n) ?? column[i]);
  }
  const shift = from.map(() => Math.floor(roll() * 3000));
  for (const name of ["date_start", "date_end"]) made[name] = made[name].map((day, n) => (day == null ? null : day - shift[n]));
  return withData(path, { about: { ...about, count }, columns: made, texts: from.map((i) => texts[i]) });
}

/** Milliseconds from the click on the link until the page can be used. */
const usable = (page) => page.evaluate(() => performance.getEntriesByName("usable")[0].startTime);

// SLOW multiplies the limits on a machine that does other work beside.
const slow = Number(process.env.SLOW ?? 1);

for (const [count, bytes, limit] of [[5_000, 2_500_000, 1000], [100_000, Infinity, 5000]]) {
  test(`${count} incidents`, async (t) => {
    const made = many(count);
    const size = statSync(made).size;
    assert.ok(size < bytes, `${size} bytes`);
    // The browser's own start is not the page's.
    await (await open(path)).context.close();
    let { page, faults, context } = await open(made, { hash: "#lang=en" });
    let ms = await usable(page);
    // The best of six counts, for the sake of machines that do other work beside.
    for (let tries = 1; tries < 6 && ms >= limit * slow; tries += 1) {
      await context.close();
      ({ page, faults, context } = await open(made, { hash: "#lang=en" }));
      ms = Math.min(ms, await usable(page));
    }
    assert.equal(await shown(page), count);
    const pan = await frames(page);
    t.diagnostic(`${count}: ${(size / 1e6).toFixed(2)} MB, usable after ${Math.round(ms)} ms, a step of panning ${Math.round(pan)} ms`);
    assert.ok(ms < limit * slow, `usable after ${ms} ms`);
    assert.ok(pan < 400 * slow, `a step of panning takes ${pan} ms`);
    await page.locator("#rows .row").first().click();
    await page.waitForSelector("#detail blockquote");
    assert.deepEqual(faults, []);
  });
}

/** Milliseconds that one step of panning by keyboard takes, redrawing included: the median of seven. */
async function frames(page) {
  await page.focus("#map");
  const times = [];
  for (let n = 0; n < 7; n += 1) {
    const begin = Date.now();
    await page.keyboard.press(n % 2 ? "ArrowLeft" : "ArrowRight");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    times.push(Date.now() - begin);
  }
  return times.sort((a, b) => a - b)[3];
}
