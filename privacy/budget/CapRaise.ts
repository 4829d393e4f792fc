import type { SubCap } from "./SubCap.ts"

/** A sub-cap that somebody asked to raise: it stands as it was until another approves. */
export interface CapRaise extends SubCap {
  readonly id: string
  readonly askedBy: string
  readonly askedAt: string
}
