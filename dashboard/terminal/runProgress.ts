import type { RunEvent } from "#pipelines/engine/RunEvent.ts"
import { rangeInWords } from "#pipelines/engine/partition/partitionKeys.ts"
import type { Io } from "./Io.ts"

/** Tells a run as it goes: on a terminal one line that moves, elsewhere a plain line for each asset and every few seconds of long work. */
export function runProgress(io: Io, now: () => number): (event: RunEvent) => void {
  let done = 0
  let total = 0
  let warnings = 0
  let spoken = now()
  const batched = new Set<string>()
  const at = (): string => `[${String(done).padStart(String(total).length)}/${total}]`
  const say = (text: string): void => {
    spoken = now()
    io.err(io.live ? `\r\u001b[2K${text}\n` : `${text}\n`)
  }
  const hint = (text: string): void => {
    if (io.live) io.err(`\r\u001b[2K${text}`)
    else if (now() - spoken > 5000) say(text)
  }
  return (event) => {
    switch (event.type) {
      case "planned":
        total = event.assets.length
        return
      case "started":
        return hint(`${at()} ${event.asset} ...`)
      case "progress":
        return hint(`${at()} ${event.asset} ${Math.round(event.share * 100)} %`)
      case "materialized": {
        // The batches of one asset count once.
        if (event.partitions === undefined || !batched.has(event.asset)) done++
        batched.add(event.asset)
        const partitions = event.partitions?.map((range) => rangeInWords(range).en).join(", ")
        return event.asset.startsWith("conform.")
          ? undefined
          : say(
              `${at()} ${event.asset}${partitions === undefined ? "" : ` ${partitions}`}: ${event.rows.toLocaleString("en")} rows in ${(event.millis / 1000).toFixed(1)} s`
            )
      }
      case "retried":
        return say(
          `${at()} ${event.asset}: ${event.code}, try ${event.attempt + 1} in ${(event.waitMillis / 1000).toFixed(1)} s`
        )
      case "skipped":
        done++
        return event.reason === "unchanged" ? undefined : say(`${at()} ${event.asset} was not made: ${event.reason}`)
      case "failed":
        done++
        return say(`${at()} ${event.asset} failed: ${event.message} ${event.fix}`)
      case "noticed":
        return say(`      ${event.asset}: ${event.notice}`)
      case "checked":
        warnings += event.checks.filter(({ passed, severity }) => !passed && severity === "warn").length
        return
      case "finished":
        if (io.live) io.err("\r\u001b[2K")
        if (warnings > 0) say(`Checks that warn: ${warnings}. assay show ASSET tells which, and on how many rows.`)
    }
  }
}
