import { daySeconds } from "./calendar.ts"
import { dirtCode } from "./dirtCode.ts"
import { vocabulary } from "./vocabulary.ts"
import type { Company } from "./Company.ts"
import type { Sampler } from "./Sampler.ts"
import { weighted } from "./weighted.ts"
import { zipf } from "./zipf.ts"

const twin = dirtCode("accounts", "twin")
const doubled = dirtCode("accounts", "doubled")
const doubledContact = dirtCode("contacts", "doubled")

const sizeBand = weighted([45, 30, 14, 8, 3])
const employeesFrom = [5, 50, 200, 500, 2000]
const employeesTo = [49, 199, 499, 1999, 9000]
const industry = weighted(zipf(vocabulary.industries.length, 2))
const anyRole = weighted([16, 22, 20, 10, 18, 9, 5])

/**
 * Draws one company's account and contacts into the tables and into `s.company`.
 *
 * @param opened  second of the first event; the account is somewhat older
 * @param count   contacts, at most 16; the first ones are purchasing, technical evaluation and decision maker
 */
export function drawCompany(s: Sampler, business: number, opened: number, count: number): void {
  const { draws, company } = s
  const id = s.next.accounts++
  const kind = s.dirty.accounts(draws)
  if (kind !== twin || company.id === 0) {
    company.city = s.city(draws)
    company.stem = draws.below(s.stems)
    company.industry = industry(draws)
    company.size = sizeBand(draws)
    company.alike = id
  }
  company.id = id
  const at = opened - draws.below(900 * daySeconds)
  const employees = draws.between(employeesFrom[company.size]!, employeesTo[company.size]!)
  const revenue = employees * draws.between(20, 160)
  s.tables.accounts.add(
    id,
    0,
    business,
    company.alike,
    company.stem,
    -1,
    company.industry,
    company.size,
    employees,
    2024 - Math.floor(40 * draws.unit() * draws.unit()),
    revenue,
    company.city,
    draws.below(s.streets),
    draws.below(s.agents),
    at,
    kind
  )
  if (kind === doubled) s.tables.accounts.double()
  company.contacts = count
  for (let i = 0; i < count; i++) {
    company.contactId[i] = s.next.contacts++
    company.role[i] = i === 0 ? 2 : i === 1 ? 1 : i === 2 ? 0 : anyRole(draws)
    company.person[i] = s.person(draws)
    const dirtyContact = s.dirty.contacts(draws)
    s.tables.contacts.add(
      company.contactId[i]!,
      id,
      company.person[i]!,
      company.role[i]!,
      Math.min(at + draws.below(60 * daySeconds), opened),
      dirtyContact
    )
    if (dirtyContact === doubledContact) s.tables.contacts.double()
  }
}

/** The position of a contact with the role; any contact where the company has none. */
export function contactOf(s: Sampler, company: Company, role: number): number {
  const from = s.draws.below(company.contacts)
  for (let i = 0; i < company.contacts; i++) {
    const at = (from + i) % company.contacts
    if (company.role[at] === role) return at
  }
  return from
}
