/** All faults that are planted. */
import type { Planted } from './fault.ts'
import { ADAPTER_FAULTS } from './faults-adapter.ts'
import { SANDBOX_FAULTS } from './faults-sandbox.ts'

export const PLANTED: readonly Planted[] = [...ADAPTER_FAULTS, ...SANDBOX_FAULTS]
