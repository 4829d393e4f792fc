import { aim } from "./aim.ts"
import { aimOnce } from "./aimOnce.ts"
import { aimTop } from "./aimTop.ts"
import type { Mechanism } from "./Brief.ts"
import { independent } from "./independent.ts"
import { mst } from "./mst.ts"

/** The mechanisms that measure marginals: a variant of AIM stands behind its name. */
export const mechanisms: Readonly<Record<"independent" | "mst" | "aim" | "aim-top" | "aim-oneshot", Mechanism>> = {
  independent,
  mst,
  aim,
  "aim-top": aimTop,
  "aim-oneshot": aimOnce
}
