import { Clock, Context, Effect, FileSystem, Layer, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { readSourceFile } from "./readSourceFile.ts"
import type { SourceSpec } from "./SourceSpec.ts"

/** What a generated sample follows from: equal settings give equal bytes. */
export interface SampleSettings {
  readonly seed: number
  readonly subjects: number
  /** ISO day; nothing happens after it. */
  readonly asOf: string
}

/** A source that the home is connected to. */
export interface Connection {
  readonly spec: SourceSpec
  readonly sample: SampleSettings | undefined
  readonly addedAt: string
}

/**
 * The sources of a home. A source file is read anew each time, so an edit shows in the next plan; where it was is remembered.
 */
export class Connections extends Context.Service<
  Connections,
  {
    /** Connects the source that a file describes. Adding a source again replaces where its file is, and keeps its rows. */
    add(file: string, sample?: SampleSettings): Effect.Effect<Connection, BadInput | RecordsError>
    readonly all: Effect.Effect<ReadonlyArray<Connection>, BadInput | RecordsError>
  }
>()("pipelines/Connections") {
  static readonly layer: Layer.Layer<Connections, never, Records | FileSystem.FileSystem | Path.Path> = Layer.effect(
    Connections,
    Effect.gen(function* () {
      const records = yield* Records
      const system = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
      const read = (file: string) => Effect.provideContext(readSourceFile(file), system)
      const add = Effect.fn("Connections.add")(function* (file: string, sample?: SampleSettings) {
        const spec = yield* read(file)
        const addedAt = new Date(yield* Clock.currentTimeMillis).toISOString()
        yield* records.write((db) => {
          const old = db.get<{ settings: string | null }>("select settings from source where name = $name", {
            name: spec.source
          })
          const settings = sample === undefined ? null : JSON.stringify(sample)
          if (old !== undefined && old.settings !== settings) throw otherSample(spec.source, old.settings)
          db.run(
            `insert into source (name, file, settings, added_at) values ($name, $file, $settings, $addedAt)
             on conflict (name) do update set file = excluded.file`,
            { name: spec.source, file: spec.file, settings, addedAt }
          )
        })
        return { spec, sample, addedAt }
      })
      const all = Effect.gen(function* () {
        const rows = yield* records.read((db) =>
          db.all<{ file: string; settings: string | null; added_at: string }>("select * from source order by name")
        )
        return yield* Effect.forEach(rows, (row) =>
          Effect.map(read(row.file), (spec) => ({
            spec,
            sample: row.settings === null ? undefined : (JSON.parse(row.settings) as SampleSettings),
            addedAt: row.added_at
          }))
        )
      })
      return Connections.of({ add, all })
    })
  )
}

const otherSample = (source: string, settings: string | null): BadInput =>
  new BadInput({
    code: "source.settings",
    message:
      settings === null
        ? `The home already holds a source ${source} that was not generated.`
        : `The home already holds a generated sample with other settings: ${settings}.`,
    fix: "Use another folder with --home, or the same settings."
  })
