const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * The check character of the first 17 digits of a resident id.
 *
 * @source GB 11643-1999, ISO 7064 MOD 11-2
 */
export function residentCheckCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += weights[i]! * (first17.charCodeAt(i) - 48)
  return "10X98765432"[sum % 11]!
}
