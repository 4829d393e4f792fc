import type { SourceFile } from "./SourceFile.ts"

type Declared = (typeof SourceFile)["Type"]
type Streams = Exclude<Declared["streams"], undefined>

/** One table of a source, as declared. */
export type StreamSpec = Streams[number]
export type FieldMapping = Exclude<StreamSpec["fields"], undefined>[string]

/** A connected source, decoded and with its root resolved to a real folder. */
export interface SourceSpec {
  readonly source: string
  readonly kind: "files" | "sample"
  /** Where the source file stands; empty when there is none. */
  readonly file: string
  /** Absolute, links resolved; empty for a sample. */
  readonly root: string
  readonly streams: ReadonlyArray<StreamSpec>
}
