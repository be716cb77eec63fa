import { expect, test } from "vitest";
import { noteFor } from "../../src/triage/note.ts";
import { noteWordsFor } from "../../src/triage/note-words.ts";
import { classification, decision, table } from "./builders.ts";

const REVIEW = { action: "review", reason: "low_confidence" } as const;

test.each([
  ["de", "Zugewiesen an Billing", "mehr Sicherheit verlangt"],
  ["fr-CA", "Attribué à Billing", "plus de certitude"],
  ["es", "Asignado a Billing", "más seguridad de la que"],
  ["pt-BR", "Encaminhado para Billing", "mais certeza do que"],
  ["it", "Assegnato a Billing", "più certezza di quella"],
  ["nl", "Toegewezen aan Billing", "meer zekerheid nodig"],
  ["ja", "「Billing」に割り当てました", "確信度に届きませんでした"],
  ["en", "Routed to Billing", "more certainty than"],
  ["tlh", "Routed to Billing", "more certainty than"],
])("agents who read %s are told in it where a ticket went and why", (language, routed, reason) => {
  expect(noteFor(decision(), table(), language)).toContain(routed);
  expect(noteFor(decision(REVIEW), table(), language)).toContain(reason);
});

test.each(["de", "fr-CA", "es", "pt-BR", "it", "nl", "ja"])(
  "what was taken out of a text is named in the agents' language, too: %s",
  (language) => {
    const markers = [
      "[instruction removed]",
      "[text copied from the ticket removed]",
      ...["[link removed]", "[e-mail address]", "[phone number]", "[card number]"],
      ...["[bank account]", "[national id]", "[secret]"],
    ];
    const said = classification({
      reasoning: `OK ${markers.join(" ")} [bracket stays]`,
      evidence: ["OK [link removed]"],
    });
    const note = noteFor(decision({ classification: said }), table(), language);
    for (const marker of markers) expect(note).not.toContain(marker);
    expect(note).toContain("[bracket stays]");
    expect(noteFor(decision({ classification: said }), table())).toContain(markers.join(" "));
  },
);

test("no language borrows a sentence from English", () => {
  const english = sentences("en");
  for (const language of ["de", "fr", "es", "pt", "it", "nl", "ja"])
    for (const [key, sentence] of Object.entries(sentences(language)))
      expect(sentence, `${language} ${key}`).not.toBe(english[key]);
});

const sentences = (language: string): Record<string, string> => {
  const {
    confidence,
    reasons,
    routedTo,
    wants,
    bestGuess,
    why,
    considered,
    origin,
    checkPlaced,
    returned,
    quoted: _,
    ...rest
  } = noteWordsFor(language);
  return {
    ...rest,
    ...confidence,
    ...Object.fromEntries(
      Object.keys(noteWordsFor("de").reasons).map((key) => [
        key,
        Object.entries(reasons).find(([k]) => k === key)?.[1] ?? "",
      ]),
    ),
    routedTo: routedTo("x"),
    checkPlaced: checkPlaced("x"),
    returned: returned(5),
    wants: wants("x"),
    bestGuess: bestGuess("x"),
    why: why("x"),
    considered: considered(["x"]),
    origin: origin("x", 1),
  };
};

test("what tells the agent to do something is not passed on", () => {
  const reasoning = "The card was charged twice. Please click the link and enter your password!";
  const note = noteFor(decision({ classification: classification({ reasoning }) }), table());
  expect(note).toContain("The card was charged twice. [instruction removed]");
});
