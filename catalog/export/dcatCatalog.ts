import { DataFactory, Writer } from "n3"
import type { Literal, NamedNode } from "n3"
import type { Label } from "#pricing/quote/Explanation.ts"
import type { Listing } from "../product/Catalog.ts"
import { guaranteeSentence } from "./guaranteeSentence.ts"

const { namedNode, literal } = DataFactory

const prefixes = {
  adms: "http://www.w3.org/ns/adms#",
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  odrl: "http://www.w3.org/ns/odrl/2/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  spdx: "http://spdx.org/rdf/terms#",
  xsd: "http://www.w3.org/2001/XMLSchema#"
}

/** `dcat:Dataset` in full. */
function term(short: string): NamedNode {
  const [prefix, name] = short.split(":") as [keyof typeof prefixes, string]
  return namedNode(prefixes[prefix] + name)
}

const authority = (list: string, code: string): NamedNode =>
  namedNode(`http://publications.europa.eu/resource/authority/${list}/${code}`)

const typed = (value: string, type: string): Literal => literal(value, term(`xsd:${type}`))

const files: ReadonlyArray<readonly [name: string, type: string, code: string]> = [
  ["Parquet", "application/vnd.apache.parquet", "PARQUET"],
  ["CSV", "text/csv", "CSV"],
  ["JSON Lines", "application/jsonl", "JSONL"]
]

/** The EU's code for the length of a release period, by the form of its id. */
function frequencyOf(period: string): string {
  if (/^\d{4}$/.test(period)) return "ANNUAL"
  return period.includes("Q") ? "QUARTERLY" : "MONTHLY"
}

/**
 * Listed products as a catalogue that European data portals harvest.
 *
 * What only a buyer's session may open is named by its address below `base`, never by a link that carries a credential.
 *
 * @param base  the house's address, ending in `/` or `:`
 * @returns     Turtle, DCAT-AP 3.0.0
 * @source      SEMIC, DCAT-AP 3.0.0; W3C DCAT 3; EU Publications Office authority tables
 */
export function dcatCatalog(listings: ReadonlyArray<Listing>, owner: string, base: string, at: string): string {
  const writer = new Writer({ prefixes })
  const say = (
    subject: NamedNode,
    type: string,
    facts: ReadonlyArray<readonly [string, NamedNode | Literal]>
  ): void => {
    writer.addQuad(subject, term("rdf:type"), term(type))
    for (const [predicate, object] of facts) writer.addQuad(subject, term(predicate), object)
  }
  const both = (predicate: string, { zh, en }: Label): ReadonlyArray<readonly [string, Literal]> => [
    [predicate, literal(zh, "zh")],
    [predicate, literal(en, "en")]
  ]
  const here = (path: string): NamedNode => {
    const node = namedNode(base + path)
    say(node, "rdfs:Resource", [])
    return node
  }
  const catalog = namedNode(`${base}catalog`)
  const service = namedNode(`${base}delta-sharing`)
  const publisher = namedNode(`urn:assay:owner:${encodeURIComponent(owner)}`)
  const standard = namedNode("https://semiceu.github.io/DCAT-AP/releases/3.0.0")
  const restricted = authority("access-right", "RESTRICTED")
  const sha256 = term("spdx:checksumAlgorithm_sha256")
  const languages = [authority("language", "ZHO"), authority("language", "ENG")]

  say(publisher, "foaf:Agent", [["foaf:name", literal(owner)]])
  say(standard, "dct:Standard", both("dct:title", { zh: "DCAT-AP 3.0.0 应用规范", en: "DCAT-AP 3.0.0" }))
  say(restricted, "dct:RightsStatement", [])
  say(sha256, "spdx:ChecksumAlgorithm", [])
  for (const language of languages) say(language, "dct:LinguisticSystem", [])
  for (const [, type] of files)
    say(namedNode(`https://www.iana.org/assignments/media-types/${type}`), "dct:MediaType", [])
  for (const [, , code] of files) say(authority("file-type", code), "dct:MediaTypeOrExtent", [])
  say(catalog, "dcat:Catalog", [
    ...both("dct:title", { zh: "数据产品目录", en: "Data products" }),
    ...both("dct:description", {
      zh: "由客户关系记录制成、受隐私保护、可合法交易的数据产品。",
      en: "Data products made from customer records, protected and lawful to sell."
    }),
    ["dct:publisher", publisher],
    ["dct:modified", typed(at, "dateTime")],
    ...languages.map((language) => ["dct:language", language] as const),
    ["dcat:service", service]
  ])
  say(service, "dcat:DataService", [
    ["dct:title", literal("Delta Sharing", "en")],
    ["dct:publisher", publisher],
    ["dct:accessRights", restricted],
    ["dcat:endpointURL", here("delta-sharing")]
  ])

  for (const listing of listings) {
    const { product, version } = listing
    const { title, description, terms } = version.offering
    const dataset = namedNode(`${base}products/${encodeURIComponent(product)}`)
    const name = (...parts: ReadonlyArray<string>): NamedNode =>
      namedNode(`urn:assay:${[parts[0]!, version.id, ...parts.slice(1)].map(encodeURIComponent).join(":")}`)
    const record = name("record")
    const licence = name("terms")
    const policy = name("offer")
    const period = name("period")
    const provenance = name("provenance")
    const checksum = name("checksum")
    const frequency = authority("frequency", frequencyOf(version.period))
    const assets = (version.certificate as { readonly lineage: { readonly assets: ReadonlyArray<string> } }).lineage
      .assets

    writer.addQuad(catalog, term("dcat:dataset"), dataset)
    writer.addQuad(catalog, term("dcat:record"), record)
    writer.addQuad(service, term("dcat:servesDataset"), dataset)
    say(record, "dcat:CatalogRecord", [
      ["foaf:primaryTopic", dataset],
      ["dct:issued", typed(version.listedAt, "dateTime")],
      ["dct:modified", typed(version.listedAt, "dateTime")],
      ["dct:conformsTo", standard]
    ])
    say(frequency, "dct:Frequency", [])
    say(period, "dct:PeriodOfTime", [["dcat:endDate", typed(version.asOf.slice(0, 10), "date")]])
    say(provenance, "dct:ProvenanceStatement", [["rdfs:label", literal(assets.join(", "), "en")]])
    say(licence, "dct:LicenseDocument", [
      ["dct:title", literal(`${terms.purposes.join(", ")}; ${terms.territory.join(", ")}`, "en")]
    ])
    say(policy, "odrl:Policy", [])
    // Of the file as it stands on the shelf: a buyer's copy is named in the order's own certificate.
    say(checksum, "spdx:Checksum", [
      ["spdx:algorithm", sha256],
      ["spdx:checksumValue", typed(version.artefact, "hexBinary")]
    ])
    writer.addQuad(dataset, term("rdf:type"), term("dcat:Resource"))
    say(dataset, "dcat:Dataset", [
      ...both("dct:title", title),
      ...both("dct:description", description ?? title),
      ["rdfs:comment", literal(guaranteeSentence(version), "en")],
      ["dct:identifier", literal(product)],
      ["dcat:version", literal(version.version)],
      ["dct:issued", typed(version.listedAt, "dateTime")],
      ["dct:publisher", publisher],
      ["dct:accessRights", restricted],
      ["dct:accrualPeriodicity", frequency],
      ["dct:temporal", period],
      ["dct:provenance", provenance],
      ...languages.map((language) => ["dct:language", language] as const),
      ...version.columns.map(({ name: column }) => ["dcat:keyword", literal(column)] as const)
    ])
    for (const [format, type, code] of files) {
      const distribution = name("distribution", code)
      writer.addQuad(dataset, term("dcat:distribution"), distribution)
      say(distribution, "dcat:Distribution", [
        ["dct:title", literal(format, "en")],
        ["dcat:accessURL", here(`products/${encodeURIComponent(product)}`)],
        ["dct:format", authority("file-type", code)],
        ["dcat:mediaType", namedNode(`https://www.iana.org/assignments/media-types/${type}`)],
        ["dct:license", licence],
        ["odrl:hasPolicy", policy],
        ["dcat:accessService", service],
        ...(code === "PARQUET"
          ? ([
              ["dcat:byteSize", typed(String(version.bytes), "nonNegativeInteger")],
              ["spdx:checksum", checksum]
            ] as const)
          : [])
      ])
    }
  }
  let text = ""
  writer.end((_error, result: string) => (text = result))
  return text
}
