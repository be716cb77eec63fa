/** The people at work: which group is whose, and who in it takes a ticket. */
import type { SandboxAccount } from "../door.ts";

export interface Team {
  /** @throws Error when the account has no such group */
  groupId(name: string): number;
  /** @param lot 0 ≤ x < 1: which of them; undefined when nobody there can work on tickets */
  memberOf(groupId: number, lot: number): number | undefined;
  /** Any agent, for a ticket that the customer tells on the phone. */
  anybody(lot: number): number | undefined;
}

export function teamOf(account: SandboxAccount): Team {
  const groups = new Map(account.listGroups().map(({ id, name }) => [name, id]));
  const agents = account
    .listUsers()
    .filter(
      (user) => user.role === "agent" && user.suspended !== true && user.only_private_comments !== true,
    );
  const oneOf = (people: typeof agents, lot: number) => people[Math.floor(lot * people.length)]?.id;
  return {
    groupId: (name) => {
      const id = groups.get(name);
      if (id === undefined) throw new Error(`The simulated account has no group "${name}".`);
      return id;
    },
    memberOf: (groupId, lot) =>
      oneOf(
        agents.filter((agent) => agent.group_ids.includes(groupId)),
        lot,
      ),
    anybody: (lot) => oneOf(agents, lot),
  };
}
