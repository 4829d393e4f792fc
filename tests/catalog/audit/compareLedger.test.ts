import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { draftGrant } from "#privacy/consent/grant/draftGrant.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { compareLedger } from "#catalog/audit/compareLedger.ts"
import { salesApp } from "../../../app.ts"
import { freshHome } from "../../assay.ts"
import { grantOf } from "../../e2e/consentedShop.ts"

describe("comparing the ledger with the log", () => {
  it.live(
    "finds nothing in a house that nobody touched, and names what was changed, added or taken away in the records alone",
    () =>
      Effect.gen(function* () {
        const records = yield* Records
        const consent = yield* Consent
        yield* consent.enrol([
          { subj: 1, id: "ada" },
          { subj: 2, id: "bo" }
        ])
        yield* consent.accept(yield* draftGrant(grantOf("ada"), Math.floor(Date.now() / 1000)))
        const { operation } = yield* (yield* Revocations).revoke(2)
        const uses = yield* Uses
        const facts = {
          action: "share",
          purpose: "dpv:MarketResearch",
          recipient: "third-party",
          asset: "a",
          epoch: 1
        } as const
        const sealed = yield* uses.seal({ operation: "use_1", ...facts }, Uint32Array.of(1))
        yield* records.write((db) => uses.append(db, sealed))
        const sound = yield* compareLedger()
        assert.deepStrictEqual(sound, { compared: 3, differences: [] })

        const after = (sql: string) =>
          Effect.gen(function* () {
            yield* records.write((db) => void db.run(sql))
            return (yield* compareLedger()).differences
          })
        const [document] = yield* records.read((db) => db.all<{ document: string }>("select document from consent_use"))
        assert.deepStrictEqual(
          yield* after("update consent_use set document = replace(document, 'third-party', 'internal')"),
          [{ what: "another in the log", type: "use", operation: "use_1" }]
        )
        yield* records.write((db) => void db.run("update consent_use set document = $document", { ...document! }))
        assert.deepStrictEqual(yield* after("delete from consent_revocation"), [
          { what: "missing from the records", type: "revoke", operation }
        ])
        const forged =
          "insert into consent_grant select 'ff', 2, 1, null, 'ACTIVE', 0, 1, 1, terms, '', 9, 0, null from consent_grant"
        const kinds = (yield* after(forged)).map(({ what, type }) => `${type} ${what}`)
        assert.sameMembers(kinds, ["grant missing from the log", "revoke missing from the records"])
        // An erasure takes the salt, and with it the means to tell; the entries still have their rows.
        yield* records.write((db) => void db.run("delete from consent_grant where digest = 'ff'"))
        yield* (yield* Revocations).erase(1)
        assert.deepStrictEqual(
          (yield* compareLedger()).differences.map(({ type }) => type),
          ["revoke"]
        )
      }).pipe(Effect.provide(salesApp(freshHome())))
  )
})
