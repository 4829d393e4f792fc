import type { Problem } from "../../api/Problem.ts"

/** What the HTTP layer itself refuses, in our words: its own texts may repeat what was sent. */
export const httpProblems: Readonly<Record<number, Problem["error"]>> = {
  400: {
    code: "request.form",
    message: "The request cannot be read.",
    fix: "Send JSON as /api/openapi.json describes it."
  },
  404: {
    code: "request.unknown",
    message: "There is nothing at this address.",
    fix: "See /api/openapi.json for what there is."
  },
  405: {
    code: "request.method",
    message: "This address does not take this method.",
    fix: "Use one that the header allow names; see /api/openapi.json."
  },
  408: {
    code: "request.slow",
    message: "The request did not arrive in time.",
    fix: "Send it again, at once and whole."
  },
  413: { code: "request.size", message: "The request is too large.", fix: "Send at most 64 KiB." },
  414: { code: "request.address", message: "The address is too long.", fix: "Shorten it." },
  415: {
    code: "request.type",
    message: "The request is not JSON.",
    fix: "Send it with the header content-type: application/json."
  },
  429: { code: "request.rate", message: "Too many requests came in a short time.", fix: "Wait a minute, then go on." },
  431: { code: "request.headers", message: "The headers are too large.", fix: "Send fewer or shorter headers." },
  499: {
    code: "request.left",
    message: "The caller left before the answer.",
    fix: "Ask again where the answer is still wanted."
  }
}
