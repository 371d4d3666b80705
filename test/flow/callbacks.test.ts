/** What a region posts, on a bad day: forged, repeated, late, out of order, too large, for a case that is not ours. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsOf } from '../cases/support.ts'
import {
  type Caller,
  file,
  type Letter,
  startTestGateway,
  type TestGateway,
  upload,
} from '../support/gateway.ts'
import { STORIES } from './stories.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe.each(STORIES)('callbacks of $region', (story) => {
  let caller: Caller
  let id = ''
  let number = ''
  const region = () => gateway.region(story.region).region
  const read = async () => (await caller('GET', `/api/v1/cases/${id}`)).body
  const events = async () => (await caller('GET', `/api/v1/cases/${id}/events`)).body.items
  const letters = (): readonly Letter[] => gateway.mail.letters

  /** Moves the case while the mail is held, and gives the letters of it. */
  const written = async (...steps: readonly string[]): Promise<readonly Letter[]> => {
    const before = letters().length
    gateway.mail.held = true
    try {
      for (const to of steps) {
        region().advance(number, { to: to as never })
        await region().sendCallbacks()
      }
    } finally {
      gateway.mail.held = false
    }
    // Each round posts what still waits again; the first letter of each event is enough.
    const seen = new Set<string>()
    return letters()
      .slice(before)
      .filter(({ body }) => {
        const text = body.toString()
        return !seen.has(text) && seen.add(text)
      })
  }

  beforeAll(async () => {
    caller = await gateway.as(story.client)
    await gateway.sync(story.division)
    const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
    expect(filed.status).toBe(201)
    ;({ id, caseNumber: number } = filed.body)
    for (const to of ['PRECHECK_PASSED', 'RECEIVED'])
      if (
        region()
          .cases()
          .find((one) => one.number === number)
          ?.next.includes(to as never)
      )
        region().advance(number, { to: to as never })
    await region().sendCallbacks()
  })

  test('a letter without a signature, or with another one, is refused and changes nothing', async () => {
    const [letter] = await written('ACCEPTED')
    if (!letter) throw new Error('no letter')
    const before = await read()
    const bare = await gateway.mail.send({
      ...letter,
      headers: { 'content-type': letter.headers['Content-Type'] ?? letter.headers['content-type'] ?? '' },
    })
    const forged = await gateway.mail.send({ ...letter, headers: mangled(letter.headers) })
    for (const answer of [bare, forged]) {
      expect(answer.status).toBeLessThan(500)
      expect(answer.body).not.toBe('')
    }
    expect(await read()).toEqual(before)
    await region().sendCallbacks()
    expect((await read()).status).toBe('ACCEPTED')
  })

  test('the same letter again, ten times at once, is one event', async () => {
    const letter = letters().at(-1) as Letter
    const before = await events()
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.mail.send(letter)))
    for (const answer of answers) expect(answer.status).toBeLessThan(500)
    expect(await events()).toEqual(before)
  })

  test('letters that come in the wrong order leave the case where the region has it', async () => {
    const late = await written('IN_REVIEW', 'APPROVED')
    expect(late.length).toBeGreaterThanOrEqual(2)
    const count = (await events()).length
    for (const letter of late.toReversed()) expect((await gateway.mail.send(letter)).status).toBe(200)
    expect((await read()).status).toBe('APPROVED')
    const added = (await events()).slice(count)
    expect(added.map((event: { status: string; late: boolean }) => [event.status, event.late])).toEqual([
      ['APPROVED', false],
      ['IN_REVIEW', true],
    ])
    await region().sendCallbacks()
    expect((await read()).status).toBe('APPROVED')
  })

  test('a letter that is too large, or is no letter, is answered in the region’s shape', async () => {
    const [letter] = await written('COMPLETED')
    if (!letter) throw new Error('no letter')
    const before = await read()
    for (const body of [Buffer.alloc(9 * 1024 * 1024, 32), 'not a letter', '', '<a>', '{"a":']) {
      const answer = await gateway.mail.send({ ...letter, body })
      expect(answer.status).toBeLessThan(500)
      expect(answer.body).not.toContain('/problems/')
    }
    expect(await read()).toEqual(before)
  })

  test('what was lost in the mail is found by asking', async () => {
    await gateway.poll()
    expect((await read()).status).toBe('COMPLETED')
    expect((await events()).at(-1)).toMatchObject({ via: 'poll', status: 'COMPLETED' })
    // The region goes on sending its letter, which tells nothing new by then.
    const count = (await events()).filter((event: { status: string }) => event.status === 'COMPLETED').length
    await region().sendCallbacks()
    expect((await read()).status).toBe('COMPLETED')
    expect(
      (await events()).filter((event: { status: string }) => event.status === 'COMPLETED').length,
    ).toBeLessThanOrEqual(count + 1)
  })

  test('after all of it the case is what its timeline makes', async () => {
    expect(await findingsOf(id, gateway.gateway.deps)).toEqual([])
  })
})

/** Turns one letter of each header that could be a signature, date or nonce aside. */
function mangled(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /sign/i.test(name) ? `${value.slice(0, -2)}${value.endsWith('a') ? 'bb' : 'aa'}` : value,
    ]),
  )
}
