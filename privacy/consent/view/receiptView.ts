import type { Grant } from "../grant/Grant.ts"

const isoInstant = (seconds: number): string => new Date(seconds * 1000).toISOString()
const events: Readonly<Record<Grant["evidence"]["kind"], string>> = {
  E1: "asserted by the controller",
  E2: "authenticated click on the notice",
  E3: "signed with the subject's passkey"
}

/**
 * A grant as a consent receipt for its subject, member by member as ISO/IEC TS 27560 groups them: the record, the processing, the parties, the
 * events. Members that the house does not know, such as the controller's postal address, are left out rather than made up.
 *
 * @param at when the grant was accepted, whole seconds
 * @source   ISO/IEC TS 27560:2023, as DPV's guide to it lists the fields
 */
export function receiptView(grant: Grant, digest: string, at: number): object {
  const { subject, controller, notice, rules, withdrawal, jurisdiction, evidence, nbf, exp, basis } = grant
  const permitted = rules.filter(({ effect }) => effect === "permit")
  return {
    receipt_metadata: { receipt_id: `urn:assay:receipt:${digest}`, schema_version: "ISO/IEC TS 27560:2023" },
    record_metadata: { record_id: digest, schema_version: grant.schema, pii_principal_id: subject },
    pii_processing: {
      privacy_notice: { version: notice.version, language: notice.lang, sha256: notice.sha256 },
      purposes: permitted.flatMap(({ purposes, actions, categories, recipientClass }) =>
        purposes.map((purpose) => ({
          purpose,
          lawful_basis: basis,
          processing: actions,
          pii_information: categories,
          recipients: recipientClass
        }))
      ),
      prohibitions: rules
        .filter(({ effect }) => effect === "prohibit")
        .map(({ purposes, actions, categories, recipientClass }) => ({
          purposes,
          processing: actions,
          pii_information: categories,
          recipients: recipientClass
        })),
      jurisdiction,
      withdrawal_method: withdrawal.method,
      on_withdrawal: withdrawal.mode
    },
    party_identification: [{ party_name: controller, party_type: "controller" }],
    event: {
      event_time: isoInstant(at),
      event_type: events[evidence.kind],
      event_state: "given",
      validity: { from: isoInstant(nbf), until: isoInstant(exp) },
      entity_id: subject
    }
  }
}
