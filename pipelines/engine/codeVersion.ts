import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Asset } from "./Asset.ts"

/**
 * The fingerprint of what decides an asset's rows: its statement without comments and white space, its configuration and what it
 * reads. Checks are not in it: changing a rule asks for a new check, not for new rows.
 */
export function codeVersion(asset: Asset): string {
  const { kind, deps, grain, sql, config } = asset
  const statement = typeof sql === "string" ? normalised(sql) : null
  return sha256Hex(
    canonicalJson({ v: 1, kind, deps: [...deps].sort(), grain, statement, config: config ?? null })
  ).slice(0, 32)
}

const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\s+|[^'"\s/-]+|[\s\S]/g

/** Text in quotes stays as it is; comments and runs of white space become one blank. */
function normalised(sql: string): string {
  const kept: Array<string> = []
  for (const token of sql.match(tokens) ?? []) {
    const blank = /^(?:--|\/\*|\s)/.test(token)
    if (!blank) kept.push(token)
    else if (kept.length > 0 && kept.at(-1) !== " ") kept.push(" ")
  }
  return kept.join("").trim()
}
