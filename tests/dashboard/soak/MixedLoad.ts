import { statSync } from "node:fs"
import { join } from "node:path"
import { beCustomers } from "./beCustomers.ts"
import { beRefused } from "./beRefused.ts"
import { buyProducts } from "./buyProducts.ts"
import { comeAndGo } from "./comeAndGo.ts"
import { designProducts } from "./designProducts.ts"
import { LoadWorld } from "./LoadWorld.ts"
import type { ProcessFigures } from "./ProcessFigures.ts"
import { readFaces } from "./readFaces.ts"
import { servedHome } from "./servedHome.ts"
import { useCredentials } from "./useCredentials.ts"

/** What a home and its server hold at one time. */
export interface Reading extends ProcessFigures {
  readonly requests: number
  /** Rows. */
  readonly sessions: number
  readonly decisions: number
  /** Bytes on disk. */
  readonly recordsLog: number
  readonly warehouseLog: number
  readonly requestLines: number
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** A home that is served as users have it, in a process of its own, and people and programs of all roles who work with it. */
export class MixedLoad {
  readonly world: LoadWorld
  readonly #home: string
  readonly #who: "all" | "trade"

  /** @param who  `trade` leaves out the pages of those who look at assets and customers, for a home without any */
  constructor(home: string, who: "all" | "trade") {
    this.#home = home
    this.#who = who
    this.world = new LoadWorld(home)
  }

  async start(): Promise<void> {
    this.world.served = await servedHome.start(this.#home, "watched")
  }

  /** Works for a while; with `kill` the server is killed in the middle of it. */
  async work(millis: number, kill?: "kill"): Promise<void> {
    const { world } = this
    world.stopping = false
    const people = [
      buyProducts(world, "load-a"),
      buyProducts(world, "load-b"),
      useCredentials(world),
      comeAndGo(world),
      beRefused(world),
      ...(this.#who === "trade"
        ? []
        : [
            readFaces(world, "reader"),
            readFaces(world, "other"),
            designProducts(world),
            beCustomers(world, 0),
            beCustomers(world, 1000)
          ])
    ]
    await new Promise((resolve) => setTimeout(resolve, millis))
    if (kill !== undefined) await world.served!.kill()
    world.stopping = true
    await Promise.all(people)
    world.wrong.push(...world.served!.bugs)
  }

  async read(): Promise<Reading> {
    const { world } = this
    const count = (table: string): number => world.rows<{ n: number }>(`select count(*) as n from ${table}`)[0]!.n
    return {
      ...(await world.served!.figures()),
      requests: world.requests,
      sessions: count("session"),
      decisions: count("access_decision"),
      recordsLog: bytesOf(join(this.#home, "records.sqlite-wal")),
      warehouseLog: bytesOf(join(this.#home, "warehouse.duckdb.wal")),
      requestLines: bytesOf(join(this.#home, "requests.jsonl"))
    }
  }

  async close(): Promise<void> {
    await this.world.served?.kill()
    await this.world.close()
  }
}
