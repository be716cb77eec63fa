/** Starts the simulated account: its REST API on a port of its own, its webhook, its inbox, and its first customers. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Router } from "express";
import { PermanentError } from "../errors.ts";
import type { Log } from "../log.ts";
import { createAccount } from "./account.ts";
import { createApi } from "./api.ts";
import { createDeliveries } from "./deliveries.ts";
import { createDoor, type SandboxAccount } from "./door.ts";
import { createFaults } from "./faults.ts";
import { createInboxRouter, type InboxAbout } from "./inbox.ts";
import { createJobs } from "./jobs.ts";
import { type Credentials, createTokenOffice, SANDBOX_CREDENTIALS } from "./oauth.ts";
import { openAccountTables } from "./open-account.ts";
import { ownWebhook, type WebhookKinds } from "./own-webhook.ts";
import { createRateLimits, DEFAULT_LIMITS, type Limits } from "./rate-limits.ts";
import type { Now } from "./records.ts";
import { playScenario } from "./scenario.ts";
import { fanOut, type Loses } from "./webhook-fan-out.ts";

export interface SandboxOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** A SQLite file that keeps the account across restarts, a SIGKILL included; null keeps it in memory. */
  readonly file: string | null;
  readonly now: Now;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Absent: events wait until `setWebhookEndpoint` names their address. */
  readonly webhook?: {
    readonly endpoint?: string | null;
    /** Absent or null: one is made, and kept in the file. */
    readonly secret?: string | null;
    readonly kinds?: WebhookKinds;
    /** Events that never come; absent: none. */
    readonly loses?: Loses;
  };
  /** True: about twenty customers write within half a minute; those that already did are not repeated. */
  readonly scenario?: boolean;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
}

export interface Sandbox {
  /** Base URL of the REST API, without a trailing slash. */
  readonly url: string;
  readonly account: SandboxAccount;
  readonly credentials: Credentials;
  readonly webhookSecret: string;
  /** Sends what waited, and from now on everything, to `url`. */
  setWebhookEndpoint(url: string): void;
  /** Ends deliveries under way and begins none: call it before the endpoint goes away. A restart from the file sends them. */
  stopDeliveries(): void;
  /** The JSON behind the inbox page. No authentication: only for the sandbox. */
  inboxRouter(about?: InboxAbout): Router;
  /** Stops deliveries, frees the port and closes the file. Twice is once. */
  close(): Promise<void>;
}

/** @throws PermanentError `sandbox.cannot_listen` or `store.bad_folder`, with what to do about it */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { now, random, log } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const tables = openAccountTables(options.file, now);
  const account = createAccount(tables);
  const { records, users, webhooks, nextId } = account;
  const deliveries = createDeliveries({ records, webhooks, now, nextId, limits, log });
  const webhook = ownWebhook(account, options.webhook ?? {});
  fanOut(account, deliveries, random, options.webhook?.loses);
  const faults = createFaults();
  const warnings = new Set<string>();
  const tokens = createTokenOffice(records, users, now);
  const warn = (message: string): void => void warnings.add(message);
  const take = createRateLimits(now);
  const jobs = createJobs(limits);
  const server = createServer(
    createApi({ account, deliveries, tokens, limits, take, jobs, log, warn }, faults.middleware),
  );
  await listen(server, options).catch((error: unknown) => {
    records.close();
    throw error;
  });
  deliveries.resume();
  const door = createDoor(account, {
    listInvocations: () => deliveries.invocations.all(),
    warnings: () => [...warnings],
    fail: (...wanted) => wanted.forEach(faults.add),
  });
  const endScenario = options.scenario ? playScenario(account, door, random) : () => {};
  let ending: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    endScenario();
    jobs.close();
    deliveries.close();
    await closed(server);
    records.close();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account: door,
    credentials: SANDBOX_CREDENTIALS,
    webhookSecret: webhook.secret,
    setWebhookEndpoint: (endpoint) => {
      webhook.moveTo(endpoint);
      deliveries.resume();
    },
    stopDeliveries: deliveries.close,
    inboxRouter: (about) => createInboxRouter(account, door, about),
    close: () => {
      ending ??= end();
      return ending;
    },
  };
}

function listen(server: Server, { host, port }: SandboxOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => reject(cannotListen(error, host, port));
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): PermanentError {
  const advice: Record<string, string> = {
    EADDRINUSE: `Port ${port}, which the sandbox needs, is taken, perhaps by another Switchyard. Stop that program, or choose another port: SANDBOX_PORT=${port + 1} npm start.`,
    EACCES: `This user may not listen on port ${port}. Choose one above 1023 for the sandbox, for example SANDBOX_PORT=3001.`,
  };
  const message =
    advice[error.code ?? ""] ?? `The sandbox cannot listen on ${host}:${port}: ${error.message}`;
  return new PermanentError("sandbox.cannot_listen", message, { cause: error });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
