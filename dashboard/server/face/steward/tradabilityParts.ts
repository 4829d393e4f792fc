import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import type { TradabilityParts } from "../../../api/steward/TradabilityParts.ts"

const target = 85

/** An index as the pages show it. */
export function tradabilityParts(own: TradabilityIndex): TradabilityParts {
  return {
    index: own.index,
    ungated: own.ungated,
    target,
    isTradable: own.isTradable,
    profile: own.profileName,
    reasons: own.reasons,
    gates: own.gates.map(({ id, name, passed, state, expiresAt, next, evidence }) => ({
      id,
      name,
      passed,
      state,
      until: expiresAt ?? null,
      next,
      evidence: evidence.map(pieceOf)
    })),
    domains: own.domains.map(({ id, name, weight, score, items }) => ({
      id,
      name,
      weight,
      score,
      items: items.map((item) => ({
        id: item.id,
        name: item.name,
        score: item.score,
        state: item.state,
        until: item.expiresAt ?? null,
        evidence: item.evidence.map(pieceOf)
      }))
    })),
    next: own.next
  }
}

const pieceOf = ({ note, signer, when, expiresAt, isDemo }: IndexEvidence) => ({
  note,
  signer: signer ?? null,
  when,
  until: expiresAt ?? null,
  isDemo: isDemo === true
})
