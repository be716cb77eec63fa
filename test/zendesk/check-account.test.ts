import { expect, test } from "vitest";
import { createAccountChecks } from "../../src/zendesk/check-account.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { json, settingsFor, startFaultServer } from "./fault-server.ts";

test.each([
  ["an agent", 0, false],
  ["a light agent", 1, true],
  ["a contributor", 3, true],
  ["an admin", 4, false],
  ["a billing admin", 5, true],
])("%s, as the number of the role tells", async (_, role_type, light) => {
  const server = await startFaultServer();
  const user = { id: 5, name: "Jo", role: "agent", role_type, only_private_comments: false };
  server.on("GET /api/v2/users/me", json({ user }));
  const { actor } = createAccountChecks(connect(settingsFor(server.url), { now: Date.now }));
  expect((await actor()).light).toBe(light);
});
