import { Clock, Context, Effect, FileSystem, Layer, Path } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Migration } from "#core/records/migrate.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { readProductFile } from "./readProductFile.ts"
import type { ProductDefinition } from "./readProductFile.ts"

export const productFileMigrations: ReadonlyArray<Migration> = [
  {
    id: "product-file-0001",
    sql: "create table product_file (product text primary key, file text not null, added_at text not null) strict;"
  }
]

/** The product files of a home, read anew each time, so an edit shows in the next plan. */
export class ProductFiles extends Context.Service<
  ProductFiles,
  {
    /** Takes a product file up; taking a product up again replaces where its file is. */
    add(file: string): Effect.Effect<ProductDefinition, BadInput | RecordsError>
    readonly all: Effect.Effect<ReadonlyArray<ProductDefinition>, BadInput | RecordsError>
  }
>()("catalog/ProductFiles") {
  static readonly layer: Layer.Layer<ProductFiles, never, Records | FileSystem.FileSystem | Path.Path> = Layer.effect(
    ProductFiles,
    Effect.gen(function* () {
      const records = yield* Records
      const system = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
      const read = (file: string) => Effect.provideContext(readProductFile(file), system)
      const add = Effect.fn("ProductFiles.add")(function* (given: string) {
        const definition = yield* read(given)
        const { file, declared } = definition
        const addedAt = new Date(yield* Clock.currentTimeMillis).toISOString()
        yield* records.write((db) =>
          db.run(
            `insert into product_file (product, file, added_at) values ($product, $file, $addedAt)
             on conflict (product) do update set file = excluded.file`,
            { product: declared.product, file, addedAt }
          )
        )
        return definition
      })
      const all = Effect.gen(function* () {
        const rows = yield* records.read((db) =>
          db.all<{ file: string }>("select file from product_file order by product")
        )
        return yield* Effect.forEach(rows, (row) => read(row.file))
      })
      return ProductFiles.of({ add, all })
    })
  )
}
