/** The regions in a test, without a port: the handlers of Mock Service Worker. */
import { type HttpHandler, http } from 'msw'
import { virtualClock } from './clock.ts'
import { controlApp } from './control.ts'
import { directoryOf, postOverNetwork, REGIONS, type Sandbox, type SandboxOptions } from './sandbox.ts'
import { stage } from './stage.ts'

/** A sandbox that listens on no port. */
export interface OpenSandbox extends Omit<Sandbox, 'close'> {
  /** For `setupServer(...handlers)`. */
  readonly handlers: readonly HttpHandler[]
  /** Stops what waits on the clock. */
  readonly close: () => void
}

/** Plays the regions at `https://<region>.sandbox.test`. */
export function openSandbox(options: SandboxOptions): OpenSandbox {
  const clock = options.clock ?? virtualClock()
  const staged = REGIONS.map(([id, simulate]) => {
    const baseUrl = `https://${id}.sandbox.test`
    const one = stage(simulate, { ...options, clock, baseUrl, post: options.post ?? postOverNetwork })
    return { one, baseUrl }
  })
  const regions = staged.map(({ one }) => one)
  return {
    handlers: staged.map(({ one, baseUrl }) =>
      // An error of the network is what a test sees of a line that is cut.
      http.all(`${baseUrl}/*`, ({ request }) => one.answer(request, () => Response.error())),
    ),
    directory: directoryOf(regions),
    regions,
    clock,
    control: controlApp(regions, clock),
    close: () => {
      for (const { region } of regions) region.close()
    },
  }
}

/** The four regions as handlers of Mock Service Worker: `setupServer(...sandboxHandlers({ gatewayUrl }))`. */
export const sandboxHandlers = (options: SandboxOptions): readonly HttpHandler[] =>
  openSandbox(options).handlers
