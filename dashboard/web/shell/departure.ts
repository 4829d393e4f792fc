/** Whether going back or forward may leave the page; one page at a time may hold it. */
let hold: (() => boolean) | undefined

/** Holds back the browser's way back and forward for a page with something to lose. */
export const departure = {
  /**
   * @param isHeld answers true where it keeps the page, having put its address back
   * @returns what ends it
   */
  hold(isHeld: () => boolean): () => void {
    hold = isHeld
    return () => {
      if (hold === isHeld) hold = undefined
    }
  },
  isHeld: (): boolean => hold?.() === true
}
