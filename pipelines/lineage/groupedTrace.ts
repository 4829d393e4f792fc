import type { BackTrace } from "./traceBack.ts"
import type { ForwardTrace } from "./traceForward.ts"

/** A trace as those may see it who are no stewards: how much, in steps of the smallest group, and never which. */
export interface GroupedTrace {
  readonly asset: string
  /** Rounded down to a multiple of the group; null below one group. Absent where rows cannot be followed. */
  readonly rows?: number | null
  readonly events?: number | null
}

/** Fewer than this many rows or events are not told apart from none. */
export const smallestGroup = 10

const grouped = (n: number): number | null => (n < smallestGroup ? null : n - (n % smallestGroup))

/** Takes ids, keys and exact counts out of a trace, so that a small group cannot be looked into. */
export function groupedTrace(trace: BackTrace | ForwardTrace): GroupedTrace {
  const { asset, rows } = trace
  return {
    asset,
    ...(rows === undefined ? {} : { rows: grouped(rows) }),
    ...("events" in trace ? { events: grouped(trace.events.length) } : {})
  }
}
