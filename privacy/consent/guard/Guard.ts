import { Clock, Context, Effect, Layer, Semaphore } from "effect"
import type { Scope } from "effect"
import { newId } from "#core/ids/newId.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Consent } from "../Consent.ts"
import { denials } from "../Operation.ts"
import type { Denial, Operation } from "../Operation.ts"
import type { Permit } from "../Permit.ts"
import { allowedBits } from "./allowedBits.ts"
import { judgedLicences } from "./judgedLicences.ts"
import { licenceTables } from "./licenceTables.ts"
import { syncLicences } from "./syncLicences.ts"

/** What went into a guarded scan and what it let through; exact, for stewards. */
export interface ScanCount {
  readonly rowsIn: number
  readonly rowsOut: number
  readonly denied: Readonly<Partial<Record<Denial, number>>>
}

type GuardError = RecordsError | WarehouseError

const permitMillis = 60_000
/** What a clock may be corrected by without a permit losing its use. */
const clockSlack = 1000

/**
 * The one door through which pipelines read records. It decides once for a plan, over all licences, and lets rows through by a bitmap over
 * licence ordinals. Whatever fails in between lets nothing through.
 */
export class Guard extends Context.Service<
  Guard,
  {
    /** Takes over what the records say: new terms, grants, freezes. Returns the epoch. */
    readonly sync: Effect.Effect<number, GuardError>
    /** Decides an operation; the permit holds for 60 s and its views until the scope closes. */
    decide(operation: Operation): Effect.Effect<Permit, GuardError, Scope.Scope>
    /**
     * A view of the rows of a table or view that the permit lets through.
     *
     * @param relation schema and name; it must carry `_lic`
     * @returns the quoted name of the view
     */
    scan(
      permit: Permit,
      relation: readonly [schema: string, name: string]
    ): Effect.Effect<readonly [schema: string, name: string], GuardError, Scope.Scope>
    /** Names which licences an operation is denied; other subjects with allowed licences do not change it. */
    deniedDigest(operation: Operation): Effect.Effect<string, GuardError>
    /** Whether any licence at all lets the operation pass; no record is looked at. */
    allowsAny(operation: Operation): Effect.Effect<boolean, GuardError>
    /** The ordinals of the subjects whose records the permit lets through. */
    touched(
      permit: Permit,
      relations: ReadonlyArray<readonly [schema: string, name: string]>
    ): Effect.Effect<Uint32Array, GuardError>
    /** Counts what the permit lets through of a relation, and why it denies the rest. */
    count(permit: Permit, relation: readonly [schema: string, name: string]): Effect.Effect<ScanCount, GuardError>
  }
>()("privacy/Guard") {
  static readonly layer = Layer.effect(
    Guard,
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const consent = yield* Consent
      yield* warehouse.script(licenceTables)
      yield* requireBound(warehouse)
      yield* dropLeftViews(warehouse)
      // Pages and runs ask at the same time; two that take over the same changes would be in each other's way, and both be refused.
      const one = yield* Semaphore.make(1)
      const sync = one.withPermits(1)(syncLicences(warehouse, consent))
      return Guard.of({
        sync: Effect.map(sync, ({ epoch }) => epoch),
        decide: (operation) => decide(warehouse, consent, sync, operation),
        scan: (permit, relation) => scan(warehouse, permit, relation),
        count: (permit, relation) => count(warehouse, consent, permit, relation),
        touched: (permit, relations) => touched(warehouse, permit, relations),
        allowsAny: Effect.fn("Guard.allowsAny")(function* (operation: Operation) {
          if (operation.recipient.startsWith("party:")) yield* consent.nameRecipient(operation.recipient)
          yield* sync
          const { allowed, params } = judgedLicences(yield* notBefore(consent, operation), yield* consent.recipients)
          const found = yield* warehouse.query(`select lic from (${allowed}) limit 1`, params)
          return found.length > 0
        }),
        deniedDigest: Effect.fn("Guard.deniedDigest")(function* (operation: Operation) {
          yield* sync
          const { sql, params } = judgedLicences(yield* notBefore(consent, operation), yield* consent.recipients)
          const [row] = yield* warehouse.query<{ digest: string }>(
            `select coalesce(sha256(string_agg(lic::varchar, ',' order by lic)), '') as digest from (${sql}) where reason > 0`,
            params
          )
          return row!.digest
        })
      })
    })
  )
}

const bitsOf = ({ id }: Permit): string => quoteIdentifier("_guard", `allow_${id}`)

/** Raw tables of an earlier version have no subjects on their rows, and their `_lic` means something else. */
const requireBound = Effect.fnUntraced(function* (warehouse: Warehouse["Service"]) {
  const [old] = yield* warehouse.query<{ n: number }>(
    `select count(*) as n from (
       select table_name from duckdb_columns() where schema_name = 'raw' group by table_name
       having bool_or(column_name = '_lic') and not bool_or(column_name = '_subj')
     )`
  )
  if (old!.n === 0) return
  return yield* new Unavailable({
    code: "home.unbound",
    message: "This home was made before records carried licences of their own, and cannot be read through them.",
    fix: "Make a new home with --home, connect the sources again and run."
  })
})

/** What a killed process left behind. */
const dropLeftViews = Effect.fnUntraced(function* (warehouse: Warehouse["Service"]) {
  const left = yield* warehouse.query<{ name: string; kind: string }>(
    `select view_name as name, 'view' as kind from duckdb_views() where schema_name = '_guard'
     union all select table_name, 'table' from duckdb_tables() where schema_name = '_guard'`
  )
  for (const { name, kind } of left) yield* warehouse.run(`drop ${kind} if exists ${quoteIdentifier("_guard", name)}`)
})

const decide = Effect.fn("Guard.decide")(function* (
  warehouse: Warehouse["Service"],
  consent: Consent["Service"],
  sync: Effect.Effect<{ readonly epoch: number; readonly lic: number }, GuardError>,
  asked: Operation
) {
  const operation = yield* notBefore(consent, asked)
  if (operation.recipient.startsWith("party:")) yield* consent.nameRecipient(operation.recipient)
  const { epoch, lic } = yield* sync
  const judged = judgedLicences(operation, yield* consent.recipients)
  const bits = yield* allowedBits(warehouse, judged, lic)
  const until = (yield* Clock.currentTimeMillis) + permitMillis
  const permit: Permit = { id: newId("use"), operation, epoch, until, bitmapDigest: sha256Hex(bits) }
  const table = bitsOf(permit)
  yield* Effect.acquireRelease(
    warehouse.run(`create table ${table} as select cast($bits as bit) as bits`, { bits }),
    () => Effect.ignore(warehouse.run(`drop table if exists ${table}`))
  )
  return permit
})

/** An operation at no earlier a second than any that the house has lived through: what has expired stays so when the clock is put back. */
const notBefore = (consent: Consent["Service"], operation: Operation): Effect.Effect<Operation, RecordsError> =>
  Effect.map(consent.latest, (latest) => (operation.asOf >= latest ? operation : { ...operation, asOf: latest }))

const scan = Effect.fn("Guard.scan")(function* (
  warehouse: Warehouse["Service"],
  permit: Permit,
  [schema, name]: readonly [string, string]
) {
  const age = (yield* Clock.currentTimeMillis) - (permit.until - permitMillis)
  // A clock that was put back would make the permit last: it is of no use before it was given either.
  if (age > permitMillis || age < -clockSlack) return yield* tooLate
  const view = ["_guard", `${permit.id}_${schema}__${name}`] as const
  yield* Effect.acquireRelease(
    warehouse.run(
      `create view ${quoteIdentifier(...view)} as select * from ${quoteIdentifier(schema, name)}
       where get_bit((select bits from ${bitsOf(permit)}), _lic::integer) = 1`
    ),
    () => Effect.ignore(warehouse.run(`drop view if exists ${quoteIdentifier(...view)}`))
  )
  return view
})

const count = Effect.fn("Guard.count")(function* (
  warehouse: Warehouse["Service"],
  consent: Consent["Service"],
  permit: Permit,
  relation: readonly [string, string]
) {
  const from = quoteIdentifier(...relation)
  const [all] = yield* warehouse.query<{ rows_in: number; rows_out: number }>(
    `select count(*) as rows_in, count(*) filter (where get_bit((select bits from ${bitsOf(permit)}), _lic::integer) = 1) as rows_out from ${from}`
  )
  const { rows_in: rowsIn, rows_out: rowsOut } = all!
  if (rowsIn === rowsOut) return { rowsIn, rowsOut, denied: {} } satisfies ScanCount as ScanCount
  const { sql, params } = judgedLicences(permit.operation, yield* consent.recipients)
  const why = yield* warehouse.query<{ reason: number; n: number }>(
    `select coalesce(j.reason, 1) as reason, sum(r.n)::bigint as n
     from (select _lic, count(*) as n from ${from} group by _lic) r left join (${sql}) j on j.lic = r._lic
     where coalesce(j.reason, 1) > 0 group by all`,
    params
  )
  const denied = Object.fromEntries(why.map(({ reason, n }) => [denials[reason - 1]!, n]))
  return { rowsIn, rowsOut, denied } satisfies ScanCount as ScanCount
})

/** Subjects of combined licences too, each once. */
const touched = Effect.fn("Guard.touched")(function* (
  warehouse: Warehouse["Service"],
  permit: Permit,
  relations: ReadonlyArray<readonly [string, string]>
) {
  const lics = relations.map((relation) => `select distinct _lic as lic from ${quoteIdentifier(...relation)}`)
  const { values, length } = yield* warehouse.columns(
    `with passed as (
       select l.lic, l.subj, l.parts from (${lics.join(" union ")}) r join _base.licence l using (lic)
       where get_bit((select bits from ${bitsOf(permit)}), l.lic::integer) = 1
     )
     select distinct subj from (
       select subj from passed where parts is null
       union all select p.subj from (select unnest(parts) as lic from passed where parts is not null) join _base.licence p using (lic)
     ) where subj > 0 order by subj`
  )
  const subjects = values["subj"] as ReadonlyArray<number>
  return Uint32Array.from({ length }, (_, i) => Number(subjects[i]))
})

const tooLate = new Refused({
  code: "permit.expired",
  message: "The permit of this operation has expired before its rows were read.",
  fix: "Run again: the operation is decided anew."
})
