/** Matrices of float32 in one WebAssembly memory, and the product of two of them. */
import { kernelModule } from "./matmul-kernel.ts";

/** Where a matrix begins, in floats. */
export type Place = number;

export interface Matmul {
  /** Takes room for so many floats, all 0. Views from before a reservation are no longer valid. */
  reserve(floats: number): Place;
  /** All of the memory, as it is now. */
  floats(): Float32Array<ArrayBuffer>;
  /** The same memory as integers; place p begins at 2p. */
  shorts(): Int16Array<ArrayBuffer>;
  /** C(n,m) = A(n,d) · B(m,d)ᵀ + bias(m); d is a multiple of 4. Up to three rows more than n are read and written. */
  linear(a: Place, b: Place, bias: Place, c: Place, n: number, m: number, d: number): void;
  /**
   * The same for A and B of 16-bit integers, each row of A times its scale; d is a multiple of 8. Twice as fast, in half the
   * memory.
   */
  linearShort(
    a: Place,
    b: Place,
    bias: Place,
    scales: Place,
    c: Place,
    n: number,
    m: number,
    d: number,
  ): void;
}

const PAGE_BYTES = 65_536;
const MAX_PAGES = 65_536;
/** Every matrix begins on a cache line. */
const ALIGN_FLOATS = 16;
/** So many rows of A stay in the cache while all of B goes by. */
const BLOCK_ROWS = 32;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
/** What is used of WebAssembly; the compiler knows it only for browsers. */
interface WebAssembly {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => Memory;
  readonly Instance: new (
    compiled: object,
    imports: { env: { memory: Memory } },
  ) => { readonly exports: Record<"linear" | "linearShort", (...positions: number[]) => void> };
}
// The cast is the only way to a global that the types of Node leave out.
const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: WebAssembly };

let compiled: object | null = null;

export function createMatmul(): Matmul {
  compiled ??= new wasm.Module(kernelModule());
  const memory = new wasm.Memory({ initial: 1, maximum: MAX_PAGES });
  const { linear, linearShort } = new wasm.Instance(compiled, { env: { memory } }).exports;
  let top = 0;
  return {
    reserve(floats) {
      const place = top;
      top += Math.ceil(floats / ALIGN_FLOATS) * ALIGN_FLOATS;
      const missing = Math.ceil((top * 4) / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES;
      if (missing > 0) memory.grow(missing);
      return place;
    },
    floats: () => new Float32Array(memory.buffer),
    shorts: () => new Int16Array(memory.buffer),
    linear(a, b, bias, c, n, m, d) {
      for (const [row, rows] of blocks(n))
        linear((a + row * d) * 4, b * 4, bias * 4, (c + row * m) * 4, rows, m, d, 0);
    },
    linearShort(a, b, bias, scales, c, n, m, d) {
      for (const [row, rows] of blocks(n)) {
        const from = a * 4 + row * d * 2;
        linearShort(from, b * 4, bias * 4, (c + row * m) * 4, rows, m, d, (scales + row) * 4);
      }
    },
  };
}

/** First row and number of rows, the last block filled up to a multiple of four. */
const blocks = (n: number): [number, number][] =>
  Array.from({ length: Math.ceil(n / BLOCK_ROWS) }, (_, at) => [
    at * BLOCK_ROWS,
    Math.ceil(Math.min(BLOCK_ROWS, n - at * BLOCK_ROWS) / 4) * 4,
  ]);
