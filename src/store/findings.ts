/** What was found to work against the router: one row for each rule and ticket, told as one finding a rule. */
import type { Kysely } from "kysely";
import { z } from "zod";
import type { Finding, FindingRecord, Findings } from "../ports/store.ts";
import type { Schema } from "./schema.ts";

const id = z.number().int();
const StoredFinding = z.object({
  kind: z.literal("trigger_fight"),
  rule: z.object({ id: id.nullable(), title: z.string(), kind: z.string() }),
  ticketId: id,
  decisionId: z.string(),
  fromGroupId: id.nullable(),
  toGroupId: id.nullable(),
}) satisfies z.ZodType<Finding>;

/** More tickets of one rule say nothing new. */
const MAX_ROWS = 5_000;

export const createFindings = (db: Kysely<Schema>): Findings => ({
  async note(finding, at) {
    const { kind, rule, ticketId } = finding;
    await db
      .insertInto("finding")
      .values({
        kind,
        rule_key: `${rule.kind}:${rule.id ?? rule.title}`,
        ticket_id: ticketId,
        finding_json: JSON.stringify(finding),
        first_at: at,
        last_at: at,
      })
      .onConflict((conflict) =>
        conflict
          .columns(["kind", "rule_key", "ticket_id"])
          .doUpdateSet({ last_at: at, finding_json: JSON.stringify(finding) }),
      )
      .execute();
  },
  async eraseTicket(ticketId) {
    await db.deleteFrom("finding").where("ticket_id", "=", ticketId).execute();
  },
  async list(since) {
    const rows = await db
      .selectFrom("finding")
      .selectAll()
      .where("last_at", ">=", since)
      .orderBy("last_at", "desc")
      .limit(MAX_ROWS)
      .execute();
    const byRule = Map.groupBy(rows, (row) => `${row.kind}:${row.rule_key}`);
    return [...byRule.values()].flatMap((ofRule): FindingRecord[] => {
      const latest = StoredFinding.safeParse(JSON.parse(ofRule[0]?.finding_json ?? "null"));
      if (!latest.success) return [];
      return [
        {
          ...latest.data,
          count: ofRule.length,
          firstAt: Math.min(...ofRule.map((row) => row.first_at)),
          lastAt: Math.max(...ofRule.map((row) => row.last_at)),
        },
      ];
    });
  },
});
