import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { quoteKey } from "../engine/madeTable.ts"
import { NotTraceable } from "./NotTraceable.ts"
import { parseStatement } from "./parseStatement.ts"
import { printStatement } from "./printStatement.ts"
import { provenanceScope } from "./provenanceScope.ts"
import { provenanceTree } from "./provenanceTree.ts"
import { rememberedStatements } from "./rememberStatements.ts"
import type { QueryNode } from "./StatementTree.ts"
import type { BackTrace } from "./traceBack.ts"

interface MadeRow {
  readonly seq: number
  readonly asset: string
  readonly run: string
  readonly data_version: string
  readonly inputs: string
  readonly made_at: string
}

/** What an answer of chance cannot be asked for again. */
const chance = /\b(?:random|uuid\w*|nextval|sample|tablesample)\b/i

/**
 * Finds the raw events behind rows of an older version: the statements that it and its inputs were made with then are replayed on the raw
 * events that had arrived by then. Nothing of the old rows has to be kept.
 *
 * @param version  the run that made it, or its data version
 */
export const traceVersion = Effect.fn("traceVersion")(function* (
  key: string,
  version: string,
  where: Readonly<Record<string, string>>
) {
  const session = yield* Warehouse
  const history = yield* session.query<MadeRow>(
    "select seq, asset, run, data_version, inputs, made_at from _assay.made order by seq desc"
  )
  const target = history.find(
    ({ asset, run, data_version }) => asset === key && (run === version || data_version === version)
  )
  if (target === undefined) return yield* unknownVersion(key, history)
  const then = yield* versionsBelow(target, history)
  const statements = yield* rememberedStatements()
  const trees = new Map<string, QueryNode>()
  const raw = new Map<string, QueryNode>()
  const schemas = new Set<unknown>([...then.keys()].map((name) => name.split(".")[0]))
  for (const made of then.values()) {
    const statement = statements.get(`${made.asset} ${made.run}`)
    if (statement === undefined && inputsOf(made).length === 0) {
      const sql = `select * from ${quoteKey(made.asset)} where _ingested_at <= ${quoteText(made.made_at.replace("T", " ").replace("Z", ""))}::timestamp`
      raw.set(made.asset, yield* parseStatement(session, sql, new Set()))
      continue
    }
    if (statement === undefined || chance.test(statement)) return yield* gone(key, made.asset)
    trees.set(made.asset, yield* parseStatement(session, statement, schemas))
  }
  const scope = {
    // The rules of replaying are the same; only where rows and statements come from is of then.
    ...(yield* provenanceScope(session, new Map(), key)),
    carries: (name: string) => raw.has(name),
    narrow: (name: string) => raw.get(name),
    edges: () => undefined,
    statement: (name: string) => trees.get(name),
    once: true
  }
  const tree = yield* Effect.try({
    try: () => provenanceTree(trees.get(key)!, scope),
    catch: (cause) => {
      if (cause instanceof NotTraceable) return untraceable(key, cause.message)
      throw cause
    }
  })
  const sql = yield* printStatement(session, tree)
  const described = yield* session.query<{ column_name: string }>(`describe ${sql}`)
  const names = new Set(described.map(({ column_name }) => column_name))
  const unknown = Object.keys(where).find((name) => !names.has(name))
  if (unknown !== undefined) return yield* noColumn(key, unknown, [...names])
  const entries = Object.entries(where)
  const tests = entries.map(([name, value], i) =>
    value === "" ? `${quoteIdentifier(name)} is null` : `${quoteIdentifier(name)}::varchar = $v${i}`
  )
  const params = Object.fromEntries(entries.flatMap(([, value], i) => (value === "" ? [] : [[`v${i}`, value]])))
  const found = yield* session.query<{ rows: number; events: ReadonlyArray<string> | null }>(
    `select count(*) as rows, list_sort(list_distinct(flatten(list(_src))))::varchar[] as events
     from (${sql}) as _traced${tests.length === 0 ? "" : ` where ${tests.join(" and ")}`}`,
    params
  )
  return { asset: key, rows: found[0]!.rows, events: found[0]!.events ?? [] } satisfies BackTrace as BackTrace
})

/** Data versions of the assets it read; what else decided on its rows stands beside them under names without a schema. */
const inputsOf = ({ inputs }: MadeRow): ReadonlyArray<readonly [asset: string, version: string]> =>
  Object.entries(JSON.parse(inputs) as Record<string, string>).filter(([name]) => name.includes("."))

/** The materializations that a version was made from, itself first. */
const versionsBelow = Effect.fnUntraced(function* (target: MadeRow, history: ReadonlyArray<MadeRow>) {
  const then = new Map<string, MadeRow>([[target.asset, target]])
  const waiting = [target]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [asset, version] of inputsOf(next)) {
      const { seq } = next
      const made = history.find((row) => row.asset === asset && row.data_version === version && row.seq < seq)
      const known = then.get(asset)
      if (made === undefined || (known !== undefined && known.data_version !== version)) {
        return yield* gone(target.asset, asset)
      }
      if (known !== undefined) continue
      then.set(asset, made)
      waiting.push(made)
    }
  }
  return then as ReadonlyMap<string, MadeRow>
})

const unknownVersion = (key: string, history: ReadonlyArray<MadeRow>): BadInput => {
  const known = history.filter(({ asset }) => asset === key).slice(0, 5)
  return new BadInput({
    code: "trace.version",
    message: `${key} has no such version.`,
    fix: `Name a run or a data version: ${known.map(({ run, made_at }) => `${run} (${made_at.slice(0, 19)})`).join(", ")}.`,
    where: { asset: key }
  })
}

const gone = (key: string, at: string): Refused =>
  new Refused({
    code: "trace.replay",
    message: `This version of ${key} cannot be replayed: how ${at} was made then is not known, or was left to chance.`,
    fix: "Trace the version that stands now; versions made from here on are remembered with their statements.",
    where: { asset: at }
  })

const untraceable = (key: string, why: string): Refused =>
  new Refused({
    code: "trace.statement",
    message: `This version of ${key} cannot be traced row by row: its statement uses ${why}.`,
    fix: `Use \`assay lineage ${key} --up\` for the assets that it was made from.`,
    where: { asset: key }
  })

const noColumn = (key: string, name: string, names: ReadonlyArray<string>): BadInput =>
  new BadInput({
    code: "trace.column",
    message: `That version of ${key} had no column ${name.slice(0, 80)}.`,
    fix: `Use some of: ${names.filter((one) => one !== "_src").join(", ")}.`,
    where: { asset: key }
  })
