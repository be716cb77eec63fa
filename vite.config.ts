/** Builds the two pages of src/console into dist/pages, which the server hands out as they are. */
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import svgr from "vite-plugin-svgr";

const root = join(import.meta.dirname, "src/console");

export default defineConfig({
  root,
  // Absolute: the console lives under /console/…, the inbox at /sandbox, and both ask for /assets/….
  base: "/",
  publicDir: false,
  plugins: [react(), svgr()],
  build: {
    outDir: join(import.meta.dirname, "dist/pages"),
    emptyOutDir: true,
    // The content policy allows no data: scripts and no inline ones, so nothing is inlined.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      input: { console: join(root, "console/index.html"), inbox: join(root, "inbox/index.html") },
    },
  },
});
