import { createHash } from "node:crypto"
import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { decodeYaml } from "#pipelines/sources/yaml/decodeYaml.ts"
import { AssessmentFile } from "./AssessmentFile.ts"
import { checkTestimony } from "./checkTestimony.ts"
import { recordTestimony } from "./recordTestimony.ts"
import type { Testimony } from "./recordTestimony.ts"

/** A file that somebody puts on record for a gate or an item, or `all` that it speaks of. */
export interface EvidenceFile {
  readonly product: string
  readonly gate: string
  readonly by: string
  readonly name: string
  readonly bytes: Uint8Array
  /** What a file says that is no YAML or JSON, such as a signed PDF. */
  readonly value?: number
  readonly note?: string
  readonly days?: number
}

/** A statement as it was put on record. */
export interface RecordedEvidence {
  readonly evidence: string
  readonly item: string
  /** SHA-256 of the file. */
  readonly digest: string
}

const most = 4 << 20

/** Assessments as files: kept as they are, under their hash, with what they say of each gate. */
export class Evidences extends Context.Service<
  Evidences,
  {
    /** Puts a file on record; what the same person has recorded of the same file before, and which holds, is not recorded again. */
    recordFile(file: EvidenceFile): Effect.Effect<ReadonlyArray<RecordedEvidence>, RecordsError>
    /** The file behind a piece of evidence. Fails with `BadInput` where there is none. */
    file(
      evidence: string
    ): Effect.Effect<{ readonly name: string; readonly digest: string; readonly bytes: Uint8Array }, RecordsError>
  }
>()("catalog/Evidences") {
  static readonly layer: Layer.Layer<Evidences, never, Records | Log> = Layer.effect(
    Evidences,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log

      const recordFile = Effect.fn("Evidences.recordFile")(function* (file: EvidenceFile) {
        if (file.bytes.length > most) return yield* tooLarge(file.name)
        const statements = yield* read(file)
        const digest = createHash("sha256").update(file.bytes).digest("hex")
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          requireProduct(db, file.product)
          db.run("insert into evidence_file values ($digest, $name, $bytes, $at) on conflict do nothing", {
            digest,
            name: file.name,
            bytes: file.bytes,
            at
          })
          return statements.map((testimony) => {
            checkTestimony(testimony)
            const standing = onRecord(db, testimony, digest, at)
            if (standing !== undefined) return { evidence: standing, item: testimony.item, digest }
            const evidence = recordTestimony(db, log, testimony, at)
            db.run("insert into evidence_attachment values ($evidence, $digest)", { evidence, digest })
            return { evidence, item: testimony.item, digest }
          })
        })
      })

      const file = Effect.fn("Evidences.file")((evidence: string) =>
        records.read((db) => {
          const found = db.get<{ name: string; digest: string; bytes: Uint8Array }>(
            `select f.name, f.digest, f.bytes from evidence_attachment a join evidence_file f on f.digest = a.digest
             where a.evidence = $evidence`,
            { evidence }
          )
          if (found !== undefined) return found
          throw new BadInput({
            code: "evidence.file",
            message: `There is no file behind the evidence ${evidence.slice(0, 60)}.`,
            fix: "Evidence that was recorded in words has none.",
            where: { field: "evidence" }
          })
        })
      )
      return Evidences.of({ recordFile, file })
    })
  )
}

const read = Effect.fnUntraced(function* (file: EvidenceFile) {
  const { product, gate, by, name, bytes, value, note, days } = file
  if (!/\.(ya?ml|json)$/i.test(name)) {
    const isDemo = false
    return [
      { product, item: gate, value: value ?? Number.NaN, note: note ?? "", signer: by, days: days ?? 365, isDemo }
    ]
  }
  const assessment = yield* decodeYaml(AssessmentFile, new TextDecoder().decode(bytes), name)
  if (assessment.product !== undefined && assessment.product !== product) return yield* otherProduct(name, product)
  const said = Object.entries(assessment.statements)
    .filter(([item, statement]) => (gate === "all" || item === gate) && (statement.by ?? by) === by)
    .map(([item, statement]): Testimony => ({
      product,
      item,
      value: statement.value,
      note: `${assessment.assessment}: ${statement.note}`.slice(0, 500),
      signer: by,
      days: days ?? statement.days ?? 365,
      isDemo: assessment.sample === true
    }))
  return said.length === 0 ? yield* saysNothing(name, gate, by) : said
})

/** The same file by the same person for the same item, if it holds longer than a day from now. */
const onRecord = (db: Db, { product, item, signer }: Testimony, digest: string, at: string): string | undefined =>
  db.get<{ id: string }>(
    `select e.id from index_evidence e join evidence_attachment a on a.evidence = e.id
     where e.product = $product and e.item = $item and e.signer = $signer and a.digest = $digest
       and e.withdrawn_at is null and e.expires_at > $tomorrow`,
    { product, item, signer, digest, tomorrow: new Date(Date.parse(at) + 86_400_000).toISOString() }
  )?.id

function requireProduct(db: Db, product: string): void {
  if (db.get("select 1 as one from product where name = $product", { product }) !== undefined) return
  throw new BadInput({
    code: "product.unknown",
    message: `There is no product ${product.slice(0, 80)} with a version.`,
    fix: "assay product review lists what waits; assay run makes versions.",
    where: { field: "product" }
  })
}

const tooLarge = (name: string): BadInput =>
  new BadInput({
    code: "evidence.size",
    message: `${name} is larger than 4 MiB.`,
    fix: "Record its summary, and keep the rest where it is.",
    where: { file: name }
  })

const otherProduct = (name: string, product: string): BadInput =>
  new BadInput({
    code: "evidence.product",
    message: `${name} is about another product than ${product}.`,
    fix: "Record it for the product that it names.",
    where: { file: name, field: "product" }
  })

const saysNothing = (name: string, gate: string, by: string): BadInput =>
  new BadInput({
    code: "evidence.statement",
    message: `${name} says nothing of ${gate.slice(0, 40)} that ${by.slice(0, 80)} may put on record.`,
    fix: "Write it below statements:, such as G5: { value: 1, note: what was found }.",
    where: { file: name, field: "statements" }
  })
