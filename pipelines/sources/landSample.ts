import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { columnsOf } from "../engine/makeAsset.ts"
import type { MakeOptions } from "../engine/Makers.ts"
import type { SampleSettings } from "./Connections.ts"
import { eventKey } from "./landing/eventKey.ts"
import { subjectOf } from "./conform/conformColumns.ts"
import { declaredBy } from "./landing/declaredBy.ts"
import { landingTables } from "./landing/landingTables.ts"
import { landStream } from "./landing/landStream.ts"
import type { StreamSpec } from "./SourceSpec.ts"

/**
 * Lands one stream of the generated sample. All streams are generated together, when the first of them is asked for; each staged table
 * is dropped once it has landed. Landing twice adds nothing, since equal settings give equal rows.
 */
export const landSample = Effect.fn("landSample")(function* (
  source: string,
  stream: StreamSpec,
  settings: SampleSettings,
  options: Pick<MakeOptions, "onProgress">
) {
  const warehouse = yield* Warehouse
  const home = yield* Home
  yield* warehouse.script(landingTables)
  const staged = { schema: "_stage", name: `sample__${stream.stream}` }
  const raw = yield* columnsOf(`raw.${source}__${stream.stream}`)
  if (raw.length > 0) return
  const columns = yield* Effect.flatMap(columnsOf(`_stage.${staged.name}`), (found) =>
    found.length > 0
      ? Effect.succeed(found)
      : Effect.gen(function* () {
          // The words that it draws from are large, and only a home without the sample needs them.
          const { generateSample } = yield* Effect.promise(() => import("./sample/generateSample.ts"))
          yield* generateSample(settings, options.onProgress)
          return yield* columnsOf(`_stage.${staged.name}`)
        })
  )
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      const terms = yield* declaredBy(session, stream)
      yield* landStream(session, {
        source,
        stream: stream.stream,
        columns: columns.map(({ name }) => ({ name, original: name })),
        from: { kind: "table", ...staged },
        subject: subjectOf(stream),
        terms,
        batch: newId("bat"),
        key: eventKey(home, source, stream.stream)
      })
      yield* session.run(`drop table _stage."${staged.name}"`)
    })
  )
})
