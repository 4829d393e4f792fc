import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"
import { isoCBOR } from "@simplewebauthn/server/helpers"

const sha256 = (bytes: string | Uint8Array): Buffer => createHash("sha256").update(bytes).digest()
const b64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString("base64url")

/** What may be done wrongly. */
export interface Faults {
  readonly origin?: string
  readonly challenge?: string
  /** 0x04 is user verification, 0x01 presence. */
  readonly flags?: number
  readonly counter?: number
  readonly spoil?: boolean
  readonly type?: string
  readonly rpId?: string
}

/** An authenticator in software: makes one passkey and signs with it, also wrongly. */
export function softPasskey(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const { x, y } = publicKey.export({ format: "jwk" })
  const id = randomBytes(32)
  let counter = 0

  const clientData = (type: string, challenge: string, faults: Faults): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: faults.type ?? type,
        challenge: faults.challenge ?? challenge,
        origin: faults.origin ?? origin,
        crossOrigin: false
      })
    )
  const head = (flags: number, faults: Faults): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(faults.counter ?? ++counter)
    return Buffer.concat([sha256(faults.rpId ?? "localhost"), Buffer.from([faults.flags ?? flags]), count])
  }
  const outer = (response: object) => ({
    id: b64(id),
    rawId: b64(id),
    type: "public-key",
    clientExtensionResults: {},
    response
  })

  return {
    id: b64(id),
    digest: sha256(id).toString("hex"),
    make(challenge: string, faults: Faults = {}) {
      const key = isoCBOR.encode(
        new Map<number, number | Uint8Array<ArrayBuffer>>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x!, "base64url"))],
          [-3, new Uint8Array(Buffer.from(y!, "base64url"))]
        ])
      )
      const size = Buffer.alloc(2)
      size.writeUInt16BE(id.length)
      const authData = Buffer.concat([head(0x45, faults), Buffer.alloc(16), size, id, key])
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)]
      ])
      return outer({
        clientDataJSON: b64(clientData("webauthn.create", challenge, faults)),
        attestationObject: b64(isoCBOR.encode(attestation as never)),
        transports: ["internal"]
      })
    },
    sign(challenge: string, faults: Faults = {}) {
      const data = clientData("webauthn.get", challenge, faults)
      const authData = head(0x05, faults)
      const signature = sign("sha256", Buffer.concat([authData, sha256(data)]), privateKey)
      if (faults.spoil === true) signature[signature.length - 1]! ^= 1
      return outer({ clientDataJSON: b64(data), authenticatorData: b64(authData), signature: b64(signature) })
    }
  }
}
