// Reports and fields made to break out: nothing runs, nothing is asked for, the page stands.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { close, dataOf, downloaded, mapOf, open, sample, withData } from "./page.mjs";

after(close);

const HOSTILE = [
  "<img src=x onerror=\"document.title='owned'\">",
  "</script><script>document.title='owned'</script>",
  "\u202eمقلوب\u202e<svg onload=alert(1)>",
  "{{script}} ${alert(1)} &lt;b&gt;",
  "م".repeat(10_000),
  "=HYPERLINK(\"https://example.org\")",
  "__proto__",
];

async function assertCalm({ page, asked, faults }) {
  assert.deepEqual(faults, []);
  assert.deepEqual(asked, []);
  assert.match(await page.title(), /^mawqi/);
  assert.equal(await page.locator("body img:not(.leaflet-tile), main script, #rows svg[onload]").count(), 0);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `the page is ${wider} pixels too wide`);
}

test("a hostile report", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "mawqi-hostile-")), "reports.jsonl");
  const lines = HOSTILE.map((words, n) => JSON.stringify({
    id: `${n} ${words}`, publisher: words, title: words, published: "2024-01-21",
    url: n % 2 ? "javascript:document.title='owned'" : `https://example.org/"><script>${n}`,
    text: `قتل ثلاثة جنود ${words} وأصيب خمسة آخرون أمس السبت بهجوم بطائرة مسيرة على قاعدة عين الأسد غربي العراق ${words}.`,
  }));
  writeFileSync(path, `${lines.join("\n")}\n`);
  const opened = await open(mapOf([path]), { hash: "#lang=ar&all=1" });
  const { page } = opened;
  await page.locator("#rows .row").first().click();
  await page.waitForSelector("#detail blockquote");
  assert.equal(await page.locator("#detail a[href^=javascript]").count(), 0);
  await assertCalm(opened);
});

/** The sample with a hostile text for every word and in every packed text. */
function poisoned() {
  const path = sample();
  const { about, columns } = dataOf(path);
  for (const [name, column] of Object.entries(columns)) {
    const keep = ["event_type", "geo_precision", "outcome", "date_precision"].includes(name);
    if (column.words && !keep) column.words = column.words.map((word, n) => `${HOSTILE[n % HOSTILE.length]}${n > 6 ? n : ""}`);
  }
  columns.id = columns.id.map((id, n) => `${id}${HOSTILE[n % HOSTILE.length]}`);
  columns.event_type.words[0] = "constructor";
  about.attribution = HOSTILE[0];
  const said = (n) => HOSTILE[n % HOSTILE.length];
  const texts = Array.from({ length: about.count }, (_, n) => ({
    damage: said(n), summary_en: said(n + 1), summary_ar: said(n + 2),
    sources: [0, 1].map((k) => ({
      report: said(n + k), published: said(n), publisher: said(n + 3), url: said(n + 1), says: { place: said(n + k), killed_min: k },
      evidence: [{ start: 5, end: 5, text: said(n), marks: [{ field: said(n), start: 6, end: 9 }, { field: "place", start: 7, end: 8 }] }],
    })),
  }));
  const tallies = HOSTILE.map((words) => ({ what: words, where: words, since: words, until: words, source: words, report: words, text: words, count_min: 3 }));
  return withData(path, { about, columns, texts, tallies });
}

test("hostile words in every field", async () => {
  const path = poisoned();
  for (const lang of ["ar", "en"]) {
    const opened = await open(path, { hash: `#lang=${lang}&all=1` });
    const { page, context } = opened;
    for (let n = 0; n < HOSTILE.length; n += 1) {
      await page.locator("#rows .row").nth(n).click();
      await page.waitForSelector("#detail blockquote");
      await assertCalm(opened);
      await page.keyboard.press("Escape");
    }
    for (const tab of ["filters", "near", "counts", "review"]) {
      await page.click(`#tab-${tab}`);
      await assertCalm(opened);
    }
    await context.close();
  }
});

test("what is downloaded runs in no spreadsheet", async () => {
  const { page } = await open(poisoned(), { hash: "#lang=en&all=1" });
  const { text } = await downloaded(page, "#panel-list [data-save=csv]");
  assert.ok(text.includes("'=HYPERLINK") && !/(^|,|\r\n)"?=/.test(text));
  assert.ok(!/[\u202a-\u202e]/.test(text));
});

test("an override does not turn what stands around it", async () => {
  const { page } = await open(poisoned(), { hash: "#lang=en&all=1" });
  const loose = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { nodeValue: text, parentElement } = walker.currentNode;
      if (/[\u202a-\u202e]/.test(text) && !parentElement.closest("bdi, blockquote, option, code")) found.push(text);
    }
    return found;
  });
  assert.deepEqual(loose, []);
});
