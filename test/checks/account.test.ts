import { expect, test } from "vitest";
import { eventually } from "../sandbox/running-sandbox.ts";
import { startPlace, troubles } from "./examined.ts";

/** The one that every round here has: no Claude is at hand. */
const NO_KEY = { claude_model: "warning" };
const KNOWN = {
  ids: [
    "node settings store disk routing_table",
    "zendesk_credentials acting_user oauth_scopes zendesk_groups ticket_fields",
    "webhook signing_secret webhook_deliveries trigger_fights tag_triggers",
    "organization_groups omnichannel_queues auto_routing_tag messaging rate_limits clock",
    "webhook_self_test undone_assignments claude_model claude_larger_model claude_test_ticket embeddings",
  ]
    .join(" ")
    .split(" "),
};

test("an account that is set up well passes, and every check has its say", async () => {
  const place = await startPlace();
  const checks = await place.examine();
  expect(troubles(checks)).toEqual(NO_KEY);
  expect(Object.keys(checks)).toEqual(KNOWN.ids);
  expect(checks["rate_limits"]?.message).toMatch(/\d+ of 700 requests/);
  expect(place.sandbox.account.warnings()).toEqual([]);
});

test("a secret that is not the webhook's is told, by the account and by the server that runs", async () => {
  const place = await startPlace();
  const checks = await place.examine({ ZENDESK_WEBHOOK_SECRET: "another" });
  expect(troubles(checks)).toEqual({ ...NO_KEY, signing_secret: "error", webhook_self_test: "error" });
  expect(checks["signing_secret"]?.remedy).toMatch(/setup/);
  expect(JSON.stringify(checks)).not.toMatch(/another|c2lnbmluZy1zZWNyZXQ=|switchyard-sandbox-secret/);
});

test("a webhook that is paused, incomplete, elsewhere or gone is told apart", async () => {
  const place = await startPlace();
  const own = `webhooks/${await place.webhookId()}`;
  await place.admin("PATCH", own, { webhook: { status: "inactive" } });
  expect((await place.examine())["webhook"]).toMatchObject({
    state: "error",
    details: [expect.stringMatching(/not active/)],
  });
  await place.admin("PATCH", own, {
    webhook: { status: "active", subscriptions: ["zen:event-type:ticket.created"] },
  });
  expect((await place.examine())["webhook"]).toMatchObject({
    state: "warning",
    details: [expect.stringMatching(/comment_added/)],
  });
  const moved = await place.examine({ PUBLIC_URL: "http://127.0.0.1:1" });
  expect(moved["webhook"]?.details.join()).toMatch(/and not to http:\/\/127\.0\.0\.1:1\/webhooks\/zendesk/);
  expect(moved["webhook_self_test"]).toMatchObject({
    state: "warning",
    message: expect.stringMatching(/Nothing answers/),
  });
  await place.admin("DELETE", own);
  const gone = await place.examine();
  expect(gone["webhook"]).toMatchObject({ state: "error", remedy: expect.stringMatching(/setup/) });
  expect(gone["signing_secret"]?.state).toBe("skipped");
});

test("deliveries that failed are counted by their status", async () => {
  const place = await startPlace("a secret of its own");
  place.sandbox.account.createTicket({ subject: "Hello", description: "My order is late." });
  await eventually(() => place.sandbox.account.listInvocations().find(({ status }) => status === "failed"));
  expect((await place.examine())["webhook_deliveries"]).toMatchObject({
    state: "warning",
    details: ["1 × status 401"],
    remedy: expect.stringMatching(/secret/),
  });
});

test("a trigger that fights is named with its place and the condition to add", async () => {
  const place = await startPlace();
  const [group] = place.sandbox.account.listGroups();
  place.sandbox.account.addTrigger({
    title: "VIP to Tier 2",
    conditions: { all: [{ field: "current_tags", operator: "includes", value: "vip" }] },
    actions: [{ field: "group_id", value: String(group?.id) }],
  });
  place.sandbox.account.addTrigger({
    title: "Tell the leads",
    conditions: { all: [{ field: "current_tags", operator: "includes", value: "sy_review" }] },
    actions: [{ field: "notification_user", value: ["1", "Review", "Look"] }],
  });
  const checks = await place.examine();
  expect(troubles(checks)).toEqual({ ...NO_KEY, trigger_fights: "warning" });
  expect(checks["trigger_fights"]?.details).toEqual([
    expect.stringMatching(/“VIP to Tier 2” \(position 1\).*sets the group.*Is > Created/),
  ]);
  expect(checks["tag_triggers"]?.details).toEqual([expect.stringMatching(/Tell the leads/)]);
});

test("custom queues and a missing auto-routing tag are warned about while omnichannel routing is on", async () => {
  const place = await startPlace();
  const { account } = place.sandbox;
  const [group] = account.listGroups();
  const gold = { groups: [{ id: group?.id ?? 0 }] };
  account.addQueue({
    name: "Gold",
    definition: { all: [{ field: "priority", operator: "is", value: "high" }] },
    primary_groups: gold,
  });
  account.setOmnichannel({ on: true, autoRoutingTag: "auto_routing" });
  const checks = await place.examine();
  expect(checks["omnichannel_queues"]).toMatchObject({
    state: "warning",
    details: [expect.stringMatching(/“Gold”/)],
  });
  expect(checks["auto_routing_tag"]).toMatchObject({
    state: "warning",
    remedy: expect.stringMatching(/auto_routing_tag.*auto_routing/),
  });
  account.setOmnichannel({ on: false });
  expect(troubles(await place.examine())).toEqual(NO_KEY);
});

test("groups that are gone, and fields without an option for each intent", async () => {
  const place = await startPlace();
  const groups = place.sandbox.account.listGroups();
  const billing = groups.find(({ name }) => /bill/i.test(name)) ?? groups[0];
  place.sandbox.account.deleteGroup(billing?.id ?? 0);
  await place.admin("POST", "ticket_fields", {
    ticket_field: {
      type: "tagger",
      title: "Switchyard intent",
      custom_field_options: [{ name: "Refund", value: "sy_field_intent_refund_request" }],
    },
  });
  const checks = await place.examine({ ZENDESK_INTENT_FIELD_ID: "42" });
  expect(checks["zendesk_groups"]?.details.join()).toContain(billing?.name);
  expect(checks["ticket_fields"]).toMatchObject({
    state: "warning",
    details: [expect.stringMatching(/no field 42/)],
  });
});

test("an agent's rights are not enough for all: what could not be looked at says why, and nothing breaks", async () => {
  const place = await startPlace();
  const agent = place.sandbox.account.addAgent({
    name: "Jo",
    email: "jo@acme.example",
    group_ids: [place.sandbox.account.listGroups()[0]?.id ?? 0],
  });
  const asAgent = { ZENDESK_EMAIL: agent.email, ZENDESK_API_TOKEN: place.sandbox.credentials.token };
  const checks = await place.examine(asAgent);
  expect(troubles(checks)).toEqual({ ...NO_KEY, acting_user: "warning" });
  for (const id of ["webhook", "signing_secret", "webhook_deliveries", "omnichannel_queues", "messaging"])
    expect(checks[id], id).toMatchObject({
      state: "skipped",
      message: expect.stringMatching(/role is agent/),
      remedy: expect.stringMatching(/admin/),
    });
  place.sandbox.account.changeAgent(agent.id, { restricted_agent: true });
  expect((await place.examine(asAgent))["acting_user"]).toMatchObject({ state: "error" });
});

test("a clock that is ten minutes off is broken, and the self-test shows what that does", async () => {
  const place = await startPlace();
  const checks = await place.examine({}, 10 * 60_000);
  expect(checks["clock"]).toMatchObject({ state: "error", message: expect.stringMatching(/600 s ahead/) });
  expect(checks["webhook_self_test"]?.state).toBe("error");
});

test("refused credentials are one fault, not twenty", async () => {
  const place = await startPlace();
  const checks = await place.examine({ ZENDESK_OAUTH_CLIENT_SECRET: "wrong-client-secret" });
  expect(troubles(checks)).toEqual({ ...NO_KEY, zendesk_credentials: "error" });
  expect(Object.keys(checks).sort()).toEqual([...KNOWN.ids].sort());
  expect(JSON.stringify(checks)).not.toContain("wrong-client-secret");
});

test("a token without the scope to read is locked out, one without the scope to write is told so", async () => {
  const place = await startPlace();
  const tokenFor = async (scope: string): Promise<string> => {
    const { clientId: client_id, clientSecret: client_secret } = place.sandbox.credentials;
    const response = await fetch(`${place.sandbox.url}/oauth/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ grant_type: "client_credentials", client_id, client_secret, scope }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const blind = await place.examine({ ZENDESK_OAUTH_TOKEN: await tokenFor("tickets:write") });
  expect(troubles(blind)).toEqual({ ...NO_KEY, zendesk_credentials: "error" });
  const mute = await place.examine({ ZENDESK_OAUTH_TOKEN: await tokenFor("read") });
  expect(mute["oauth_scopes"]).toMatchObject({
    state: "error",
    message: expect.stringMatching(/lacks tickets:write/),
  });
});

test("an account that lists only all of its triggers is read all the same", async () => {
  const place = await startPlace();
  place.sandbox.account.fail({
    path: /triggers\/active/,
    status: 404,
    body: { error: "InvalidEndpoint" },
    times: 2,
  });
  expect((await place.examine())["trigger_fights"]?.message).toMatch(/None of the 0 active/);
});

test("an outage in the middle of the round costs one check, not the round", async () => {
  const place = await startPlace();
  place.sandbox.account.fail({ path: /triggers/, status: 502, body: "<html>Bad gateway</html>", times: 5 });
  const checks = await place.examine();
  expect(checks["trigger_fights"]).toMatchObject({
    state: "error",
    message: expect.stringMatching(/unavailable/),
  });
  expect(checks["messaging"]?.state).toBe("ok");
});

test("without webhooks the road of events is left out", async () => {
  const place = await startPlace();
  const checks = await place.examine({ ZENDESK_WEBHOOK: "off" });
  for (const id of ["webhook", "signing_secret", "webhook_deliveries", "webhook_self_test"])
    expect(checks[id]?.state, id).toBe("skipped");
});

test("an organization with a group of its own is named, for it places tickets before the table does", async () => {
  const place = await startPlace();
  const { account } = place.sandbox;
  expect((await place.examine())["organization_groups"]).toMatchObject({ state: "ok" });
  const [organization] = account.listOrganizations();
  const group = account.listGroups().find(({ name }) => name === "Sales");
  account.setOrganizationGroup(organization?.id ?? 0, group?.id ?? 0);
  expect((await place.examine())["organization_groups"]).toMatchObject({
    state: "warning",
    details: ["“Northwind Outdoor” begins in “Sales”."],
    remedy: expect.stringMatching(/grouped_by_rule/),
  });
});
