import { Effect } from "effect"
import type { FileSystem } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import type { Recipient } from "#catalog/sharing/Shares.ts"
import { table } from "../table.ts"
import type { Verb } from "../Verb.ts"

const stateOf = ({ revokedAt, expiresAt }: Recipient): string =>
  revokedAt === null ? `until ${expiresAt.slice(0, 10)}` : `taken back ${revokedAt.slice(0, 10)}`

/** The verbs of Delta Sharing credentials. `portOf` tells which port is served in a home. */
export const shareVerbs = (portOf: (home: Home["Service"]) => Effect.Effect<number, never, FileSystem.FileSystem>) => {
  const open: Verb<Shares | Home | FileSystem.FileSystem> = {
    usage: "share open ORDER [--days N] [--endpoint URL]",
    about: "make a Delta Sharing profile for a paid order; its token is printed here and never again",
    flags: ["days", "endpoint"],
    words: 1,
    run: Effect.fn("share open")(function* ({ words, flags }) {
      const days = Number(flags["days"] ?? 30)
      const endpoint = (flags["endpoint"] as string | undefined) ?? `http://localhost:${yield* portOf(yield* Home)}`
      if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
        return yield* new BadInput({
          code: "share.endpoint",
          message: "The endpoint is no address.",
          fix: "Write it as https://shares.example.com, under which the buyer reaches this server."
        })
      }
      const credential = yield* (yield* Shares).open(words[0]!, days)
      const profile = {
        shareCredentialsVersion: 1,
        endpoint: `${endpoint.replace(/\/$/, "")}/delta-sharing`,
        bearerToken: credential.token,
        expirationTime: credential.expiresAt
      }
      return {
        json: { recipient: credential.id, profile },
        text: `${JSON.stringify(profile, null, 2)}\n\nRecipient ${credential.id}. Send the profile to the buyer by a safe way; take it back with: assay share revoke ${credential.id}`
      }
    })
  }
  const list: Verb<Shares> = {
    usage: "share list [--order ORDER]",
    about: "who holds which credential, and until when",
    flags: ["order"],
    words: 0,
    run: Effect.fn("share list")(function* ({ flags }) {
      const recipients = yield* (yield* Shares).list(flags["order"] as string | undefined)
      return {
        json: { recipients },
        text:
          recipients.length === 0
            ? "Nobody holds a credential."
            : table(
                ["recipient", "order", "buyer", "state"],
                recipients.map((one) => [one.id, one.order, one.buyer, stateOf(one)])
              )
      }
    })
  }
  const revoke: Verb<Shares> = {
    usage: "share revoke RECIPIENT",
    about: "end a credential and every address that was given out under it",
    flags: [],
    words: 1,
    run: Effect.fn("share revoke")(function* ({ words }) {
      const recipient = yield* (yield* Shares).revoke(words[0]!)
      return { json: recipient, text: `${recipient.id}: ${stateOf(recipient)}.` }
    })
  }
  return { "share open": open, "share list": list, "share revoke": revoke }
}
