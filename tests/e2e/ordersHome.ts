import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A small shop of generated orders: a CSV, its source file and one product file, in a folder of their own. */
export interface OrdersHome {
  readonly folder: string
  readonly csv: string
  readonly source: string
  readonly product: string
  readonly home: string
}

const regions = ["north", "south", "east", "west", "centre", "coast", "islands"]

/** `n` orders from number `from`; every customer of 1,500 orders now and then. */
export const orderRows = (from: number, n: number): string =>
  Array.from({ length: n }, (_, i) => {
    const order = from + i
    const customer = (order * 7919) % 1500
    return `o${order},c${customer},${regions[customer % regions.length]},2026-0${1 + (order % 9)}-15,${(order % 400) + 1}.50`
  }).join("\n")

export const orderHeader = "order_id,customer,region,ordered,amount"

export const sourceYaml = `source: shop
kind: files
root: .
streams:
  - stream: orders
    path: orders.csv
    options: { delimiter: ",", encoding: utf-8, header: true }
    key: [order_id]
    time: { field: ordered, format: "%Y-%m-%d" }
    subject: customer
    licence: { basis: contract, actions: [store, derive, aggregate, share, sell], purposes: ["dpv:MarketResearch"], recipients: [third-party], expires: 2030-12-31, evidence: E1 }
    categories: { region: dpv-pd:Location, amount: dpv-pd:Transactional, ordered: dpv-pd:Transactional }
    as: order
    fields: { order_id: order_id, region: region, amount: { from: amount, currency: CNY } }
`

export const productYaml = (epsilon: number): string => `product: orders_by_region
title: { zh: 各地区下单偏好, en: Orders by region }
description: { zh: 各地区的客户数, en: Customers of each region }
owner: sales-ops
steward: data-steward
classification: internal
source_of_right: Terms of sale
scenario: { purpose: "dpv:MarketResearch", required: [region, customers], history: 12 months, freshness: 31 days }
dictionary: { region: { zh: 地区, en: Region }, customers: { zh: 客户数, en: "Customers, noisy" } }
from: core.order
release:
  kind: dp_aggregate
  unit: subject_id
  by: [region]
  keys: { region: dp }
  measures: [{ name: customers, count: subjects }]
  bounds: { groups_per_subject: 1, rows_per_group: 1 }
  population: { subjects: 1500, groups: { region: 7 } }
  epsilon: ${epsilon}
  delta: 1.0e-6
terms: { purposes: ["dpv:MarketResearch"], onward: false, territory: [CN], retention: 365 days }
price: { base: "1000.00 CNY", floor: "10.00 CNY", half_life: 3000 days }
`

export function ordersHome(rows = 20_000, epsilon = 0.5): OrdersHome {
  const folder = mkdtempSync(join(tmpdir(), "assay-shop-"))
  mkdirSync(folder, { recursive: true })
  const at = (name: string): string => join(folder, name)
  writeFileSync(at("orders.csv"), `${orderHeader}\n${orderRows(0, rows)}\n`)
  writeFileSync(at("source.yaml"), sourceYaml)
  writeFileSync(at("orders.product.yaml"), productYaml(epsilon))
  return {
    folder,
    csv: at("orders.csv"),
    source: at("source.yaml"),
    product: at("orders.product.yaml"),
    home: at("home")
  }
}

export const addOrders = ({ csv }: OrdersHome, from: number, n: number): void =>
  appendFileSync(csv, `${orderRows(from, n)}\n`)
