import type { CDPSession, Page } from "playwright-core"

/** Gives a window an authenticator that confirms by itself; the answer changes whether it verifies its user. */
export async function virtualPasskey(page: Page): Promise<(verifies: boolean) => Promise<void>> {
  const device: CDPSession = await page.context().newCDPSession(page)
  await device.send("WebAuthn.enable")
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true
    }
  })
  return async (isUserVerified) => {
    await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified })
  }
}
