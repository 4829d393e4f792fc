import { Clock, Context, Effect, Layer } from "effect"
import type { Duration } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import { assetGraph } from "../engine/AssetGraph.ts"
import { Engine } from "../engine/Engine.ts"
import type { MakeError } from "../engine/Makers.ts"
import type { RunReport } from "../engine/runAssets.ts"
import { selectAssets } from "../engine/selectAssets.ts"
import { Connections } from "../sources/Connections.ts"
import type { Evaluation } from "./evaluate.ts"
import { lookOnce } from "./lookOnce.ts"
import { fileTokens } from "./outlooks.ts"
import { parseCondition } from "./parseCondition.ts"
import type { MakeRequest, Rule, StoredEvaluation } from "./Rule.ts"

type AutomationError = MakeError

/**
 * Asks for assets by itself. A look stores why each asset was or was not asked for and, in the same transaction, the request and how far
 * schedules and sensors have been answered: so a time is neither lost nor answered twice, whenever the process dies. A request that was not finished is taken
 * up again; what it finished is unchanged and not made again.
 */
export class Automation extends Context.Service<
  Automation,
  {
    add(rule: Omit<Rule, "addedAt">): Effect.Effect<void, AutomationError>
    remove(name: string): Effect.Effect<void, AutomationError>
    readonly rules: Effect.Effect<ReadonlyArray<Rule>, AutomationError>
    /** Holds every rule against its assets; the request that follows, if any. */
    readonly look: Effect.Effect<MakeRequest | undefined, AutomationError>
    /** Makes what is asked for and not finished, the oldest first. */
    work<E, R>(
      run: (selection: string) => Effect.Effect<RunReport, E, R>
    ): Effect.Effect<number, AutomationError | E, R>
    /** Looks and works until interrupted; what fails is told and tried again at the next look. */
    serve<E, R>(
      every: Duration.Input,
      run: (selection: string) => Effect.Effect<RunReport, E, R>,
      told: (cause: unknown) => void
    ): Effect.Effect<never, never, R>
    /** Why an asset was or was not asked for. */
    why(asset: string): Effect.Effect<ReadonlyArray<StoredEvaluation>, AutomationError>
  }
>()("pipelines/Automation") {
  static readonly layer: Layer.Layer<Automation, never, Records | Engine | Connections> = Layer.effect(
    Automation,
    Effect.gen(function* () {
      const records = yield* Records
      const engine = yield* Engine
      const connections = yield* Connections
      const rules = records.read((db) =>
        db.all<Rule>("select name, selection, condition, added_at as addedAt from automation_rule order by name")
      )
      const add = Effect.fn("Automation.add")(function* ({ name, selection, condition }: Omit<Rule, "addedAt">) {
        yield* Effect.try({ try: () => checkRule(name, condition), catch: (cause) => cause as BadInput })
        const facts = yield* engine.facts
        const graph = assetGraph(facts.map(({ asset }) => asset))
        yield* Effect.try({
          try: () => selectAssets(graph, selection, () => true),
          catch: (cause) => cause as BadInput
        })
        const at = new Date(yield* Clock.currentTimeMillis).toISOString()
        yield* records.write((db) => {
          forget(db, name)
          db.run("insert into automation_rule values ($name, $selection, $condition, $at)", {
            name,
            selection,
            condition,
            at
          })
        })
      })
      const remove = Effect.fn("Automation.remove")((name: string) =>
        records.write((db) => {
          if (forget(db, name) === 0) throw unknownRule(db, name)
        })
      )
      const look = Effect.fn("Automation.look")(function* () {
        const facts = yield* engine.facts
        const tokens = yield* Effect.provideService(fileTokens(), Connections, connections)
        const now = yield* Clock.currentTimeMillis
        const written = yield* rules
        return yield* records.write((db) => lookOnce(db, facts, written, tokens, now))
      })
      const work = Effect.fn("Automation.work")(function* <E, R>(
        run: (selection: string) => Effect.Effect<RunReport, E, R>
      ) {
        const open = yield* records.read((db) =>
          db.all<{ id: string; assets: string }>(
            "select id, assets from automation_request where state in ('open', 'running') order by at, id"
          )
        )
        for (const { id, assets } of open) {
          yield* records.write((db) => db.run("update automation_request set state = 'running' where id = $id", { id }))
          const report = yield* run((JSON.parse(assets) as ReadonlyArray<string>).join(","))
          const state = report.failed.length === 0 ? "done" : "failed"
          yield* records.write((db) =>
            db.run("update automation_request set state = $state, run = $run where id = $id", {
              id,
              state,
              run: report.run
            })
          )
        }
        return open.length
      })
      return Automation.of({
        add,
        remove,
        rules,
        look: look(),
        work,
        serve: (every, run, told) =>
          Effect.forever(
            Effect.andThen(
              Effect.andThen(look(), work(run)).pipe(
                Effect.catch((cause) => Effect.sync(() => told(cause))),
                Effect.catchDefect((cause) => Effect.sync(() => told(cause)))
              ),
              Effect.sleep(every)
            )
          ),
        why: (asset) => records.read((db) => evaluationsOf(db, asset))
      })
    })
  )
}

function checkRule(name: string, condition: string): void {
  parseCondition(condition)
  if (/^[a-z][a-z0-9_-]{0,39}$/.test(name)) return
  throw new BadInput({
    code: "automation.name",
    message: "The name of a rule is lower-case letters, digits, - and _, beginning with a letter.",
    fix: "Choose another name, such as nightly."
  })
}

const evaluationsOf = (db: Db, asset: string): ReadonlyArray<StoredEvaluation> =>
  db
    .all<Omit<StoredEvaluation, "tree"> & { tree: string }>(
      "select rule, asset, at, until, outcome, tree from automation_evaluation where asset = $asset order by seq desc",
      { asset }
    )
    .map((row) => ({ ...row, tree: JSON.parse(row.tree) as Evaluation }))

function forget(db: Db, name: string): number {
  db.run("delete from automation_cursor where rule = $name", { name })
  db.run("delete from automation_evaluation where rule = $name", { name })
  return db.run("delete from automation_rule where name = $name", { name })
}

function unknownRule(db: Db, name: string): BadInput {
  const known = db
    .all<{ name: string }>("select name from automation_rule order by name limit 10")
    .map((rule) => rule.name)
  return new BadInput({
    code: "automation.unknown",
    message: `There is no rule ${name.slice(0, 60)}.`,
    fix: known.length === 0 ? "No rule was added yet." : `Known rules: ${known.join(", ")}.`
  })
}
