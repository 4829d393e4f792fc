import { Effect } from "effect"
import { auditRelease } from "#pipelines/release/auditRelease.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"
import { asOfDay } from "./engineVerbs.ts"

type Needs = Effect.Services<ReturnType<typeof auditRelease>>

/** Record and replay, seeded bugs and canaries for the plan of a product, on generated data of its schema. */
export const auditVerb: Verb<Needs> = {
  usage: "audit PRODUCT [--as-of DAY]",
  about: "attack the plan of a product on generated data of its schema",
  flags: ["as-of"],
  words: 1,
  run: Effect.fn("audit")(function* ({ words, flags }: Call) {
    const { report, file } = yield* auditRelease(words[0]!, yield* asOfDay(flags["as-of"]))
    const { replay, bugs, canaries } = report
    const seen = bugs.filter(({ caught }) => caught !== undefined)
    return {
      json: { ...report, file: file ?? null },
      text: [
        `${report.passed ? "passed" : "FAILED"}: ${replay.removals} removals of one subject on ${replay.datasets} generated tables`,
        ...replay.findings.map(({ check, detail }) => `  ${check}: ${detail}`),
        table(
          ["input of a mechanism", "of its sensitivity"],
          Object.entries(replay.reached).map(([input, share]) => [input, `${Math.round(Math.sqrt(share) * 100)} %`])
        ),
        "",
        `${seen.filter(({ caught }) => caught === true).length} of ${seen.length} bugs planted in this plan were caught`,
        ...seen.map(({ name, by }) => `  ${(by ?? "not seen").padEnd(16)} ${name}`),
        "",
        `${canaries.correct} of ${canaries.guessed} guesses about ${canaries.planted} canaries were right: epsilon above ${canaries.lowerBound.toFixed(3)} is refuted, ${canaries.declared} is declared`,
        ...(file === undefined ? [] : [`The report lies in ${file}`])
      ].join("\n"),
      ...(report.passed ? {} : { exit: 3 })
    }
  })
}
