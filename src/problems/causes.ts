/** Why each problem comes up, for the page of its code. A code without its line does not compile. */
import type { ProblemCode } from '../errors.ts'
import { HELD_CAUSES } from './causes-held.ts'
import { REQUEST_CAUSES } from './causes-request.ts'

export const CAUSES: Readonly<Record<ProblemCode, readonly [zh: string, en: string]>> = {
  ...REQUEST_CAUSES,
  ...HELD_CAUSES,
}
