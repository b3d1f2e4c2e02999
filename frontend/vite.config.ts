import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import oldestBrowsers from "./browsers.json" with { type: "json" };

// During `npx vite` the pages come from Vite and everything else from a running server.
const BACKEND = process.env.BACKEND ?? "http://127.0.0.1:8000";
const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export default defineConfig({
  base: "/static/app/",
  plugins: [react()],
  build: {
    outDir: "../static/app",
    emptyOutDir: true,
    // src/browsers.test.ts sees to it that nothing is used that one of them lacks.
    target: Object.entries(oldestBrowsers).map(([name, version]) => `${name}${version}`),
    // Files are named by content, so that the server may call them immutable; `index.html` names them.
    assetsDir: "assets",
    // The ONNX runtime's WebAssembly must stay a file: it is compiled while it streams in.
    assetsInlineLimit: (file) => (file.endsWith(".wasm") ? false : undefined),
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      // The other pages are for benchmarks only.
      input: ["index.html", "bench-decoder.html", "bench-rle.html"],
      output: {
        codeSplitting: { groups: [{ name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }] },
      },
    },
  },
  worker: { format: "es" },
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  server: {
    headers: ISOLATION,
    proxy: { "/api": BACKEND, "/healthz": BACKEND },
  },
});
