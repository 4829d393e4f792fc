import { Clock, Effect, FileSystem, Layer, Path, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { ColumnDomain } from "#core/release/ColumnDomain.ts"
import { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Algorithm } from "#privacy/synthesis/Algorithm.ts"
import { draftOf } from "#privacy/synthesis/alone/exportRows.ts"
import { readGanFile } from "#privacy/synthesis/alone/readGanFile.ts"
import { readMarginals } from "#privacy/synthesis/alone/readMarginals.ts"
import { synthesizeGan } from "#privacy/synthesis/alone/synthesizeGan.ts"
import { synthesizeFile, writeSynthesis } from "#privacy/synthesis/alone/synthesizeFile.ts"
import { writeGan } from "#privacy/synthesis/alone/writeGan.ts"
import { readYamlFile } from "#pipelines/sources/yaml/readYamlFile.ts"
import type { Answer, Call, Flags, Verb } from "../Verb.ts"
import { ganAnswer } from "./ganAnswer.ts"

type Needs = FileSystem.FileSystem | Path.Path

const Domain = Schema.Record(Schema.String, ColumnDomain)
const Rules = Schema.Array(SynthesisRule)

const flagError = (name: string, fix: string): BadInput =>
  new BadInput({ code: `flag.${name}`, message: `--${name} is missing or not what it should be.`, fix })

const numberFlag = (flags: Flags, name: string, least: number, most: number, fix: string, otherwise?: number) => {
  const flag = flags[name]
  const value = flag === undefined ? otherwise : Number(flag)
  return value !== undefined && flag !== true && flag !== "" && value >= least && value <= most
    ? Effect.succeed(value)
    : Effect.fail(flagError(name, fix))
}

const textFlag = (flags: Flags, name: string, fix: string, otherwise?: string): Effect.Effect<string, BadInput> => {
  const flag = flags[name] ?? otherwise
  return typeof flag === "string" && flag !== "" ? Effect.succeed(flag) : Effect.fail(flagError(name, fix))
}

/** `--fix country=DE,age=30..39,segment=A|B` */
const fixedOf = Effect.fnUntraced(function* (flag: string | boolean | undefined) {
  if (flag === undefined) return {}
  const pairs = String(flag).split(",")
  const parsed = pairs.map((pair) => /^([^=]+)=(.*)$/s.exec(pair))
  if (parsed.includes(null)) return yield* flagError("fix", "Write --fix COLUMN=VALUE, several with commas between.")
  return Object.fromEntries(
    parsed.map((match) => {
      const [name, value] = [match![1]!, match![2]!]
      const range = /^(.+)\.\.(.+)$/.exec(value)
      return [name, range === null ? value.split("|") : { from: range[1]!, to: range[2]! }]
    })
  )
})

const variantOf = Effect.fnUntraced(function* (flags: Flags, algorithm: Algorithm) {
  const variant = flags["variant"] ?? "full"
  if (variant !== "full" && algorithm !== "aim") return yield* flagError("variant", "Only aim has variants.")
  if (variant === "full") return {}
  if (variant === "top" || variant === "oneshot") return { variant } as const
  return yield* flagError("variant", "Use full, top or oneshot.")
})

const rowsAsked = Effect.fnUntraced(function* ({ flags, io }: Call) {
  const paths = yield* Path.Path
  const out = paths.resolve(io.cwd, yield* textFlag(flags, "out", "Write --out FILE.csv or --out FILE.parquet."))
  const rows =
    flags["rows"] === undefined
      ? undefined
      : Math.floor(yield* numberFlag(flags, "rows", 1, 1e10, "Write --rows 10000 for ten thousand rows."))
  const seed = yield* textFlag(flags, "seed", "Write --seed 1; it seeds the rounding of rows, never noise.", "0")
  const fixed = yield* fixedOf(flags["fix"])
  return { out, seed, fixed, ...(rows === undefined ? {} : { rows }) }
})

const warehouseFor = (out: string, read: ReadonlyArray<string>) =>
  Warehouse.layer({ path: ":memory:", spill: "", directories: [], files: [...read, out, draftOf(out)] })

const peakMemory = (): number => process.resourceUsage().maxRSS * 1024

const usage =
  "synth TABLE --domain FILE --algorithm aim|mst|independent|gan --epsilon E --out FILE [--delta D] [--rows N] [--seed S] [--variant full|top|oneshot] [--workload 2|3] [--constraints FILE] [--unit COLUMN --rows-per-subject K] [--fix COLUMN=VALUE,...] [--reuse FILE,...] [--no-ledger]"

const synthFlags =
  "domain algorithm variant epsilon delta rows seed out workload constraints unit rows-per-subject fix reuse no-ledger?"

const synth: Verb<Needs> = {
  usage,
  about: "differentially private synthetic rows of any CSV or Parquet file, without a home",
  flags: synthFlags.split(" "),
  words: 1,
  run: Effect.fn("synth")(function* (call: Call) {
    const begun = yield* Clock.currentTimeMillis
    const { words, flags, io } = call
    const paths = yield* Path.Path
    const files = yield* FileSystem.FileSystem
    const file = paths.resolve(io.cwd, words[0]!)
    if (!(yield* Effect.orElseSucceed(files.exists(file), () => false))) {
      return yield* new BadInput({ code: "file.missing", message: `There is no file ${file}.`, fix: "Check the path." })
    }
    const algorithm = yield* Effect.mapError(Schema.decodeUnknownEffect(Algorithm)(flags["algorithm"] ?? "aim"), () =>
      flagError("algorithm", "Use aim, mst, independent or gan.")
    )
    const variant = yield* variantOf(flags, algorithm)
    const epsilon = yield* numberFlag(flags, "epsilon", 1e-3, 20, "Write --epsilon 1; it lies between 0.001 and 20.")
    const delta = yield* numberFlag(flags, "delta", 1e-15, 0.01, "Write --delta 1e-6, well below one in rows.", 1e-9)
    const workload = yield* numberFlag(flags, "workload", 1, 3, "Use --workload 2 or 3.", 2)
    const cap = yield* numberFlag(flags, "rows-per-subject", 1, 1e6, "Write --rows-per-subject 5.", 1)
    const fixDomain = "Write --domain FILE: for each column a size, or its type with values or bounds."
    const domain = yield* readYamlFile(Domain, paths.resolve(io.cwd, yield* textFlag(flags, "domain", fixDomain)))
    const rules =
      flags["constraints"] === undefined
        ? []
        : yield* readYamlFile(Rules, paths.resolve(io.cwd, yield* textFlag(flags, "constraints", "Name a file.")))
    const reused = flags["reuse"] === undefined ? [] : String(flags["reuse"]).split(",")
    const earlier = yield* Effect.forEach(reused, (name) => readMarginals(paths.resolve(io.cwd, name)))
    const asked = yield* rowsAsked(call)
    const ledger = flags["no-ledger"] === true ? undefined : `${file}.assay-ledger.jsonl`
    if (algorithm === "gan") {
      const request = { domain, rules, epsilon, delta, workload, rowsPerSubject: Math.floor(cap) }
      const who = flags["unit"] === undefined ? {} : { subject: String(flags["unit"]) }
      const outcome = yield* Effect.provide(
        synthesizeGan(file, request, { ...asked, ...who, ...(ledger === undefined ? {} : { ledger }) }),
        Layer.merge(Noise.layer, warehouseFor(asked.out, [file]))
      )
      return ganAnswer(outcome, {
        epsilon,
        delta,
        out: asked.out,
        seconds: ((yield* Clock.currentTimeMillis) - begun) / 1000,
        peakMemory: peakMemory()
      })
    }
    const { manifest, rounds, budget } = yield* Effect.provide(
      synthesizeFile(
        file,
        { algorithm, ...variant, domain, rules, epsilon, delta, workload, rowsPerSubject: Math.floor(cap) },
        {
          ...asked,
          earlier,
          ...(flags["unit"] === undefined ? {} : { subject: String(flags["unit"]) }),
          ...(ledger === undefined ? {} : { ledger })
        }
      ),
      Layer.merge(Noise.layer, warehouseFor(asked.out, [file]))
    )
    const seconds = ((yield* Clock.currentTimeMillis) - begun) / 1000
    const { rho } = manifest.loss
    const json = {
      rho,
      epsilon,
      delta,
      rounds,
      cliques: manifest.measurements.map(({ columns }) => columns),
      loss: manifest.fit.loss,
      seconds,
      peakMemory: peakMemory(),
      rows: manifest.file.rows,
      out: asked.out,
      accounted: budget !== undefined,
      ...(budget === undefined ? {} : { ledger, left: { rho: rhoUnits.toRho(budget.leftUnits) } })
    }
    return {
      json,
      text: [
        `${manifest.file.rows.toLocaleString("en")} rows in ${asked.out} after ${seconds.toFixed(1)} s`,
        `epsilon ${epsilon}, delta ${delta}, rho ${rho.toFixed(6)}; ${manifest.measurements.length} marginals measured`,
        budget === undefined
          ? "accounted: false. Nobody adds this loss up; releases of the same file compose."
          : `accounted in ${ledger}: rho ${rhoUnits.toRho(budget.leftUnits).toFixed(6)} left`,
        `beside it: .manifest.json, what was measured, and .marginals.json, from which \`assay synth again\` makes the rows`
      ].join("\n")
    }
  })
}

const again: Verb<Needs> = {
  usage: "synth again FILE.marginals.json|FILE.weights.json --out FILE [--rows N] [--seed S] [--fix COLUMN=VALUE,...]",
  about: "make synthetic rows again, or others, from noisy marginals or a trained generator: no source, no loss",
  flags: ["rows", "seed", "out", "fix"],
  words: 1,
  run: Effect.fn("synth again")(function* (call: Call) {
    const paths = yield* Path.Path
    const paid = paths.resolve(call.io.cwd, call.words[0]!)
    const asked = yield* rowsAsked(call)
    if (paid.endsWith(".weights.json")) {
      const trained = yield* readGanFile(paid)
      const { file } = yield* Effect.provide(writeGan(trained, asked, {}), warehouseFor(asked.out, []))
      return againAnswer(file, asked.out)
    }
    const marginals = yield* readMarginals(paid)
    const nothing = { rhoUnits: 0n, learningUnits: 0n, epsilon: 0, delta: 0, selectionDelta: 0 }
    const manifest = yield* Effect.provide(
      writeSynthesis(marginals, { ...nothing, unit: "as in the release of the marginals", rowsPerSubject: 0 }, asked),
      warehouseFor(asked.out, [])
    )
    return againAnswer(manifest.file, asked.out)
  })
}

const againAnswer = ({ rows, sha256 }: { readonly rows: number; readonly sha256: string }, out: string): Answer => ({
  json: { rows, out, sha256, rho: 0 },
  text: `${rows.toLocaleString("en")} rows in ${out}, SHA-256 ${sha256}; nothing was charged`
})

/** Synthetic rows alone: they need no home. */
export const synthVerbs = { "synth again": again, synth }
