// The page of the example reports, as a reader uses it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { close, downloaded, mapInto, open, sample, shown } from "./page.mjs";

let path;
let total;

before(async () => {
  path = sample();
  const { page } = await open(path, { hash: "#lang=en" });
  total = await shown(page);
});
after(close);

test("opens from disk without a network", async () => {
  const { page, asked, faults } = await open(path);
  assert.equal(await page.getAttribute("html", "data-ready"), "map");
  assert.ok((await page.locator("#rows > li").count()) > 10);
  assert.deepEqual(asked, []);
  assert.deepEqual(faults, []);
});

test("asks for tiles only once they are switched on", async () => {
  const { page, asked } = await open(path, { hash: "#lang=en&tab=filters" });
  assert.deepEqual(asked, []);
  await page.check("#switch-tiles");
  await page.waitForTimeout(300);
  assert.ok(asked.length > 0 && asked.every((url) => url.startsWith("https://tile.openstreetmap.org/")), asked.join());
});

test("filters by type, and takes the filter away", async () => {
  const { page } = await open(path, { hash: "#lang=en&tab=filters" });
  const label = page.locator("label", { has: page.locator("input[value=airstrike]") });
  const count = Number(await label.locator(".n").textContent());
  await label.locator("input").check();
  assert.equal(await shown(page), count);
  assert.match(page.url(), /type=airstrike/);
  await page.click("#reset");
  assert.equal(await shown(page), total);
});

test("each filter narrows", async () => {
  for (const filter of ["weapon=drone", "outcome=hit", "precision=site", "killed=10", "sources=2", "actor=Israel"]) {
    const { page, context } = await open(path, { hash: `#lang=en&${filter}` });
    const count = await shown(page);
    assert.ok(count > 0 && count < total, `${filter}: ${count}`);
    await context.close();
  }
});

test("the search folds letters", async () => {
  const found = [];
  for (const words of ["الحديدة", "الحديده", "اَلـحُدَيدة"]) {
    const { page, context } = await open(path, { hash: `#lang=en&q=${encodeURIComponent(words)}` });
    found.push(await shown(page));
    await context.close();
  }
  assert.ok(found[0] > 0, found.join());
  assert.equal(new Set(found).size, 1, found.join());
});

test("the search reads the sentences of the reports", async () => {
  const { page } = await open(path, { hash: "#lang=en" });
  await page.fill("#q", "خزانات الوقود");
  // The sentences are unpacked after the page is there: until then the search finds nothing in them.
  await page.waitForFunction((n) => {
    const count = parseInt(document.getElementById("count").textContent, 10);
    return count >= 1 && count < n;
  }, total);
  const count = await shown(page);
  assert.ok(count >= 1 && count < total, String(count));
});

test("the brush chooses a span, all time takes it away", async () => {
  const { page } = await open(path, { hash: "#lang=en" });
  const box = await page.locator("#bars").boundingBox();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + 20, { steps: 4 });
  await page.mouse.up();
  const count = await shown(page);
  assert.ok(count > 0 && count < total, String(count));
  assert.match(await page.inputValue("#from"), /^20\d\d-\d\d-\d\d$/);
  await page.click("#all-time");
  assert.equal(await shown(page), total);
  await page.fill("#from", "2024-01-01");
  await page.fill("#to", "2024-12-31");
  await page.locator("#to").blur();
  assert.ok((await shown(page)) < total);
});

test("plays over time and stops", async () => {
  const { page } = await open(path, { hash: "#lang=en" });
  await page.click("#play");
  const begin = await page.inputValue("#from");
  await page.waitForFunction((was) => document.getElementById("from").value !== was, begin);
  await page.click("#play");
  const still = await page.inputValue("#from");
  await page.waitForTimeout(900);
  assert.equal(await page.inputValue("#from"), still);
});

test("near: a base, a radius, the count, the list by distance, the downloads", async () => {
  const { page } = await open(path, { hash: "#lang=en&tab=near" });
  await page.fill("#near-km", "150");
  await page.fill("#near-place", "القايم");
  await page.fill("#near-place", "القائم");
  await page.locator("#near-place").blur();
  await page.waitForSelector("#near-answer");
  const count = await shown(page);
  assert.ok(count > 0 && count < total);
  assert.match(await page.textContent("#near-answer"), new RegExp(`^.?${count} within 150 km`));
  const geojson = JSON.parse((await downloaded(page, "#panel-near [data-save=geojson]")).text);
  assert.equal(geojson.features.length, count);
  const km = geojson.features.map((feature) => feature.properties.distance_km);
  assert.deepEqual(km, [...km].sort((a, b) => a - b));
  assert.ok(km.every((distance) => distance <= 150));
  const csv = await downloaded(page, "#panel-near [data-save=csv]");
  assert.equal(csv.name, "incidents.csv");
  assert.ok(csv.text.startsWith("\ufeffdistance_km,bearing,id,event_type,"));
  assert.equal(csv.text.trim().split("\r\n").length, count + 1);
});

test("near: a click on the map", async () => {
  const { page } = await open(path, { hash: "#lang=en&tab=near" });
  await page.click("#near-pick");
  await page.click("#map", { position: { x: 300, y: 200 } });
  await page.waitForSelector("#near-answer");
  assert.match(page.url(), /near=/);
});

test("the download of everything is what the program wrote", async () => {
  const { page } = await open(path, { hash: "#lang=en&all=1" });
  const made = JSON.parse((await downloaded(page, "#panel-list [data-save=geojson]")).text);
  const theirs = JSON.parse(await readFile(path.replace("map.html", "incidents.geojson"), "utf8"));
  const byId = (a, b) => (a.id < b.id ? -1 : 1);
  assert.deepEqual(made.features.sort(byId), theirs.features.sort(byId));
  const csv = await downloaded(page, "#panel-list [data-save=csv]");
  const lines = (text) => text.trim().split("\r\n").sort();
  assert.deepEqual(lines(csv.text), lines(await readFile(path.replace("map.html", "incidents.csv"), "utf8")));
});

test("the language is switched and remembered", async () => {
  const { page } = await open(path);
  assert.equal(await page.getAttribute("html", "dir"), "rtl");
  await page.click("#language");
  assert.equal(await page.getAttribute("html", "dir"), "ltr");
  assert.match(await page.textContent("h1"), /Map of incidents/);
  await page.goto(page.url().split("#")[0]);
  await page.reload();
  assert.equal(await page.getAttribute("html", "lang"), "en");
});

test("a link shows the same", async () => {
  const first = await open(path, { hash: "#lang=en" });
  await first.page.evaluate(() => (location.hash = "#lang=en&type=airstrike&from=2023-01-01&view=33.000,44.000,6&near=34.39,40.99,200,0,x"));
  await first.page.waitForTimeout(200);
  await first.page.locator("#rows .row").first().click();
  await first.page.waitForSelector("#detail blockquote");
  const hash = new URL(first.page.url()).hash;
  const second = await open(path, { hash });
  await second.page.waitForSelector("#detail blockquote");
  assert.equal(await second.page.textContent("#detail"), await first.page.textContent("#detail"));
  assert.equal(await second.page.textContent("#count"), await first.page.textContent("#count"));
  assert.equal(new URL(second.page.url()).hash, hash);
});

test("a broken link harms nothing", async () => {
  for (const hash of ["#view=a,b&near=1&from=x&incident=none&tab=zz&killed=-3", "#%%%", "#lang=<script>", "#type=__proto__&near=99,999,-1,0"]) {
    const { page, faults, context } = await open(path, { hash });
    assert.deepEqual(faults, [], hash);
    assert.ok(await page.locator("#count").textContent());
    await context.close();
  }
});

test("an incident shows its sources with the words marked", async () => {
  const { page } = await open(path, { hash: "#lang=en&all=1" });
  await page.locator("#rows .row").nth(3).click();
  await page.waitForSelector("#detail blockquote mark");
  assert.match(await page.textContent("#detail dl"), /±/);
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#detail"));
});

test("marks are the bytes that the program names", async () => {
  const { page } = await open(path, { hash: "#lang=en&all=1" });
  const theirs = JSON.parse(await readFile(path.replace("map.html", "incidents.geojson"), "utf8"));
  const { id, sources } = theirs.features[0].properties;
  await page.evaluate((to) => (location.hash = `#lang=en&incident=${to}`), id);
  await page.waitForSelector("#detail mark");
  const { start, text, marks } = sources[0].evidence[0];
  const wanted = marks.sort((a, b) => a.start - b.start).map((mark) => Buffer.from(text).subarray(mark.start - start, mark.end - start).toString());
  assert.deepEqual(await page.locator("#detail blockquote").first().locator("mark").allTextContents(), wanted);
});

test("review: each decision has its line", async () => {
  const { page } = await open(path, { hash: "#lang=en&tab=review&all=1" });
  await page.check("#reviewing");
  const ids = [];
  const judge = async (row, act) => {
    await page.click("#tab-list");
    await page.locator("#rows .row").nth(row).click();
    await page.waitForSelector("#detail blockquote");
    ids.push(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("incident"));
    if (act) await page.click(`[data-act=${act}]`);
  };
  await judge(0, "confirm");
  await page.click("#back");
  await judge(1, "reject");
  await page.click("#back");
  await judge(2, "merge");
  await page.click("#back");
  await page.locator("#rows .row").nth(3).click();
  await page.waitForFunction(() => document.getElementById("picking").hidden);
  await judge(4, "move");
  await page.click("#map", { position: { x: 350, y: 150 } });
  await page.waitForFunction(() => document.getElementById("picking").hidden);
  await page.click("#back");
  await page.click("#tab-review");
  const { name, text } = await downloaded(page, "#save-decisions");
  assert.equal(name, "decisions.csv");
  const lines = text.trim().split("\n");
  assert.equal(lines[0], `confirm,${ids[0]}`);
  assert.equal(lines[1], `reject,${ids[1]}`);
  assert.match(lines[2], new RegExp(`^same,${ids[2]},.+`));
  assert.match(lines[3], new RegExp(`^move,${ids[3]},-?\\d+\\.\\d{5},-?\\d+\\.\\d{5}$`));
  assert.equal(lines.length, 4);
});

test("review: reports are split off, and the next run parts them", async () => {
  const own = sample();
  const beside = (name) => join(dirname(own), name);
  const sourcesOf = async () => JSON.parse(await readFile(beside("incidents.geojson"), "utf8")).features
    .map(({ properties }) => properties.sources.map((source) => source.report));
  const { page } = await open(own, { hash: "#lang=en&all=1&sources=2&tab=review" });
  await page.check("#reviewing");
  await page.click("#tab-list");
  await page.locator("#rows .row").first().click();
  const id = new URLSearchParams(new URL(page.url()).hash.slice(1)).get("incident");
  await page.click("[data-act=split] summary");
  const boxes = page.locator("[data-act=split] input");
  const reports = await boxes.evaluateAll((found) => found.map((box) => box.value));
  assert.ok((await sourcesOf()).some((sources) => reports.every((report) => sources.includes(report))));
  assert.ok(await page.isDisabled("#split-off"), "nothing is chosen");
  for (const box of await boxes.all()) await box.check();
  assert.ok(await page.isDisabled("#split-off"), "one report must stay");
  await boxes.first().uncheck();
  await page.click("#split-off");
  await page.click("#back");
  await page.click("#tab-review");
  const { text } = await downloaded(page, "#save-decisions");
  assert.equal(text, `split,${id},${reports.slice(1).join(",")}\n`);
  await writeFile(beside("decisions.csv"), text);
  mapInto(dirname(own));
  const [stays, ...parted] = reports;
  for (const sources of await sourcesOf()) assert.ok(!(sources.includes(stays) && parted.some((report) => sources.includes(report))));
});

test("review: what was decided stays when its incident is gone from the page", async () => {
  const own = sample();
  const { page } = await open(own, { hash: "#lang=en&all=1&tab=review" });
  await page.check("#reviewing");
  await page.click("#tab-list");
  await page.locator("#rows .row").first().click();
  await page.click("[data-act=reject]");
  await page.click("#back");
  await page.click("#tab-review");
  const { text } = await downloaded(page, "#save-decisions");
  await writeFile(join(dirname(own), "decisions.csv"), text);
  mapInto(dirname(own));
  await page.reload();
  await page.waitForSelector("#save-decisions");
  assert.equal(await shown(page), total - 1);
  assert.equal((await downloaded(page, "#save-decisions")).text, text);
});

test("works by keyboard", async () => {
  const { page } = await open(path, { hash: "#lang=en" });
  await page.focus("#tab-list");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getAttribute("#tab-filters", "aria-selected"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-filters");
  await page.keyboard.press("ArrowLeft");
  await page.locator("#rows .row").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#detail blockquote");
  assert.equal(await page.evaluate(() => document.activeElement.id), "detail-title");
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("row")));
});
