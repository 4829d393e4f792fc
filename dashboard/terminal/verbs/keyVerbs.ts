import { Effect } from "effect"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import type { ApiKey, KeyScope } from "#catalog/lookup/ApiKey.ts"
import { table } from "../table.ts"
import type { Verb } from "../Verb.ts"

const stateOf = ({ revokedAt, expiresAt }: ApiKey): string =>
  revokedAt === null ? `until ${expiresAt.slice(0, 10)}` : `taken back ${revokedAt.slice(0, 10)}`

const add: Verb<ApiKeys> = {
  usage: "key add ORDER|TRIAL [--days N] [--scopes lookup,usage]",
  about: "make a key of the per-call API for one recipient; its token is printed here and never again",
  flags: ["days", "scopes"],
  words: 1,
  run: Effect.fn("key add")(function* ({ words, flags }) {
    const scopes = String(flags["scopes"] ?? "lookup,usage").split(",") as ReadonlyArray<KeyScope>
    const key = yield* (yield* ApiKeys).add({ holder: words[0]!, days: Number(flags["days"] ?? 30), scopes })
    return {
      json: key,
      text: `${key.token}\n\nKey ${key.id} of ${key.buyer}, ${stateOf(key)}. GET /api/v1/lookup/${key.product}?KEY=VALUE with the header Authorization: Bearer TOKEN. Take it back with: assay key revoke ${key.id}`
    }
  })
}

const list: Verb<ApiKeys> = {
  usage: "key list [--buyer NAME]",
  about: "who holds which key of the per-call API, and until when",
  flags: ["buyer"],
  words: 0,
  run: Effect.fn("key list")(function* ({ flags }) {
    const keys = yield* (yield* ApiKeys).list(flags["buyer"] as string | undefined)
    return {
      json: { keys },
      text:
        keys.length === 0
          ? "Nobody holds a key."
          : table(
              ["key", "begins", "buyer", "product", "scopes", "state", "last used"],
              keys.map((one) => [
                one.id,
                `${one.prefix}…`,
                one.buyer,
                one.product,
                one.scopes.join(" "),
                stateOf(one),
                one.lastUsedAt?.slice(0, 16) ?? "never"
              ])
            )
    }
  })
}

const revoke: Verb<ApiKeys> = {
  usage: "key revoke KEY",
  about: "end a key of the per-call API at once",
  flags: [],
  words: 1,
  run: Effect.fn("key revoke")(function* ({ words }) {
    const key = yield* (yield* ApiKeys).revoke(words[0]!)
    return { json: key, text: `${key.prefix}…: ${stateOf(key)}.` }
  })
}

/** The verbs of keys of the per-call API. */
export const keyVerbs = { "key add": add, "key list": list, "key revoke": revoke }
