/** How a delimited text is written; every mark is one ASCII byte. */
export interface Dialect {
  readonly delimiter: number
  readonly quote: number
  readonly escape: number
  /** 10 for LF and CRLF, 13 for the old CR alone. */
  readonly newline: 10 | 13
}
