import { readdirSync, readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import type { ValidateFunction } from "ajv/dist/2020.js"
import formats from "ajv-formats"

const folder = new URL("openlineage-schemas/", import.meta.url)
const core = "https://openlineage.io/spec/2-0-2/OpenLineage.json"
const schemas = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }))

// Older facets refer to older texts of the core schema; what they use of it, the base of a facet, never changed.
const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
for (const { text } of schemas) {
  ajv.addSchema(
    JSON.parse(text.replaceAll(/spec\/1-0-\d\/OpenLineage\.json/g, "spec/2-0-2/OpenLineage.json")) as object
  )
}

const idOf = new Map(schemas.map(({ name, text }) => [name, (JSON.parse(text) as { $id: string }).$id]))
const compiled = new Map<string, ValidateFunction>()
const validatorOf = (ref: string): ValidateFunction => {
  const known = compiled.get(ref) ?? ajv.compile({ $ref: ref })
  compiled.set(ref, known)
  return known
}

const check = (ref: string, value: unknown, where: string): ReadonlyArray<string> => {
  const validate = validatorOf(ref)
  return validate(value) ? [] : validate.errors!.map((error) => `${where}${error.instancePath}: ${error.message}`)
}

type Facets = Readonly<Record<string, { readonly _schemaURL?: string }>>
interface Holder {
  readonly facets?: Facets
  readonly inputFacets?: Facets
  readonly outputFacets?: Facets
}

/** The facets whose schema is among the fixtures were held to it; the others are our own and were held to the base facet that they name. */
function facetProblems(facets: Facets | undefined, where: string): ReadonlyArray<string> {
  return Object.entries(facets ?? {}).flatMap(([name, facet]) => {
    const url = facet._schemaURL ?? ""
    const file = /facets\/[\d-]+\/(\w+\.json)#/.exec(url)?.[1]
    if (file === undefined) {
      return url.startsWith(`${core}#/$defs/`) ? check(url, facet, `${where}.${name}`) : [`${where}.${name}: ${url}`]
    }
    const id = idOf.get(file)
    if (id === undefined) return [`${where}.${name}: no schema for ${url}`]
    const direct = check(`${id}#/$defs/${file.replace(".json", "")}`, facet, `${where}.${name}`)
    // As a whole too: a facet under a name that is not its own would pass above.
    const named = check(id, { [name]: facet }, where)
    const known = Object.keys(
      (JSON.parse(schemas.find((one) => one.name === file)!.text) as { properties: object }).properties
    )
    return [...direct, ...named, ...(known.includes(name) ? [] : [`${where}.${name}: is called ${known.join()}`])]
  })
}

/** What the official schemas have against an event and its facets; empty for a valid one. */
export function openLineageProblems(event: object): ReadonlyArray<string> {
  const one = event as { run?: Holder; job?: Holder; inputs?: ReadonlyArray<Holder>; outputs?: ReadonlyArray<Holder> }
  const listed = (datasets: unknown): ReadonlyArray<Holder> =>
    Array.isArray(datasets) ? (datasets as Array<Holder>) : []
  const datasets = [...listed(one.inputs), ...listed(one.outputs)]
  const url = (event as { schemaURL?: string }).schemaURL
  return [
    ...check(core, event, ""),
    ...(url === undefined ? [] : check(url, event, "")),
    ...[one.run, one.job].flatMap((part, i) => facetProblems(part?.facets, ["run", "job"][i]!)),
    ...datasets.flatMap((dataset) => [
      ...facetProblems(dataset.facets, "dataset"),
      ...facetProblems(dataset.inputFacets, "input"),
      ...facetProblems(dataset.outputFacets, "output"),
      ...wholeDataset(dataset.facets?.["columnLineage"] as { dataset?: ReadonlyArray<object> } | undefined)
    ])
  ]
}

/** What version 1-2-0 adds: columns that bear on the whole dataset, each as an input field. */
const wholeDataset = (facet: { readonly dataset?: ReadonlyArray<object> } | undefined): ReadonlyArray<string> =>
  facet?.dataset === undefined
    ? []
    : check(
        `${idOf.get("ColumnLineageDatasetFacet.json")}#/$defs/ColumnLineageDatasetFacet`,
        { _producer: "urn:x", _schemaURL: "urn:x", fields: { all: { inputFields: facet.dataset } } },
        "dataset.columnLineage.dataset"
      )
