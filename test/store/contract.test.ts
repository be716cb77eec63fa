/** What a store promises, whichever database is under it. */
import { describe } from "vitest";
import { cursorsContract } from "./cursors-contract.ts";
import { decisionsContract } from "./decisions-contract.ts";
import { followingContract } from "./following-contract.ts";
import { benchOn, GROUNDS } from "./ground.ts";
import { groupingContract } from "./grouping-contract.ts";
import { jobsContract } from "./jobs-contract.ts";
import { learningContract } from "./learning-contract.ts";
import { rateLedgerContract } from "./rate-ledger-contract.ts";
import { routingContract } from "./routing-contract.ts";
import { sessionsContract } from "./sessions-contract.ts";

describe.each(Object.entries(GROUNDS))("on %s", (_name, openGround) => {
  const bench = benchOn(openGround);
  describe("jobs", () => jobsContract(bench));
  describe("commits", () => groupingContract(bench));
  describe("decisions", () => decisionsContract(bench));
  describe("routing", () => routingContract(bench));
  describe("following", () => followingContract(bench));
  describe("learning", () => learningContract(bench));
  describe("the rate ledger", () => rateLedgerContract(bench));
  describe("cursors", () => cursorsContract(bench));
  describe("sessions, account, health", () => sessionsContract(bench));
});
