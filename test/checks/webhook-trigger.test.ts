import { expect, test } from "vitest";
import { startPlace } from "./examined.ts";

test("a trigger that leaves out our tag is told to let follow-ups through, and one that does not is fine", async () => {
  const place = await startPlace();
  await place.admin("DELETE", `webhooks/${await place.webhookId()}`);
  await place.admin("POST", "webhooks", {
    webhook: {
      name: "Switchyard",
      status: "active",
      endpoint: `${place.serverUrl}/webhooks/zendesk`,
      http_method: "POST",
      request_format: "json",
      subscriptions: ["conditional_ticket_events"],
    },
  });
  const created = { field: "update_type", operator: "is", value: "Create" };
  const trigger = place.sandbox.account.addTrigger({
    title: "Tell the router",
    conditions: {
      all: [created, { field: "current_tags", operator: "not_includes", value: "vip sy_routed" }],
    },
    actions: [{ field: "notification_webhook", value: [await place.webhookId(), "{}"] }],
  });
  expect((await place.examine())["webhook"]).toMatchObject({
    state: "warning",
    message: expect.stringMatching(/follow-up inherits/),
    remedy: expect.stringMatching(/Take that condition out/),
  });
  await place.admin("PUT", `triggers/${trigger.id}`, {
    trigger: { conditions: { all: [created], any: [] } },
  });
  expect((await place.examine())["webhook"]?.state).toBe("ok");
});
