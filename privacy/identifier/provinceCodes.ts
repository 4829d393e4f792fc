/**
 * First two digits of region codes: provinces and municipalities, Taiwan (71, 83), Hong Kong and Macau (81, 82); foreigners'
 * resident cards begin with 91 or 92.
 */
export const provinceCodes: ReadonlySet<string> = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 92".split(
    " "
  )
)
