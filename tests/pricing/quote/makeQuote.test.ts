import { describe, expect, it } from "@effect/vitest"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import type { Explanation } from "#pricing/quote/Explanation.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import { sampleRequest } from "./sampleQuote.ts"

describe("makeQuote", () => {
  it("prices the golden offer and expires after 24 hours", () => {
    const quote = makeQuote(sampleRequest)
    expect(quote.price).toEqual({ minor: 36_078, currency: "CNY" })
    expect(quote.expiresAt).toBe("2026-11-23T09:15:00.000Z")
    expect(quote.format).toBe("assay-quote/1")
  })

  it("is a pure function of its request, to the hash", () => {
    expect(makeQuote(structuredClone(sampleRequest))).toEqual(makeQuote(sampleRequest))
    // Pinned: a change of this hash means that quotes issued before no longer verify.
    expect(makeQuote(sampleRequest).hash).toBe("e9a777911f672e70f5ea41fcac4c0a70d024b5d52f13cf15b92267e9388f256f")
  })

  it("asks one price all day, and never a higher one on a later day", () => {
    const at = (issuedAt: string) => makeQuote({ ...sampleRequest, issuedAt }).price.minor
    expect(at("2026-11-22T00:00:00.000Z")).toBe(at("2026-11-22T23:59:59.999Z"))
    let previous = Infinity
    for (let day = 1; day <= 28; day++) {
      const now = at(`2026-12-${String(day).padStart(2, "0")}T12:00:00.000Z`)
      expect(now).toBeLessThanOrEqual(previous)
      previous = now
    }
  })

  it("takes rows dated after the quote as new", () => {
    const future = makeQuote({ ...sampleRequest, issuedAt: "2026-11-01T00:00:00.000Z" })
    const today = makeQuote({ ...sampleRequest, issuedAt: "2026-11-12T00:00:00.000Z" })
    expect(future.price).toEqual(today.price)
  })

  it("does not depend on who asks: nothing of a buyer can be put into it", () => {
    const { inputs } = makeQuote(sampleRequest)
    expect(Object.keys(inputs).toSorted()).toEqual(["artefact", "demand", "policy", "reference"])
  })
})

describe("explainQuote", () => {
  const tree = explainQuote(makeQuote(sampleRequest))
  const nodes = (node: Explanation): ReadonlyArray<Explanation> => [node, ...(node.children ?? []).flatMap(nodes)]
  const byId = (id: string): Explanation => nodes(tree).find((node) => node.id === id)!

  it("has the price at its root and evidence, or a formula with children, at every number", () => {
    expect(tree.value).toBe(36_078)
    for (const node of nodes(tree)) {
      const isLeaf = node.evidence !== undefined
      expect(isLeaf).toBe(node.children === undefined)
      expect(isLeaf).toBe(node.formula === undefined)
      if (isLeaf) expect(node.evidence!.where).not.toBe("")
    }
  })

  it("labels every node in both languages and names each once", () => {
    const all = nodes(tree)
    expect(new Set(all.map((node) => node.id)).size).toBe(all.length)
    for (const { label } of all) {
      expect(label.zh).toMatch(/\p{Script=Han}|ρ|T/u)
      expect(label.en).toMatch(/[a-z]/i)
    }
  })

  it("computes each inner number from its children", () => {
    const value = (id: string): number => byId(id).value
    const factors = ["base", "demand", "depth", "volume", "accuracy"].map((name) => value(`price.formula.${name}`))
    expect(factors.reduce((a, b) => a * b, 1)).toBeCloseTo(value("price.formula"), 6)
    expect(value("price.formula.depth.bits") / value("price.formula.depth.bits_ref")).toBe(value("price.formula.depth"))
    const mu = "price.formula.volume.mu"
    expect(value(`${mu}.1.rows`) * value(`${mu}.1.weight`) * value(`${mu}.1.timeliness`)).toBe(value(mu))
    expect((value(mu) / value(`${mu}_ref`)) ** value("price.formula.volume.beta")).toBeCloseTo(
      value("price.formula.volume"),
      12
    )
    expect(value(`${mu}.1.timeliness.age`)).toBe(10)
    expect(value(`${mu}.1.timeliness`)).toBeCloseTo(0.849802, 6)
  })

  it("opens what came from the data to the release that paid for it", () => {
    expect(byId("price.formula.depth.bits").evidence).toMatchObject({ kind: "released", release: "rel_5k2" })
    expect(byId("price.formula.base").evidence).toMatchObject({ kind: "public" })
  })
})
