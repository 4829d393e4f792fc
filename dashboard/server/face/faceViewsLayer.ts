import { Layer } from "effect"
import { Keyring } from "#privacy/access/passkey/Keyring.ts"
import { Embeds } from "../embed/Embeds.ts"
import { AccessLog } from "../security/AccessLog.ts"
import { Elevations } from "../security/Elevations.ts"
import { Principals } from "../security/Principals.ts"
import { adminViewsLayer } from "./admin/adminViewsLayer.ts"
import { auditorViewsLayer } from "./auditor/auditorViewsLayer.ts"
import { buyerViewsLayer } from "./buyer/buyerViewsLayer.ts"
import { customerViewsLayer } from "./customer/customerViewsLayer.ts"
import { executiveViewsLayer } from "./executive/executiveViewsLayer.ts"
import { productViewsLayer } from "../view/productViewsLayer.ts"
import { stewardViewsLayer } from "./steward/stewardViewsLayer.ts"

/** The views of all faces on a real home. */
export const faceViewsLayer = Layer.mergeAll(
  adminViewsLayer,
  auditorViewsLayer,
  buyerViewsLayer,
  customerViewsLayer,
  executiveViewsLayer,
  productViewsLayer,
  stewardViewsLayer,
  AccessLog.layer,
  Elevations.layer,
  Embeds.layer,
  Keyring.layer,
  Principals.layer
)
