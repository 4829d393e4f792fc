import { openHouse } from "./openHouse.ts"

/**
 * Serves a home in a process of its own until it is killed, and says where, with a session for each of those who take part. Sessions are rows
 * of the records: those of an earlier start are still good.
 *
 * `node tests/dashboard/serveHouse.ts FOLDER`
 */
const house = await openHouse(undefined, process.argv[2])
const cookies = {
  steward: await house.signIn("steward"),
  mine: await house.signIn("buyer", "load-a"),
  theirs: await house.signIn("buyer", "load-b"),
  executive: await house.signIn("executive")
}
process.stdout.write(`${JSON.stringify({ base: house.base, cookies })}\n`)
