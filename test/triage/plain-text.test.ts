import { expect, test } from "vitest";
import { cut, harmless, quotesFrom } from "../../src/triage/plain-text.ts";

test.each([
  ["see main.py line 3", "see main.py line 3"],
  ["version 2.0.1 of app.config", "version 2.0.1 of app.config"],
  ["write to me@shop.example today", "write to [link removed] today"],
  ["go to https://a.b/c?d=e now", "go to [link removed] now"],
  ["price is 5.com later", "price is [link removed] later"],
  ["log in at secure-bank.de/login now", "log in at [link removed] now"],
  ["yes and/or no, 24/7", "yes and/or no, 24/7"],
  ["it costs 3.50 and I pay", "it costs 3.50 and I pay"],
  ["line\r\nbreak\ttab", "line break tab"],
  ["{{ticket.id}}", "((ticket.id))"],
  ["zero\u200bwidth", "zerowidth"],
])("%j becomes %j", (text, expected) => {
  expect(harmless(text, 200)).toBe(expected);
});

test("a cut never splits a character, and shows that something is missing", () => {
  expect(cut("🚂🚃🚃🚃", 3)).toBe("🚂🚃…");
  expect(cut("short", 5)).toBe("short");
});

test("a megabyte of what regexes choke on ends within the test's time", () => {
  for (const unit of ["a.", "{", "<", "@a-", "a.bb", "http", " ", "﷽"])
    expect(Array.from(harmless(unit.repeat(500_000), 400)).length).toBeLessThanOrEqual(400);
});

test("a quote counts only when it stands in the text, blanks, case and quotation marks aside", () => {
  const text = "Hello,\n my  card was “charged twice”.\u200b Thanks";
  expect(quotesFrom(text, ["My card was", 'was "charged twice"', "charged three times", "", "."])).toEqual([
    "My card was",
    'was "charged twice"',
  ]);
});
