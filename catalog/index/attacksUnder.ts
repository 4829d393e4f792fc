/** Gate G8: one less the advantage of the best attack has to be at least this, measured or proved. */
export const attacksUnder = 0.8
