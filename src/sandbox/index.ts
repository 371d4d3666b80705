/**
 * `delta-gateway/sandbox`: the four regions for the tests of others. As handlers of Mock Service Worker, or on ports of their own.
 * Everybody in it is made up; it judges requests by the contracts alone.
 */
export { type Clock, virtualClock } from './clock.ts'
export type { Fault, FaultKind } from './faults.ts'
export { type OpenSandbox, openSandbox, sandboxHandlers } from './handlers.ts'
export { PERSONALITIES, type PersonalityName } from './personalities.ts'
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts'
