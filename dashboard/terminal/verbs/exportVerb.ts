import { DateTime, Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { datasheet } from "#catalog/export/datasheet.ts"
import { dcatCatalog } from "#catalog/export/dcatCatalog.ts"
import { odcsContract } from "#catalog/export/odcsContract.ts"
import { odrlOffer } from "#catalog/export/odrlOffer.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { Verb } from "../Verb.ts"

const pretty = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

interface Written {
  readonly json: unknown
  readonly text: string | Uint8Array
}

const forms: Readonly<Record<string, (listing: Listing, base: string) => Written>> = {
  dcat: (listing, base) => writeCatalog([listing], base, listing.at),
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

// Loaded late: no other verb needs to draw pages.
const pdfOf = (listing: Listing): Effect.Effect<Written> =>
  Effect.promise(async () => {
    const { datasheetPdf } = await import("#catalog/export/datasheetPdf.ts")
    const text = await datasheetPdf(listing)
    return { json: { bytes: text.length }, text }
  })

function writeCatalog(listings: ReadonlyArray<Listing>, base: string, at: string): Written {
  const turtle = dcatCatalog(listings, listings[0]?.version.offering.owner ?? "assay", base, at)
  return { json: { turtle }, text: turtle }
}

const kinds = [...Object.keys(forms), "pdf"].join(", ")

/** Writes a listed product down as standards have it. */
export const exportVerb: Verb<Catalog | FileSystem.FileSystem | Path.Path> = {
  usage: `export PRODUCT|all --as ${kinds} [--base URL] [--out FILE]`,
  about:
    "a listed product as a standard contract, as terms for machines, as a bilingual datasheet, or (all of them too) as a DCAT-AP catalogue",
  flags: ["as", "base", "out"],
  words: 1,
  run: Effect.fn("export")(function* ({ words, flags, io }) {
    const form = forms[String(flags["as"])]
    const asPdf = flags["as"] === "pdf"
    if (form === undefined && !asPdf) {
      return yield* new BadInput({
        code: "export.form",
        message: "The export has no such form.",
        fix: `Write --as with one of ${kinds}.`,
        where: { field: "as" }
      })
    }
    const catalog = yield* Catalog
    // The address under which buyers reach the house; where none is given, names that are no addresses.
    const base = typeof flags["base"] === "string" ? flags["base"].replace(/[^/:]$/, "$&/") : "urn:assay:"
    const at = DateTime.formatIso(yield* DateTime.now)
    const written =
      form === undefined
        ? yield* pdfOf(yield* catalog.show(words[0]!))
        : words[0] === "all" && form === forms["dcat"]
          ? writeCatalog(yield* catalog.list, base, at)
          : form(yield* catalog.show(words[0]!), base)
    if (flags["out"] === undefined) {
      if (!asPdf) return { json: written.json, text: String(written.text) }
      return yield* new BadInput({
        code: "export.out",
        message: "A PDF is no text for a terminal.",
        fix: "Say with --out where it goes, as in --out datasheet.pdf.",
        where: { field: "out" }
      })
    }
    const paths = yield* Path.Path
    const files = yield* FileSystem.FileSystem
    const file = paths.resolve(io.cwd, flags["out"] as string)
    yield* Effect.mapError(
      files.writeFile(file, typeof written.text === "string" ? Buffer.from(written.text) : written.text, {
        flag: "wx"
      }),
      () =>
        new BadInput({
          code: "export.out",
          message: "The file cannot be written, or is there already: nothing is overwritten.",
          fix: "Give another path with --out.",
          where: { file }
        })
    )
    return { json: written.json, text: file }
  })
}
