import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { indexProduct } from "./indexProduct.ts"
import { refreshSearch } from "./refreshSearch.ts"
import { searchQuery } from "./searchTokens.ts"

export const facetNames = [
  "kind",
  "price",
  "freshness",
  "tradability",
  "purpose",
  "territory",
  "owner",
  "onward"
] as const
export const searchOrders = ["relevance", "price", "freshness", "newest", "tradability", "fit"] as const

/** Facets of which a product has one value stand in its own row. */
const bandColumns: Partial<Readonly<Record<(typeof facetNames)[number], string>>> = {
  kind: "kind",
  price: "price_band",
  freshness: "freshness_band",
  tradability: "tradability_band"
}

/** What is looked for. Everything may be left out: then all products are found. */
export interface Asked {
  readonly text?: string
  /** Only products that have the value. */
  readonly facets?: Partial<Readonly<Record<(typeof facetNames)[number], string>>>
  readonly order?: (typeof searchOrders)[number]
  /** For the order `fit`: the stored scenario that products are compared with. */
  readonly scenario?: string
  readonly limit?: number
  readonly offset?: number
}

/** One page of products, and how many more there are by value of each facet. */
export interface Found {
  /** Exact up to 10,000; `more` says that it is higher. */
  readonly total: number
  readonly more: boolean
  readonly products: ReadonlyArray<{ readonly product: string; readonly fit: number | null }>
  /** Values by number of products, the first twenty. */
  readonly facets: Readonly<Record<string, ReadonlyArray<{ readonly value: string; readonly products: number }>>>
}

/** Beyond this many, a count says less than it costs. */
const most = 10_000

/** Finds listed products by words of either language. */
export class Search extends Context.Service<Search, { find(asked: Asked): Effect.Effect<Found, RecordsError> }>()(
  "catalog/Search"
) {
  static readonly layer: Layer.Layer<Search, never, Records> = Layer.effect(
    Search,
    Effect.gen(function* () {
      const records = yield* Records
      let refreshed = ""
      // Prices fall and rows age by the day: the first search of a day brings the bands up to it, and products in that were listed before there was an index.
      const refresh = Effect.gen(function* () {
        const at = DateTime.formatIso(yield* DateTime.now)
        if (refreshed === at.slice(0, 10)) return
        yield* records.write((db) => {
          unindexed(db).forEach((version) => indexProduct(db, version, 0))
          refreshSearch(db, at)
        })
        refreshed = at.slice(0, 10)
      })
      return Search.of({
        find: Effect.fn("Search.find")((asked: Asked) =>
          Effect.andThen(
            refresh,
            records.read((db) => find(db, asked))
          )
        )
      })
    })
  )
}

const unindexed = (db: Db): ReadonlyArray<ProductVersion> =>
  db
    .all<{ document: string }>(
      `select v.document from version_on_sale v join product_life l on l.product = v.product and l.state = 'listed'
       where v.seq = (select max(seq) from version_on_sale o where o.product = v.product)
         and v.product not in (select product from search_product)`
    )
    .map(({ document }) => JSON.parse(document) as ProductVersion)

function find(db: Db, { text = "", facets = {}, order, scenario, limit = 20, offset = 0 }: Asked): Found {
  if (!(Number.isInteger(limit) && limit >= 0 && limit <= 100 && Number.isInteger(offset) && offset >= 0))
    throw wrongPage()
  const query = searchQuery(text)
  if (text.trim() !== "" && query === undefined) return { total: 0, more: false, products: [], facets: {} }
  const chosen = Object.entries(facets).filter(([, value]) => value !== undefined)
  const named = Object.fromEntries(chosen.map(([, value], i) => [`value${i}`, value]))
  const conditions = [
    ...(query === undefined ? [] : ["p.id in (select rowid from search_text where search_text match $query)"]),
    ...chosen.map(([facet], i) => {
      const column = bandColumns[facetName(facet)]
      return column === undefined
        ? `p.id in (select product_id from search_facet where facet = '${facet}' and value = $value${i})`
        : `p.${column} = $value${i}`
    })
  ]
  const where = conditions.length === 0 ? "true" : conditions.join(" and ")
  const asked = { ...named, ...(query === undefined ? {} : { query }) }
  const { total } = db.get<{ total: number }>(
    `select count(*) as total from (select 1 from search_product p where ${where} limit ${most + 1})`,
    asked
  )!
  const sort = order ?? (query === undefined ? "newest" : "relevance")
  return {
    total: Math.min(total, most),
    more: total > most,
    products: db.all<{ product: string; fit: number | null }>(pageSql(sort, query, where), {
      ...asked,
      scenario: scenario ?? null,
      limit,
      offset
    }),
    facets: facetsOf(db, where, asked)
  }
}

const orders = {
  price: "p.price_minor, p.id",
  freshness: "p.as_of desc, p.id desc",
  tradability: "p.tradability is null, p.tradability desc, p.id",
  newest: "p.listed_at desc, p.id desc",
  fit: "f.fit is null, f.fit desc, p.id"
} as const

function pageSql(order: (typeof searchOrders)[number], query: string | undefined, where: string): string {
  const fit = "left join scenario_fit f on f.version_id = p.version_id and f.scenario = $scenario"
  if (order !== "relevance" || query === undefined) {
    const by = orders[order === "relevance" ? "newest" : order]
    return `select p.product, f.fit from search_product p ${fit} where ${where} order by ${by} limit $limit offset $offset`
  }
  // The words of a title say most of what a product is, those of its columns more than the rest.
  return `with ranked as (
      select rowid as id, bm25(search_text, 8, 4, 1) as score from search_text where search_text match $query)
    select p.product, f.fit from ranked join search_product p on p.id = ranked.id ${fit}
    where ${where} order by ranked.score, p.id limit $limit offset $offset`
}

function facetsOf(db: Db, where: string, asked: Readonly<Record<string, string>>): Found["facets"] {
  const counted = db.all<{ facet: string; value: string; products: number }>(
    `with hits as materialized (
       select p.id, ${Object.values(bandColumns).join(", ")} from search_product p where ${where} limit ${most})
     select facet, value, count(*) as products from hits join search_facet on product_id = hits.id group by facet, value
     ${Object.entries(bandColumns)
       .map(
         ([facet, column]) =>
           `union all select '${facet}', ${column}, count(*) from hits where ${column} is not null group by 2`
       )
       .join("\n     ")}
     order by products desc, value`,
    asked
  )
  return Object.fromEntries(
    facetNames.map((name) => [
      name,
      counted
        .filter(({ facet }) => facet === name)
        .slice(0, 20)
        .map(({ value, products }) => ({ value, products }))
    ])
  )
}

function facetName(facet: string): (typeof facetNames)[number] {
  const known = facetNames.find((name) => name === facet)
  if (known !== undefined) return known
  throw new BadInput({
    code: "search.facet",
    message: "There is no such facet.",
    fix: `Choose one of ${facetNames.join(", ")}.`,
    where: { field: "facets" }
  })
}

const wrongPage = (): BadInput =>
  new BadInput({
    code: "search.page",
    message: "A page has 0 to 100 products and begins at 0 or later.",
    fix: "Ask for less at once.",
    where: { field: "limit" }
  })
