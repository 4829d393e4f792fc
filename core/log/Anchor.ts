import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs"
import { Context, Effect, Layer } from "effect"
import { canonicalJson } from "../json/canonicalJson.ts"
import { Unavailable } from "../Unavailable.ts"

/** What an anchor says of a log, and nothing else: never an entry. */
export interface AnchoredHead {
  readonly origin: string
  readonly size: number
  /** 64 hexadecimal digits. */
  readonly root: string
}

/**
 * A place outside the home, such as a chain, where heads of the log are put so that they cannot be taken back. It is a second
 * witness, not what keeps the log whole: when it is away, the log goes on, and the next head covers what was missed.
 */
export class Anchor extends Context.Service<
  Anchor,
  {
    /** Puts a head there; durable on return. */
    put(head: AnchoredHead): Effect.Effect<void, Unavailable>
    /** All heads of one log that are there, oldest first. */
    heads(origin: string): Effect.Effect<ReadonlyArray<AnchoredHead>, Unavailable>
  }
>()("core/Anchor") {
  /** A file that only grows, one head a line; meant for a disk that the home's owner cannot rewrite. */
  static file(path: string): Layer.Layer<Anchor> {
    return Layer.succeed(
      Anchor,
      Anchor.of({
        put: ({ origin, size, root }) =>
          attempt(() => appendDurably(path, `${canonicalJson({ origin, size, root })}\n`)),
        heads: (origin) => attempt(() => readHeads(path).filter((head) => head.origin === origin))
      })
    )
  }
}

const attempt = <A>(work: () => A): Effect.Effect<A, Unavailable> =>
  Effect.try({
    try: work,
    catch: () =>
      new Unavailable({
        code: "anchor.file",
        message: "The anchor file cannot be read or written, or holds a line that is no head.",
        fix: "Check that its disk is there and may be written; the log itself goes on without it."
      })
  })

function appendDurably(path: string, line: string): void {
  const held = readFileSync(path, { flag: "a+" })
  // What a crash cut off was not acknowledged, and would spoil the line that follows it.
  if (held.length > 0 && held.at(-1) !== 10) truncateSync(path, held.lastIndexOf(10) + 1)
  const handle = openSync(path, "a", 0o600)
  try {
    writeSync(handle, line)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The last line may have been cut off by a crash while it was written; it was not acknowledged then. */
function readHeads(path: string): ReadonlyArray<AnchoredHead> {
  const lines = readFileSync(path, { encoding: "utf8", flag: "a+" }).split("\n")
  return lines.slice(0, -1).map((line) => JSON.parse(line) as AnchoredHead)
}
