/** A set of columns: their places in the domain, rising. */
export type Clique = ReadonlyArray<number>
