import { describe, expect, test } from 'vitest'
import type { RegionalCase } from '../../schemas/case.ts'
import { jsonCaller, notOffered, sendFiles } from './calls.ts'
import type { Filing, Handle } from './contract.ts'
import { differing } from './differing.ts'
import { eventIn, filedFrom, listedFrom } from './from-case.ts'
import type { Outgoing } from './transport.ts'

test('a call signs exactly the text that it sends, and hands the envelope on', async () => {
  const sent: Outgoing[] = []
  const call = jsonCaller(
    {
      baseUrl: 'http://region.test',
      timeoutMs: 1,
      sign: (path, body) => ({ signed: `${path} ${body}` }),
      open: (envelope, operation) => [envelope['data'], operation],
    },
    async (out) => {
      sent.push(out)
      return { status: 200, headers: {}, body: Buffer.from('{"data":7}') }
    },
  )
  expect(await call('query', '/q', { a: '甲' })).toEqual([7, 'query'])
  expect(sent[0]).toMatchObject({ url: 'http://region.test/q', body: '{"a":"甲"}' })
  expect(sent[0]?.headers['signed']).toBe('/q {"a":"甲"}')
})

describe('files', () => {
  const entries = [{ id: 'a', files: ['u1', 'u2'] }, { id: 'b' }, { id: 'c', files: ['u1'] }]
  const world = (handle: Handle) => {
    const kept: Handle[] = []
    const file = async (id: string) => ({ name: id, contentType: '', bytes: Buffer.from(id) })
    const keep = async (one: Handle) => void kept.push(one)
    // Only what is looked at.
    return { kept, filing: { handle, file, keep } as unknown as Filing }
  }
  test('are sent once each, and kept before the next is sent', async () => {
    const { kept, filing } = world({})
    const sent: [string, number][] = []
    const done = await sendFiles(filing, entries, 'files', async ({ name }) => {
      sent.push([name, kept.length])
      return `r-${name}`
    })
    expect(sent).toEqual([
      ['u1', 0],
      ['u2', 1],
    ])
    expect(done.entries).toEqual([
      { id: 'a', files: ['r-u1', 'r-u2'] },
      { id: 'b' },
      { id: 'c', files: ['r-u1'] },
    ])
    expect(kept.at(-1)).toEqual(done.handle)
  })
  test('that an earlier attempt sent are not sent again', async () => {
    const { filing } = world({ 'upload:u1': 'old' })
    const done = await sendFiles(filing, entries.slice(2), 'files', () =>
      Promise.reject(new Error('sent again')),
    )
    expect(done.entries).toEqual([{ id: 'c', files: ['old'] }])
  })
})

test('what a region does not offer is said so', async () => {
  await expect(notOffered('shanghai', 'list')()).rejects.toMatchObject({
    code: 'NOT_OFFERED',
    facts: { region: 'shanghai', operation: 'list' },
  })
})

describe('a case that is told whole', () => {
  const told: RegionalCase = {
    caseNumber: '1',
    region: 'shanghai',
    division: '310000',
    matterCode: 'm',
    matterName: '事项',
    status: 'COMPLETED',
    rawStatus: { code: '9', label: '办结' },
    updatedAt: '2099-01-05T09:00:00+08:00',
    result: { decision: 'granted', documents: [] },
  }
  const read = () => told
  const event = (body: string) =>
    eventIn(Buffer.from(body), { read }, { key: 'no', whole: 'case', note: 'why' })

  test('is what was filed, a row of a list, and an event', () => {
    const standing = { status: told.status, rawStatus: told.rawStatus }
    expect(filedFrom(told, { k: '1' })).toEqual({
      ...standing,
      caseNumber: '1',
      handle: { k: '1' },
      occurredAt: told.updatedAt,
      result: told.result,
    })
    expect(listedFrom(told, {})).toMatchObject({ ...standing, title: '事项', matterCode: 'm' })
    expect(event('{"no":"e1","case":{},"why":"好"}')).toMatchObject({
      ...standing,
      key: 'e1',
      occurredAt: told.updatedAt,
      note: '好',
      result: told.result,
    })
  })
  test.each(['', '[]', '{"case":{}}', '{"no":"","case":{}}', '{"no":7,"case":{}}'])(
    'is no event in %j',
    (body) => {
      expect(event(body)).toBeUndefined()
    },
  )
})

test('a city’s members are put right both ways, and what is no object is left to the province', () => {
  const seen: unknown[] = []
  const province = {
    read: (wire: unknown) => seen.push(wire),
    write: () => ({ a: '1', b: '2' }),
  }
  const city = differing(province, {
    toCity: (wire) => ({ ...wire, a: `[${wire['a']}]` }),
    fromCity: (wire) => ({ ...wire, a: '1' }),
  })
  expect(city.write()).toEqual({ a: '[1]', b: '2' })
  city.read({ a: '[1]', b: '2' })
  city.read(null)
  expect(seen).toEqual([{ a: '1', b: '2' }, null])
})
