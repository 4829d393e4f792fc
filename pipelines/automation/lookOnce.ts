import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import type { Db } from "#core/records/Records.ts"
import { assetGraph } from "../engine/AssetGraph.ts"
import type { AssetFacts } from "../engine/Engine.ts"
import { selectAssets } from "../engine/selectAssets.ts"
import type { Condition } from "./Condition.ts"
import { evaluate } from "./evaluate.ts"
import type { Evaluation } from "./evaluate.ts"
import { sightOf } from "./outlooks.ts"
import { parseCondition } from "./parseCondition.ts"
import type { MakeRequest, Rule, StoredEvaluation } from "./Rule.ts"

interface Cursor {
  readonly answered: number
  readonly token: string | null
  readonly asked: string | null
}

const mostKept = 20

/** Every rule with its assets and condition, those that assets bring themselves after the written ones. */
function applied(
  facts: ReadonlyArray<AssetFacts>,
  written: ReadonlyArray<Rule>
): ReadonlyArray<{ readonly name: string; readonly assets: ReadonlySet<string>; readonly condition: Condition }> {
  const graph = assetGraph(facts.map(({ asset }) => asset))
  const stale = new Map(facts.map(({ asset, state }) => [asset.key, state.state !== "unchanged"]))
  return [
    ...written.map(({ name, selection, condition }) => ({
      name,
      // An asset that is gone takes its rule's say with it.
      assets: new Set(chosenOf(() => selectAssets(graph, selection, (key) => stale.get(key) === true))),
      condition: parseCondition(condition)
    })),
    ...facts.flatMap(({ asset: { key, automation } }) =>
      automation === undefined ? [] : [{ name: `of ${key}`, assets: new Set([key]), condition: automation }]
    )
  ]
}

function chosenOf(choose: () => ReadonlyArray<string>): ReadonlyArray<string> {
  try {
    return choose()
  } catch (cause) {
    if (cause instanceof BadInput) return []
    throw cause
  }
}

/**
 * Holds every rule against its assets as they are seen, and writes down what came of it: answers, how far schedules and sensors are answered, and
 * the request. All in the caller's transaction.
 */
export function lookOnce(
  db: Db,
  facts: ReadonlyArray<AssetFacts>,
  written: ReadonlyArray<Rule>,
  tokens: ReadonlyMap<string, string>,
  now: number
): MakeRequest | undefined {
  const at = new Date(now).toISOString()
  const versions = new Map(
    facts.flatMap(({ asset, made }) => (made === undefined ? [] : [[asset.key, made.dataVersion] as const]))
  )
  const requested = new Set<string>()
  const all = applied(facts, written)
  // Inputs come first, so that what is made together is asked for together.
  for (const one of facts) {
    const { key } = one.asset
    const sight = sightOf(one, versions, (dep) => requested.has(dep), tokens.get(key))
    for (const { name: rule, condition, assets } of all) {
      if (!assets.has(key)) continue
      const cursor = cursorOf(db, rule, key, one.made === undefined ? undefined : sight.token, now)
      const arrived = sight.token === undefined ? undefined : sight.token !== cursor.token
      const tree = evaluate(condition, { ...sight, arrived, now, answered: cursor.answered })
      const again = one.asset.deps.some((dep) => requested.has(dep))
      const fresh = tree.met && (again || cursor.asked !== `${sight.fingerprint} ${tickOf(tree)}`)
      keep(db, {
        rule,
        asset: key,
        at,
        until: at,
        outcome: fresh ? "requested" : tree.met ? "repeated" : "not_met",
        tree
      })
      if (!fresh) continue
      requested.add(key)
      db.run(
        `update automation_cursor set answered = $now, token = $token, asked = $asked, asked_at = $at
         where rule = $rule and asset = $asset`,
        { rule, asset: key, now, token: sight.token ?? null, asked: `${sight.fingerprint} ${tickOf(tree)}`, at }
      )
    }
  }
  if (requested.size === 0) return undefined
  const request = { id: newId("req"), assets: [...requested] }
  db.run("insert into automation_request (id, at, assets, state) values ($id, $at, $assets, 'open')", {
    id: request.id,
    at,
    assets: JSON.stringify(request.assets)
  })
  return request
}

/** The times of schedules that have come, as they stand in the reasons: another time is another request. */
const tickOf = ({ condition, met, because, parts = [] }: Evaluation): string =>
  (condition.startsWith("cron") && met ? because.en : "") + parts.map(tickOf).join("")

function cursorOf(db: Db, rule: string, asset: string, token: string | undefined, now: number): Cursor {
  const known = db.get<Cursor>(
    "select answered, token, asked from automation_cursor where rule = $rule and asset = $asset",
    { rule, asset }
  )
  if (known !== undefined) return known
  db.run("insert into automation_cursor (rule, asset, answered, token) values ($rule, $asset, $now, $token)", {
    rule,
    asset,
    now,
    token: token ?? null
  })
  return { answered: now, token: token ?? null, asked: null }
}

/** An answer that is the same as the last one makes that one last longer; of the others a few are kept. */
function keep(db: Db, { rule, asset, at, outcome, tree }: StoredEvaluation): void {
  const text = JSON.stringify(tree)
  const last = db.get<{ seq: number; outcome: string; tree: string }>(
    "select seq, outcome, tree from automation_evaluation where asset = $asset and rule = $rule order by seq desc limit 1",
    { asset, rule }
  )
  if (last !== undefined && last.outcome === outcome && last.tree === text && outcome !== "requested") {
    db.run("update automation_evaluation set until = $at where seq = $seq", { at, seq: last.seq })
    return
  }
  db.run(
    "insert into automation_evaluation (rule, asset, at, until, outcome, tree) values ($rule, $asset, $at, $at, $outcome, $text)",
    { rule, asset, at, outcome, text }
  )
  db.run(
    `delete from automation_evaluation where asset = $asset and rule = $rule and seq not in
     (select seq from automation_evaluation where asset = $asset and rule = $rule order by seq desc limit ${mostKept})`,
    { asset, rule }
  )
}
