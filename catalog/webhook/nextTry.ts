const minute = 60
const hour = 60 * minute

/** Seconds to wait after each try that failed; after the last nobody tries again. @source Standard Webhooks, retry schedule */
const waits = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]

/**
 * When a message is sent again after its n-th try failed: a moment up to a fifth later than its turn, so that many messages do not come
 * at once; undefined when it is given up.
 *
 * @param tries how many there were, 1 or more
 * @param now   milliseconds since the epoch
 * @param share 0 to 1, of the fifth
 */
export function nextTry(tries: number, now: number, share: number): string | undefined {
  const wait = waits[tries - 1]
  return wait === undefined ? undefined : new Date(now + wait * 1000 * (1 + share / 5)).toISOString()
}
