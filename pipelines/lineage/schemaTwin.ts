import { Warehouse } from "#core/warehouse/Warehouse.ts"

/**
 * Where statements are bound: an engine of empty tables in memory. It has one thread, since its statements are so small that with two the one that asked
 * spins until the other has done them, which costs most when the machine is busy.
 */
export const schemaTwin = Warehouse.layer({ path: ":memory:", spill: "", directories: [], threads: 1 })
