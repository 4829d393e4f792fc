import { Effect } from "effect"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { AssetFacts } from "../engine/Engine.ts"
import { Connections } from "../sources/Connections.ts"
import type { Connection } from "../sources/Connections.ts"
import { resolveFiles } from "../sources/files/resolveFiles.ts"
import type { AssetOutlook } from "./evaluate.ts"

/** What is known of an asset now, apart from what was asked before. */
export interface Sight extends Pick<AssetOutlook, "missing" | "updated" | "codeChanged" | "late"> {
  /** Names the files of a source as they are; undefined for what has none. */
  readonly token: string | undefined
  /** Equal as long as nothing happens that a new request could answer. */
  readonly fingerprint: string
}

/** Names the files behind raw tables by name, size and time; nothing is opened. */
export const fileTokens = Effect.fn("fileTokens")(function* () {
  const tokens = new Map<string, string>()
  for (const { spec, sample } of yield* (yield* Connections).all) {
    if (sample !== undefined) continue
    for (const stream of spec.streams) tokens.set(`raw.${spec.source}__${stream.stream}`, yield* tokenOf(spec, stream))
  }
  return tokens as ReadonlyMap<string, string>
})

const tokenOf = (spec: Connection["spec"], { path }: Connection["spec"]["streams"][number]): Effect.Effect<string> =>
  resolveFiles(spec.root, path).pipe(
    Effect.map((files) =>
      sha256Hex(files.map((file) => `${file.name} ${file.bytes} ${file.modifiedNanos}`).join("\n")).slice(0, 32)
    ),
    Effect.orElseSucceed(() => "none")
  )

/**
 * Sees an asset as conditions ask about it.
 *
 * @param made    the data version of each asset that was made
 * @param joins   whether an asset will be made together with it
 */
export function sightOf(
  { asset, made, state, partitions, freshness }: AssetFacts,
  versions: ReadonlyMap<string, string>,
  joins: (key: string) => boolean,
  token: string | undefined
): Sight {
  const missing = made === undefined || (partitions !== undefined && partitions.due.missing.length > 0)
  const newer = (dep: string): boolean =>
    made !== undefined && partitions === undefined && versions.get(dep) !== made.inputs[dep]
  const touched = partitions !== undefined && partitions.due.touched.length > 0
  const updated = asset.deps.filter((dep) => versions.has(dep) && (newer(dep) || joins(dep) || touched))
  const codeChanged = state.state === "stale" && state.reason === "code"
  const late = freshness === undefined || freshness.state === "fresh" ? undefined : freshness.because
  const seen = {
    missing,
    codeChanged,
    late: late !== undefined,
    token,
    made: made?.dataVersion,
    code: made?.codeVersion,
    due: partitions?.due,
    inputs: asset.deps.map((dep) => [dep, versions.get(dep)])
  }
  return { missing, updated, codeChanged, late, token, fingerprint: sha256Hex(JSON.stringify(seen)).slice(0, 32) }
}
