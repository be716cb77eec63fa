/** Reads the environment's values one by one: each fault is noted, with what to do, and reading goes on. */
import { readFileSync } from "node:fs";
import { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;
export interface Read {
  (name: string): string | undefined;
  /** It is set, directly or by its file, whatever that holds. */
  isMeant(name: string): boolean;
  /** Its file cannot be read, which is already among the faults. */
  isUnreadable(name: string): boolean;
}

/** An empty value counts as unset; NAME_FILE names a file that holds the value, as secret stores mount them. */
export function reader(environment: Environment, faults: string[]): Read {
  const unreadable = new Set<string>();
  const ownValue = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const read = (name: string): string | undefined => {
    const file = ownValue(`${name}_FILE`);
    const value = ownValue(name);
    if (value !== undefined || file === undefined || unreadable.has(name)) return value;
    try {
      return readFileSync(file, "utf8").trim() || undefined;
    } catch {
      unreadable.add(name);
      faults.push(`${name}_FILE names ${file}, which cannot be read. Correct the path, or its permissions.`);
      return undefined;
    }
  };
  return Object.assign(read, {
    isMeant: (name: string) => (ownValue(name) ?? ownValue(`${name}_FILE`)) !== undefined,
    isUnreadable: (name: string) => read(name) === undefined && unreadable.has(name),
  });
}

/** Notes that nothing is set, unless a file that cannot be read is the reason. */
export function required(read: Read, name: string, advice: string, faults: string[]): void {
  if (read(name) === undefined && !read.isUnreadable(name)) faults.push(`${name} is missing. ${advice}`);
}

export function oneOf<const T extends string>(
  read: Read,
  name: string,
  values: readonly T[],
  fallback: T,
  faults: string[],
): T {
  const value = read(name);
  if (value === undefined) return fallback;
  const found = values.find((candidate) => candidate === value.toLowerCase());
  if (found === undefined) faults.push(`${name} is "${value}". Use one of: ${values.join(", ")}.`);
  return found ?? fallback;
}

export function matching(
  read: Read,
  name: string,
  pattern: RegExp,
  advice: string,
  faults: string[],
): string | undefined {
  const value = read(name);
  if (value !== undefined && !pattern.test(value)) faults.push(`${name} does not look right: ${advice}.`);
  return value;
}

export function whole(
  read: Read,
  name: string,
  { min, max, fallback }: { min: number; max: number; fallback: number },
  faults: string[],
): number {
  const parsed = z.coerce
    .number()
    .int()
    .min(min)
    .max(max)
    .safeParse(read(name) ?? fallback);
  if (!parsed.success) faults.push(`${name} must be a whole number from ${min} to ${max}.`);
  return parsed.success ? parsed.data : fallback;
}

/** 0 takes any free one. */
export const port = (read: Read, name: string, fallback: number, faults: string[]): number =>
  whole(read, name, { min: 0, max: 65_535, fallback }, faults);

export function url(read: Read, name: string, faults: string[]): string | undefined {
  const value = read(name);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    faults.push(`${name} is not a web address. Write it like https://example.com.`);
    return undefined;
  }
  return value.replace(/\/+$/, "");
}
