import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import type { AggregatePlan } from "../../dp/aggregate/AggregatePlan.ts"
import type { CertificateBody } from "../../dp/certificate/Certificate.ts"
import type { ReleaseFacts } from "../../dp/certificate/describeRelease.ts"
import type { NoisyMarginals } from "../manifest/NoisyMarginals.ts"
import type { SynthesisRequest } from "../planSynthesis.ts"

const statements = [
  "Every row is made up: no row stands for a record, and none is copied.",
  "The rows were made from the noisy marginals that the manifest lists, and from nothing else; whoever holds them makes the same file again.",
  "Rows without a subject, with a value outside of the public domain that cannot count as missing, or that break a rule were left out.",
  "No row breaks a declared rule.",
  "What the marginals do not tell, such as how three columns hang together that were never measured together, may differ from the records.",
  "Lineage across this release is by asset; no row can be traced to records."
]

/** Writes down everything a buyer may know about a synthetic release. */
export function describeSynthetic(
  { hash, shape, noise, prediction }: AggregatePlan,
  { algorithm, rules, domain }: SynthesisRequest,
  marginals: NoisyMarginals,
  rows: number,
  facts: ReleaseFacts
): CertificateBody {
  const selectionDelta = noise.selection?.delta ?? 0
  return {
    format: "assay-certificate/1",
    release: facts.releaseId,
    product: facts.product,
    period: facts.period,
    issuedAt: facts.issuedAt,
    plan: hash,
    lineage: { level: "asset", assets: [...new Set([shape.asset, ...facts.lineage])].sort() },
    unit: { subject: "subject_id", neighbours: "one subject with all of its rows added or removed" },
    bounds: { groupsPerSubject: shape.l0, smallestGroup: 0 },
    mechanism: `synthetic rows by ${algorithm}: marginals with discrete Gaussian noise, chosen by the exponential mechanism, exact samplers; Private-PGM (arXiv 1901.09136); loss in zCDP`,
    loss: {
      rho: rhoUnits.toRho(noise.chargeUnits),
      epsilon: shape.epsilon,
      delta: shape.delta,
      conversionDelta: shape.delta - selectionDelta,
      selectionDelta
    },
    keys: marginals.columns.map((column) => {
      const own = domain[column.name]
      const selected = typeof own === "object" && own.type === "categorical" && own.values === "dp"
      return {
        name: column.name,
        from: column.name,
        rule: selected ? "selected" : column.kind === "labels" ? "public list" : "public range",
        ...(selected ? {} : { values: column.size })
      }
    }),
    ...(noise.censusUnits === 0n
      ? {}
      : {
          census: {
            rho: rhoUnits.toRho(noise.censusUnits),
            statement: "A noisy count of the subjects was drawn first, to judge the release, and paid out of its rho."
          }
        }),
    measures: [],
    synthesis: {
      algorithm,
      rows,
      rules: rules.length,
      measurements: marginals.readings.map(({ clique, variance, rhoUnits: units }) => ({
        columns: clique.map((column) => marginals.columns[column]!.name),
        sigma: Math.sqrt(Number(variance[0]) / Number(variance[1])),
        rho: rhoUnits.toRho(BigInt(units))
      })),
      marginals: sha256Hex(canonicalJson(marginals))
    },
    prediction: { from: prediction?.source ?? "declared", subjects: prediction?.subjects ?? 0 },
    statements
  }
}
