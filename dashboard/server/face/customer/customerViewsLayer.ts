import { Effect, Layer } from "effect"
import type { FileSystem, Path } from "effect"
import type { Home } from "#core/home/Home.ts"
import type { Log } from "#core/log/Log.ts"
import type { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { passkeysOf } from "#privacy/access/passkey/passkeysOf.ts"
import type { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import type { Uses } from "#privacy/consent/use/Uses.ts"
import type { Products } from "#pipelines/release/Products.ts"
import type { Connections } from "#pipelines/sources/Connections.ts"
import type { Benefits } from "#catalog/benefit/Benefits.ts"
import { eraseEverything } from "#catalog/recall/eraseEverything.ts"
import { mendWarehouse } from "../../view/mendWarehouse.ts"
import type { ViewsError } from "../../Views.ts"
import { draftChange, makeChange } from "./changeOfLicence.ts"
import { drawUpGrant } from "./drawUpGrant.ts"
import { customerBenefits } from "./customerBenefits.ts"
import { customerGrant, customerReceipts, customerUses } from "./customerEvidence.ts"
import { customerLicences } from "./customerLicences.ts"
import { CustomerViews } from "./CustomerViews.ts"
import { subjectOf } from "./subjectOf.ts"
import { takeSigned } from "./takeSigned.ts"

type Services =
  | Benefits
  | Connections
  | Consent
  | FileSystem.FileSystem
  | Home
  | Log
  | Path.Path
  | Products
  | Records
  | Revocations
  | Tariffs
  | Uses
  | Warehouse

/** The pages of customers on a real home. */
export const customerViewsLayer = Layer.effect(
  CustomerViews,
  Effect.gen(function* () {
    const world = yield* Effect.context<Services>()
    const within = <A>(effect: Effect.Effect<A, ViewsError | WarehouseError, Services>): Effect.Effect<A, ViewsError> =>
      mendWarehouse(Effect.provideContext(effect, world))
    const of = <A>(
      principal: Parameters<typeof subjectOf>[0],
      use: (subj: number) => Effect.Effect<A, ViewsError | WarehouseError, Services>
    ): Effect.Effect<A, ViewsError> => within(Effect.flatMap(subjectOf(principal), use))
    return CustomerViews.of({
      licences: (principal) => of(principal, (subj) => Effect.map(customerLicences(subj), ({ licences }) => licences)),
      draft: (change, principal) =>
        of(principal, (subj) =>
          Effect.flatMap(passkeysOf(principal.name, subj), ([own]) => draftChange(subj, change, own?.digest))
        ),
      change: (consent, principal) =>
        of(principal, (subj) =>
          Effect.flatMap(passkeysOf(principal.name, subj), (own) =>
            own.length === 0 ? makeChange(subj, consent) : Effect.fail(unsigned())
          )
        ),
      signing: (asked, principal) =>
        of(principal, (subj) =>
          Effect.flatMap(passkeysOf(principal.name, subj), (own) => drawUpGrant(subj, asked, own))
        ),
      sign: (signed, principal) => of(principal, (subj) => takeSigned(subj, signed)),
      revoke: (principal) => of(principal, (subj) => Revocations.use((revocations) => revocations.revoke(subj))),
      uses: (principal, operation) => of(principal, (subj) => customerUses(subj, operation)),
      benefits: (principal) => of(principal, customerBenefits),
      receipts: (principal) => of(principal, customerReceipts),
      grant: (digest, format, principal) => of(principal, (subj) => customerGrant(subj, digest, format)),
      subject: (id) => within(Consent.use((consent) => consent.subject(id))),
      erase: (principal) => of(principal, eraseEverything)
    })
  })
)

const unsigned = (): Refused =>
  new Refused({
    code: "licence.unsigned",
    message: "This account has a passkey, so its licence is signed with it.",
    fix: "Confirm with your passkey. If it is lost, remove it on the security page; a click is enough then."
  })
