import { BadInput } from "#core/BadInput.ts"
import { Unavailable } from "#core/Unavailable.ts"

const known: Readonly<Record<string, readonly [code: string, what: string, fix: string]>> = {
  ENOENT: ["file.missing", "is not there any more", "Put the file back and load again."],
  EACCES: ["file.unreadable", "may not be read", "Give this user the right to read it."],
  EPERM: ["file.unreadable", "may not be read", "Give this user the right to read it."],
  EISDIR: ["file.kind", "is a folder", "Name the files in it."],
  Z_BUF_ERROR: ["source.gzip_truncated", "ends in the middle of its gzip data", "Copy or export the file again."],
  Z_DATA_ERROR: ["source.gzip_damaged", "is damaged gzip data", "Copy or export the file again."]
}

/** What went wrong while reading or handing over a file, as one of our errors; the system's text is dropped. */
export function fileProblem(name: string, cause: unknown): BadInput | Unavailable {
  if (cause instanceof BadInput || cause instanceof Unavailable) return cause
  const code = (cause as { code?: string } | null)?.code ?? ""
  if (["ENOSPC", "EFBIG", "EDQUOT"].includes(code)) {
    return new Unavailable({
      code: "disk.full",
      message: `The disk is full while ${name} is loaded; nothing of it was landed.`,
      fix: "Free space in the home folder and load again."
    })
  }
  const [ours, what, fix] = known[code] ?? ["file.unreadable", "cannot be read to its end", "Check the disk it is on."]
  return new BadInput({ code: ours, message: `${name} ${what}.`, fix, where: { file: name } })
}
