import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/**
 * Lets something read a part of a table: rows for which a condition holds, without some subjects. What is made for that is gone when it
 * ends; where nothing is left out it is the table itself.
 *
 * @param name      of the view, unique to its use
 * @param relation  schema and name of the table
 * @param within    total SQL of its columns
 * @param out       subjects whose rows stay out
 */
export const onlyRows = Effect.fn("onlyRows")(function* <A, E, R>(
  name: string,
  relation: ReadonlyArray<string>,
  within: string,
  out: ReadonlyArray<string>,
  use: (relation: ReadonlyArray<string>) => Effect.Effect<A, E, R>
) {
  if (within === "true" && out.length === 0) return yield* use(relation)
  const warehouse = yield* Warehouse
  const rows = ["_stage", `${name}_rows`]
  const [view, left] = [quoteIdentifier(...rows), quoteIdentifier("_stage", `${name}_out`)]
  const drop = Effect.andThen(
    warehouse.run(`drop view if exists ${view}`),
    warehouse.run(`drop table if exists ${left}`)
  )
  return yield* Effect.acquireUseRelease(
    Effect.gen(function* () {
      yield* drop
      yield* warehouse.run(`create table ${left} (subject varchar)`)
      if (out.length > 0) yield* warehouse.run(`insert into ${left} select unnest(cast($out as varchar[]))`, { out })
      yield* warehouse.run(
        `create view ${view} as select * from ${quoteIdentifier(...relation)}
         where ${within} and coalesce(cast(subject_id as varchar), '') not in (select subject from ${left})`
      )
    }),
    () => use(rows),
    () => Effect.ignore(drop)
  )
})
