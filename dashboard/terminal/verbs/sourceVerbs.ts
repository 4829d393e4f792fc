import { Effect, FileSystem, Path } from "effect"
import type { Home } from "#core/home/Home.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { inspectPath } from "#pipelines/sources/inspect/inspectPath.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { readProductFile } from "#catalog/product/readProductFile.ts"
import { table } from "../table.ts"
import type { Verb } from "../Verb.ts"

type Needs = Connections | ProductFiles | FileSystem.FileSystem | Path.Path | Home

const inspect: Verb<Needs> = {
  usage: "source inspect PATH",
  about: "propose a source file from what a file or folder holds",
  flags: [],
  words: 1,
  run: Effect.fn("source inspect")(function* ({ words, io }) {
    const paths = yield* Path.Path
    const proposal = yield* inspectPath(paths.resolve(io.cwd, words[0]!))
    return { json: proposal, text: proposal.yaml }
  })
}

const add: Verb<Needs> = {
  usage: "source add FILE.yaml",
  about: "connect a source; product files beside it (*.product.yaml) are taken up too",
  flags: [],
  words: 1,
  run: Effect.fn("source add")(function* ({ words, io }) {
    const paths = yield* Path.Path
    const file = paths.resolve(io.cwd, words[0]!)
    const beside = yield* productFilesBeside(file)
    // All files are read before any is taken up, so a mistake in one leaves the home as it was.
    yield* Effect.forEach(beside, readProductFile)
    const { spec } = yield* (yield* Connections).add(file)
    const files = yield* ProductFiles
    const products = yield* Effect.forEach(beside, (path) => files.add(path))
    const names = products.map(({ declared }) => declared.product)
    const streams = spec.streams.map(({ stream }) => stream)
    return {
      json: { source: spec.source, streams, products: names },
      text: [
        `Connected ${spec.source} with ${streams.length} streams: ${streams.join(", ")}.`,
        ...(names.length > 0 ? [`Took up the products beside it: ${names.join(", ")}.`] : []),
        "Next: assay plan, then assay run."
      ].join("\n")
    }
  })
}

/** Product files in the folder of a source file, by name. */
export const productFilesBeside = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const folder = paths.dirname(file)
  const names = yield* Effect.orElseSucceed(files.readDirectory(folder), (): Array<string> => [])
  return names
    .filter((name) => /\.product\.ya?ml$/.test(name))
    .sort()
    .map((name) => paths.join(folder, name))
})

const list: Verb<Needs> = {
  usage: "source list",
  about: "the connected sources",
  flags: [],
  words: 0,
  run: Effect.fn("source list")(function* () {
    const all = yield* (yield* Connections).all
    const rows = all.map(({ spec, sample, addedAt }) => ({
      source: spec.source,
      kind: spec.kind,
      streams: spec.streams.map(({ stream }) => stream),
      ...(sample === undefined ? {} : { sample }),
      addedAt
    }))
    return {
      json: { sources: rows },
      text:
        rows.length === 0
          ? "No source is connected. Connect one with assay source add FILE.yaml, or make the demo with assay demo."
          : table(
              ["source", "kind", "streams", "connected"],
              rows.map((row) => [row.source, row.kind, row.streams.join(", "), row.addedAt.slice(0, 10)])
            )
    }
  })
}

export const sourceVerbs = { "source inspect": inspect, "source add": add, "source list": list }
