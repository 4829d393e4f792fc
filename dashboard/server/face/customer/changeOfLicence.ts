import { Clock, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Draft } from "#privacy/consent/Consent.ts"
import { changeLicence } from "#privacy/consent/grant/changeLicence.ts"
import { grantTerms } from "#privacy/consent/grant/grantTerms.ts"
import { takesAway } from "#privacy/consent/grant/takesAway.ts"
import { endOf } from "#privacy/consent/guard/declaredTerms.ts"
import { termName } from "#privacy/consent/registry/termName.ts"
import { licenceMatrix } from "#privacy/consent/view/licenceMatrix.ts"
import type { Label } from "../../../api/Label.ts"
import type { LicenceChange } from "../../../api/customer/LicenceChange.ts"
import type { LicenceConsent } from "../../../api/customer/LicenceConsent.ts"
import type { LicenceDraft } from "../../../api/customer/LicenceDraft.ts"
import type { Licences } from "../../../api/customer/Licences.ts"
import { chosenGrant } from "./chosenGrant.ts"
import { customerLicences } from "./customerLicences.ts"
import type { ShownLicences } from "./customerLicences.ts"
import { licenceChanged } from "./licenceChanged.ts"
import { noticeOf } from "./noticeOf.ts"

/**
 * What a change would mean. Nothing is written.
 *
 * @param passkey digest of the passkey that would sign it; undefined where a click is all there is
 */
export const draftChange = Effect.fn("draftChange")(function* (
  subj: number,
  change: LicenceChange,
  passkey: string | undefined
) {
  const shown = yield* customerLicences(subj)
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  yield* requireShown(shown, change, now)
  const { licences, inForce } = shown
  const notice = noticeOf(change)
  const signing = { at: now, notice: noticeHash(notice), lang: "zh" as const, passkey }
  const grant = yield* chosenGrant(shown, change, signing)
  const known = yield* (yield* Consent).recipients
  const terms = grantTerms(grant(blank))
  const idsOf = (list: ReadonlyArray<{ readonly id: string }>) => list.map(({ id }) => id)
  const permitted = (cells: Licences["cells"]) =>
    new Set(cells.filter(({ answer }) => answer === "permitted").map(keyOf))
  const before = permitted(licences.cells)
  // As the decision point will read it: what a choice brings along is gained too.
  const after = permitted(licenceMatrix(terms.rules, idsOf(licences.purposes), idsOf(licences.recipients), known))
  const told = (keys: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlyArray<Label> =>
    licences.cells.filter((cell) => keys.has(keyOf(cell)) && !others.has(keyOf(cell))).map(nameOf)
  const kinds = licences.categories.filter(({ permitted }) => permitted).map(({ id }) => id)
  const chosen = new Set(change.categories)
  return {
    notice,
    sha256: noticeHash(notice),
    takesAway: takesAway(inForce.terms, terms, known, now),
    lost: [...told(before, after), ...kinds.filter((id) => !chosen.has(id)).map(termName)],
    gained: [...told(after, before), ...change.categories.filter((id) => !kinds.includes(id)).map(termName)]
  } satisfies LicenceDraft as LicenceDraft
})

/** Makes a change whose notice was read and agreed to by an authenticated click: evidence E2. */
export const makeChange = Effect.fn("makeChange")(function* (subj: number, asked: LicenceConsent) {
  const { shown, now, grant } = yield* agreedGrant(subj, asked, undefined)
  const changed = yield* changeLicence(subj, shown.inForce.terms, grant, now)
  return yield* licenceChanged(subj, changed)
})

/** The grant that follows from a choice, once it is the notice of that very choice that was agreed to. */
export const agreedGrant = Effect.fn("agreedGrant")(function* (
  subj: number,
  asked: LicenceConsent,
  passkey: string | undefined
) {
  const shown = yield* customerLicences(subj)
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  yield* requireShown(shown, asked, now)
  const hash = noticeHash(noticeOf(asked))
  if (hash !== asked.notice) return yield* otherNotice()
  const signing = { at: now, notice: hash, lang: asked.language, passkey }
  return { shown, now, grant: yield* chosenGrant(shown, asked, signing) }
})

const blank: Draft = { subject: "0".repeat(64), seq: 1, prev: null, nonce: "-" }
const keyOf = ({ purpose, recipient }: { readonly purpose: string; readonly recipient: string }): string =>
  `${purpose} ${recipient}`

const nameOf = ({ purpose, recipient }: { readonly purpose: string; readonly recipient: string }): Label => ({
  zh: `${termName(purpose).zh}：${termName(recipient).zh}`,
  en: `${termName(purpose).en}: ${termName(recipient).en}`
})

const noticeHash = (notice: ReadonlyArray<Label>): string => sha256Hex(canonicalJson(notice))

/** Only what the table offers can be chosen, and only a day to come. */
const requireShown = Effect.fnUntraced(function* (
  { licences }: ShownLicences,
  { cells, categories, until }: LicenceChange,
  now: number
) {
  const offered = new Set(licences.cells.map(keyOf))
  const kinds = new Set(licences.categories.map(({ id }) => id))
  if (!cells.every((cell) => offered.has(keyOf(cell))) || !categories.every((id) => kinds.has(id))) {
    return yield* new BadInput({
      code: "licence.choice",
      message: "The choice names something that the table does not offer.",
      fix: "Load the page again and choose from what it shows.",
      where: { field: "cells" }
    })
  }
  const end = endOf(until)
  if (Number.isNaN(end) || end <= now || end > now + 20 * 366 * 86_400) {
    return yield* new BadInput({
      code: "licence.until",
      message: "The last day has to be a day to come, within twenty years.",
      fix: "Choose another day.",
      where: { field: "until" }
    })
  }
})

const otherNotice = (): BadInput =>
  new BadInput({
    code: "licence.notice",
    message: "What would be agreed to is not what was shown.",
    fix: "Read the summary of the change again and confirm that.",
    where: { field: "notice" }
  })
