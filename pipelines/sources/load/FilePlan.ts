import type { NamedColumn } from "../files/columnNames.ts"
import type { Dialect } from "../files/Dialect.ts"
import type { FileRef } from "../files/FileRef.ts"
import type { SniffedFile } from "../files/sniffFile.ts"

/** How one file is going to be read, decided from its first bytes. */
export interface FilePlan {
  readonly file: FileRef
  readonly format: SniffedFile["format"]
  readonly gzip: boolean
  readonly encoding: SniffedFile["encoding"]
  /** Only of delimited text. */
  readonly text?: { readonly dialect: Dialect; readonly header: boolean; readonly columns: ReadonlyArray<NamedColumn> }
}
