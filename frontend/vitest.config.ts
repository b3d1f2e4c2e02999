import { defineConfig } from "vitest/config";

// Apart from vite.config.ts, so that a build without development packages does not need Vitest.
// A test of a component starts with `// @vitest-environment happy-dom`; a test of the journal imports "fake-indexeddb/auto".
export default defineConfig({
  test: {
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // Components that are looked up by their roles take seconds on a machine that does other things too.
    testTimeout: 20_000,
  },
});
