/** What a process holds; sizes in bytes, delays of its event loop in milliseconds since they were last asked for. */
export interface ProcessFigures {
  /** After a collection. */
  readonly heap: number
  /** What the engine of JavaScript has taken from the system for it. */
  readonly reserved: number
  readonly resident: number
  readonly external: number
  readonly arrayBuffers: number
  /** What DuckDB says that it holds. */
  readonly engine: number
  /** Open descriptors. */
  readonly files: number
  /** What keeps the process alive, by kind. */
  readonly handles: Readonly<Record<string, number>>
  readonly delayP99: number
  readonly delayMost: number
}
