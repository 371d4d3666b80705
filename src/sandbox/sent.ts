import type { Context } from 'hono'

/** What a page's form or a program's JSON says. */
export async function sent(c: Context): Promise<{ form: boolean; body: Record<string, unknown> }> {
  const form = (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  const body = form
    ? await c.req.parseBody()
    : ((await c.req.json().catch(() => ({}))) as Record<string, unknown>)
  return { form, body }
}
