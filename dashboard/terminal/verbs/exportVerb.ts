import { Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { datasheet } from "#catalog/export/datasheet.ts"
import { odcsContract } from "#catalog/export/odcsContract.ts"
import { odrlOffer } from "#catalog/export/odrlOffer.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { Verb } from "../Verb.ts"

const pretty = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

const forms: Readonly<Record<string, (listing: Listing) => { readonly json: unknown; readonly text: string }>> = {
  odcs: (listing) => {
    const contract = odcsContract(listing)
    return { json: contract, text: pretty(contract) }
  },
  odrl: (listing) => {
    const offer = odrlOffer(listing, `urn:assay:owner:${listing.version.offering.owner}`)
    return { json: offer, text: pretty(offer) }
  },
  datasheet: (listing) => {
    const html = datasheet(listing)
    return { json: { html }, text: html }
  }
}

/** Writes a listed product down as standards have it. */
export const exportVerb: Verb<Catalog | FileSystem.FileSystem | Path.Path> = {
  usage: `export PRODUCT --as ${Object.keys(forms).join(", ")} [--out FILE]`,
  about: "a listed product as a standard contract, as terms for machines, or as a bilingual datasheet",
  flags: ["as", "out"],
  words: 1,
  run: Effect.fn("export")(function* ({ words, flags, io }) {
    const form = forms[String(flags["as"])]
    if (form === undefined) {
      return yield* new BadInput({
        code: "export.form",
        message: "The export has no such form.",
        fix: `Write --as with one of ${Object.keys(forms).join(", ")}.`,
        where: { field: "as" }
      })
    }
    const { json, text } = form(yield* (yield* Catalog).show(words[0]!))
    if (flags["out"] === undefined) return { json, text }
    const paths = yield* Path.Path
    const files = yield* FileSystem.FileSystem
    const file = paths.resolve(io.cwd, flags["out"] as string)
    yield* Effect.mapError(
      files.writeFileString(file, text, { flag: "wx" }),
      () =>
        new BadInput({
          code: "export.out",
          message: "The file cannot be written, or is there already: nothing is overwritten.",
          fix: "Give another path with --out.",
          where: { file }
        })
    )
    return { json, text: file }
  })
}
