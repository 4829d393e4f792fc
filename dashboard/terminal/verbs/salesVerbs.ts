import { Effect, FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { deliveryFormats } from "#catalog/delivery/DeliveryFormat.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import type { ProductLife } from "#catalog/life/ProductLife.ts"
import { marketNumber } from "#catalog/life/marketNumber.ts"
import { stateNames } from "#catalog/life/stateNames.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import { treeLines } from "../treeLines.ts"
import type { Verb } from "../Verb.ts"

type Needs = Catalog | Deliveries | Lifecycle | Orders | ProductFiles | Quotes | FileSystem.FileSystem | Path.Path

/** A listing as `product list` and `demo` give it. */
export const listingJson = ({ product, version, price }: Listing) => ({
  id: product,
  version: version.version,
  rows: version.rows.value,
  price,
  // No mechanism: none, and not a loss of nothing.
  epsilon: version.kind === "consented" ? null : version.epsilon,
  delta: version.kind === "consented" ? null : version.delta
})

const draft: Verb<Needs> = {
  usage: "product draft FILE.yaml",
  about: "take up a product file; the next run makes it, and two people list it",
  flags: [],
  words: 1,
  run: Effect.fn("product draft")(function* ({ words, io }) {
    const paths = yield* Path.Path
    const { declared } = yield* (yield* ProductFiles).add(paths.resolve(io.cwd, words[0]!))
    return {
      json: { product: declared.product },
      text: `Took up ${declared.product}. assay plan says what it would cost, assay run makes it.`
    }
  })
}

const list: Verb<Needs> = {
  usage: "product list",
  about: "what is listed, at which price",
  flags: [],
  words: 0,
  run: Effect.fn("product list")(function* ({ flags }) {
    const listings = yield* (yield* Catalog).list
    const waiting = (yield* (yield* Lifecycle).list).filter(({ state }) => !["listed", "retired"].includes(state))
    return {
      json: {
        products: listings.map((one) => ({ ...listingJson(one), title: one.version.offering.title })),
        others: waiting.map(({ product, state, since }) => ({ id: product, state, since }))
      },
      text: [
        listings.length === 0
          ? "Nothing is listed yet: assay run makes the releases of the product files that are taken up, and two people list them."
          : table(
              ["product", "version", "title", "rows", "epsilon", "price"],
              listings.map(({ product, version, price }) => [
                product,
                version.version,
                version.offering.title[languageOf(flags)],
                String(version.rows.value),
                version.kind === "consented" ? "–" : String(version.epsilon),
                formatMoney(price)
              ])
            ),
        ...(waiting.length === 0 ? [] : ["", notForSale(waiting, languageOf(flags))])
      ].join("\n")
    }
  })
}

function notForSale(waiting: ReadonlyArray<ProductLife>, language: "zh" | "en"): string {
  const names = waiting.map(({ product, state }) => `${product} (${stateNames[state][language]})`).join(", ")
  return language === "zh"
    ? `未在售：${names}。assay product review 显示待办。`
    : `Not for sale: ${names}. assay product review shows what waits.`
}

const show: Verb<Needs> = {
  usage: "product show PRODUCT [--version V]",
  about: "one product: dictionary, guarantee, price and versions",
  flags: ["version"],
  words: 1,
  run: Effect.fn("product show")(function* ({ words, flags }) {
    const catalog = yield* Catalog
    const listing = yield* catalog.show(words[0]!, flags["version"] as string | undefined)
    const versions = yield* catalog.versions(words[0]!)
    const life = yield* (yield* Lifecycle).of(words[0]!)
    const { version, price, priceTree } = listing
    const language = languageOf(flags)
    const json = {
      ...listingJson(listing),
      life,
      ...version.offering,
      period: version.period,
      columns: version.columns,
      artefact: version.artefact,
      certificate: version.certificate,
      timeliness: listing.timeliness,
      depth: listing.depth,
      priceTree,
      versions: versions.map(({ version: number, status, listedAt }) => ({ version: number, status, listedAt }))
    }
    return {
      json,
      text: [
        `${version.offering.title.zh} / ${version.offering.title.en}`,
        `${words[0]} ${version.version}: ${version.rows.value} rows, epsilon ${version.epsilon} at delta ${version.delta}, ${formatMoney(price)}`,
        `${stateNames[life.state][language]}, contract ${life.contract}${life.registration === null ? "" : `, registration ${life.registration}`}${life.listing === null ? "" : `, listing ${life.listing}`}`,
        `timeliness ${listing.timeliness.toFixed(1)}, depth ${listing.depth.toFixed(1)}`,
        "",
        table(
          ["column", "type", "meaning", "note"],
          version.columns.map(({ name, type, label, note }) => [name, type, label[language], note[language]])
        ),
        "",
        ...treeLines(priceTree, price.currency, language)
      ].join("\n")
    }
  })
}

/** An explanation as indented lines. */

/** The text of a file of the caller, at most 1 MiB. */
export const readText = Effect.fnUntraced(function* (path: string, cwd: string) {
  const paths = yield* Path.Path
  const files = yield* FileSystem.FileSystem
  const file = paths.resolve(cwd, path)
  const unreadable = (): BadInput =>
    new BadInput({
      code: "file.missing",
      message: `${file} cannot be read as a text of at most 1 MiB.`,
      fix: "Check the path.",
      where: { file }
    })
  const info = yield* Effect.mapError(files.stat(file), unreadable)
  if (info.size > 1 << 20) return yield* unreadable()
  return yield* Effect.mapError(files.readFileString(file), unreadable)
})

const verify: Verb<Needs> = {
  usage: "quote verify FILE",
  about: "recompute a quote to the fen from its own inputs",
  flags: [],
  words: 1,
  run: Effect.fn("quote verify")(function* ({ words, io }) {
    // What `quote --json` prints holds the explanation too, which follows from the quote and is not part of it.
    const text = yield* readText(words[0]!, io.cwd)
    const verdict = yield* (yield* Quotes).verify(text)
    const { id, price } = verdict.quote
    return {
      json: { id, price, expired: verdict.expired, issuedHere: verdict.issuedHere, sound: true },
      text: `${id} is sound: ${formatMoney(price)}.${verdict.expired ? " It has expired." : ""}${verdict.issuedHere ? "" : " This home did not issue it."}`
    }
  })
}

const order: Verb<Needs> = {
  usage: "order QUOTE --buyer NAME [--purpose P] [--key K]",
  about: "order what a quote offers; the same key again is the same order",
  flags: ["buyer", "purpose", "key"],
  words: 1,
  run: Effect.fn("order")(function* ({ words, flags }) {
    const buyer = flags["buyer"] as string | undefined
    if (buyer === undefined) {
      return yield* new BadInput({
        code: "order.buyer",
        message: "An order names its buyer.",
        fix: "Add --buyer NAME."
      })
    }
    const placed = yield* (yield* Orders).place({
      quote: words[0]!,
      buyer,
      key: (flags["key"] as string | undefined) ?? words[0]!,
      ...(flags["purpose"] === undefined ? {} : { purpose: flags["purpose"] as string })
    })
    const trade = marketNumber("trade", placed.id, placed.orderedAt)
    return {
      json: { ...placed, trade },
      text: `Trade ${trade}\nOrder ${placed.id}: ${placed.product} ${placed.version} for ${formatMoney(placed.price)}. When the money is there: assay pay ${placed.id}`
    }
  })
}

const pay: Verb<Needs> = {
  usage: "pay ORDER [--key K]",
  about: "note by hand that an order was paid; the same key again charges nothing",
  flags: ["key"],
  words: 1,
  run: Effect.fn("pay")(function* ({ words, flags }) {
    const paid = yield* (yield* Orders).pay(words[0]!, (flags["key"] as string | undefined) ?? words[0]!)
    return { json: paid, text: `Order ${paid.id} is paid. Deliver it with: assay deliver ${paid.id} --out FOLDER` }
  })
}

const deliver: Verb<Needs> = {
  usage: `deliver ORDER [--format ${deliveryFormats.join(", ")}] [--out FOLDER] [--name-order]`,
  about: "write the files of a paid order; --name-order writes its id into the metadata of Parquet and Arrow",
  flags: ["format", "out", "name-order?"],
  words: 1,
  run: Effect.fn("deliver")(function* ({ words, flags, io }) {
    const paths = yield* Path.Path
    const asked = flags["format"] ?? "parquet"
    const format = deliveryFormats.find((one) => one === asked)
    if (format === undefined) {
      return yield* new BadInput({
        code: "delivery.format",
        message: `An order is delivered as one of ${deliveryFormats.join(", ")}.`,
        fix: "Write --format parquet or --format csv."
      })
    }
    const folder = paths.resolve(io.cwd, (flags["out"] as string | undefined) ?? ".")
    const delivered = yield* (yield* Deliveries).deliver(words[0]!, format, folder, flags["name-order"] === true)
    return {
      json: { ...delivered, format },
      text: `${delivered.file}\n${delivered.bytes.toLocaleString("en")} bytes, SHA-256 ${delivered.sha256}\nCertificate: ${delivered.certificate}`
    }
  })
}

export const salesVerbs = {
  "product draft": draft,
  "product list": list,
  "product show": show,
  "quote verify": verify,
  order,
  pay,
  deliver
}
