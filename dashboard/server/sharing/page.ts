/**
 * One page of a listing. A page token is the position of the next item; a broken one starts anew.
 *
 * @param query  `maxResults` (0 gives no item) and `pageToken`, as they came
 */
export function page<A>(
  all: ReadonlyArray<A>,
  query: unknown
): { readonly items: ReadonlyArray<A>; readonly nextPageToken?: string } {
  const { maxResults, pageToken } = query as { maxResults?: string; pageToken?: string }
  const from = /^\d{1,9}$/.test(pageToken ?? "") ? Number(pageToken) : 0
  const most = /^\d{1,9}$/.test(maxResults ?? "") ? Number(maxResults) : all.length
  const items = all.slice(from, from + most)
  const next = from + items.length
  return next < all.length ? { items, nextPageToken: String(next) } : { items }
}
