import type { PropertyDeclarations } from "lit"
import type { Licences } from "../../../api/customer/Licences.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { licenceGrid } from "./licenceGrid.ts"

/** What a customer allows, as purposes by recipients. */
export class AssayLicences extends ChartElement {
  static override properties: PropertyDeclarations = { licences: { attribute: false } }
  declare licences: Licences | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.licences === undefined ? undefined : licenceGrid(this.licences, look)
  }
}
