import { createHash } from "node:crypto"
import { BadInput } from "#core/BadInput.ts"
import { decodeChunks } from "../files/decodeChunks.ts"
import { readChunks } from "../files/readChunks.ts"
import { reasonText } from "../files/Reason.ts"
import { fileSink } from "../files/RecordSink.ts"
import type { RecordSink } from "../files/RecordSink.ts"
import { MostlyBad } from "../files/MostlyBad.ts"
import { newFacts } from "../files/ScanFacts.ts"
import type { ScanFacts } from "../files/ScanFacts.ts"
import { scanDelimited } from "../files/scanDelimited.ts"
import { scanJsonDocument } from "../files/scanJsonDocument.ts"
import { scanJsonLines } from "../files/scanJsonLines.ts"
import type { FilePlan } from "./FilePlan.ts"
import type { PreparedFile } from "./PreparedFile.ts"
import { recordLimit } from "./recordLimit.ts"

/**
 * Reads a file once, in constant memory: its SHA-256, its gzip trailer, its records. A second pass writes a mended copy below
 * `stem` when the engine would read something else than we do. `force` writes the copy in any case.
 */
export async function prepareFile(
  plan: FilePlan,
  stem: string,
  signal: AbortSignal,
  force = false
): Promise<PreparedFile> {
  const { file, format } = plan
  const hash = createHash("sha256")
  const stored = (onStored?: (bytes: Uint8Array) => void) =>
    readChunks(file.path, file.name, { gzip: plan.gzip, signal, ...(onStored === undefined ? {} : { onStored }) })
  const whole = { plan, path: file.path, mended: false, badPath: undefined }
  if (format === "parquet") {
    const facts = newFacts()
    for await (const chunk of stored((bytes) => hash.update(bytes))) facts.bytes += chunk.length
    return { ...whole, sha256: hash.digest("hex"), facts }
  }
  const scan = (chunks: AsyncIterable<Buffer>, sink?: RecordSink): Promise<ScanFacts> =>
    scanText(plan, decodeChunks(chunks, plan.encoding), sink).catch((cause: unknown) => {
      throw cause instanceof MostlyBad ? mostlyBad(file.name, cause.facts) : cause
    })
  let sha256: string | undefined
  if (format !== "json" && plan.encoding === "utf-8" && !force) {
    const facts = await scan(stored((bytes) => hash.update(bytes)))
    sha256 = hash.digest("hex")
    if (readsAlike(plan, facts)) return { ...whole, sha256, facts }
  }
  const path = `${stem}.text`
  const badPath = `${stem}.bad`
  const sink = fileSink(path, badPath)
  try {
    const facts = await scan(sha256 === undefined ? stored((bytes) => hash.update(bytes)) : stored(), sink)
    return { plan, sha256: sha256 ?? hash.digest("hex"), facts, path, mended: true, badPath }
  } finally {
    sink.close()
  }
}

function scanText(plan: FilePlan, chunks: AsyncIterable<Buffer>, sink: RecordSink | undefined): Promise<ScanFacts> {
  const to = sink === undefined ? {} : { sink }
  if (plan.format === "jsonl") return scanJsonLines(chunks, { limit: recordLimit.json, ...to })
  if (plan.format === "json") return scanJsonDocument(chunks, plan.file.name, { limit: recordLimit.json, ...to })
  const text = plan.text
  if (text === undefined) {
    throw new BadInput({
      code: "source.header",
      message: `${plan.file.name} has no header.`,
      fix: "Export it again with a header.",
      where: { file: plan.file.name }
    })
  }
  return scanDelimited(chunks, {
    dialect: text.dialect,
    fields: text.columns.length,
    header: text.header,
    limit: recordLimit.delimited,
    decoded: plan.encoding !== "utf-8",
    ...to
  })
}

/** True when the engine's reader sees the same records in the file as ours. */
function readsAlike(plan: FilePlan, facts: ScanFacts): boolean {
  const mixedEnds = plan.text !== undefined && facts.lfLines > 0 && facts.crlfLines > 0
  return facts.badRows === 0 && facts.oddRows === 0 && facts.blankLines === 0 && !mixedEnds
}

function mostlyBad(file: string, facts: ScanFacts): BadInput {
  const [first] = facts.firstBad
  return new BadInput({
    code: "source.mostly_bad",
    message: `${file}: more than half of the rows so far cannot be taken (line ${first!.line} ${reasonText[first!.reason]}); nothing of it was landed.`,
    fix: "Set options.delimiter, quote, escape or encoding to what the file was written with; assay source inspect proposes them.",
    where: { file, line: first!.line }
  })
}
