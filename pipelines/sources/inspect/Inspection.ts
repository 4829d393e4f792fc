/** What a look at files found. It holds names of files and fields, kinds and counts, and never a value. */
export interface Inspection {
  /** A source file that can be read as it is, with remarks where a person must decide. */
  readonly yaml: string
  readonly streams: ReadonlyArray<StreamFindings>
  /** Files that cannot be taken, with the reason. */
  readonly refused: ReadonlyArray<{ readonly file: string; readonly message: string }>
}

export interface StreamFindings {
  readonly stream: string
  readonly file: string
  readonly format: "delimited" | "jsonl" | "json" | "parquet"
  readonly gzip: boolean
  readonly encoding: string
  /** Only of delimited text. */
  readonly delimiter?: string
  readonly header?: boolean
  readonly lineEnds?: "lf" | "crlf" | "cr" | "mixed"
  readonly rows: number
  /** Rows that a load would quarantine. */
  readonly badRows: number
  /** Rows that hold a line end inside a field. */
  readonly multilineRows: number
  /** Rows that repeat another one exactly. */
  readonly duplicateRows: number
  readonly doubledHeaders: ReadonlyArray<string>
  readonly columns: ReadonlyArray<ColumnFindings>
  /** Fields that tell all rows apart, best first. */
  readonly keys: ReadonlyArray<ReadonlyArray<string>>
  /** Fields that nearly do, and how many of their values are doubled. */
  readonly nearKeys: ReadonlyArray<{ readonly fields: ReadonlyArray<string>; readonly doubled: number }>
}

export interface ColumnFindings {
  readonly name: string
  readonly type: "text" | "integer" | "decimal" | "boolean" | "time" | "empty"
  /** Of a time, as strptime writes it. */
  readonly format?: string
  /** Day and month can be swapped in `both` values; `decided` when other values settle which is which. */
  readonly ambiguous?: { readonly other: string; readonly both: number; readonly decided: boolean }
  readonly present: number
  readonly missing: number
  /** Present values, markers of the missing left out, that differ. */
  readonly distinct: number
  /** Characters of the longest value. */
  readonly longest: number
  /** How often each text that usually means "missing" occurs. */
  readonly markers: Readonly<Record<string, number>>
  /** Present values that do not fit the type. */
  readonly failing: number
  readonly leadingZeros: number
  readonly strayBlanks: number
  readonly lineEnds: number
  /** Values that differ from another one only by case or blanks. */
  readonly variants: number
  /** Kinds of identifiers and how many values look like one. */
  readonly identifiers: Readonly<Record<string, number>>
  /** Of a sample of the different texts, how many hold an identifier of each kind somewhere. */
  readonly inText?: { readonly sampled: number; readonly holding: Readonly<Record<string, number>> }
  /** What the field's name says that it holds, such as `name`. */
  readonly named?: string
}
