import { expect, test } from "vitest";
import { startPlace } from "./examined.ts";

test.each([
  ["an outage", { status: 500 }, "error", /Could not be checked.*status 500/, /Zendesk's end.*later/],
  ["a broken line", { drop: "before" }, "error", /could not be reached/, /network.*ZENDESK_SUBDOMAIN/],
  [
    "a limit that is reached",
    { status: 429, headers: { "retry-after": "900" } },
    "skipped",
    /rate limit|no room|requests/i,
    /in a minute/,
  ],
] as const)("%s is not blamed on the credentials", async (_name, fault, state, message, remedy) => {
  const place = await startPlace();
  place.sandbox.account.fail({ path: /./, times: 500, ...fault });
  const checks = await place.examine();
  expect(checks["zendesk_credentials"]).toMatchObject({
    state,
    message: expect.stringMatching(message),
    remedy: expect.stringMatching(remedy),
  });
  expect(checks["webhook"]).toMatchObject({ state: "skipped", message: "Needs an account that answers." });
  expect(JSON.stringify(checks)).not.toMatch(/OAuth client|lacks the scope|credentials that work/);
});

test("what an outage hides is not told as if it were known", async () => {
  const place = await startPlace();
  place.sandbox.account.fail({ path: /groups\/assignable|account\/settings/, status: 503, times: 50 });
  const checks = await place.examine();
  for (const id of ["zendesk_groups", "omnichannel_queues", "auto_routing_tag"])
    expect(checks[id], id).toMatchObject({ state: "error", remedy: expect.stringMatching(/Zendesk's end/) });
});

test("a secret that Zendesk hides is an app's, and no matter of scopes", async () => {
  const place = await startPlace();
  place.sandbox.account.fail({ path: /signing_secret/, status: 403, body: { error: "Forbidden" } });
  expect((await place.examine())["signing_secret"]).toMatchObject({
    state: "warning",
    message: expect.stringMatching(/does not show the secret.*app/),
    remedy: expect.stringMatching(/^Delete that webhook.*switchyard setup/),
  });
});
