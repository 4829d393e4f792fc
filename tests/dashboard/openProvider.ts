import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { Provider } from "oidc-provider"

/**
 * An OpenID provider that others wrote, on the loopback. Its page asks nothing: whoever comes is `userName` at once.
 *
 * @param back where it may send browsers back to
 */
export async function openProvider(userName: string, back: string) {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(0, "localhost", listening))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const secret = "of the test alone"
  const provider = new Provider(issuer, {
    clients: [{ client_id: "assay", client_secret: secret, redirect_uris: [back] }],
    claims: { profile: ["preferred_username"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["of the test alone"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: userName }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: "assay", accountId: oidc.session!.accountId! })
      grant.addOIDCScope("openid profile email")
      await grant.save()
      return grant
    }
  })
  const handle = provider.callback()
  const answer = async (...[request, response]: Parameters<typeof handle>): Promise<void> => {
    if (!request.url!.startsWith("/interaction/")) return handle(request, response)
    await provider.interactionFinished(request, response, { login: { accountId: `id of ${userName}` } })
  }
  return {
    issuer,
    secret,
    close: async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    }
  }
}
