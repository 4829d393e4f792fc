import { BadInput } from "#core/BadInput.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import { readDays } from "../ttl/readDays.ts"
import { ScenarioFile } from "./Scenario.ts"
import type { Scenario, WantedField } from "./Scenario.ts"

/** The steward's threshold of Fit where a scenario sets none. */
const defaultThreshold = 80

/**
 * Reads a scenario as a buyer or a product file declares it.
 *
 * @throws  BadInput naming the field: unknown or missing, no purpose, no required field, a field named twice, shares that do not sum to
 *          1, a duration that cannot be read, a goal that is not above its minimum
 */
export function readScenario(json: unknown): Scenario {
  const read = decodeInput(ScenarioFile, json, "scenario")
  const purposes = [...new Set([...(read.purpose === undefined ? [] : [read.purpose]), ...(read.purposes ?? [])])]
  if (purposes.length === 0) {
    throw wrong(
      "purpose",
      "The scenario states no purpose.",
      "Say what the data is for, such as purpose: dpv:MarketResearch."
    )
  }
  const required = read.required.map(wanted)
  const optional = (read.optional ?? []).map(wanted)
  if (required.length === 0)
    throw wrong("required", "The scenario requires no field.", "Name the fields without which the use fails.")
  const twice = [...required, ...optional].map(({ field }) => field).find((field, i, all) => all.indexOf(field) < i)
  if (twice !== undefined)
    throw wrong("optional", `The field ${twice} is named twice.`, "Name each field once, as required or as optional.")
  return {
    scenario: read.scenario,
    ...(read.buyer === undefined ? {} : { buyer: read.buyer }),
    purposes,
    required,
    optional,
    ...populationOf(read.population),
    ...(read.history === undefined ? {} : { historyDays: days("history", read.history) }),
    ...(read.freshness === undefined ? {} : { freshnessDays: days("freshness", read.freshness) }),
    quality: qualityOf(read.quality ?? {}),
    threshold: read.threshold ?? defaultThreshold
  }
}

type File = typeof ScenarioFile.Type

const wanted = (given: File["required"][number]): WantedField =>
  typeof given === "string" ? { field: given, weight: 1 } : { ...given, weight: given.weight ?? 1 }

function populationOf(population: File["population"]): Pick<Scenario, "population"> {
  if (population === undefined) return {}
  const total = Object.values(population.shares).reduce((sum, one) => sum + one, 0)
  if (Math.abs(total - 1) > 1e-6) {
    throw wrong(
      "population.shares",
      "The shares of the population do not sum to 1.",
      "Write each value's share of the whole."
    )
  }
  return { population }
}

function days(field: "history" | "freshness", text: string): number {
  const read = readDays(text)
  if (read !== undefined && read > 0) return read
  throw wrong(field, `The ${field} is not a duration above zero.`, "Write it as 31 days, 12 months or 2 years.")
}

function qualityOf(quality: NonNullable<File["quality"]>): Scenario["quality"] {
  const bad = Object.entries(quality).find(([, { min, goal }]) => goal <= min)
  if (bad !== undefined)
    throw wrong(`quality.${bad[0]}`, "The goal is not above the minimum.", "Write min below goal, both from 0 to 1.")
  return quality
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: "scenario.form", message, fix, where: { field } })
