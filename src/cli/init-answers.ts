/** What init must know, from flags, from what is set already, and from the person at the terminal. */
import type { Prompts } from "./prompts.ts";
import { readAll, readTextFile } from "./reading.ts";
import { EXIT, type Shell, Stop } from "./shell.ts";

export interface InitFlags {
  readonly subdomain?: string;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly clientSecretStdin?: boolean;
  readonly publicUrl?: string;
  readonly anthropicKeyFile?: string;
  readonly fallbackGroup?: string;
  readonly yes?: boolean;
}

export interface Answers {
  readonly subdomain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Empty: not known yet, so the webhook waits. */
  readonly publicUrl: string;
  /** Empty: the built-in classifier answers. */
  readonly anthropicKey: string;
}

const NAMES: Readonly<Record<keyof Answers, string>> = {
  subdomain: "ZENDESK_SUBDOMAIN",
  clientId: "ZENDESK_OAUTH_CLIENT_ID",
  clientSecret: "ZENDESK_OAUTH_CLIENT_SECRET",
  publicUrl: "PUBLIC_URL",
  anthropicKey: "ANTHROPIC_API_KEY",
};

/** As settings; what is empty is left out. */
export const settingsFrom = (answers: Answers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(NAMES).flatMap(([key, name]) => {
      const value = answers[key as keyof Answers];
      return value === "" ? [] : [[name, value]];
    }),
  );

/** Flags win over what is set already. @throws Stop (usage) for a file that cannot be read */
export async function givenAnswers(flags: InitFlags, shell: Shell): Promise<Answers> {
  const set = (key: keyof Answers): string => shell.environment[NAMES[key]]?.trim() ?? "";
  const inFile = async (path: string | undefined): Promise<string | undefined> =>
    path === undefined
      ? undefined
      : (path === "-" ? await readAll(shell.stdin) : await readTextFile(path)).trim();
  const secretFile = flags.clientSecretStdin ? "-" : flags.clientSecretFile;
  return {
    subdomain: subdomainOf(flags.subdomain ?? set("subdomain")),
    clientId: flags.clientId ?? set("clientId"),
    clientSecret: (await inFile(secretFile)) ?? set("clientSecret"),
    publicUrl: (flags.publicUrl ?? set("publicUrl")).replace(/\/+$/, ""),
    anthropicKey: (await inFile(flags.anthropicKeyFile)) ?? set("anthropicKey"),
  };
}

/** People paste the whole address. */
const subdomainOf = (text: string): string =>
  text
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\.zendesk\.com.*$/i, "")
    .toLowerCase();

const FLAGS: Readonly<Record<Exclude<keyof Answers, "anthropicKey">, string>> = {
  subdomain: "--subdomain",
  clientId: "--client-id",
  clientSecret: "--client-secret-file (or --client-secret-stdin)",
  publicUrl: "--public-url",
};

/** Where nobody can be asked. @throws Stop (usage) that names every missing flag */
export function assertComplete(answers: Answers, { yes }: InitFlags): void {
  const missing = Object.entries(FLAGS).flatMap(([key, flag]) =>
    answers[key as keyof Answers] === "" ? [flag] : [],
  );
  if (!yes) missing.push("--yes");
  if (missing.length > 0)
    throw new Stop(
      EXIT.usage,
      `There is nobody to ask here. Run it in a terminal, or give the missing flags: ${missing.join(", ")}.`,
    );
}

const CLIENT_STEPS = `1. In Zendesk, make an admin named "Switchyard": notes and
   assignments will carry this name. Sign in as this user.
2. Admin Center → Apps and integrations → APIs → OAuth clients
   → Add OAuth client.
3. Name: Switchyard. Client kind: Confidential. Save.
4. Keep the identifier, and the secret, which is shown once.
Its token acts as the user who made it.`;

export async function askAccount(given: Answers, prompts: Prompts): Promise<Answers> {
  const subdomain = await prompts.text("Your Zendesk address", {
    proposed: given.subdomain || undefined,
    example: "acme (the first part of https://acme.zendesk.com)",
    problem: (answer) =>
      /^[a-z0-9][a-z0-9-]{0,62}$/.test(subdomainOf(answer))
        ? undefined
        : "The first part of the address: acme",
  });
  if (given.clientId === "" || given.clientSecret === "") prompts.explain(CLIENT_STEPS, "An OAuth client");
  const clientId = await prompts.text("The client's identifier", {
    proposed: given.clientId || undefined,
    problem: (answer) => (answer === "" ? "It stands beside the client's name in Admin Center" : undefined),
  });
  const kept = given.clientSecret !== "";
  const secret = await prompts.secret(`The client's secret${kept ? " (empty: keep the present one)" : ""}`);
  return {
    ...given,
    subdomain: subdomainOf(subdomain),
    clientId,
    clientSecret: secret || given.clientSecret,
  };
}

export async function askServer(given: Answers, prompts: Prompts): Promise<Answers> {
  const publicUrl = await prompts.text("Where will Zendesk reach this server? (empty: not known yet)", {
    proposed: given.publicUrl || undefined,
    example: "https://router.example.com",
    problem: (answer) =>
      answer === "" || /^https?:\/\/[^\s/]+/.test(answer)
        ? undefined
        : "A web address like https://router.example.com",
  });
  const kept = given.anthropicKey === "" ? "the built-in classifier answers" : "keep the present one";
  const key = await prompts.secret(`Your Claude API key (empty: ${kept})`);
  return { ...given, publicUrl: publicUrl.replace(/\/+$/, ""), anthropicKey: key || given.anthropicKey };
}

/**
 * Asks before it overwrites: a value that stands in the file already, and differs.
 * @param prompts null: nobody to ask, so --yes has spoken
 */
export async function agreedChanges(
  wanted: Readonly<Record<string, string>>,
  present: Readonly<Record<string, string>>,
  prompts: Prompts | null,
): Promise<Record<string, string>> {
  const changes: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted)) {
    if (present[name] === value) continue;
    const overwrites = (present[name] ?? "") !== "";
    if (prompts !== null && overwrites && !(await prompts.confirm(`Replace ${name} in .env?`, true)))
      continue;
    changes[name] = value;
  }
  return changes;
}
