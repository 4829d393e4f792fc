import type { AdminViews } from "./admin/AdminViews.ts"
import type { AuditorViews } from "./auditor/AuditorViews.ts"
import type { BuyerViews } from "./buyer/BuyerViews.ts"
import type { CustomerViews } from "./customer/CustomerViews.ts"
import type { ExecutiveViews } from "./executive/ExecutiveViews.ts"
import type { StewardViews } from "./steward/StewardViews.ts"

/** The views of all faces. */
export type FaceViews = AdminViews | AuditorViews | BuyerViews | CustomerViews | ExecutiveViews | StewardViews
