import type { Db } from "#core/records/Records.ts"

/** Calls back every version of the products that are suspended, before there is one to take their place: nothing of them may stay on the shelf. */
export function withdrawFrozen(db: Db, at: string): void {
  db.run(
    `insert into recalled_version (version_id, successor, at)
     select id, null, $at from product_version where product in (select product from product_freeze) on conflict do nothing`,
    { at }
  )
}
