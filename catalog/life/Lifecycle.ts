import { Context, DateTime, Effect, Layer } from "effect"
import type { FileSystem, Path } from "effect"
import type { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Budget } from "#privacy/budget/Budget.ts"
import type { HouseFacts } from "../index/HouseFacts.ts"
import { readHouseFacts } from "../index/readHouseFacts.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { approveProduct } from "./approveProduct.ts"
import { assessVersion } from "./assessVersion.ts"
import { candidateOf } from "./candidateOf.ts"
import { checkPerson, checkReason } from "./checkPerson.ts"
import type { LifeMove } from "./LifeState.ts"
import type { Assessment, ProductLife, ReviewItem } from "./ProductLife.ts"
import { readLife } from "./readLife.ts"
import { rejectProduct } from "./rejectProduct.ts"
import { reviewItem } from "./reviewItem.ts"
import { reviewNames } from "./reviewNames.ts"
import { submitProduct } from "./submitProduct.ts"
import { takeMove } from "./takeMove.ts"

/** Who decides on a product, and why. */
export interface Decision {
  readonly product: string
  /** Over HTTP the name of the session, at the terminal that of `--by`. */
  readonly by: string
  readonly reason?: string
}

/** What a decision is taken in: one transaction, over facts that were read just before. */
export interface Sitting {
  readonly db: Db
  readonly log: Log["Service"]
  /** The newest version with anything to sell. */
  readonly version: ProductVersion | undefined
  readonly facts: HouseFacts
  readonly at: string
}

/** The life of products, from draft to retired: who did what when, on which evidence. */
export class Lifecycle extends Context.Service<
  Lifecycle,
  {
    /** Every product with a version, oldest first, drafts too. */
    readonly list: Effect.Effect<ReadonlyArray<ProductLife>, RecordsError>
    of(product: string): Effect.Effect<ProductLife, RecordsError>
    /** What a decision on the newest version would rest on now; nothing is changed. */
    assess(product: string): Effect.Effect<Assessment, RecordsError>
    /** What waits for somebody: drafts, submissions, versions that break a contract, and what is on sale without the evidence for it. */
    readonly queue: Effect.Effect<ReadonlyArray<ReviewItem>, RecordsError>
    /** Asks for approval: of a draft, of a version that breaks the contract, or of going on after a suspension. */
    submit(decision: Decision): Effect.Effect<ProductLife, RecordsError>
    /** Approves what another one asked for: registers and lists a product, or registers it only. `Refused` with every reason against it. */
    approve(decision: Decision & { readonly registerOnly?: boolean }): Effect.Effect<ProductLife, RecordsError>
    /** Sends a product back to its owner, or drops what was asked for. */
    reject(decision: Decision): Effect.Effect<ProductLife, RecordsError>
    suspend(decision: Decision): Effect.Effect<ProductLife, RecordsError>
    /** @param decision `on`: ISO day from which it may be retired */
    deprecate(
      decision: Decision & { readonly on: string; readonly successor?: string }
    ): Effect.Effect<ProductLife, RecordsError>
    retire(decision: Decision): Effect.Effect<ProductLife, RecordsError>
  }
>()("catalog/Lifecycle") {
  static readonly layer: Layer.Layer<
    Lifecycle,
    never,
    Records | Log | Budget | Home | FileSystem.FileSystem | Path.Path
  > = Layer.effect(
    Lifecycle,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const world = yield* Effect.context<Budget | Home | FileSystem.FileSystem | Path.Path>()
      const clock = Effect.map(DateTime.now, DateTime.formatIso)
      const factsOf = (version: ProductVersion | undefined) =>
        version === undefined
          ? Effect.succeed({ leftShare: 0, onShelf: false })
          : Effect.provideContext(readHouseFacts(version), world)

      const sit = Effect.fn("Lifecycle.sit")(function* (product: string, decide: (sitting: Sitting) => void) {
        const seen = yield* records.read((db) => candidateOf(db, product))
        const facts = yield* factsOf(seen)
        const at = yield* clock
        return yield* records.write((db) => {
          const version = candidateOf(db, product)
          if (version?.id !== seen?.id) throw newerVersion(product)
          decide({ db, log, version, facts, at })
          return readLife(db, product)
        })
      })

      const assess = Effect.fn("Lifecycle.assess")(function* (product: string) {
        const version = yield* records.read((db) => candidateOf(db, product))
        if (version === undefined) return yield* nothingYet(product)
        const facts = yield* factsOf(version)
        const at = yield* clock
        return yield* records.read((db) => assessVersion(db, version, facts, at))
      })

      const queue = Effect.gen(function* () {
        const names = yield* records.read(reviewNames)
        const items = yield* Effect.forEach(names, (product) =>
          Effect.gen(function* () {
            const version = yield* records.read((db) => candidateOf(db, product))
            if (version === undefined) return []
            const facts = yield* factsOf(version)
            const at = yield* clock
            return yield* records.read((db) => reviewItem(db, version, facts, at))
          })
        )
        return items.flat()
      })

      /** A step that takes a product off sale: one person, and the evidence of the moment. */
      const take =
        (move: LifeMove) =>
        ({ product, by, reason = "" }: Decision, on: string | null = null, successor: string | null = null) =>
          sit(product, ({ db, log, version, facts, at }) => {
            checkPerson(by)
            checkReason(reason)
            const assessment = version === undefined ? undefined : assessVersion(db, version, facts, at)
            const before = readLife(db, product)
            const endsOn = move === "deprecate" ? on : before.endsOn
            const next = move === "deprecate" ? successor : before.successor
            takeMove(db, log, {
              product,
              move,
              by,
              requestedBy: null,
              reason,
              version,
              assessment,
              endsOn,
              successor: next,
              at
            })
          })
      const [suspend, deprecate, retire] = [take("suspend"), take("deprecate"), take("retire")]

      return Lifecycle.of({
        list: records.read((db) =>
          db
            .all<{ name: string }>("select name from product order by since, name")
            .map(({ name }) => readLife(db, name))
        ),
        of: Effect.fn("Lifecycle.of")((product: string) => records.read((db) => readLife(db, product))),
        assess,
        queue,
        submit: (decision) => sit(decision.product, (sitting) => submitProduct(sitting, decision)),
        approve: (decision) => sit(decision.product, (sitting) => approveProduct(sitting, decision)),
        reject: (decision) => sit(decision.product, (sitting) => rejectProduct(sitting, decision)),
        suspend: (decision) => suspend(decision),
        deprecate: ({ on, successor, ...decision }) => deprecate(decision, on, successor ?? null),
        retire: (decision) => retire(decision)
      })
    })
  )
}

const newerVersion = (product: string): Refused =>
  new Refused({
    code: "life.changed",
    message: `A newer version of ${product} came while this was decided.`,
    fix: `Look again: assay product review ${product}`,
    where: { field: "product" }
  })

const nothingYet = (product: string): Refused =>
  new Refused({
    code: "life.version",
    message: `No version of ${product} has anything to sell.`,
    fix: `Give its release a larger epsilon, coarser keys or more subjects, and run it in the next period.`,
    where: { field: "product" }
  })
