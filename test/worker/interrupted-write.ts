import { eventually } from "../running-switchyard.ts";
import { type Desk, SECOND_MS } from "./support-desk.ts";

/** A ticket to which something happens after it was read for its decision, and before the update arrives. */
export async function interruptedWrite(desk: Desk, happen: (id: number) => void): Promise<number> {
  desk.claude.out = true;
  const id = desk.write("Please refund");
  await desk.settle();
  desk.claude.out = false;
  desk.account.fail({ method: "PUT", path: /tickets/, delayMs: 400 });
  // Zendesk's stamps have whole seconds.
  const passing = desk.pass(10 * SECOND_MS);
  await eventually(
    () => desk.decisions(id),
    (decisions) => decisions.length === 1,
  );
  happen(id);
  await passing;
  return id;
}
