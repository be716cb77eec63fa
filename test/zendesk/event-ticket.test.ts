import { expect, test } from "vitest";
import { ticketOfEvent } from "../../src/zendesk/event-ticket.ts";
import { DOCUMENTED } from "./documented-event.ts";

/** The ticket inside the event that Zendesk's documentation shows. */
const { detail: DETAIL } = DOCUMENTED;

test("the documented event tells the ticket as the REST API would", () => {
  expect(ticketOfEvent(DETAIL)).toEqual({
    id: 5158,
    subject: "Cannot login to mobile app",
    description: "Customer is experiencing login issues with the mobile app",
    status: "open",
    priority: "high",
    tags: ["mobile", "login"],
    groupId: 8447320466430,
    assigneeId: 8447388090494,
    requesterId: 8447388090494,
    submitterId: 8447388090494,
    organizationId: 8447346622462,
    brandId: 8447346621310,
    formId: 8646151517822,
    channel: "api",
    customFields: {},
    createdAt: "2025-01-08T10:12:07Z",
    updatedAt: "2025-01-08T10:12:07Z",
  });
});

test.each([
  ["web_form", "web"],
  ["WEB_SERVICE", "api"],
  ["native_messaging", "native_messaging"],
  ["Email", "email"],
])("the channel %s is called %s, as the table\u2019s rules call it", (channel, name) => {
  expect(ticketOfEvent({ ...DETAIL, via: { channel } })?.channel).toBe(name);
});

test("nobody and nothing are null", () => {
  const bare = {
    ...DETAIL,
    group_id: null,
    assignee_id: null,
    organization_id: null,
    priority: null,
    form_id: null,
  };
  expect(ticketOfEvent(bare)).toMatchObject({
    groupId: null,
    assigneeId: null,
    organizationId: null,
    priority: null,
    formId: null,
  });
});

test.each(["description", "tags", "status", "via", "id", "updated_at", "created_at"])(
  "without %s it tells too little, and the ticket is read instead",
  (key) => {
    expect(ticketOfEvent({ ...DETAIL, [key]: undefined })).toBeNull();
  },
);

test.each([
  ["an empty description", { description: "" }],
  ["an id that is none", { id: "-1" }],
  ["tags that are no list", { tags: "mobile login" }],
  ["a time that is none", { updated_at: "yesterday" }],
  ["a channel that is no text", { via: { channel: { name: "email" } } }],
])("%s is not believed", (_name, bent) => {
  expect(ticketOfEvent({ ...DETAIL, ...bent })).toBeNull();
});

test.each([null, undefined, "ticket", 7, []])("%j is no ticket", (detail) => {
  expect(ticketOfEvent(detail)).toBeNull();
});
