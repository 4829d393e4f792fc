import { Clock, Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { periodOf } from "#core/time/periodOf.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { endOf } from "#privacy/consent/guard/declaredTerms.ts"
import { fence } from "#privacy/consent/revocation/fence.ts"
import { signCertificate } from "#privacy/dp/certificate/signCertificate.ts"
import type { MakeOptions, Released } from "../engine/Makers.ts"
import { wasFenced } from "../engine/holdFence.ts"
import { guardRelease } from "../guard/guardRelease.ts"
import { columnsIn } from "../engine/contents.ts"
import { consentedCertificate } from "./consentedCertificate.ts"
import type { ConsentedDefinition } from "./ConsentedDefinition.ts"
import { Products } from "./Products.ts"
import { shelve } from "./shelve.ts"

const triesAgainstFreezes = 3

/**
 * Makes a release of rows as they are: table, shelf, version, log, as any release, without a mechanism and without a charge. Equal rows under equal
 * licences are one release, however often it is asked for; after a change of any licence in it the next run makes a new version. A freeze that
 * comes while it is made throws away what was staged.
 */
export const consentedRelease = Effect.fn("consentedRelease")(function* (
  definition: ConsentedDefinition,
  options: MakeOptions
) {
  const waits = options.unattended === true ? yield* (yield* Products).waits(definition.product) : undefined
  if (waits !== undefined) return yield* waiting(definition, waits)
  for (let i = 0; i < triesAgainstFreezes; i++) {
    const again = { times: triesAgainstFreezes, while: wasFenced }
    const made = yield* Effect.retry(Effect.scoped(attempt(definition, options)), again)
    if (made !== "frozen meanwhile") return made
  }
  return yield* new Refused({
    code: "release.frozen",
    message: `${definition.product} was not made: licences of its rows were frozen while it was being made, again and again.`,
    fix: "Run again."
  })
})

const attempt = Effect.fnUntraced(function* (definition: ConsentedDefinition, { asOf, lineage, run }: MakeOptions) {
  const { product, from, spec, purpose, sold } = definition
  const warehouse = yield* Warehouse
  const home = yield* Home
  const products = yield* Products
  if (spec.until < asOf) return yield* over(definition)
  const asset = typeof from === "string" ? from : `feature.${product}`
  const actions = sold ? (["share", "sell"] as const) : (["share"] as const)
  const { view, permit } = yield* guardRelease({
    product,
    asset,
    actions,
    // Rows as they are: a group of one, and no bound on what they tell.
    terms: { ...definition.terms, k: 1 },
    purpose,
    recipient: spec.recipient,
    evidence: 2,
    columns: { of: asset, names: spec.columns },
    until: endOf(spec.until),
    run
  })
  const period = periodOf(asOf, definition.everyDays).id
  const staged = quoteIdentifier("_stage", `consented_${product}`)
  const columns = spec.columns.map((name) => `r.${quoteIdentifier(name)}`)
  // Each row ends with the licence under which it may be held; its number inside the house does not leave.
  const licence = `coalesce(l.grant_digest, (select string_agg(distinct p.grant_digest, '+' order by p.grant_digest) from _base.licence p where list_contains(l.parts, p.lic)))`
  yield* warehouse.run(
    `create or replace table ${staged} as
     select ${columns.join(", ")}, ${licence} || ' until ' || $until as licence, r._lic
     from ${quoteIdentifier(...view)} r join _base.licence l on l.lic = r._lic where l.subj is null or l.subj > 0
     order by ${columns.join(", ")}, licence`,
    { until: spec.until }
  )
  const own = spec.columns.map((name) => quoteIdentifier(name))
  const [facts] = yield* warehouse.query<{ n: number; present: number; different: number; sum: string }>(
    `select count(*) as n, ${own.map((column) => `count(${column})`).join(" + ")} as present, count(distinct (${own.join(", ")})) as different, coalesce(sha256(string_agg(sha256(t::varchar), '' order by rowid)), '') as sum from (select * exclude (_lic), rowid from ${staged}) t`
  )
  const identity = canonicalJson({ product, spec, purpose, period, rows: facts!.sum })
  const releaseId = `rel_${home.hmac("consented-release", identity).slice(0, 26)}`
  const standing = yield* products.stands(releaseId)
  const name = quoteIdentifier("release", releaseId)
  if (facts!.n === 0) {
    yield* warehouse.run(`drop table ${staged}`)
    return yield* nobody(definition)
  }
  if (standing) {
    yield* warehouse.run(`drop table ${staged}`)
    return yield* released(product, releaseId, facts!.n, false)
  }
  const clear = yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      const free = yield* fence(session, staged, permit.epoch)
      if (free) yield* session.run(`create or replace table ${name} as select * exclude (_lic) from ${staged}`)
      yield* session.run(`drop table ${staged}`)
      return free
    })
  )
  if (!clear) return "frozen meanwhile" as const
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const { artefact, bytes } = yield* shelve(name, releaseId)
  const body = consentedCertificate(definition, { releaseId, period, issuedAt: at, lineage: [asset, ...lineage] })
  const types = Object.fromEntries((yield* columnsIn(warehouse, name)).map(({ name: column, type }) => [column, type]))
  const list = yield* products.draftConsented({
    definition,
    releaseId,
    period,
    asOf,
    at,
    artefact,
    bytes,
    rows: facts!.n,
    present: facts!.present,
    different: facts!.different,
    certificate: signCertificate(body, home),
    types,
    epoch: permit.epoch
  })
  const written = yield* Effect.result((yield* Records).write(list))
  if (written._tag === "Failure") {
    if (!wasFenced(written.failure)) return yield* written.failure
    yield* warehouse.run(`drop table if exists ${name}`)
    yield* Effect.ignore(
      (yield* FileSystem.FileSystem).remove((yield* Path.Path).join(home.shelf, `${artefact}.parquet`))
    )
    return "frozen meanwhile" as const
  }
  yield* (yield* Log).drain
  yield* warehouse.run(`create or replace view ${quoteIdentifier("release", product)} as select * from ${name}`)
  return yield* released(product, releaseId, facts!.n, true)
})

const released = Effect.fnUntraced(function* (product: string, releaseId: string, rows: number, drawn: boolean) {
  const dataVersion = (yield* Home).hmac("data-version", `release.${product} ${releaseId}`).slice(0, 32)
  return { drawn, dataVersion, rows, notices: [] } satisfies Released as Released
})

const waiting = ({ product }: ConsentedDefinition, until: number): Refused =>
  new Refused({
    code: "release.waits",
    message: `${product} stays suspended until ${new Date(until).toISOString().slice(0, 16)}Z, or until several subjects have left it: comparing versions would show who did.`,
    fix: "Leave it to the next run, or make it now with: assay run, if that may be seen.",
    where: { asset: `release.${product}` }
  })

const over = ({ product, spec }: ConsentedDefinition): Refused =>
  new Refused({
    code: "release.over",
    message: `${product} was to be used until ${spec.until}, which is past.`,
    fix: "Ask the subjects again, and set release.until to what they allow.",
    where: { field: "release.until" }
  })

const nobody = ({ product, spec }: ConsentedDefinition): Refused =>
  new Refused({
    code: "release.licence",
    message: `${product} was not made: no subject allows that ${spec.recipient} gets these columns until ${spec.until}.`,
    fix: "Ask the subjects for a grant, or change recipient, columns or the end to what they allow.",
    where: { asset: `release.${product}` }
  })
