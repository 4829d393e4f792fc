import { Schema } from "effect"
import { BuyerCheck } from "../admin/BuyerCheck.ts"
import { BuyerEntry } from "../admin/BuyerEntry.ts"
import { HouseState } from "../admin/HouseState.ts"
import { RevenueEntry } from "../admin/RevenueEntry.ts"
import { route } from "../route.ts"

const callers = ["admin"] as const

/** What admins may ask of the server beyond what all faces share and what belongs to accounts. */
export const adminRoutes = {
  adminBuyers: route({
    method: "GET",
    path: "/api/admin/buyers",
    callers,
    summary: "Lists verified buyers, each by its newest check",
    response: Schema.Array(BuyerCheck)
  }),
  adminBuyerVerify: route({
    method: "POST",
    path: "/api/admin/buyers",
    callers,
    fresh: true,
    summary: "Notes what was checked of a buyer, by the caller and on which evidence",
    body: BuyerEntry,
    response: Schema.Array(BuyerCheck)
  }),
  adminBuyerConfirm: route({
    method: "POST",
    path: "/api/admin/buyers/:id/confirm",
    callers,
    fresh: true,
    summary: "Confirms the newest check of a buyer, as another one than who made it",
    response: Schema.Array(BuyerCheck)
  }),
  adminHouse: route({
    method: "GET",
    path: "/api/admin/house",
    callers,
    summary: "Shows total revenue by month, the caps of the budget and the restore drills",
    response: HouseState
  }),
  adminRevenue: route({
    method: "POST",
    path: "/api/admin/revenue",
    callers,
    fresh: true,
    summary: "Enters what the whole company took in a month; entered again, the newest counts",
    body: RevenueEntry,
    response: HouseState
  })
}
