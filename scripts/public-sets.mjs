#!/usr/bin/env node
/**
 * Prints what the local classifier and retrieval reach on Banking77 and CLINC150:
 *
 *   npm run figures -- --data <folder> [--cache <folder>] [--set banking77|clinc150] [--part full|ten|new|cpu|strange]
 *
 * The folder holds banking77/{train,test}.jsonl and clinc150/{train,test}.jsonl, one {"text", "label"} a line; `strange`
 * reads clinc150/oos_test.jsonl, what has nothing to do with any intent. Learned from the train parts only. Takes some minutes for each set and part; embeddings are kept in --cache.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openEmbedder } from "../src/retrieval/open-embedder.ts";
import { drawn, figuresOf, knownFrom, newIntents, rowsFor } from "../src/retrieval/public-figures.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    cache: { type: "string", default: join(tmpdir(), "switchyard-figures") },
    set: { type: "string" },
    part: { type: "string" },
  },
});
if (values.data === undefined || !existsSync(values.data)) {
  console.error("Give the folder with the public sets: npm run figures -- --data <folder>");
  process.exit(2);
}
const { data, cache } = values;
mkdirSync(cache, { recursive: true });
const embedder = await openEmbedder(null);
if (embedder === null) console.log("The encoder's weights are not installed: words alone.");

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const compared = embedder?.compared ?? 0;
const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const wants = (part) => values.part === undefined || values.part === part;

async function embedAll(name, texts, vectors) {
  if (embedder === null) return;
  const { dimensions } = embedder;
  const file = join(cache, `${name}.f32`);
  if (!existsSync(file) || readFileSync(file).length !== texts.length * dimensions * 4) {
    const all = new Float32Array(texts.length * dimensions);
    for (const [at, text] of texts.entries())
      all.set((await embedder.embed([text], "example"))[0], at * dimensions);
    writeFileSync(file, all);
  }
  const { buffer } = Uint8Array.from(readFileSync(file));
  for (const [at, text] of texts.entries())
    vectors.set(text, new Float32Array(buffer, at * dimensions * 4, dimensions));
}

async function load(set) {
  const read = (part) =>
    readFileSync(join(data, set, `${part}.jsonl`), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const [train, test] = [read("train"), read("test")];
  const labels = [...new Set(train.map(({ label }) => label))].sort();
  const vectors = new Map();
  const textsOf = (rows) => rows.map(({ text }) => text);
  await embedAll(`${set}-train`, textsOf(train), vectors);
  await embedAll(`${set}-test`, textsOf(test), vectors);
  await embedAll(
    `${set}-names`,
    rowsFor(labels).map(({ name }) => name),
    vectors,
  );
  return { train, test, vectors };
}

function show(name, begin, { accuracy, calibrationError, handed }) {
  console.log(
    `${name.padEnd(28)} accuracy ${percent(accuracy)}, calibration error ${percent(calibrationError)}, right label handed to Claude ${percent(handed)} (${Math.round(cpuSeconds() - begin)} CPU seconds)`,
  );
}

async function cpu({ train, test, vectors }, set) {
  const known = knownFrom(drawn(train, 20, 1), vectors, compared);
  const time = async (name, texts) => {
    const begin = cpuSeconds();
    for (const text of texts) {
      const vector = (await embedder?.embed([text], "ticket"))?.[0];
      figuresOf(
        known,
        [{ text, label: "" }],
        new Map(vector === undefined ? [] : [[text, vector]]),
        embedder,
      );
    }
    console.log(
      `${set} ${name}`.padEnd(28),
      `${(((cpuSeconds() - begin) / texts.length) * 1_000).toFixed(1)} CPU milliseconds a ticket`,
    );
  };
  const short = test.slice(0, 200).map(({ text }) => text);
  await time("warming up", short.slice(0, 50));
  await time("short tickets", short);
  await time(
    "long tickets",
    short.slice(0, 40).map((text) => `${text} `.repeat(40).slice(0, 1_200)),
  );
}

/** The shipped table is asked about what it knows nothing of. */
async function strange() {
  const { parseRoutingFile } = await import("../src/routing-file.ts");
  const { createLocalClassifier } = await import("../src/retrieval/local-classifier.ts");
  const { createRetrieval } = await import("../src/retrieval/retrieval.ts");
  const { newTicket } = await import("../src/triage/new-ticket.ts");
  const { isAbstention } = await import("../src/triage/routing-table.ts");
  const { table } = parseRoutingFile(
    readFileSync(join(import.meta.dirname, "../config/routing.yaml"), "utf8"),
  );
  const routing = { version: 1, table };
  const retrieval = createRetrieval({
    examples: null,
    embedder: async () => embedder,
    folder: null,
    now: Date.now,
  });
  await retrieval.prepare(routing);
  const classifier = createLocalClassifier({ now: Date.now, retrieval });
  const texts = readFileSync(join(data, "clinc150", "oos_test.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  let assigned = 0;
  for (const line of texts) {
    const ticket = newTicket({ subject: "", description: JSON.parse(line).text }, 0, 1);
    const { intent, confidence } = await classifier.classify(ticket, routing);
    if (!isAbstention(intent) && confidence >= table.min_confidence) assigned++;
  }
  retrieval.close();
  console.log(
    `${texts.length} questions that fit no intent of the shipped table: ${percent(1 - assigned / texts.length)} are left to people`,
  );
}

if (values.part === undefined || values.part === "strange") await strange();
for (const set of ["banking77", "clinc150"]) {
  if (values.part === "strange") break;
  if (values.set !== undefined && values.set !== set) continue;
  const loaded = await load(set);
  const { train, test, vectors } = loaded;
  if (wants("ten"))
    for (const seed of [1, 2, 3, 4, 5]) {
      const begin = cpuSeconds();
      const known = knownFrom(drawn(train, 10, seed), vectors, compared);
      show(`${set}, ten a class (${seed})`, begin, figuresOf(known, test, vectors, embedder));
    }
  if (wants("full")) {
    const begin = cpuSeconds();
    show(`${set}, full`, begin, figuresOf(knownFrom(train, vectors, compared), test, vectors, embedder));
  }
  if (wants("new"))
    for (const examples of [10, 50]) {
      const draws = [1, 2, 3, 4, 5, 6].map((seed) =>
        newIntents(train, test, vectors, { examples, seed, embedder }),
      );
      console.log(
        `${set}, five new intents with ${examples} examples each: ${percent(mean(draws.map(({ fresh }) => fresh)))}, the others ${percent(mean(draws.map(({ others }) => others)))}`,
      );
    }
  if (wants("cpu")) await cpu(loaded, set);
}
