/** The widest table that a load takes; JSON with ever new keys would otherwise grow without end. */
export const maxColumns = 2000
