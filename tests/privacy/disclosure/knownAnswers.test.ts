import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { measureAnonymity } from "#privacy/disclosure/anonymity/measureAnonymity.ts"
import { suppressGroups } from "#privacy/disclosure/anonymity/suppressGroups.ts"
import { residentCheckCharacter } from "#privacy/identifier/residentCheckCharacter.ts"
import { students } from "./students.ts"

const file = process.env["DP_KNOWN_ANSWERS"] ?? new URL("../dp/dp-known-answers.json", import.meta.url)
const { known_answers: all } = JSON.parse(readFileSync(file, "utf8")) as {
  readonly known_answers: ReadonlyArray<{
    readonly id: string
    readonly group: string
    readonly inputs: {
      readonly qi?: ReadonlyArray<string>
      readonly sa?: string
      readonly first17?: string
      readonly dataset?: string
    }
    readonly expected: string | Readonly<Record<string, number>>
    readonly tolerance: { readonly rel?: number }
  }>
}
const entries = all.filter(({ group }) => group === "anonymity" || group === "pii")

const studentsTable = `create table core.students as select * from (values ${students
  .map(
    (one) => `('${one.Teacher}', '${one.Gender}', '${one.Ethnic}', '${one.Freeredu}', '${one.wesson}', ${one.Score})`
  )
  .join(", ")}) as t("Teacher", "Gender", "Ethnic", "Freeredu", "wesson", "Score")`

describe("known answers of disclosure (T1)", () => {
  it("has entries, so that none is missed in silence", () => assert.isAtLeast(entries.length, 3))

  it.effect.each(entries)("$id is met within its tolerance", ({ id, inputs, expected, tolerance }) =>
    Effect.gen(function* () {
      if (typeof expected === "string") return assert.strictEqual(residentCheckCharacter(inputs.first17!), expected)
      const warehouse = yield* Warehouse
      yield* warehouse.script(studentsTable)
      // The published file of k = 5 is the other one without its small groups.
      const suppressed = /_k(\d+)\.csv$/.exec(inputs.dataset!)?.[1]
      const relation =
        suppressed === undefined
          ? "core.students"
          : `(${suppressGroups("core.students", inputs.qi!, Number(suppressed))})`
      const own = yield* measureAnonymity(warehouse, relation, inputs.qi!, inputs.sa!)
      const found: Readonly<Record<string, number>> = {
        k: own.k,
        l: own.l,
        entropy_l_floor: Math.floor(own.entropyL),
        alpha: own.alpha,
        beta: own.beta,
        enhanced_beta: own.enhancedBeta,
        delta_disclosure: own.deltaDisclosure,
        t_closeness: own.t
      }
      for (const [name, value] of Object.entries(expected)) {
        assert.isDefined(found[name], `${id} ${name}`)
        assert.isAtMost(Math.abs(found[name]! - value), tolerance.rel! * value, `${id} ${name}`)
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
