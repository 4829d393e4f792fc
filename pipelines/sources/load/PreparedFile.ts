import type { ScanFacts } from "../files/ScanFacts.ts"
import type { FilePlan } from "./FilePlan.ts"

/** A file that has been read once and found fit for the engine, or a mended copy that is. */
export interface PreparedFile {
  readonly plan: FilePlan
  readonly sha256: string
  readonly facts: ScanFacts
  /** What the engine reads: the file itself or a copy without what is bad. */
  readonly path: string
  /** The copy has one good record a line, no header, and for JSON a line number before each. */
  readonly mended: boolean
  /** Bad rows as `line,reason,length,hex`; only of a mended copy. */
  readonly badPath: string | undefined
}
