import { daySeconds } from "./calendar.ts"
import { dirtCode } from "./dirtCode.ts"
import { intents } from "./phrases.ts"
import type { Intent } from "./phrases.ts"
import { historyEnd } from "./Sampler.ts"
import type { Sampler } from "./Sampler.ts"
import { vocabulary } from "./vocabulary.ts"

const late = dirtCode("interactions", "late")
const doubled = dirtCode("interactions", "doubled")
const followUp = intents.indexOf("跟进")
const browse = intents.indexOf("浏览")
const silentOpener = vocabulary.openers.indexOf("")
const silentCloser = vocabulary.closers.indexOf("")
const web = 4

/** Longest duration in seconds of a call, chat, mail, visit, web session. */
const longest = [1800, 1200, 0, 14_400, 900]

/**
 * Adds one interaction; references that do not apply are -1. Does nothing at or after the end of the history.
 * One in sixteen says who speaks and gives a telephone number, as real notes do.
 *
 * @param person  code of the speaker's name, -1 if unknown
 * @param gap     days since the touch before, -1 for the first
 */
export function interact(
  s: Sampler,
  at: number,
  business: number,
  account: number,
  contact: number,
  person: number,
  role: number,
  opportunity: number,
  order: number,
  ticket: number,
  subscription: number,
  stage: number,
  product: number,
  gap: number,
  channel: number,
  intent: number
): void {
  if (at >= historyEnd) return
  const { draws } = s
  const kind = s.dirty.interactions(draws)
  const noted = intent === followUp || intent === browse
  const outbound = intent === followUp || (!noted && draws.chance(0.12))
  const delay =
    kind === late
      ? daySeconds + draws.below(29 * daySeconds)
      : channel === 0 || channel === 3
        ? draws.below(6 * 3600)
        : draws.below(120)
  const limit = longest[channel]!
  s.tables.interactions.add(
    s.next.interactions++,
    account,
    contact,
    opportunity,
    order,
    ticket,
    subscription,
    business,
    channel,
    outbound ? 1 : 0,
    role,
    stage,
    product,
    gap,
    limit === 0 ? -1 : 10 + Math.floor(limit * draws.unit() * draws.unit()),
    draws.below(s.agents),
    at,
    Math.min(at + delay, historyEnd - 1),
    noted || channel === web ? silentOpener : draws.below(vocabulary.openers.length),
    s.phrase(business, intent),
    intent === browse ? silentCloser : draws.below(vocabulary.closers.length),
    intent !== browse && draws.chance(0.0625) ? person : -1,
    kind
  )
  if (kind === doubled) s.tables.interactions.double()
}

/** The code of an intent by its name. */
export function intentCode(name: Intent): number {
  return intents.indexOf(name)
}
