import { tmpdir } from "node:os";
import { join } from "node:path";

/** For every program that tests start: it starts sooner when another has started before it. */
export const COMPILE_CACHE = join(tmpdir(), "switchyard-compile-cache");
