import type { Listing } from "../product/Catalog.ts"

/**
 * The terms of a listed product as machines read them: what may be done, for which purposes and where, for how much, and what may not.
 *
 * The price is the list price at `at`; a binding one is in a quote, which the policy refers to by its product.
 *
 * @returns  an ODRL 2.2 offer as JSON-LD
 * @source   W3C ODRL Information Model 2.2, Vocabulary 2.2
 */
export function odrlOffer({ product, version, price, at }: Listing, assigner: string): object {
  const { purposes, onward, territory, retention } = version.offering.terms
  const target = `urn:assay:version:${version.id}`
  const among = (leftOperand: string, values: ReadonlyArray<string>) => ({
    leftOperand,
    operator: "isAnyOf",
    rightOperand: [...values]
  })
  return {
    "@context": [
      "http://www.w3.org/ns/odrl.jsonld",
      { dpv: "https://w3id.org/dpv#", xsd: "http://www.w3.org/2001/XMLSchema#" }
    ],
    "@type": "Offer",
    uid: `urn:assay:offer:${version.id}`,
    profile: "https://w3id.org/dpv#",
    assigner,
    permission: [
      {
        target,
        action: "use",
        constraint: [
          among("purpose", purposes),
          among("spatial", territory),
          ...(retention === undefined
            ? []
            : [
                {
                  leftOperand: "elapsedTime",
                  operator: "lteq",
                  rightOperand: { "@value": duration(retention), "@type": "xsd:duration" }
                }
              ])
        ],
        duty: [
          {
            action: [
              {
                "rdf:value": { "@id": "odrl:compensate" },
                refinement: [
                  {
                    leftOperand: "payAmount",
                    operator: "eq",
                    rightOperand: { "@value": (price.minor / 100).toFixed(2), "@type": "xsd:decimal" },
                    unit: `urn:iso:std:iso:4217:${price.currency}`
                  }
                ]
              }
            ]
          }
        ]
      }
    ],
    prohibition: [
      ...(onward
        ? []
        : [
            { target, action: "distribute" },
            { target, action: "sell" }
          ]),
      // Nobody may try to find out whom a row is about.
      { target, action: "https://w3id.org/dpv#Identify" }
    ],
    "dcterms:issued": at,
    "dcterms:subject": product
  }
}

/** `365 days` as ISO 8601 has it. */
function duration(text: string): string {
  const [count, unit = "day"] = text.split(" ")
  return `P${count}${unit[0]!.toUpperCase()}`
}
