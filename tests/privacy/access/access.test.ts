import { layer } from "@effect/vitest"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Refused } from "#core/Refused.ts"
import { accessPolicies } from "#privacy/access/accessPolicies.ts"
import { AccessRules } from "#privacy/access/AccessRules.ts"
import { accessSchema } from "#privacy/access/accessSchema.ts"
import { maskedColumns } from "#privacy/access/maskedColumns.ts"
import { masks } from "#privacy/access/Mask.ts"
import type { Mask } from "#privacy/access/Mask.ts"
import { openAccess } from "#privacy/access/openAccess.ts"
import { requirePlain } from "#privacy/access/requirePlain.ts"
import type { Surroundings } from "#privacy/access/Surroundings.ts"
import type { Viewer } from "#privacy/access/Viewer.ts"
import { Role } from "#dashboard/api/Role.ts"

const around: Surroundings = { purpose: "operate", zone: "loopback", hour: 10, risk: "low" }
const steward: Viewer = { role: "steward", name: "s", device: "passkey", assurance: 10 }
const route = { name: "approve", callers: ["steward"], fresh: true, writes: true }
const maskOf = (viewer: Viewer, ...tags: ReadonlyArray<string>): Mask =>
  openAccess()
    .fields(viewer, [{ name: "f", tags }], around)
    .get("f")!

describe("a route", () => {
  it("is for the roles it names, for each of the dashboard's roles", () => {
    for (const role of [...Role.literals, "nobody"]) {
      const { allowed } = openAccess().call({ ...steward, role }, route, around)
      expect(allowed, role).toBe(role === "steward")
    }
  })

  it("that needs a fresh verification is closed five minutes after the last, to the second", () => {
    const at = (assurance: number) => openAccess().call({ ...steward, assurance }, route, around)
    expect(at(299).allowed).toBe(true)
    expect(at(300)).toEqual({ allowed: false, because: ["step-up"] })
    expect(at(86_400).allowed).toBe(false)
    expect(at(299).allowed).toBe(true)
  })

  it("is closed to a one-time link from anywhere but this machine", () => {
    const link: Viewer = { ...steward, device: "link" }
    expect(openAccess().call(link, route, { ...around, zone: "network" }).because).toEqual(["links-on-loopback"])
    expect(openAccess().call(link, route, around).allowed).toBe(true)
  })

  it("that changes something is closed to a session that probed, until it verifies again", () => {
    const writes = { ...route, fresh: false }
    const high: Surroundings = { ...around, risk: "high" }
    expect(openAccess().call({ ...steward, assurance: 900 }, writes, high).because).toEqual(["risk"])
    expect(openAccess().call({ ...steward, assurance: 9 }, writes, high).allowed).toBe(true)
    expect(openAccess().call({ ...steward, assurance: 900 }, { ...writes, writes: false }, high).allowed).toBe(true)
  })

  it("is closed when the request does not fit the schema", () => {
    for (const viewer of [
      { ...steward, role: "owner" },
      { ...steward, role: '"] || true' },
      { ...steward, assurance: Number.NaN },
      { ...steward, device: 7 as never }
    ])
      expect(openAccess().call(viewer, route, around).allowed).toBe(false)
    expect(openAccess().call(steward, { ...route, callers: ["owner"] }, around).allowed).toBe(false)
    expect(openAccess().call(steward, route, { ...around, risk: undefined as never }).allowed).toBe(false)
  })
})

describe("policies", () => {
  it("that do not fit the schema stop the start", () => {
    const broken = { ...accessPolicies, broken: `permit (principal, action, resource) when { principal.shoe > 3 };` }
    expect(() => new AccessRules(accessSchema, broken)).toThrow(/broken/)
    expect(() => new AccessRules(accessSchema, { x: "permit (" })).toThrow(/do not hold/)
  })

  it("that fail while deciding refuse, where Cedar alone would skip the forbid and permit", () => {
    const failing = {
      ...accessPolicies,
      overflow: `forbid (principal, action == Action::"call", resource) when { principal.assurance + 9223372036854775807 > 0 };`
    }
    const rules = new AccessRules(accessSchema, failing)
    const call = { ...route, fresh: false }
    expect(rules.call({ ...steward, assurance: 900 }, call, around)).toEqual({ allowed: false, because: ["error"] })
  })

  it("never show more when a policy that permits is taken away, nor less when a forbid is", () => {
    const tags = [[], ["crm.budget"], ["identifier"], ["crm.decision_maker"], ["dpv-pd:Transactional"]]
    const shown = (policies: typeof accessPolicies) => {
      const rules = new AccessRules(accessSchema, policies)
      return Role.literals.flatMap((role) =>
        tags.map((one) =>
          masks.indexOf(rules.fields({ ...steward, role }, [{ name: "f", tags: one }], around).get("f")!)
        )
      )
    }
    const whole = shown(accessPolicies)
    for (const [name, text] of Object.entries(accessPolicies)) {
      const rest = shown(Object.fromEntries(Object.entries(accessPolicies).filter(([one]) => one !== name)))
      for (const [i, mask] of rest.entries()) {
        if (text.startsWith("permit")) expect(mask, name).toBeGreaterThanOrEqual(whole[i]!)
        else expect(mask, name).toBeLessThanOrEqual(whole[i]!)
      }
    }
  })
})

describe("a field", () => {
  it("is shown by the most delicate of its tags", () => {
    expect(maskOf(steward, "dpv-pd:Transactional")).toBe("plain")
    expect(maskOf(steward, "dpv-pd:Transactional", "crm.budget")).toBe("bucket")
    expect(maskOf(steward, "unclassified")).toBe("few")
    expect(maskOf(steward)).toBe("few")
    expect(maskOf(steward, "identifier", "dpv-pd:Transactional")).toBe("hash")
    expect(maskOf(steward, "dpv-pd:Transactional", "crm.decision_maker")).toBe("hidden")
  })

  it("shows an executive the range of a budget and not who decides", () => {
    const executive: Viewer = { ...steward, role: "executive" }
    expect(maskOf(executive, "crm.budget")).toBe("bucket")
    expect(maskOf(executive, "crm.decision_maker")).toBe("hidden")
    expect(maskOf(executive, "dpv-pd:Transactional")).toBe("hidden")
    expect(maskOf({ ...steward, role: "buyer" }, "crm.budget")).toBe("hidden")
    expect(maskOf({ ...steward, device: "token" }, "dpv-pd:Transactional")).toBe("hidden")
  })

  it("that is not shown as it is can be used for nothing: chosen, sorted, joined, grouped or counted by", () => {
    const shown = new Map<string, Mask>(masks.map((mask) => [mask, mask]))
    expect(() => requirePlain(shown, ["plain"])).not.toThrow()
    const told = [...masks.filter((mask) => mask !== "plain"), "never_there", "__proto__", 'x" or 1=1'].map((name) => {
      try {
        requirePlain(shown, ["plain", name])
        return undefined
      } catch (cause) {
        return cause instanceof Refused ? `${cause.code} ${cause.message} ${cause.fix}` : "bug"
      }
    })
    // Hidden, masked and unknown are told apart by nothing.
    expect(new Set(told).size).toBe(1)
    expect(told[0]).toMatch(/^access\.field /)
  })
})

layer(Warehouse.memory)("masks in SQL", (it) => {
  it.effect("show what they say, and a hidden column is not in the statement at all", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const shown = new Map(masks.map((mask) => [mask as string, mask]))
      const columns = maskedColumns(shown, "ab".repeat(32))
      expect(columns.join(" ")).not.toContain("hidden")
      const rows = yield* warehouse.query<Record<string, unknown>>(
        `with t as (select i as plain, 500 + 37 * i as bucket, 'name ' || i as first, case when i < 12 then 'often' else 'rare ' || i end as few,
           'person ' || (i // 2) as hash, i as "null", 'secret ' || i as hidden from range(15) s(i))
         select ${columns.join(", ")} from t order by plain`
      )
      expect(Object.keys(rows[0]!)).toEqual(masks.filter((mask) => mask !== "hidden"))
      expect(rows.map((row) => row["plain"])).toEqual(Array.from({ length: 15 }, (_, i) => i))
      expect(new Set(rows.map((row) => row["bucket"]))).toEqual(new Set([">= 316", ">= 1000"]))
      expect(new Set(rows.map((row) => row["first"]))).toEqual(new Set(["n"]))
      expect(new Set(rows.map((row) => row["few"]))).toEqual(new Set(["often", null]))
      expect(new Set(rows.map((row) => row["hash"])).size).toBe(8)
      expect(rows.every((row) => /^[0-9a-f]{16}$/.test(String(row["hash"])) && row["null"] === null)).toBe(true)
      expect(JSON.stringify(rows)).not.toMatch(/secret|person|rare/)
    })
  )

  it.effect("give other hashes under another key", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const under = (key: string) =>
        warehouse.query<{ x: string }>(
          `select ${maskedColumns(new Map([["x", "hash"]]), key)[0]} from (select 'a' as x)`
        )
      expect((yield* under("00"))[0]!.x).not.toBe((yield* under("01"))[0]!.x)
    })
  )
})
