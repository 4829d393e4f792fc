// Loaded before main.ts: what was compiled, TypeScript stripped, is kept beside the packages, so that the next start is twice as fast.
import { enableCompileCache } from "node:module"
import { fileURLToPath } from "node:url"

enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/assay", import.meta.url)))
