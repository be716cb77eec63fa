/** What is read of HTML with missing and crossed tags is what a browser shows. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withoutMarkup } from "../../src/text/markup.ts";
import { launchChromium } from "../chromium.ts";
import { type Chance, chanceFrom } from "./second-set/chance.ts";

const TAGS = "div p span b i ul li a font section dl dt dd blockquote h1 center em td table><tr><td".split(
  " ",
);
const LOOKS = [
  ...[
    "",
    "",
    "",
    ' style="display:none"',
    ' style="visibility:hidden"',
    " hidden",
    " style='display:block' hidden",
  ],
  ...[
    ' style="visibility:visible"',
    ' class="none"',
    ' id="one"',
    ' title="a>b" style=display:none',
    ' style="opacity:1"',
  ],
];
const SHEET = "<style>.none { display: none } #one { visibility: hidden !important }</style>";

function page(chance: Chance): string {
  const open: string[] = [];
  const pieces = Array.from({ length: 3 + chance.below(14) }, (_, at) => {
    const kind = chance.below(10);
    if (kind < 4) {
      const [tag = "p", ...rest] = chance.of(TAGS).split(">");
      open.push(tag);
      return `<${tag}${chance.of(LOOKS)}>${rest.map((one) => `${one}>`).join("")}`;
    }
    if (kind < 7) return `</${(chance.below(6) === 0 ? open[0] : open.pop()) ?? "p"}>`;
    return ` w${at} `;
  });
  return SHEET + pieces.join("");
}

const wordsIn = (text: string): string => (text.match(/w\d+/g) ?? []).toSorted().join(" ");

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test("of a thousand pages, 98 % show the same words", async () => {
  const chance = chanceFrom(20_261_123);
  const pages = Array.from({ length: 1_000 }, () => page(chance));
  const tab = await browser.newPage();
  const shown: string[] = await tab.evaluate(
    `${JSON.stringify(pages)}.map((html) => { document.body.innerHTML = html; return document.body.innerText; })`,
  );
  const different = pages.filter((html, at) => {
    const seen = wordsIn(shown[at] ?? "");
    // Where nothing is seen, what is hidden is read.
    return seen !== "" && wordsIn(withoutMarkup(html)) !== seen;
  });
  expect(shown.filter((text) => wordsIn(text) !== "").length).toBeGreaterThan(600);
  expect(different.length, different.slice(0, 5).join("\n")).toBeLessThanOrEqual(20);
});
