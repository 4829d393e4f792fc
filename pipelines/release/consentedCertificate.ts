import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { CertificateBody } from "#privacy/dp/certificate/Certificate.ts"
import type { ConsentedDefinition } from "./ConsentedDefinition.ts"

/** Says of consented rows what a buyer must know: that nothing was added to them, on what they rest, for whom and until when. */
export function consentedCertificate(
  { product, purpose, spec }: ConsentedDefinition,
  facts: {
    readonly releaseId: string
    readonly period: string
    readonly issuedAt: string
    readonly lineage: ReadonlyArray<string>
  }
): CertificateBody {
  const { recipient, until, columns } = spec
  return {
    format: "assay-certificate/1",
    release: facts.releaseId,
    product,
    period: facts.period,
    issuedAt: facts.issuedAt,
    plan: sha256Hex(canonicalJson({ product, purpose, spec })),
    lineage: { level: "asset", assets: [...new Set(facts.lineage)].sort() },
    unit: { subject: "subject_id", neighbours: "none: rows are not hidden from their recipient" },
    bounds: { groupsPerSubject: 0, smallestGroup: 0 },
    mechanism: "none: rows as they are, each with its subject's consent",
    loss: { rho: 0, epsilon: 0, delta: 0, conversionDelta: 0, selectionDelta: 0 },
    keys: [],
    measures: [],
    prediction: { from: "declared", subjects: 0 },
    statements: [
      `Every row is of a subject who allowed, by an authenticated act, that ${recipient} gets ${columns.join(", ")} for ${purpose}.`,
      `Each row ends with the licence under which it may be held, until ${until}. It may not be passed on.`,
      "No noise was added and no privacy loss charged: nothing hides a subject from the recipient.",
      "When a subject revokes, the house calls this version back and gives another in its place."
    ]
  }
}
