/** What the checkpoint under a proof says of the log. */
export interface LogNote {
  readonly origin: string
  readonly size: number
  /** As it stands in the note, base64. */
  readonly root: string
  /** Who signed it beside the log itself. */
  readonly witnesses: ReadonlyArray<string>
}

/** Reads the checkpoint of a proof that was checked before. @source C2SP tlog-proof, tlog-checkpoint */
export function noteOfProof(proof: string): LogNote {
  const note = proof.slice(proof.indexOf("\n\n") + 2)
  const [origin = "", size = "0", root = ""] = note.split("\n")
  const signers = [...note.matchAll(/^\u2014 (\S+) /gm)].map((match) => match[1]!)
  return { origin, size: Number(size), root, witnesses: signers.filter((name) => name !== origin) }
}
