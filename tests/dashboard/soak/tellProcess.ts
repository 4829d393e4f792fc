import { readdirSync } from "node:fs"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { DuckDBInstance } from "@duckdb/node-api"
import type { DuckDBConnection } from "@duckdb/node-api"
import type { ProcessFigures } from "./ProcessFigures.ts"

/**
 * Loaded before the program (`node --import`) in a process that is watched: answers each message of its parent with what the process holds. The heap is
 * told after it was collected twice, so what is left is held by somebody.
 */
setFlagsFromString("--expose-gc")
const collect = runInNewContext("gc") as () => void
setFlagsFromString("--no-expose-gc")

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()

/** The engine's own connection for the question how much it holds; the instance is seen when the program first connects. */
let engine: Promise<DuckDBConnection> | undefined
const { value: connect } = Object.getOwnPropertyDescriptor(DuckDBInstance.prototype, "connect") as {
  readonly value: (this: DuckDBInstance) => Promise<DuckDBConnection>
}
DuckDBInstance.prototype.connect = function (this: DuckDBInstance) {
  engine ??= connect.call(this)
  return connect.call(this)
}

const count = (names: ReadonlyArray<string>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

async function figures(): Promise<ProcessFigures> {
  const engineBytes = await engine?.then((one) =>
    one.runAndReadAll("select coalesce(sum(memory_usage_bytes), 0)::double from duckdb_memory()")
  )
  collect()
  collect()
  const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage()
  const told = {
    heap: heapUsed,
    reserved: heapTotal,
    resident: rss,
    external,
    arrayBuffers,
    engine: Number(engineBytes?.getRows()[0]?.[0] ?? 0),
    files: readdirSync("/proc/self/fd").length,
    handles: count(process.getActiveResourcesInfo()),
    delayP99: delay.percentile(99) / 1e6,
    delayMost: delay.max / 1e6
  }
  delay.reset()
  return told
}

process.on("message", () => {
  void figures().then((told) => process.send?.(told))
})
process.channel?.unref()
