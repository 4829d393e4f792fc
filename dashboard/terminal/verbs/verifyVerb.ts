import { Effect, Path } from "effect"
import type { FileSystem } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { verifyCertificate } from "#catalog/certificate/verifyCertificate.ts"
import { fileHash } from "#catalog/delivery/fileHash.ts"
import type { Verb } from "../Verb.ts"
import { readText } from "./salesVerbs.ts"

/** For a buyer: needs the file, its certificate and, to be sure of the seller, the key that the seller publishes. */
export const verifyVerb: Verb<FileSystem.FileSystem | Path.Path> = {
  usage: "verify FILE CERTIFICATE [--key PEM]",
  about: "check a delivered file against its certificate, without any home",
  flags: ["key"],
  words: 2,
  run: Effect.fn("verify")(function* ({ words, flags, io }) {
    const paths = yield* Path.Path
    const path = paths.resolve(io.cwd, words[0]!)
    const text = yield* readText(words[1]!, io.cwd)
    const pinned = flags["key"] === undefined ? undefined : yield* readText(flags["key"] as string, io.cwd)
    const file = yield* Effect.mapError(fileHash(path), () => unreadable(path))
    const { certificate, keyFingerprint } = yield* reckon(() => verifyCertificate(text, file, pinned))
    const { order, product, version, buyer, terms } = certificate
    return {
      json: { sound: true, keyFingerprint, keyPinned: pinned !== undefined, ...certificate },
      text: [
        `The file is the one that was sold: ${product} ${version}, order ${order}, to ${buyer}.`,
        `Purposes ${terms.purposes.join(", ")}; onward use ${terms.onward ? "allowed" : "not allowed"}; territory ${terms.territory.join(", ")}.`,
        `Signed by the key ${keyFingerprint}${pinned === undefined ? ": compare it with the seller's, or pin it with --key." : ", which is the one you gave."}`
      ].join("\n")
    }
  })
}

const unreadable = (file: string): BadInput =>
  new BadInput({
    code: "file.missing",
    message: `${file} cannot be read.`,
    fix: "Check the path.",
    where: { file }
  })
