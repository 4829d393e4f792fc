import type { Session } from "../../api/Session.ts"
import { ApiProblem } from "./ApiProblem.ts"
import { ask } from "./ask.ts"

/** Kept by this window alone: a sign-in that another browser began finds no ticket here. */
const place = "assay.openid"

async function begin(): Promise<string> {
  const { address, ticket } = await ask("openIdBegin", "/api/openid/begin", "post")
  sessionStorage.setItem(place, ticket)
  return address
}

async function finish(answer: URLSearchParams): Promise<Session["session"]> {
  const ticket = sessionStorage.getItem(place)
  sessionStorage.removeItem(place)
  const [state, code, iss] = [answer.get("state"), answer.get("code"), answer.get("iss")]
  if (code === null || state === null) throw new ApiProblem(403, { code: "openid.refused", message: "", fix: "" })
  if (ticket === null) throw new ApiProblem(403, { code: "openid.flow", message: "", fix: "" })
  const body = { ticket, state, code, ...(iss === null ? {} : { iss }) }
  return (await ask("openIdFinish", "/api/openid/finish", body)).session
}

/** Signing in at the service of one's company: out of this page by `begin`, back in by `finish`. Both throw ApiProblem. */
export const companySignIn = { begin, finish }
