import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Evidences } from "#catalog/index/Evidences.ts"
import type { EvidenceFile } from "../../../api/steward/EvidenceFile.ts"
import type { EvidenceRequest } from "../../../api/steward/EvidenceRequest.ts"
import type { RecordedEvidence } from "../../../api/steward/RecordedEvidence.ts"

/** Puts a file on record under the name of the session. */
export const recordEvidence = Effect.fn("recordEvidence")(function* (
  product: string,
  { item, name, content, value, note, days }: EvidenceRequest,
  by: string
) {
  const bytes = Buffer.from(content, "base64")
  if (bytes.length === 0) {
    return yield* new BadInput({
      code: "evidence.file",
      message: "Evidence for a gate is a file, and this one is empty.",
      fix: "Choose the file that was assessed or signed.",
      where: { field: "content" }
    })
  }
  const recorded: RecordedEvidence = yield* (yield* Evidences).recordFile({
    product,
    gate: item,
    by,
    name: plainName(name),
    bytes,
    ...(value === undefined ? {} : { value }),
    ...(note === undefined ? {} : { note: note.trim() }),
    ...(days === undefined ? {} : { days })
  })
  return recorded
})

/** The file behind a piece of evidence. */
export const evidenceFile = Effect.fn("evidenceFile")(function* (id: string) {
  const { name, digest, bytes } = yield* (yield* Evidences).file(id)
  return { name, digest, content: Buffer.from(bytes).toString("base64") } satisfies EvidenceFile as EvidenceFile
})

/** Without folders, and without what cannot be printed. */
const plainName = (name: string): string =>
  name
    .split(/[/\\]/)
    .at(-1)!
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, "_")
