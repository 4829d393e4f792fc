import type { BadInput } from "#core/BadInput.ts"
import type { Asset } from "../engine/Asset.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import type { ColumnLineage } from "./columnLineage.ts"
import type { RecordClass } from "./recordClass.ts"

/** An asset whose statement was bound against the schema twin. */
export interface BoundAsset {
  readonly asset: Asset
  /** Hidden ones (`_...`) too. */
  readonly columns: ReadonlyArray<AssetColumn>
  /** Empty for what is landed or released. */
  readonly statement: string
  readonly lineage: ColumnLineage
  readonly record: RecordClass
  /** Every row is one raw event and carries its `_event_id`. */
  readonly carries: boolean
  /** The table that holds its rows as they were made, with the events of each in `_src`; only where a statement cannot be replayed. */
  readonly edges?: string
  /** Why the statement does not bind. */
  readonly problem?: BadInput
}
