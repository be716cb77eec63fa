/** Tickets in languages that nothing was learned in: a team is proposed by single words, and people decide. */
import { describe, expect, test } from "vitest";
import { createLocalClassifier } from "../../src/retrieval/local-classifier.ts";
import { ticket as ticketWith } from "../triage/builders.ts";
import { defaultTable } from "./evaluation-tickets.ts";

const table = defaultTable();
const classifier = createLocalClassifier({ now: () => 0 });
async function classify(subject: string, description: string) {
  const answer = await classifier.classify(ticketWith({ subject, description }), { version: 1, table });
  if ("refused" in answer) throw new Error(answer.message);
  return answer;
}

describe("words of support tickets are known in", () => {
  test.each([
    ["Polish", "password_reset", "", "Zapomniałam hasła, proszę o reset"],
    ["Turkish", "returns_and_exchanges", "", "Ürün hasarlı geldi, değiştirmek istiyorum"],
    ["Russian", "order_status_inquiries", "", "ЗАКАЗ НЕ ПРИШЕЛ, ГДЕ ПОСЫЛКА? Доставка опоздала"],
    ["Korean", "service_cancellation", "", "구독을 해지하고 싶습니다"],
    ["Arabic", "password_reset", "", "نسيت كلمة المرور الخاصة بي"],
    ["Vietnamese", "returns_and_exchanges", "", "Tôi muốn trả hàng vì sản phẩm bị vỡ"],
    ["Thai", "order_status_inquiries", "", "พัสดุของฉันอยู่ไหน ติดตามไม่ได้"],
    ["Chinese", "order_status_inquiries", "", "我的订单还没收到，包裹在哪里？"],
  ])("%s", async (_language, intent, subject, description) =>
    expect((await classify(subject, description)).intent).toBe(intent),
  );
});
