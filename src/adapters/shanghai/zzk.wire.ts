/** The session of the licence and photo service (contract 3.2, documented). */
import { Type } from 'typebox'

export const WireSession = Type.Object({ sessionId: Type.String({ minLength: 1, maxLength: 200 }) })
