import tlds from "tlds" with { type: "json" };
import { expect, test } from "vitest";
import { cut, harmless, quotesFrom } from "../../src/triage/plain-text.ts";

test.each([
  ["see main.js line 3", "see main.js line 3"],
  ["version 2.0.1 of app.config", "version 2.0.1 of app.config"],
  ["write to me@shop.example today", "write to [link removed] today"],
  ["go to https://a.b/c?d=e now", "go to [link removed] now"],
  ["price is 5.com later", "price is [link removed] later"],
  ["Visit evil.de to verify.", "Visit [link removed] to verify."],
  ["foo.evil.photography or xn--e1afmkfd.xn--p1ai", "[link removed] or [link removed]"],
  ["пример.рф, evil.рф/путь", "[link removed] [link removed]"],
  ["evil。com and evil．com", "[link removed] and [link removed]"],
  ["1.2.3.4/login and 10.0.0.1:8080", "[link removed] and [link removed]"],
  [String.raw`open \\evil\share now`, "open [link removed] now"],
  ["call tel:+15551234567", "call [link removed]"],
  ["call tel:[phone number]", "call [phone number]"],
  ["I was charged twice.My card is new", "I was charged twice. My card is new"],
  [
    "user.name is empty in ASP.NET, VB.NET and Node.js",
    "user .name is empty in ASP .NET, VB .NET and Node.js",
  ],
  ["e.g.this, README.md and System.IO", "e.g.this, README .md and System .IO"],
  ["I paid twice.it failed", "I paid twice. it failed"],
  ["(customer.email) and order.id, please", "(customer .email) and order .id, please"],
  ["the page Node.js/Express on 10.0.0.1", "the page Node.js/Express on 10.0.0.1"],
  ["customer data: missing, javascript: error", "customer data: missing, javascript: error"],
  ["data:text/html,x javascript:alert(1)", "[link removed] [link removed]"],
  ["mailto:[e-mail address] please", "[e-mail address] please"],
  ["evil.net, EVIL.COM and Evil.Com", "[link removed] [link removed] and Evil. Com"],
  ["my.user.name, youtu.be/x and user.name/x", "[link removed] [link removed] and [link removed]"],
  ["pay-pal.info and server.local/admin", "[link removed] and [link removed]"],
  ["user．name", "user .name"],
  ["ask @jane or ＠all, (@team)", "ask @ jane or @ all, (@ team)"],
  ["see invoice.pdf and error.log", "see invoice.pdf and error.log"],
  ["e.g. this, i.e. that, at 10 a.m.", "e.g. this, i.e. that, at 10 a.m."],
  ["evil.example:8080 and //evil.example/x", "[link removed] and [link removed]"],
  ["(//evil.example) or localhost:3000/x", "[link removed] or [link removed]"],
  ["server.local:9 and main.js:42 fail", "server.local:9 and main.js:42 fail"],
  ["at Main.java:42, in app.py:120", "at Main .java:42, in app .py:120"],
  ["// the comment, and/or, a//b, localhost is down", "// the comment, and/or, a//b, localhost is down"],
  ["log in at secure-bank.de/login now", "log in at [link removed] now"],
  ["yes and/or no, 24/7", "yes and/or no, 24/7"],
  ["it costs 3.50 and I pay", "it costs 3.50 and I pay"],
  ["line\r\nbreak\ttab", "line break tab"],
  ["{{ticket}}", "((ticket))"],
  ["zero\u200bwidth", "zerowidth"],
])("%j becomes %j", (text, expected) => {
  expect(harmless(text, 200)).toBe(expected);
});

test("a cut never splits a character, and shows that something is missing", () => {
  expect(cut("🚂🚃🚃🚃", 3)).toBe("🚂🚃…");
  expect(cut("short", 5)).toBe("short");
});

/** As common link finders do: an ending that a registry knows, right behind a dot. */
const LINKED = /[\p{L}\p{N}]\.(\p{L}[\p{L}\p{N}-]*)(?![\p{L}\p{N}-]*\.)/gu;

test("of two words with a dot between them, none stays that a program could link", () => {
  const labels = ["user", "ASP", "order_id", "Évil", "a", "пример", "x-y", "9"];
  for (const label of labels)
    for (const ending of tlds) {
      for (const text of [
        `${label}.${ending}`,
        `see ${label}.${ending.toUpperCase()}, ok`,
        `(${label}.${ending}/x)`,
      ]) {
        const shown = harmless(text, 200);
        for (const [, found = ""] of shown.matchAll(LINKED))
          expect(tlds, shown).not.toContain(found.toLowerCase());
        expect(harmless(shown, 200)).toBe(shown);
      }
    }
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
