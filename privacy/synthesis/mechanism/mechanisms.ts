import { aim } from "./aim.ts"
import type { Mechanism } from "./Brief.ts"
import { independent } from "./independent.ts"
import { mst } from "./mst.ts"

/** The mechanisms that measure marginals. */
export const mechanisms: Readonly<Record<"independent" | "mst" | "aim", Mechanism>> = { independent, mst, aim }
