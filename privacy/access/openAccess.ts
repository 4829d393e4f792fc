import { accessPolicies } from "./accessPolicies.ts"
import { AccessRules } from "./AccessRules.ts"
import { accessSchema } from "./accessSchema.ts"

let opened: AccessRules | undefined

/**
 * The rules of the house, parsed when first asked for and shared from then on.
 *
 * @throws Error when the policies do not fit their schema
 */
export const openAccess = (): AccessRules => (opened ??= new AccessRules(accessSchema, accessPolicies))
