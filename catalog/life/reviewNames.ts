import type { Db } from "#core/records/Records.ts"

/** Products on sale whose evidence is looked at for each review; the ones that were listed longest ago come first. */
const mostListed = 200

/** The products that a review looks at: all that wait for somebody, and those on sale. */
export const reviewNames = (db: Db): ReadonlyArray<string> =>
  db
    .all<{ name: string }>(
      `select p.name from product p left join product_life l on l.product = p.name
       where coalesce(l.state, 'draft') in ('draft', 'assessed', 'registered')
         or (l.state = 'suspended' and l.requested_by is not null)
         or p.name in (select v.product from version_hold h join product_version v on v.id = h.version_id where h.lifted_at is null)
         or p.name in (select product from product_life where state = 'listed' order by since limit ${mostListed})
       order by coalesce(l.since, p.since), p.name`
    )
    .map(({ name }) => name)
