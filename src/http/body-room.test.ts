/** Room for large bodies. */
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { bodyRoom } from './body-room.ts'
import type { Env } from './env.ts'
import { asGatewayError, problem } from './problem.ts'

/** A door with room for 100 bytes, of bodies of 60 at most, that answers when it is told to. */
function door() {
  const room = bodyRoom(100, 60)
  const waiting: (() => void)[] = []
  const app = new Hono<Env>()
  app.post('/', (c) =>
    room(c, async () => {
      await new Promise<void>((go) => waiting.push(go))
      return c.text('done')
    }),
  )
  app.onError((error, c) => problem(c, asGatewayError(error)))
  const ask = async (length?: string) =>
    app.request('/', { method: 'POST', headers: length === undefined ? {} : { 'content-length': length } })
  return { ask, end: () => waiting.splice(0).map((go) => go()) }
}

test('what has no room is told to come again, and has room when another has ended', async () => {
  const { ask, end } = door()
  const first = ask('60')
  const refused = await ask('41')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await refused.json()).toMatchObject({ code: 'PICTURES_BUSY' })
  const second = ask('40')
  end()
  expect([(await first).status, (await second).status]).toEqual([200, 200])
  const third = ask('41')
  end()
  expect((await third).status).toBe(200)
})

test.each([undefined, 'x', '-1', '61'])(
  'a length of %s counts as the most that a body may have',
  async (length) => {
    const { ask, end } = door()
    const first = ask(length)
    expect((await ask('41')).status).toBe(503)
    end()
    expect((await first).status).toBe(200)
  },
)
