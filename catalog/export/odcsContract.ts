import type { Listing } from "../product/Catalog.ts"
import { guaranteeSentence } from "./guaranteeSentence.ts"

type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [name: string]: Json }

/** The standard's logical types by the beginning of DuckDB's names. */
const logicalTypes: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)/, "integer"],
  [/^(DOUBLE|FLOAT|DECIMAL)/, "number"],
  [/^BOOLEAN/, "boolean"],
  [/^DATE/, "date"],
  [/^TIMESTAMP/, "timestamp"],
  [/^TIME/, "time"],
  [/\[\]$/, "array"],
  [/^(STRUCT|MAP)/, "object"]
]

const logicalType = (type: string): string => logicalTypes.find(([form]) => form.test(type))?.[1] ?? "string"

/**
 * A listed product as a data contract.
 *
 * @returns  a document of the Open Data Contract Standard 3.1.0
 */
export function odcsContract({ product, version, price, at }: Listing): Json {
  const { offering, columns } = version
  const { scenario, terms } = offering
  return {
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id: product,
    name: offering.title.en,
    version: version.version,
    status: "active",
    dataProduct: product,
    contractCreatedTs: version.listedAt,
    description: {
      purpose: `${offering.title.zh} / ${offering.title.en}. ${offering.description?.en ?? ""}`.trim(),
      usage: `For ${terms.purposes.join(", ")}; onward use ${terms.onward ? "allowed" : "not allowed"}.`,
      limitations: guaranteeSentence(version)
    },
    schema: [
      {
        name: product,
        logicalType: "object",
        physicalType: "table",
        description: offering.title.zh,
        dataGranularityDescription: `One row for each combination of ${
          columns
            .filter(({ part }) => part === "key")
            .map(({ name }) => name)
            .join(", ") || "the columns"
        }.`,
        properties: columns.map(({ name, type, label, note, part, unit }) => ({
          name,
          logicalType: logicalType(type),
          physicalType: type,
          businessName: `${label.zh} / ${label.en}`,
          ...(note.en === "" ? {} : { description: `${note.zh} / ${note.en}` }),
          required: part === "key" && scenario.required.includes(name),
          ...(unit === "" ? {} : { customProperties: [{ property: "unit", value: unit }] })
        }))
      }
    ],
    price: { priceAmount: price.minor / 100, priceCurrency: price.currency, priceUnit: "version" },
    team: { members: [{ username: offering.owner, role: "owner" }] },
    slaProperties: [
      ...(scenario.freshness === undefined
        ? []
        : [{ property: "frequency", value: scenario.freshness, driver: "operational" }]),
      ...(terms.retention === undefined
        ? []
        : [{ property: "retention", value: terms.retention, driver: "regulatory" }]),
      { property: "generalAvailability", value: version.listedAt.slice(0, 10) }
    ],
    customProperties: [
      { property: "artefactSha256", value: version.artefact },
      { property: "epsilon", value: version.epsilon },
      { property: "delta", value: version.delta },
      { property: "rho", value: version.rho.value },
      { property: "territory", value: [...terms.territory] },
      { property: "priceAt", value: at }
    ]
  }
}
