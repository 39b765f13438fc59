// What the tests share: pages made by the program, and a Chromium to open them in.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { chromium } from "playwright-core";

/** The program, built with the feature `offline-page`; `tests/outside/page.sh` says where it is. */
const PROGRAM = process.env.MAWQI ?? new URL("../../target/debug/mawqi", import.meta.url).pathname;

const EXAMPLES = [new URL("../../tests/reports", import.meta.url).pathname];

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const folders = [];
let browser = null;

/** A folder that goes away with the tests. */
function folder() {
  const made = mkdtempSync(join(tmpdir(), "mawqi-page-"));
  folders.push(made);
  return made;
}

/** Lets the program map reports into a folder; the path of the page. */
export function mapInto(out, reports = EXAMPLES) {
  execFileSync(PROGRAM, ["map", ...reports, "-o", out], { stdio: "ignore", maxBuffer: 1e9 });
  return join(out, "map.html");
}

/** The path of a page that the program makes of reports. */
export function mapOf(reports) {
  return mapInto(folder(), reports);
}

/** The page of the example reports. */
export function sample() {
  return mapOf(EXAMPLES);
}

const pack = (data) => deflateRawSync(JSON.stringify(data)).toString("base64");
const unpack = (packet) => JSON.parse(inflateRawSync(Buffer.from(packet, "base64")));

/** The data of a page: its columns, and the texts of each incident. */
export function dataOf(path) {
  const html = readFileSync(path, "utf8");
  const block = (id) => JSON.parse(html.split(`id="${id}">`)[1].split("</script>")[0]);
  return { ...unpack(block("incidents")), texts: block("texts").flatMap(unpack) };
}

/** Writes the same page with other data in it: what the program would write of other incidents. */
export function withData(path, { about, columns, texts, tallies }) {
  const packets = [];
  for (let n = 0; n < texts.length; n += about.chunk) packets.push(pack(texts.slice(n, n + about.chunk)));
  const blocks = { incidents: pack({ about, columns }), texts: packets, ...(tallies && { tallies }) };
  let html = readFileSync(path, "utf8");
  for (const [id, data] of Object.entries(blocks)) {
    const open = `<script type="application/json" id="${id}">`;
    const from = html.indexOf(open) + open.length;
    const text = JSON.stringify(data).replaceAll("<", "\\u003c");
    html = html.slice(0, from) + text + html.slice(html.indexOf("</script>", from));
  }
  const made = join(folder(), "map.html");
  writeFileSync(made, html);
  return made;
}

/** Opens a page from disk, with the network cut; `asked` holds what it asked for, `faults` what went wrong in it. */
export async function open(path, { hash = "", ...options } = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
  const asked = [];
  await context.route(/^(?!file:|data:|blob:)/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(pathToFileURL(path).href + hash);
  await page.waitForFunction(() => ["map", "list-only"].includes(document.documentElement.dataset.ready));
  return { page, asked, faults, context };
}

/** Ends the browser and takes the folders away. */
export async function close() {
  await browser?.close();
  folders.forEach((made) => rmSync(made, { recursive: true, force: true }));
}

/** How many incidents pass the filters, as the page says. */
export async function shown(page) {
  return Number((await page.textContent("#count")).match(/\d[\d,]*/)[0].replaceAll(",", ""));
}

/** The text of what a click downloads. */
export async function downloaded(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}
