import { fileURLToPath } from "node:url"
import { build, defineConfig } from "vite"
import type { Plugin, ResolvedConfig } from "vite"

/** The font package names a woff beside every woff2; no browser that runs these pages needs it, so it is not shipped. */
const woff2Only: Plugin = {
  name: "woff2-only",
  generateBundle(_options, bundle) {
    for (const [name, output] of Object.entries(bundle)) {
      if (name.endsWith(".woff")) delete bundle[name]
      if (name.endsWith(".css") && output.type === "asset") {
        output.source = String(output.source).replaceAll(/,\s*url\([^)]*\.woff\)\s*format\(["']?woff["']?\)/g, "")
      }
    }
  }
}

/** The script for pages of others, whole in one file beside the pages: nothing else of ours may be loaded from there. */
function embedScript(): Plugin {
  let pages: ResolvedConfig
  return {
    name: "embed-script",
    configResolved(config) {
      pages = config
    },
    async writeBundle() {
      await build({
        configFile: false,
        logLevel: "error",
        root: pages.root,
        build: {
          outDir: pages.build.outDir,
          emptyOutDir: false,
          target: "es2023",
          reportCompressedSize: false,
          lib: {
            entry: fileURLToPath(new URL("embed.ts", import.meta.url)),
            formats: ["iife"],
            name: "assay",
            fileName: () => "embed.js"
          }
        }
      })
    }
  }
}

export default defineConfig({
  plugins: [woff2Only, embedScript()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsDir: "static",
    // The content security policy admits files of this origin only: nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900
  }
})
