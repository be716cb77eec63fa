import { expect, test, vi } from "vitest";
import { createLog } from "../../src/log.ts";
import { watchAccount } from "../../src/worker/account-watch.ts";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { json, settingsFor, startFaultServer } from "../zendesk/fault-server.ts";

const me = (role: string) => json({ user: { id: 9, name: "Router", role } });

test("a user who loses the right to assign tickets while we run is noticed within a minute", async () => {
  const server = await startFaultServer();
  server.on("GET /api/v2/users/me", me("admin"), me("end-user"));
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const watch = watchAccount(
    createZendesk(connect(settingsFor(server.url), { now: Date.now })),
    createLog("silent"),
  );
  try {
    await watch.first;
    expect(watch.problem()).toBeNull();
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(watch.problem()).toContain("end-user"));
  } finally {
    vi.useRealTimers();
    watch.stop();
  }
});
