/** `delta counter`: an operator makes, lists and revokes desks beside a gateway. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandBeside } from '../support/command.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  writeFileSync(path.join(gateway.dataDir, 'sandbox-clients.json'), JSON.stringify(gateway.clients))
})
afterAll(() => gateway.close())

const delta = (...args: readonly string[]) => commandBeside(gateway, 'counter', ...args)

test('a link opens in a browser until it is revoked', async () => {
  const made = await delta('link', '--client', 'sandbox-hotel')
  expect(made.code).toBe(0)
  const link = made.out.split('\n')[0] ?? ''
  const handle = /--id (desk_\w+)/.exec(made.out)?.[1] ?? ''
  expect(link).toMatch(new RegExp(`^${gateway.url}/counter/link/[\\w-]{43}$`))
  expect((await fetch(link)).status).toBe(200)
  expect((await delta('list', '--client', 'sandbox-hotel')).out).toContain(handle)
  expect((await delta('revoke', '--id', handle)).out).toBe('Revoked: 1\n')
  expect((await fetch(link)).status).toBe(403)
  expect((await delta('list', '--client', 'sandbox-hotel')).out.trim()).toBe('')
})

test('what cannot be is said in a line', async () => {
  const other = await delta('link', '--client', 'sandbox-shanghai')
  expect([other.code, other.err]).toEqual([1, expect.stringContaining('persons:verify')])
  expect(other.err).not.toMatch(/^\s+at /m)
  const none = await delta('revoke', '--id', 'desk_nobody')
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('open desk')])
  expect((await delta('link')).err).toContain('--client')
})
