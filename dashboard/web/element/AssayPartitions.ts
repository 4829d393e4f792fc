import type { PropertyDeclarations } from "lit"
import type { AssetHealth } from "../../api/steward/AssetHealth.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { partitionMap } from "../chart/partitionMap.ts"
import { ChartElement } from "./ChartElement.ts"

/** The partitions of an asset, made or due. */
export class AssayPartitions extends ChartElement {
  static override properties: PropertyDeclarations = { asset: { attribute: false } }
  declare asset: AssetHealth | undefined

  protected override draw(look: Look): Drawing | undefined {
    const partitions = this.asset?.partitions
    if (partitions === null || partitions === undefined || partitions.cells.length === 0) return undefined
    return partitionMap(this.asset!.key, partitions, look)
  }
}
