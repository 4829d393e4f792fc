import type { Keyring } from "#privacy/access/passkey/Keyring.ts"
import type { OpenId } from "../openid/OpenId.ts"
import type { Embeds } from "../embed/Embeds.ts"
import type { AccessLog } from "../security/AccessLog.ts"
import type { Elevations } from "../security/Elevations.ts"
import type { Principals } from "../security/Principals.ts"
import type { AdminViews } from "./admin/AdminViews.ts"
import type { AuditorViews } from "./auditor/AuditorViews.ts"
import type { BuyerViews } from "./buyer/BuyerViews.ts"
import type { CustomerViews } from "./customer/CustomerViews.ts"
import type { ExecutiveViews } from "./executive/ExecutiveViews.ts"
import type { ProductViews } from "../view/ProductViews.ts"
import type { StewardViews } from "./steward/StewardViews.ts"

/** The views of all faces, and what signing in and access need. */
export type FaceViews =
  | AccessLog
  | AdminViews
  | AuditorViews
  | BuyerViews
  | CustomerViews
  | Elevations
  | Embeds
  | ExecutiveViews
  | Keyring
  | OpenId
  | Principals
  | ProductViews
  | StewardViews
