import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"

/** How a failure leaves the house: over HTTP, over the command line, and in words. */
export interface Failure {
  readonly tag: "BadInput" | "Refused" | "Unavailable" | "Bug"
  readonly status: number
  readonly exit: number
  readonly code: string
  readonly message: string
  readonly fix: string
}

/** The one table. Every class of error has one exit code; HTTP knows finer ones, which follow from the code's words. */
const table = {
  BadInput: { exit: 4, status: 400, finer: [[/\.(unknown|version)$/, 404]] },
  Refused: {
    exit: 3,
    status: 403,
    finer: [
      [/^session\./, 401],
      [/\.(state|expired|closed|paid|unpaid|conflict)$/, 409]
    ]
  },
  Unavailable: { exit: 5, status: 503, finer: [] },
  Bug: { exit: 1, status: 500, finer: [] }
} as const satisfies Record<
  Failure["tag"],
  { exit: number; status: number; finer: ReadonlyArray<readonly [code: RegExp, status: number]> }
>

/** Tells how to answer for an error of any kind. What is not one of ours is a bug, and its text stays inside. */
export function failure(cause: unknown): Failure {
  if (!(cause instanceof BadInput || cause instanceof Refused || cause instanceof Unavailable)) {
    return {
      tag: "Bug",
      status: table.Bug.status,
      exit: table.Bug.exit,
      code: "bug",
      message: "Something went wrong inside Assay. Nothing was changed by this request that was not acknowledged.",
      fix: "Try again; if it happens again, send the time and the page to whoever runs this server."
    }
  }
  const { exit, status, finer } = table[cause._tag]
  const found = finer.find(([code]) => code.test(cause.code))
  return {
    tag: cause._tag,
    status: found === undefined ? status : found[1],
    exit,
    code: cause.code,
    message: cause.message,
    fix: cause.fix
  }
}
