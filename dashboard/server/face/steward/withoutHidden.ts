import type { AssetDetail } from "../../../api/AssetDetail.ts"
import type { AssetHistory } from "../../../api/steward/AssetHistory.ts"
import type { Drafts } from "../../../api/steward/Drafts.ts"
import type { Identifiers } from "../../../api/steward/Identifiers.ts"
import type { IdentifierScan } from "../../../api/steward/IdentifierScan.ts"
import type { Inspected } from "../../../api/steward/Inspected.ts"
import type { Overview } from "../../../api/steward/Overview.ts"
import type { RunDetail } from "../../../api/steward/RunDetail.ts"
import type { Sources } from "../../../api/steward/Sources.ts"
import type { StreamDetail } from "../../../api/steward/StreamDetail.ts"
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

  history: (seen: Seen, told: AssetHistory): AssetHistory => ({
    ...told,
    checks: told.checks.filter(({ name }) => !seen.mentions(name)),
    columns: told.columns.filter((name) => seen.names(told.health.key, name))
  }),

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

  sources: (seen: Seen, told: Sources): Sources => ({
    sources: told.sources.map((source) => ({
      ...source,
      streams: source.streams.map((stream) => {
        const named = (field: string | null): boolean => field !== null && seen.names(stream.asset, field)
        return {
          ...stream,
          key: stream.key.filter(named),
          subject: named(stream.subject) ? stream.subject : null,
          time: named(stream.time) ? stream.time : null,
          dirty: stream.dirty.filter(({ check }) => !seen.mentions(check))
        }
      })
    }))
  }),

  stream: (seen: Seen, told: StreamDetail): StreamDetail => {
    const named = (field: string | null): boolean => field !== null && seen.names(told.asset, field)
    return {
      ...told,
      key: told.key.filter(named),
      subject: named(told.subject) ? told.subject : null,
      time: named(told.time) ? told.time : null,
      fields: told.fields.filter(({ name }) => named(name))
    }
  },

  run: (seen: Seen, told: RunDetail): RunDetail => ({
    ...told,
    failures: told.failures.map((one) =>
      seen.mentions(`${one.message} ${one.fix}`) ? { ...one, message: "", fix: "" } : one
    ),
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
