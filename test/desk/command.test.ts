/** `delta clerks`: an operator adds, lists, invites again and takes off clerks beside a gateway. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandBeside } from '../support/command.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { enrolled } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  writeFileSync(path.join(gateway.dataDir, 'sandbox-clients.json'), JSON.stringify(gateway.clients))
})
afterAll(() => gateway.close())

const delta = (...args: readonly string[]) => commandBeside(gateway, 'clerks', ...args)

test('a link lets a clerk in, until the clerk is taken off', async () => {
  const made = await delta('add', '--client', 'sandbox-suzhou', '--name', '沈四', '--division', '320505')
  expect([made.code, made.err]).toEqual([0, ''])
  const id = /--id (clk_\w+)/.exec(made.out)?.[1] ?? ''
  const clerk = await enrolled(made.out.split('\n')[0] ?? '', gateway)
  expect((await delta('list', '--client', 'sandbox-suzhou')).out).toBe(`${id}  320505  enrolled  沈四\n`)
  expect((await delta('revoke', '--id', id)).out).toBe(`Revoked: ${id}\n`)
  expect((await clerk.browser.send('/desk')).status).toBe(303)
  expect((await delta('list', '--client', 'sandbox-suzhou')).out).toContain('revoked')
  const again = await delta('link', '--id', id)
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('clerk')])
}, 60_000)

test('what cannot be is said in a line', async () => {
  const other = await delta('add', '--client', 'sandbox-hotel', '--name', '某人', '--division', '310151')
  expect([other.code, other.err]).toEqual([1, expect.stringContaining('purpose window')])
  expect(other.err).not.toMatch(/^\s+at /m)
}, 60_000)
