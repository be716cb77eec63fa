import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    restoreMocks: true,
    globalSetup: "test/temporary-folder.ts",
    // Many tests wait for a process or a browser: two at a time is right for two cores, and safe for the clocks.
    maxWorkers: 2,
    // Generous: a browser on a busy machine is slow, and that is no fault of the pages.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
