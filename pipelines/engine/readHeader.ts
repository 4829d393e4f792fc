import { BadInput } from "#core/BadInput.ts"
import type { Asset, AssetCheck } from "./Asset.ts"
import type { Partitions } from "./Partitions.ts"

/** What a statement's header may say of the asset that it makes. */
type Said = Partial<Pick<Asset, "kind" | "grain" | "checks" | "partitions" | "freshness" | "retry" | "pool" | "tags">>

const kinds = ["full", "incremental_by_time_range", "incremental_by_unique_key"] as const
const list = (text: string): ReadonlyArray<string> => text.split(",").map((part) => part.trim())

type Reader = (text: string) => Said | undefined

/** A line `-- name: text` each. What a reader does not understand it answers with undefined. */
const readers: Readonly<Record<string, { readonly example: string; readonly read: Reader }>> = {
  kind: {
    example: "incremental_by_time_range",
    read: (text) => {
      const kind = kinds.find((one) => one === text)
      return kind === undefined ? undefined : { kind }
    }
  },
  grain: { example: "order_id", read: (text) => ({ grain: list(text) }) },
  partitions: {
    example: "daily by ordered_at from 2024-01-01, 10 at once",
    read: (text) => {
      const partitions = readPartitions(text)
      return partitions === undefined ? undefined : { partitions }
    }
  },
  fresh: {
    example: "warn after 24 h, fail after 48 h",
    read: (text) => {
      const warn = /\bwarn after (\d+) h/.exec(text)?.[1]
      const fail = /\bfail after (\d+) h/.exec(text)?.[1]
      if (warn === undefined && fail === undefined) return undefined
      return {
        freshness: {
          ...(warn === undefined ? {} : { warnAfterHours: Number(warn) }),
          ...(fail === undefined ? {} : { failAfterHours: Number(fail) })
        }
      }
    }
  },
  retry: {
    example: "3 times after 10 s",
    read: (text) => {
      const [, times, seconds] = /^(\d{1,3}) times after (\d{1,6}) s$/.exec(text) ?? []
      return times === undefined ? undefined : { retry: { times: Number(times), delayMillis: Number(seconds) * 1000 } }
    }
  },
  pool: {
    example: "crm, 2 at once",
    read: (text) => {
      const [, name, limit] = /^([\w-]+), (\d+) at once$/.exec(text) ?? []
      return name === undefined ? undefined : { pool: { name, limit: Math.max(1, Number(limit)) } }
    }
  },
  tags: { example: "daily, finance", read: (text) => ({ tags: list(text) }) },
  check: {
    example: "block positive_amount: amount_minor <= 0",
    read: (text) => {
      const [, severity, name, breaks] = /^(block|warn) (\w+): (.+)$/.exec(text) ?? []
      return name === undefined
        ? undefined
        : { checks: [{ name, severity: severity as AssetCheck["severity"], breaks: breaks! }] }
    }
  }
}

function readPartitions(text: string): Partitions | undefined {
  const [, rest, batch] = /^(.*?)(?:, (\d+) at once)?$/.exec(text) ?? []
  const at = batch === undefined ? {} : { batch: Math.max(1, Number(batch)) }
  const [, day, start] = /^daily by (.+) from (\d{4}-\d{2}-\d{2})$/.exec(rest!) ?? []
  if (start !== undefined && !Number.isNaN(Date.parse(start))) return { type: "daily", by: day!, start, ...at }
  const [, by, keys] = /^static by (.+?) in (.+)$/.exec(rest!) ?? []
  if (keys !== undefined) return { type: "static", by: by!, keys: list(keys), ...at }
  const [, key] = /^dynamic by (.+)$/.exec(rest!) ?? []
  return key === undefined ? undefined : { type: "dynamic", by: key, ...at }
}

/**
 * Reads the head of an asset's statement: its first lines that are comments of the form `-- name: text`. Other comments are for people; so is a name that no
 * asset knows.
 *
 * @throws BadInput where a line cannot be understood, with an example
 */
export function readHeader(asset: string, sql: string): Said {
  let said: Said = {}
  for (const [i, line] of sql.split("\n").entries()) {
    if (!line.startsWith("--")) break
    const [, name, text] = /^--\s*(\w+):\s*(.*?)\s*$/.exec(line) ?? []
    const reader = name === undefined ? undefined : readers[name]
    if (reader === undefined) continue
    const more = reader.read(text!)
    if (more === undefined) {
      throw new BadInput({
        code: "asset.header",
        message: `The head of the SQL of ${asset} says ${name} in a way that cannot be read (line ${i + 1}).`,
        fix: `Write it like this: -- ${name}: ${reader.example}`,
        where: { asset, line: i + 1, field: name! }
      })
    }
    const checks = [
      ...((said.checks ?? []) as ReadonlyArray<AssetCheck>),
      ...((more.checks ?? []) as ReadonlyArray<AssetCheck>)
    ]
    said = { ...said, ...more, ...(checks.length === 0 ? {} : { checks }) }
  }
  return said
}
