const windowMillis = 5 * 60_000
const many = 20
const mostKept = 10_000

/**
 * How suspicious a session is: `high` once 20 of its requests were refused within five minutes. Who reads the pages is refused next to
 * nothing; who tries doors is refused often.
 */
export class RiskOf {
  readonly #refusals = new Map<string, Array<number>>()

  /** Notes a refusal at a time in milliseconds. */
  refused(session: string, at: number): void {
    const times = (this.#refusals.get(session) ?? []).filter((one) => at - one < windowMillis)
    times.push(at)
    this.#refusals.delete(session)
    // Who was refused longest ago stands first.
    for (const [other, own] of this.#refusals) {
      if (at - own.at(-1)! < windowMillis && this.#refusals.size < mostKept) break
      this.#refusals.delete(other)
    }
    this.#refusals.set(session, times.slice(-many))
  }

  level(session: string | undefined, at: number): "low" | "high" {
    const times = session === undefined ? undefined : this.#refusals.get(session)
    return times !== undefined && times.length >= many && at - times[0]! < windowMillis ? "high" : "low"
  }
}
