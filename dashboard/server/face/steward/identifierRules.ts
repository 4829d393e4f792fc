import { provinceCodes } from "#privacy/identifier/provinceCodes.ts"
import type { Identifiers } from "../../../api/steward/Identifiers.ts"

const ten = 10
/** Days that a birth date may be, of all the eight digits after the place: 19 and 20 as centuries, 1461 days in four years. */
const dates = (2 / 100) * ((1461 / 4 / 365.25) * (365.25 / 10_000))

/**
 * How each kind is matched, and which share of random texts of the same length and alphabet would pass, from the form of the rule alone: the
 * places that are fixed, the dates that exist, and one over the number of check characters.
 *
 * @source GB 11643 (resident id), GB 32100 (credit code), ISO/IEC 7812 (Luhn); docs of the patterns in privacy/identifier
 */
export const identifierRules: Identifiers["rules"] = [
  {
    kind: "resident_id",
    check: "check digit",
    falseMatch: (provinceCodes.size / 100) * dates * (1 / 11),
    of: "18 digits"
  },
  { kind: "credit_code", check: "check digit", falseMatch: (ten / 31) ** 6 / 31, of: "18 characters" },
  { kind: "bank_card", check: "check digit", falseMatch: 0.17 / ten, of: "16 digits" },
  { kind: "phone", check: "form", falseMatch: 0.1 * 0.7, of: "11 digits" },
  { kind: "ip_address", check: "form", falseMatch: null, of: "4 x 0-255" },
  { kind: "email", check: "form", falseMatch: null, of: "a@b.cc" },
  { kind: "plate", check: "form", falseMatch: null, of: "A A0000" },
  { kind: "wechat", check: "form", falseMatch: null, of: "wxid_" },
  { kind: "url", check: "form", falseMatch: null, of: "https://" }
]
