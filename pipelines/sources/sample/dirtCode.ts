import { dirt } from "./dirt.ts"
import type { DirtyStream } from "./dirt.ts"

/** The code that a kind of dirt has in a stream's `dirt` column. */
export function dirtCode<S extends DirtyStream>(stream: S, kind: keyof (typeof dirt)[S] & string): number {
  return Object.keys(dirt[stream]).indexOf(kind) + 1
}
