import { describe, expect, test } from "vitest";
import { saysLittle } from "../../src/text/says-little.ts";
import { evaluationTickets } from "../retrieval/evaluation-tickets.ts";

const little = (description: string, subject = "") => saysLittle({ subject, description });

describe("a ticket that does not say what it wants", () => {
  test.each([
    ["", "Hello"],
    ["Re:", "ok thanks"],
    ["Urgent!!", "Please call me back asap"],
    ["see attachment", "See attached."],
    ["Frage", "Guten Tag, bitte rufen Sie mich zurück. Danke"],
    ["Question", "Bonjour, voir pièce jointe. Cordialement"],
    ["", "Hola, necesito ayuda, gracias"],
    ["", "Здравствуйте, помогите пожалуйста"],
    ["", "こんにちは。"],
    ["test", "asdf asdf 123"],
  ])("%s: %s", (subject, description) => expect(little(description, subject)).toBe(true));
});

describe("a single word is enough to say it", () => {
  test.each([
    "Hello, my invoice",
    "where",
    "slow",
    "please call me about the delivery",
    "see attached screenshot, it crashes",
    "Bitte um Rückruf wegen Kündigung",
    "パスワード",
    "Спасибо, где заказ",
  ])("%s", (description) => expect(little(description)).toBe(false));

  test("and every ticket that ships has one", () => {
    const all = (["base", "multilingual", "edge"] as const).flatMap(evaluationTickets);
    expect(all.filter(saysLittle).map(({ id }) => id)).toEqual([]);
  });
});
