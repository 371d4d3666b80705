/** Answers that are for the one who asked, now. */
import type { KeptAnswer } from './idempotency.ts'

/** No cache keeps it. */
export const unkept = { 'cache-control': 'no-store' }

/** A JSON answer that can be given again under its key. */
export const told = (body: object, status = 200): KeptAnswer => ({
  status,
  headers: { ...unkept, 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})
