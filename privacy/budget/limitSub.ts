import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { CapRaise } from "./CapRaise.ts"
import type { SubCap } from "./SubCap.ts"

const named = (name: string): string => name.normalize("NFKC").trim().toLowerCase()

/**
 * Sets a sub-cap where there is none or a higher one; a lower one stays until another than `by` approves the raise.
 *
 * @returns the raise that waits; undefined where the cap holds already
 * @throws  BadInput `cap.by` for a raise by nobody
 */
export function limitSub(
  db: Db,
  population: string,
  sub: SubCap,
  by: string | undefined,
  at: string
): CapRaise | undefined {
  const { scope, name, rhoUnits } = sub
  const now = db.get<{ cap: number | bigint }>(
    "select rho_units as cap from budget_sub_cap where population = $population and scope = $scope and name = $name",
    { population, scope, name }
  )
  const raises = now !== undefined && rhoUnits > BigInt(now.cap)
  if (raises && (by === undefined || named(by) === ""))
    throw new BadInput({
      code: "cap.by",
      message: `${name} has a lower cap: to raise it takes two people, and nobody is named.`,
      fix: "Add --by NAME; another one approves it with assay budget approve.",
      where: { field: "by" }
    })
  // A later word on the same cap takes the place of one that waits.
  db.run(
    `update budget_cap_raise set outcome = 'superseded', ended_at = $at
     where population = $population and scope = $scope and name = $name and outcome is null`,
    { population, scope, name, at }
  )
  if (!raises) {
    setSub(db, population, sub, at)
    return undefined
  }
  const id = newId("cap")
  db.run(
    `insert into budget_cap_raise (id, population, scope, name, rho_units, asked_by, asked_at)
     values ($id, $population, $scope, $name, $rhoUnits, $by, $at)`,
    { id, population, scope, name, rhoUnits, by: by!, at }
  )
  return { ...sub, id, askedBy: by!, askedAt: at }
}

/**
 * Approves a raise and sets the cap.
 *
 * @throws Refused `cap.raise` if none of this id waits, `cap.approver` for who asked
 */
export function approveRaise(db: Db, population: string, id: string, by: string, at: string): CapRaise {
  const raise = readRaises(db, population).find((one) => one.id === id)
  if (raise === undefined)
    throw new Refused({
      code: "cap.raise",
      message:
        "No raise of a cap with this id waits: it was approved, another word on the same cap replaced it, or it never was.",
      fix: "assay budget shows those that wait."
    })
  if (named(by) === named(raise.askedBy) || named(by) === "")
    throw new Refused({
      code: "cap.approver",
      message: `${raise.askedBy} asked for this and cannot approve it as well: two people decide.`,
      fix: "Let another one approve it, with --by NAME.",
      where: { field: "by" }
    })
  db.run("update budget_cap_raise set outcome = 'approved', approved_by = $by, ended_at = $at where id = $id", {
    id,
    by,
    at
  })
  setSub(db, population, raise, at)
  return raise
}

/** Raises that wait, the oldest first. */
export function readRaises(db: Db, population: string): ReadonlyArray<CapRaise> {
  return db
    .all<Omit<CapRaise, "rhoUnits"> & { rhoUnits: number | bigint }>(
      `select id, scope, name, rho_units as rhoUnits, asked_by as askedBy, asked_at as askedAt
       from budget_cap_raise where population = $population and outcome is null order by asked_at, id`,
      { population }
    )
    .map((row) => ({ ...row, rhoUnits: BigInt(row.rhoUnits) }))
}

function setSub(db: Db, population: string, { scope, name, rhoUnits }: SubCap, at: string): void {
  db.run(
    `insert into budget_sub_cap (population, scope, name, rho_units, set_at) values ($population, $scope, $name, $rhoUnits, $at)
     on conflict do update set rho_units = excluded.rho_units, set_at = excluded.set_at`,
    { population, scope, name, rhoUnits, at }
  )
}
