import type { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Refused } from "#core/Refused.ts"
import type { Unavailable } from "#core/Unavailable.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Io } from "./Io.ts"

/** What `--name` gives; a flag without a value is true. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** The words after the verb. */
export interface Call {
  readonly words: ReadonlyArray<string>
  readonly flags: Flags
  readonly io: Io
}

/** What a verb answers: a document for programs, a text for people. `exit` when the work was done and yet something is wrong. */
export interface Answer {
  readonly json: unknown
  readonly text: string
  readonly exit?: number
}

export type VerbError = BadInput | Refused | Unavailable | WarehouseError

/** One verb of the command line. `R` is what it works on. */
export interface Verb<R> {
  /** Such as `quote PRODUCT [--version V]`. */
  readonly usage: string
  readonly about: string
  /** Names of the flags it takes; those ending in `?` have no value. */
  readonly flags: ReadonlyArray<string>
  /** How many words it needs. */
  readonly words: number
  readonly run: (call: Call) => Effect.Effect<Answer, VerbError, R>
}
