import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { levelOf } from "../../src/triage/classification.ts";
import { ABSTENTIONS, groupsOf, labelsOf, RoutingTable, rowsOf } from "../../src/triage/routing-table.ts";

const config = join(import.meta.dirname, "../../config");
const table = RoutingTable.parse(parse(readFileSync(join(config, "routing.yaml"), "utf8")));
const rows = rowsOf(table);

const TAXONOMY = {
  "Technical issue": ["Hardware problem", "Software bug", "Compatibility issue", "Performance problem"],
  "Account management": [
    "Password reset",
    "Account access issues",
    "Billing inquiries",
    "Subscription changes",
  ],
  "Product information": [
    "Feature inquiries",
    "Product compatibility questions",
    "Pricing information",
    "Availability inquiries",
  ],
  "User guidance": [
    "How-to questions",
    "Feature usage assistance",
    "Best practices advice",
    "Troubleshooting guidance",
  ],
  Feedback: ["Bug reports", "Feature requests", "General feedback or suggestions", "Complaints"],
  "Order-related": [
    "Order status inquiries",
    "Shipping information",
    "Returns and exchanges",
    "Order modifications",
  ],
  "Service request": [
    "Installation assistance",
    "Upgrade requests",
    "Maintenance scheduling",
    "Service cancellation",
  ],
  "Security concerns": [
    "Data privacy inquiries",
    "Suspicious activity reports",
    "Security feature assistance",
  ],
  "Compliance and legal": [
    "Regulatory compliance questions",
    "Terms of service inquiries",
    "Legal documentation requests",
  ],
  "Emergency support": ["Critical system failures", "Urgent security issues", "Time-sensitive problems"],
  "Training and education": [
    "Product training requests",
    "Documentation inquiries",
    "Webinar or workshop information",
  ],
  "Integration and API": [
    "Integration assistance",
    "API usage questions",
    "Third-party compatibility inquiries",
  ],
};

const GROUPS = [
  "Customer Care",
  "Technical Support",
  "Accounts & Access",
  "Billing",
  "Orders & Shipping",
  "Sales",
  "Product Feedback",
  "Security",
  "Legal & Compliance",
  "Incident Response",
  "Onboarding & Training",
  "Integrations",
];

test("a new installation knows the guide's twelve categories and forty-three intents, in its order", () => {
  const shipped = Object.fromEntries(
    table.categories.map((category) => [category.name, category.intents.map((intent) => intent.name)]),
  );
  expect(shipped).toEqual(TAXONOMY);
  expect(rows).toHaveLength(43);
});

test("an id is its name in small letters, so that a tag can be read", () => {
  for (const row of rows) expect(row.id).toBe(row.name.toLowerCase().replace(/[^a-z]+/g, "_"));
});

test("every intent says what it is and shows four to eight different tickets", () => {
  for (const row of rows) {
    expect(row.description.length, row.id).toBeGreaterThan(60);
    expect(row.examples.length, row.id).toBeGreaterThanOrEqual(4);
    expect(row.examples.length, row.id).toBeLessThanOrEqual(8);
  }
  const examples = rows.flatMap((row) => row.examples);
  expect(new Set(examples).size).toBe(examples.length);
});

test("what separates an intent from its neighbours names neighbours that exist", () => {
  const ids = new Set(rows.map((row) => row.id));
  for (const row of rows) {
    const named = row.not_this_if?.match(/[a-z]+(?:_[a-z]+)+|complaints/g) ?? [];
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect(named).not.toContain(row.id);
  }
});

test.each([
  ["software_bug", "bug_reports"],
  ["feature_inquiries", "feature_usage_assistance"],
  ["compatibility_issue", "product_compatibility_questions"],
  ["product_compatibility_questions", "third_party_compatibility_inquiries"],
  ["suspicious_activity_reports", "urgent_security_issues"],
  ["service_cancellation", "subscription_changes"],
])("%s and %s are told apart, from both sides", (one, other) => {
  expect(rows.find((row) => row.id === one)?.not_this_if).toContain(other);
  expect(rows.find((row) => row.id === other)?.not_this_if).toContain(one);
});

test("tickets go to twelve groups, and to the fallback when nobody can tell", () => {
  expect(groupsOf(table).toSorted()).toEqual(GROUPS.toSorted());
  expect(table.fallback.group).toBe("Customer Care");
});

test("the classifier may answer with every intent and with the three ways of not choosing", () => {
  expect(labelsOf(table)).toEqual([...rows.map((row) => row.id), ...ABSTENTIONS]);
});

test("every intent has its place in the priority order, emergencies first", () => {
  expect(table.priority_order.toSorted()).toEqual(rows.map((row) => row.id).toSorted());
  expect(table.priority_order[0]).toBe("critical_system_failures");
  expect(table.priority_order[1]).toBe("urgent_security_issues");
});

test("the shipped rules move no ticket to another group and set no priority: they are safe in every account", () => {
  for (const rule of table.rules) {
    expect(rule.set.group).toBeUndefined();
    expect(rule.set.priority).toBeUndefined();
  }
});

test("no evaluation ticket stands in the table: a measure of memory is none of judgement", () => {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const taught = new Set(rows.flatMap((row) => row.examples.map(plain)));
  const tickets = ["base", "multilingual", "edge"].flatMap((file) =>
    readFileSync(join(config, "evaluation", `${file}.jsonl`), "utf8")
      .trimEnd()
      .split("\n"),
  );
  const leaked = tickets.filter((line) => taught.has(plain(JSON.parse(line).description)));
  expect(leaked).toEqual([]);
  const labelled = new Map<string, number>();
  for (const line of tickets) {
    const { intent } = JSON.parse(line);
    labelled.set(intent, (labelled.get(intent) ?? 0) + 1);
  }
  for (const row of rows) expect(labelled.get(row.id), row.id).toBeGreaterThanOrEqual(5);
});

test("nothing is assigned at a low level of confidence", () => {
  const minima = [table.min_confidence, ...rows.flatMap((row) => row.min_confidence ?? [])];
  expect(minima.map(levelOf)).not.toContain("low");
});
