import type { ReactiveControllerHost } from "lit"
import { settings } from "./settings.ts"

/** Draws a component again when the reader changes language or theme. */
export function followSettings(host: ReactiveControllerHost): void {
  let stop: (() => void) | undefined
  host.addController({
    hostConnected: () => {
      stop = settings.subscribe(() => host.requestUpdate())
    },
    hostDisconnected: () => stop?.()
  })
}
