import { Backups } from "../admin/Backups.ts"
import { BackupRequest } from "../admin/BackupRequest.ts"
import { BlockRequest } from "../admin/BlockRequest.ts"
import { BuyerEntry } from "../admin/BuyerEntry.ts"
import { BuyersState } from "../admin/BuyersState.ts"
import { CapRequest } from "../admin/CapRequest.ts"
import { Caps } from "../admin/Caps.ts"
import { ComparablesImport } from "../admin/ComparablesImport.ts"
import { MoneyState } from "../admin/MoneyState.ts"
import { RevenueEntry } from "../admin/RevenueEntry.ts"
import { RevenueImport } from "../admin/RevenueImport.ts"
import { TaxEntry } from "../admin/TaxEntry.ts"
import { route } from "../route.ts"

const callers = ["admin"] as const

/** What admins may ask of the server beyond what all faces share and what belongs to accounts. */
export const adminRoutes = {
  adminBuyers: route({
    method: "GET",
    path: "/api/admin/buyers",
    callers,
    summary: "Lists buyers, each by its newest check, those who bought unchecked, and who is barred",
    response: BuyersState
  }),
  adminBuyerVerify: route({
    method: "POST",
    path: "/api/admin/buyers",
    callers,
    fresh: true,
    summary: "Notes what was checked of a buyer, by the caller and on which evidence",
    body: BuyerEntry,
    response: BuyersState
  }),
  adminBuyerConfirm: route({
    method: "POST",
    path: "/api/admin/buyers/:id/confirm",
    callers,
    fresh: true,
    summary: "Confirms the newest check of a buyer, as another one than who made it",
    response: BuyersState
  }),
  adminBuyerBlock: route({
    method: "POST",
    path: "/api/admin/buyers/:id/block",
    callers,
    fresh: true,
    summary: "Bars a buyer from ordering and fetching, at once",
    body: BlockRequest,
    response: BuyersState
  }),
  adminBuyerLift: route({
    method: "POST",
    path: "/api/admin/buyers/:id/lift",
    callers,
    fresh: true,
    summary: "Lets a barred buyer in again, as another one than who barred them",
    response: BuyersState
  }),
  adminCaps: route({
    method: "GET",
    path: "/api/admin/caps",
    callers,
    summary: "Shows the caps of privacy loss, raises that wait, and which keys the house has",
    response: Caps
  }),
  adminCapSet: route({
    method: "POST",
    path: "/api/admin/caps",
    callers,
    fresh: true,
    summary: "Lowers or sets a cap at once; a raise waits for another admin",
    body: CapRequest,
    response: Caps
  }),
  adminCapApprove: route({
    method: "POST",
    path: "/api/admin/caps/:id/approve",
    callers,
    fresh: true,
    summary: "Approves a raise that another one asked for",
    response: Caps
  }),
  adminMoney: route({
    method: "GET",
    path: "/api/admin/money",
    callers,
    summary: "Shows total revenue by month, tax by country, and the market comparables of each product",
    response: MoneyState
  }),
  adminRevenue: route({
    method: "POST",
    path: "/api/admin/revenue",
    callers,
    fresh: true,
    summary: "Enters what the whole company took in a month; entered again, the newest counts",
    body: RevenueEntry,
    response: MoneyState
  }),
  adminRevenueImport: route({
    method: "POST",
    path: "/api/admin/revenue/import",
    callers,
    fresh: true,
    summary: "Enters the months of a CSV with the columns month and total: all of them or none",
    body: RevenueImport,
    response: MoneyState
  }),
  adminTax: route({
    method: "POST",
    path: "/api/admin/tax",
    callers,
    fresh: true,
    summary: "Sets the tax on invoices to buyers of a country from a day on",
    body: TaxEntry,
    response: MoneyState
  }),
  adminComparables: route({
    method: "POST",
    path: "/api/admin/comparables",
    callers,
    fresh: true,
    summary: "Takes up a file of market comparables for a product; the newest counts",
    body: ComparablesImport,
    response: MoneyState
  }),
  adminBackups: route({
    method: "GET",
    path: "/api/admin/backups",
    callers,
    summary: "Lists backups and drills, and how far the one under way is",
    response: Backups
  }),
  adminBackup: route({
    method: "POST",
    path: "/api/admin/backups",
    callers,
    fresh: true,
    summary: "Begins a backup of the house, without its keys, and restores it on trial if asked",
    body: BackupRequest,
    response: Backups
  })
}
