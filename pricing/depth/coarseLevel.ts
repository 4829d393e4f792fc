/** A column of the sample, its name quoted. */
export interface ProfiledColumn {
  readonly name: string
  readonly type: string
  readonly distinct: number
  readonly hasNulls: boolean
}

const mostLevels = 16
const ordered = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)|DATE|TIME.*)$/

/**
 * The SQL expression that codes a column of `depth_sample` into at most 16 levels, null being one of them where it occurs.
 *
 * Few values are levels themselves. Many ordered ones fall into quantile bins: the level is how many cut points lie below the value,
 * so equal values share a bin. Of many unordered ones the most frequent stay and the rest become one.
 */
export function coarseLevel({ name, type, distinct, hasNulls }: ProfiledColumn): string {
  const room = mostLevels - (hasNulls ? 1 : 0)
  if (distinct <= room) return `dense_rank() over (order by ${name})`
  return `case when ${name} is null then -1 else ${ordered.test(type) ? binOf(name, room) : rankOf(name, room)} end`
}

function binOf(name: string, room: number): string {
  const cuts = Array.from({ length: room - 1 }, (_, i) => (i + 1) / room)
  return `len(list_filter((select quantile_disc(${name}, [${cuts.join(", ")}]) from depth_sample), lambda cut: cut < ${name}))`
}

function rankOf(name: string, room: number): string {
  return `coalesce(list_position((
      select list(value) from (
        select ${name} as value from depth_sample where ${name} is not null
        group by ${name} order by count(*) desc, ${name} limit ${room - 1}
      )
    ), ${name}), 0)`
}
