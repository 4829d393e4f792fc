import { Faker, zh_CN } from "@faker-js/faker"

/** Open word lists of one sample; rows refer to them by position. */
export interface Names {
  readonly surnames: ReadonlyArray<string>
  /** At most 1,000, since a person's code is surname * 1000 + given name. */
  readonly givenNames: ReadonlyArray<string>
  /** Middle parts of company names. */
  readonly stems: ReadonlyArray<string>
  readonly streets: ReadonlyArray<string>
  /** Our own sales and service people. */
  readonly agents: ReadonlyArray<string>
}

/** Fills the word lists by faker, once a sample; its zh_CN words fit for names and streets, its running text is Latin. */
export function drawNames(seed: number): Names {
  const faker = new Faker({ locale: [zh_CN], seed })
  const surnames = distinct(150, () => faker.person.lastName())
  const givenNames = distinct(400, () => faker.person.firstName())
  const long = givenNames.filter((name) => name.length === 2)
  const stems = distinct(600, () => faker.helpers.arrayElement(long))
  return {
    surnames,
    givenNames,
    stems,
    streets: distinct(
      300,
      () => `${faker.helpers.arrayElement(long)}${faker.helpers.arrayElement(["路", "街", "大道", "巷"])}`
    ),
    agents: distinct(120, () => faker.helpers.arrayElement(surnames) + faker.helpers.arrayElement(givenNames))
  }
}

/** Up to `wanted` different words; gives up when new ones get rare, as the locale's lists are short. */
function distinct(wanted: number, draw: () => string): ReadonlyArray<string> {
  const words = new Set<string>()
  for (let tries = 0; words.size < wanted && tries < wanted * 30; tries++) words.add(draw())
  return [...words]
}
