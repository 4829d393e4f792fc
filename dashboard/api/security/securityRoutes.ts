import { Schema } from "effect"
import { Role } from "../Role.ts"
import { route } from "../route.ts"
import { Session } from "../Session.ts"
import { AccessDecision } from "./AccessDecision.ts"
import { AccessPolicies } from "./AccessPolicies.ts"
import { Account } from "./Account.ts"
import { AccountProposal } from "./AccountProposal.ts"
import { Done } from "./Done.ts"
import { ElevationEntry } from "./ElevationEntry.ts"
import { ElevationRequest } from "./ElevationRequest.ts"
import { Invitation } from "./Invitation.ts"
import { InvitationLink } from "./InvitationLink.ts"
import { OpenIdAnswer } from "./OpenIdAnswer.ts"
import { OpenIdBegun } from "./OpenIdBegun.ts"
import { OpenIdOffer } from "./OpenIdOffer.ts"
import { Passkey } from "./Passkey.ts"
import { PasskeyAnswer } from "./PasskeyAnswer.ts"
import { Registration } from "./Registration.ts"
import { RegistrationAnswer } from "./RegistrationAnswer.ts"
import { SessionEntry } from "./SessionEntry.ts"

const everybody = Role.literals

/** How people sign in and show that it is them, who they are, and what was decided on their access. */
export const securityRoutes = {
  passkeyRegistration: route({
    method: "POST",
    path: "/api/passkeys/register/begin",
    callers: "anyone",
    summary: "Gives what a browser needs to make a passkey, for an invitation or for the account that is signed in",
    body: Registration,
    response: "document"
  }),
  passkeyRegister: route({
    method: "POST",
    path: "/api/passkeys/register/finish",
    callers: "anyone",
    summary: "Adds the passkey that a browser made; an invitation is used up and a session opened",
    body: RegistrationAnswer,
    response: Session
  }),
  passkeyChallenge: route({
    method: "POST",
    path: "/api/passkeys/sign-in/begin",
    callers: "anyone",
    summary: "Gives what a browser needs to sign in with any passkey of this server",
    response: "document"
  }),
  passkeySignIn: route({
    method: "POST",
    path: "/api/passkeys/sign-in/finish",
    callers: "anyone",
    summary: "Opens a session for the account whose passkey signed",
    body: PasskeyAnswer,
    response: Session
  }),
  openIdOffer: route({
    method: "GET",
    path: "/api/openid",
    callers: "anyone",
    summary: "Tells whether a company's accounts may sign in, and what their service is called",
    response: OpenIdOffer
  }),
  openIdBegin: route({
    method: "POST",
    path: "/api/openid/begin",
    callers: "anyone",
    summary: "Begins a sign-in at the company's own service",
    response: OpenIdBegun
  }),
  openIdFinish: route({
    method: "POST",
    path: "/api/openid/finish",
    callers: "anyone",
    summary:
      "Opens a session for the account that the company's service vouches for; steps that matter ask for a passkey on top",
    body: OpenIdAnswer,
    response: Session
  }),
  passkeyVerification: route({
    method: "POST",
    path: "/api/passkeys/verify/begin",
    callers: everybody,
    summary: "Gives what a browser needs to show again that it is the same person",
    response: "document"
  }),
  passkeyVerify: route({
    method: "POST",
    path: "/api/passkeys/verify/finish",
    callers: everybody,
    summary: "Notes a fresh verification, which some steps need",
    body: PasskeyAnswer,
    response: Done
  }),
  passkeys: route({
    method: "GET",
    path: "/api/passkeys",
    callers: everybody,
    summary: "Lists the caller's passkeys",
    response: Schema.Array(Passkey)
  }),
  passkeyRemove: route({
    method: "POST",
    path: "/api/passkeys/:id/remove",
    callers: everybody,
    fresh: true,
    summary: "Removes one of the caller's passkeys",
    response: Done
  }),
  sessions: route({
    method: "GET",
    path: "/api/sessions",
    callers: everybody,
    summary: "Lists the caller's open sessions",
    response: Schema.Array(SessionEntry)
  }),
  sessionEnd: route({
    method: "POST",
    path: "/api/sessions/:id/end",
    callers: everybody,
    summary: "Ends one of the caller's sessions",
    response: Done
  }),
  principals: route({
    method: "GET",
    path: "/api/principals",
    callers: ["admin", "auditor"],
    summary: "Lists the accounts of the house",
    response: Schema.Array(Account)
  }),
  principalPropose: route({
    method: "POST",
    path: "/api/principals",
    callers: ["admin"],
    fresh: true,
    summary: "Proposes an account; another admin approves it",
    body: AccountProposal,
    response: Done
  }),
  principalApprove: route({
    method: "POST",
    path: "/api/principals/:id/approve",
    callers: ["admin"],
    fresh: true,
    summary: "Makes a proposed account active",
    response: Done
  }),
  principalRemove: route({
    method: "POST",
    path: "/api/principals/:id/remove",
    callers: ["admin"],
    fresh: true,
    summary: "Ends an account with its passkeys and sessions",
    response: Done
  }),
  invite: route({
    method: "POST",
    path: "/api/invitations",
    callers: ["admin", "steward"],
    fresh: true,
    summary: "Makes a one-time link to register a passkey: for an active account, or by a steward for a customer",
    body: Invitation,
    response: InvitationLink
  }),
  elevations: route({
    method: "GET",
    path: "/api/elevations",
    callers: everybody,
    summary: "Lists the caller's elevations; for admins and auditors those of all",
    response: Schema.Array(ElevationEntry)
  }),
  elevationAsk: route({
    method: "POST",
    path: "/api/elevations",
    callers: ["steward", "executive", "admin", "auditor"],
    fresh: true,
    summary: "Asks for another role for at most 8 hours",
    body: ElevationRequest,
    response: ElevationEntry
  }),
  elevationApprove: route({
    method: "POST",
    path: "/api/elevations/:id/approve",
    callers: ["admin"],
    fresh: true,
    summary: "Lends the role; not to oneself",
    response: Done
  }),
  elevationUse: route({
    method: "POST",
    path: "/api/elevations/:id/use",
    callers: ["steward", "executive", "admin", "auditor"],
    fresh: true,
    summary: "Gives the caller's session the lent role, under a new identifier",
    response: Session
  }),
  elevationEnd: route({
    method: "POST",
    path: "/api/elevations/:id/end",
    callers: everybody,
    summary: "Ends an elevation and the sessions that use it",
    response: Done
  }),
  accessDecisions: route({
    method: "GET",
    path: "/api/access/decisions",
    callers: ["auditor", "admin"],
    summary: "Lists decisions on access, the newest first, of one role, outcome or part of a name if asked",
    query: {
      before: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^\d{1,15}$/))),
      role: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[a-z]{1,20}$/))),
      outcome: Schema.optionalKey(Schema.Literals(["allowed", "refused"])),
      text: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[^\p{C}]{1,80}$/u)))
    },
    response: Schema.Array(AccessDecision)
  }),
  accessPolicies: route({
    method: "GET",
    path: "/api/access/policies",
    callers: ["auditor", "admin"],
    summary: "Lists the policies of access that were in force, the newest first",
    response: Schema.Array(AccessPolicies)
  })
}
