import type { LicenceTerms } from "#privacy/consent/LicenceTerms.ts"
import type { Denial, Operation } from "#privacy/consent/Operation.ts"
import { categories } from "#privacy/consent/registry/categories.ts"
import { purposes } from "#privacy/consent/registry/purposes.ts"

/** A licence as the naive evaluator reads it: lists of words, no bits. */
export interface NaiveLicence extends LicenceTerms {
  readonly frozen: boolean
}

type Taxonomy = typeof purposes

/** `id` and everything broader. */
const ancestors = (taxonomy: Taxonomy, id: string): ReadonlyArray<string> => {
  const broader = taxonomy.find(([name]) => name === id)?.[1] ?? null
  return broader === null ? [id] : [id, ...ancestors(taxonomy, broader)]
}
const named = (taxonomy: Taxonomy, list: ReadonlyArray<string>, id: string): boolean =>
  list.includes("*") || ancestors(taxonomy, id).some((one) => list.includes(one))
const reaches = (list: ReadonlyArray<string>, recipient: string): boolean =>
  list.includes("*") || list.includes(recipient) || (recipient.startsWith("party:") && list.includes("third-party"))

/** Decides one record by its parts, word by word. A record of several licences passes only if each of them lets it pass. */
export function naiveDenial(operation: Operation, parts: ReadonlyArray<NaiveLicence | undefined>): Denial | undefined {
  const judge = (test: (licence: NaiveLicence) => boolean): boolean =>
    parts.every((part) => part !== undefined && test(part))
  if (parts.length === 0 || parts.includes(undefined)) return "no licence"
  if (!judge(({ nbf, exp }) => nbf <= operation.asOf && operation.asOf < exp)) return "expired"
  const { purpose, recipient } = operation
  const permits = ({ rules }: NaiveLicence, recipients: boolean) =>
    rules.filter(
      (rule) =>
        rule.effect === "permit" &&
        operation.actions.every((action) => rule.actions.includes(action)) &&
        named(purposes, rule.purposes, purpose) &&
        (!recipients || reaches(rule.recipients, recipient))
    )
  if (!judge((licence) => permits(licence, false).length > 0)) return "purpose"
  if (!judge((licence) => permits(licence, true).length > 0)) return "recipient"
  const forbids = ({ rules }: NaiveLicence, category: string | undefined) =>
    rules.some(
      (rule) =>
        rule.effect === "prohibit" &&
        (rule.actions.length === 0 || operation.actions.some((action) => rule.actions.includes(action))) &&
        (rule.purposes.length === 0 || named(purposes, rule.purposes, purpose)) &&
        (rule.recipients.length === 0 || reaches(rule.recipients, recipient)) &&
        (rule.categories.length === 0 || (category !== undefined && named(categories, rule.categories, category)))
    )
  const covered = (licence: NaiveLicence): boolean =>
    !forbids(licence, undefined) &&
    operation.categories.every(
      (category) =>
        permits(licence, true).some((rule) => named(categories, rule.categories, category)) &&
        !forbids(licence, category)
    )
  if (!judge(covered)) return "category"
  if (!judge(({ evidence }) => evidence >= operation.evidence)) return "evidence"
  return judge(({ frozen }) => !frozen) ? undefined : "frozen"
}
