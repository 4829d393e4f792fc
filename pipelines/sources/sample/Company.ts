/** The company that is being drawn, used again for the next one so that nothing is allocated per subject. */
export interface Company {
  id: number
  city: number
  stem: number
  industry: number
  size: number
  /** Of the telephone and name; another account than `id` where the account is a twin. */
  alike: number
  contacts: number
  readonly contactId: Int32Array
  readonly role: Int32Array
  readonly person: Int32Array
}

export const newCompany = (): Company => ({
  id: 0,
  city: 0,
  stem: 0,
  industry: 0,
  size: 0,
  alike: 0,
  contacts: 0,
  contactId: new Int32Array(16),
  role: new Int32Array(16),
  person: new Int32Array(16)
})
