/** `delta operators`: links are made, listed and revoked beside a gateway. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandBeside } from '../support/command.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const delta = (...args: readonly string[]) => commandBeside(gateway, 'operators', ...args)

test('a link is printed, stands in the list without its secret, and ends when it is revoked', async () => {
  const made = await delta('link')
  const link = made.out.split('\n')[0] ?? ''
  expect([made.code, link]).toEqual([0, expect.stringMatching(`^${gateway.url}/operations/link/[\\w-]{43}$`)])
  const id = /--id (opr_\w+)/.exec(made.out)?.[1] ?? ''
  expect((await fetch(link)).status).toBe(200)
  const listed = (await delta('list')).out
  expect(listed).toMatch(new RegExp(`${id} {2}not opened`))
  expect(listed).not.toContain(link.split('/').at(-1))
  expect((await delta('revoke', '--id', id)).out).toBe('Revoked: 1\n')
  expect((await fetch(link)).status).toBe(403)
  expect((await delta('list')).out).toMatch(new RegExp(`${id} {2}revoked`))
})

test('what cannot be is said in a line', async () => {
  const none = await delta('revoke', '--id', 'opr_nobody')
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('open operator')])
  expect((await delta('revoke')).err).toContain('--id')
})
