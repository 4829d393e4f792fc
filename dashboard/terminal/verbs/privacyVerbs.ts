import { Effect, FileSystem, Layer, Path, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { composeMechanisms } from "#privacy/dp/account/composeMechanisms.ts"
import { MechanismList } from "#privacy/dp/account/MechanismList.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import type { ReleasedTable } from "#privacy/dp/aggregate/ReleasedTable.ts"
import { epsilonForError } from "#privacy/dp/aggregate/epsilonForError.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { openFile } from "#privacy/dp/alone/openFile.ts"
import { releaseFile } from "#privacy/dp/alone/releaseFile.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { readYamlFile } from "#pipelines/sources/yaml/readYamlFile.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"
import { maskVerb } from "./maskVerb.ts"
import { riskVerb } from "./riskVerb.ts"
import { readText } from "./salesVerbs.ts"

type Needs = FileSystem.FileSystem | Path.Path

/** A query is the release of a product file, with or without the word `release:` above it. */
const Wrapped = Schema.Struct({ release: ReleaseSpec })

const readQuery = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const text = yield* Effect.orElseSucceed(files.readFileString(file), () => "")
  return /^release\s*:/m.test(text)
    ? (yield* readYamlFile(Wrapped, file)).release
    : yield* readYamlFile(ReleaseSpec, file)
})

const plain = (value: string | number | bigint | boolean): string | number | boolean =>
  typeof value === "bigint" ? Number(value) : value

/** Rows as objects; a figure's interval stands beside it as [low, high]. */
const rowsOf = ({ columns, rows }: ReleasedTable) =>
  Array.from({ length: rows }, (_, row) => ({
    ...Object.fromEntries(columns.map(({ name, values }) => [name, plain(values[row]!)])),
    intervals: Object.fromEntries(
      columns.flatMap(({ name, values, halfWidths }) => {
        if (halfWidths === undefined) return []
        const [value, half] = [Number(values[row]), halfWidths[row]!]
        return [[name, [value - half, value + half]]]
      })
    )
  }))

const dp: Verb<Needs> = {
  usage: "dp QUERY.yaml --from FILE [--no-ledger] [--plan [--error E]]",
  about: "a differentially private release of any CSV or Parquet file, without a home",
  flags: ["from", "no-ledger?", "plan?", "error"],
  words: 1,
  run: Effect.fn("dp")(function* ({ words, flags, io }: Call) {
    const paths = yield* Path.Path
    const files = yield* FileSystem.FileSystem
    if (flags["from"] === undefined) {
      return yield* new BadInput({
        code: "flag.from",
        message: "Nothing says which file to release from.",
        fix: "Write --from FILE, a CSV or Parquet file."
      })
    }
    const spec = yield* readQuery(paths.resolve(io.cwd, words[0]!))
    const file = paths.resolve(io.cwd, String(flags["from"]))
    if (!(yield* Effect.orElseSucceed(files.exists(file), () => false))) {
      return yield* new BadInput({
        code: "file.missing",
        message: `There is no file ${file}.`,
        fix: "Check the path after --from.",
        where: { file }
      })
    }
    const ledger = flags["no-ledger"] === true ? undefined : `${file}.assay-ledger.jsonl`
    const alone = Layer.mergeAll(
      Noise.layer,
      Warehouse.layer({ path: ":memory:", spill: "", directories: [], files: [file] })
    )
    if (flags["plan"] === true) return yield* Effect.provide(outlook(file, spec, flags["error"]), alone)
    const { plan, table: released, description, budget } = yield* Effect.provide(releaseFile(file, spec, ledger), alone)
    const { rho, epsilon, delta } = description.loss
    const json = {
      accounted: budget !== undefined,
      ...(budget === undefined
        ? {}
        : {
            ledger,
            spent: { rho: rhoUnits.toRho(budget.spentUnits) },
            left: { rho: rhoUnits.toRho(budget.leftUnits) }
          }),
      rho,
      epsilon,
      delta,
      prediction: plan.prediction,
      columns: released.columns.map(({ name, type, role }) => ({ name, type, role })),
      rows: rowsOf(released),
      certificate: description
    }
    const names = released.columns.map(({ name }) => name)
    const cell = (row: number) => (column: ReleasedTable["columns"][number]) =>
      column.halfWidths === undefined
        ? String(column.values[row])
        : `${String(column.values[row])} ± ${Number(column.halfWidths[row]!.toPrecision(3))}`
    return {
      json,
      text: [
        table(
          names,
          Array.from({ length: released.rows }, (_, row) => released.columns.map(cell(row)))
        ),
        "",
        `epsilon ${epsilon}, delta ${delta}, rho ${rho.toFixed(6)}; ± is a 95 % interval of the noise`,
        budget === undefined
          ? "accounted: false. Nobody adds this loss up; releases of the same file compose."
          : `accounted in ${ledger}: rho ${rhoUnits.toRho(budget.spentUnits).toFixed(6)} spent, ${rhoUnits.toRho(budget.leftUnits).toFixed(6)} left`
      ].join("\n")
    }
  })
}

/** What a query would give: nothing is read but the header, nothing is charged. */
const outlook = Effect.fnUntraced(function* (file: string, spec: ReleaseSpec, error: string | boolean | undefined) {
  const wanted = error === undefined ? undefined : Number(error)
  if (wanted !== undefined && !(wanted > 0 && wanted < 10)) {
    const fix = "Write --error 0.05 for five percent."
    return yield* new BadInput({ code: "flag.error", message: "--error takes a relative error.", fix })
  }
  const plan = yield* planAggregate({ ...spec, unit: "subject_id" }, yield* openFile(file, spec))
  const subjects = spec.population?.subjects
  if (plan.prediction === undefined || subjects === undefined) {
    return yield* new BadInput({
      code: "release.population",
      message: "Errors are predicted from what is public, and the query does not say how many subjects there are.",
      fix: "Add population: { subjects: N } from what is publicly known.",
      where: { field: "population" }
    })
  }
  const needed =
    wanted === undefined
      ? undefined
      : epsilonForError(plan.shape, { ...spec.population, subjects, source: "declared" }, wanted)
  const rho = rhoUnits.toRho(plan.noise.chargeUnits)
  return {
    json: {
      rho,
      epsilon: spec.epsilon,
      delta: spec.delta,
      prediction: plan.prediction,
      ...(wanted === undefined ? {} : { error: wanted, epsilonNeeded: needed ?? null })
    },
    text: [
      table(
        ["measure", "expected error", "median relative error"],
        plan.prediction.measures.map((own) => [
          own.name,
          own.standIn === true ? "?" : own.absoluteError.toPrecision(3),
          `${(own.medianRelativeError * 100).toFixed(1)} %`
        ])
      ),
      `about ${Math.round(plan.prediction.cells)} cells for epsilon ${spec.epsilon} (rho ${rho.toFixed(6)})`,
      ...(wanted === undefined
        ? []
        : [needed === undefined ? "No epsilon up to 20 gives that error." : `epsilon ${needed} gives that error`])
    ].join("\n")
  }
})

const account: Verb<Needs> = {
  usage: "dp account FILE.json",
  about: "the joint loss of a list of mechanisms, by zCDP and by loss distributions",
  flags: [],
  words: 1,
  run: Effect.fn("dp account")(function* ({ words, io }: Call) {
    const text = yield* readText(words[0]!, io.cwd)
    const wrong = (): BadInput =>
      new BadInput({
        code: "account.file",
        message: `${words[0]} is not a list of mechanisms with a delta.`,
        fix: 'Write { "delta": 1e-6, "mechanisms": [{ "gaussian": { "sigma": 10, "sensitivity": 1 }, "count": 100 }] }; laplace takes scale and sensitivity, exponential takes epsilon.',
        where: { file: words[0]! }
      })
    const json = yield* Effect.try({ try: (): unknown => JSON.parse(text), catch: wrong })
    const list = yield* Effect.mapError(Schema.decodeUnknownEffect(MechanismList)(json), wrong)
    const loss = composeMechanisms(list)
    // JSON has no infinity: a bundle that leaks more than delta outright has no epsilon.
    const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
    return {
      json: { ...loss, byPld: { epsilon: finite(loss.byPld.epsilon) } },
      text: [
        `rho ${loss.rho.toPrecision(8)}`,
        `epsilon ${loss.epsilon.toFixed(6)} at delta ${loss.delta} by zCDP`,
        `epsilon ${loss.byPld.epsilon.toFixed(6)} at delta ${loss.delta} by loss distributions`
      ].join("\n")
    }
  })
}

/** Verbs of the privacy module alone: they need no home. */
export const privacyVerbs = { "dp account": account, dp, mask: maskVerb, risk: riskVerb }
