import type { AssetDetail } from "../../../api/AssetDetail.ts"
import type { AssetHistory } from "../../../api/steward/AssetHistory.ts"
import type { Drafts } from "../../../api/steward/Drafts.ts"
import type { Identifiers } from "../../../api/steward/Identifiers.ts"
import type { IdentifierScan } from "../../../api/steward/IdentifierScan.ts"
import type { Inspected } from "../../../api/steward/Inspected.ts"
import type { Overview } from "../../../api/steward/Overview.ts"
import type { RunDetail } from "../../../api/steward/RunDetail.ts"
import type { Seen } from "../../view/Seen.ts"

/** Answers that name columns, without those that the caller may not hear of: their names, rules, edges and what counts them. */
export const withoutHidden = {
  overview: (seen: Seen, told: Overview): Overview => ({
    ...told,
    failedChecks: told.failedChecks.filter(({ check }) => !seen.mentions(check))
  }),

  detail: (seen: Seen, told: AssetDetail): AssetDetail => ({
    ...told,
    columns: told.columns.filter(({ name }) => seen.names(told.node.key, name)),
    checks: told.checks.filter(({ name }) => !seen.mentions(name))
  }),

  history: (seen: Seen, told: AssetHistory): AssetHistory => {
    const checks = told.checks.filter(({ name }) => !seen.mentions(name))
    const failing = told.checks.filter(({ name, results }) => seen.mentions(name) && results[0]?.passed === false)
    return {
      health: { ...told.health, failing: Math.max(0, told.health.failing - failing.length) },
      checks,
      columns: told.columns.filter((name) => seen.names(told.health.key, name))
    }
  },

  drafts: (seen: Seen, told: Drafts): Drafts => ({
    ...told,
    products: told.products.map((one) => ({ ...one, draft: seen.without(one.draft) })),
    assets: told.assets.map((one) => ({
      ...one,
      columns: one.columns.filter(({ name }) => seen.names(one.key, name))
    }))
  }),

  identifiers: (seen: Seen, told: Identifiers): Identifiers => ({
    ...told,
    columns: told.columns.filter(({ asset, column }) => seen.names(asset, column))
  }),

  scan: (seen: Seen, told: IdentifierScan): IdentifierScan => ({
    ...told,
    columns: told.columns.filter(({ column }) => seen.names(told.asset, column))
  }),

  inspected: (seen: Seen, told: Inspected): Inspected => ({
    ...told,
    yaml: told.yaml
      .split("\n")
      .filter((line) => !seen.mentions(line))
      .join("\n"),
    streams: told.streams.map((stream) => ({
      ...stream,
      keys: stream.keys.filter((names) => !names.some((name) => seen.mentions(name))),
      nearKeys: stream.nearKeys.filter(({ fields }) => !fields.some((name) => seen.mentions(name))),
      columns: stream.columns.filter(({ name }) => !seen.mentions(name))
    }))
  }),

  run: (seen: Seen, told: RunDetail): RunDetail => ({
    ...told,
    events: told.events.map((event) => ({
      ...event,
      text: event.type === "checked" ? namedIn(seen, event.text) : seen.mentions(event.text) ? "" : event.text
    }))
  })
}

/** The rules of a list that name nothing hidden. */
const namedIn = (seen: Seen, rules: string): string =>
  rules
    .split(", ")
    .filter((rule) => !seen.mentions(rule))
    .join(", ")
