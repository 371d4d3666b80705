/** A code is scanned: once, for its purpose, by a client that has it, and never without a record. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endAuthentication } from '../../src/federation/identity/log-in.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { personToken } from '../support/person-token.ts'
import { inDatabase, letEnd, makeCode, resident, scan, scansOf } from './support.ts'

let gateway: TestGateway
let hotel: Caller
let window: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  hotel = await gateway.as('sandbox-hotel', 'persons:verify')
  window = await gateway.as('sandbox-window', 'persons:verify')
})
afterAll(() => gateway.close())

describe('a counter learns what its purpose allows, and no more', () => {
  test('a hotel', async () => {
    const guest = await resident(gateway)
    const code = await makeCode(guest)
    const told = await scan(hotel, code.code)
    expect(told.status).toBe(200)
    expect(told.body).toEqual({
      purpose: 'hotel',
      name: guest.name,
      idDocument: { type: '111', number: guest.number },
      validity: { from: code.from, until: code.until },
      photoMatch: 'by-a-person',
    })
    expect(told.headers.get('cache-control')).toBe('no-store')
  })

  test('a window', async () => {
    const visitor = await resident(gateway, { region: 'anhui', loa: 4 })
    const told = await scan(window, (await makeCode(visitor, 'window')).code, 'window')
    expect(told.body).toEqual({
      purpose: 'window',
      name: visitor.name,
      idDocument: { type: '111', number: visitor.number },
      loa: 4,
      region: 'anhui',
    })
  })

  test('with typed digits the same as with the QR code, however they are grouped', async () => {
    const guest = await resident(gateway)
    for (const written of [
      (digits: string) => digits,
      (digits: string) => digits.replaceAll(' ', ''),
      (digits: string) => digits.replaceAll(' ', '-'),
      (digits: string) => digits.replaceAll(/\d/g, (one) => String.fromCodePoint(0xff10 + Number(one))),
    ]) {
      const { typedCode } = await makeCode(guest)
      expect(typedCode).toMatch(/^\d{3} \d{3} \d{4}$/)
      const { body } = await scan(hotel, written(typedCode))
      expect([body.name, body.idDocument.number]).toEqual([guest.name, guest.number])
    }
    expect((await scansOf(guest)).map(({ outcome }) => outcome)).toEqual(Array(4).fill('granted'))
  })
})

describe('a code works once', () => {
  test('replay is refused, with its token and with its digits, and the person sees it', async () => {
    const guest = await resident(gateway)
    const code = await makeCode(guest)
    expect((await scan(hotel, code.code)).status).toBe(200)
    for (const again of [code.code, code.typedCode]) {
      const told = await scan(hotel, again)
      expect([told.status, told.body.code]).toEqual([409, 'IDENTITY_CODE_USED'])
      expect(JSON.stringify(told.body)).not.toContain(guest.number)
    }
    expect((await scansOf(guest)).map(({ outcome }) => outcome)).toEqual(['used', 'used', 'granted'])
  })

  test('of two scans at once exactly one wins, every time', async () => {
    for (let round = 0; round < 8; round += 1) {
      const guest = await resident(gateway)
      const { code, typedCode } = await makeCode(guest)
      const told = await Promise.all([code, typedCode, code, typedCode].map((one) => scan(hotel, one)))
      expect(told.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(told.filter(({ status }) => status === 409)).toHaveLength(3)
      const outcomes = (await scansOf(guest)).map(({ outcome }) => outcome)
      expect(outcomes.toSorted()).toEqual(['granted', 'used', 'used', 'used'])
    }
  })

  test('without a record there is no use and no data', async () => {
    const guest = await resident(gateway)
    const { id, code } = await makeCode(guest)
    await inDatabase(gateway, (sql) => sql`alter table identity_scans rename to elsewhere`)
    const told = await scan(hotel, code).finally(() =>
      inDatabase(gateway, (sql) => sql`alter table elsewhere rename to identity_scans`),
    )
    expect([told.status, told.body.code]).toEqual([500, 'INTERNAL'])
    expect(told.bytes.toString()).not.toContain(guest.number)
    expect((await guest.api('GET', `/api/v1/me/codes/${id}`)).body.state).toBe('open')
    expect((await scan(hotel, code)).status).toBe(200)
  })
})

describe('a code is for its purpose', () => {
  test('outside its purpose it is refused, recorded, and still good for its own', async () => {
    const guest = await resident(gateway)
    const { code } = await makeCode(guest, 'hotel')
    const told = await scan(window, code, 'window')
    expect([told.status, told.body.code]).toEqual([409, 'IDENTITY_CODE_PURPOSE'])
    expect((await scan(hotel, code)).status).toBe(200)
    const [granted, refused] = await scansOf(guest)
    expect(refused).toMatchObject({
      outcome: 'otherPurpose',
      purpose: 'window',
      fields: [],
      client: { id: 'sandbox-window' },
    })
    expect(granted).toMatchObject({
      outcome: 'granted',
      client: { id: 'sandbox-hotel', name: '示例酒店前台 (沙箱)' },
      fields: ['name', 'idDocument', 'validity', 'photoMatch'],
    })
  })

  test('a client without the purpose learns nothing, not even whether the code is one', async () => {
    const guest = await resident(gateway)
    const { code, typedCode } = await makeCode(guest, 'window')
    const told = [await scan(hotel, code, 'window'), await scan(hotel, typedCode, 'window')]
    for (const { status, body } of told) expect([status, body.code]).toEqual([403, 'PURPOSE_NOT_ALLOWED'])
    expect((await scansOf(guest)).map(({ outcome }) => outcome)).toEqual(['notAllowed', 'notAllowed'])
    expect((await scan(window, code, 'window')).status).toBe(200)
  })

  test('a purpose that is none is named', async () => {
    const told = await scan(hotel, '0000000000', 'party')
    expect([told.status, told.body.errors[0].pointer]).toEqual([422, '/purpose'])
    expect(told.body.errors[0].detail.en).toContain('hotel')
  })
})

describe('who may', () => {
  test('a client without the scope is stopped at the door', async () => {
    const other = await gateway.as('sandbox-shanghai', 'persons')
    const told = await scan(other, (await makeCode(await resident(gateway))).code)
    expect([told.status, told.body.code, told.body.facts.scope]).toEqual([
      403,
      'SCOPE_MISSING',
      'persons:verify',
    ])
    await expect(gateway.as('sandbox-shanghai', 'persons:verify')).rejects.toThrow(/scope/)
  })

  test('a code needs the scope, a person, a log-in of level 3, and a token for the whole gateway', async () => {
    const make = (caller: Caller) => caller('POST', '/api/v1/me/codes', { purpose: 'hotel' })
    expect((await make((await resident(gateway, { scope: 'cases' })).api)).body.code).toBe('SCOPE_MISSING')
    expect((await make(await gateway.as('sandbox-shanghai', 'persons'))).body.code).toBe('PERSON_REQUIRED')
    const low = await make((await resident(gateway, { loa: 2 })).api)
    expect(low.body).toMatchObject({ code: 'ASSURANCE_TOO_LOW', facts: { acr: 'urn:delta-gateway:loa:3' } })

    const { principal } = await resident(gateway)
    const withToken = async (token: Promise<string>): Promise<Caller> => {
      const authorization = `Bearer ${await token}`
      return (method, at, body) => gateway.anyone(method, at, body, { authorization })
    }
    const narrow = await withToken(personToken(gateway, principal, { audience: { region: 'anhui' } }))
    expect((await make(narrow)).body.code).toBe('AUDIENCE_MISMATCH')
    expect((await narrow('GET', '/api/v1/me/scans')).body.code).toBe('AUDIENCE_MISMATCH')
    const { authenticationId: _, ...exchanged } = principal
    expect((await make(await withToken(personToken(gateway, exchanged)))).body.code).toBe('LOG_IN_REQUIRED')
  })

  test('codes and scans of another person are not there', async () => {
    const [guest, other] = [await resident(gateway), await resident(gateway)]
    const { id, code } = await makeCode(guest)
    for (const method of ['GET', 'DELETE'])
      expect((await other.api(method, `/api/v1/me/codes/${id}`)).body.code).toBe('NOT_FOUND')
    expect((await scan(hotel, code)).status).toBe(200)
    expect(await scansOf(other)).toEqual([])
  })

  test('a dry run makes no code, and none scans', async () => {
    const guest = await resident(gateway)
    const { code } = await makeCode(guest)
    expect((await guest.api('POST', '/api/v1/me/codes?dryRun=true', { purpose: 'hotel' })).body).toEqual({
      dryRun: true,
      purpose: 'hotel',
    })
    const tried = await hotel('POST', '/api/v1/persons/verify?dryRun=true', { code, purpose: 'hotel' })
    expect([tried.status, tried.body.code]).toEqual([400, 'PARAMETER_INVALID'])
    expect(await scansOf(guest)).toEqual([])
  })
})

describe('a code that is over', () => {
  test('has ended after its minute', async () => {
    const guest = await resident(gateway)
    const { id, code, from, until } = await makeCode(guest)
    expect(Date.parse(until) - Date.parse(from)).toBe(60_000)
    await letEnd(gateway, id)
    const told = await scan(hotel, code)
    expect([told.status, told.body.code]).toEqual([410, 'IDENTITY_CODE_ENDED'])
    expect((await guest.api('GET', `/api/v1/me/codes/${id}`)).body).toMatchObject({ state: 'ended' })
    expect(await scansOf(guest)).toMatchObject([{ outcome: 'ended', fields: [] }])
  })

  test('is called back by its owner at once', async () => {
    const guest = await resident(gateway)
    const { id, code } = await makeCode(guest)
    const back = await guest.api('DELETE', `/api/v1/me/codes/${id}`)
    expect([back.status, back.body.state, back.body.code]).toEqual([200, 'calledBack', undefined])
    const told = await scan(hotel, code)
    expect([told.status, told.body.code]).toEqual([410, 'IDENTITY_CODE_CALLED_BACK'])
    expect(await scansOf(guest)).toMatchObject([{ outcome: 'calledBack' }])
  })

  test('is called back by the next one', async () => {
    const guest = await resident(gateway)
    const [before, after] = [await makeCode(guest), await makeCode(guest)]
    expect((await scan(hotel, before.code)).body.code).toBe('IDENTITY_CODE_CALLED_BACK')
    expect((await scan(hotel, after.code)).status).toBe(200)
  })

  test('stays used when it is called back too late', async () => {
    const guest = await resident(gateway)
    const { id, code } = await makeCode(guest)
    await scan(hotel, code)
    expect((await guest.api('DELETE', `/api/v1/me/codes/${id}`)).body.state).toBe('used')
  })

  test('is called back when its person logs out, and a log-in that ended makes no new one', async () => {
    const guest = await resident(gateway)
    const { code } = await makeCode(guest)
    await endAuthentication(guest.principal.authenticationId, gateway.gateway.deps)
    expect((await scan(hotel, code)).body.code).toBe('IDENTITY_CODE_CALLED_BACK')
    expect((await guest.api('POST', '/api/v1/me/codes', { purpose: 'hotel' })).body.code).toBe(
      'TOKEN_INVALID',
    )
    // A process that has not heard of the ending is stopped by the database.
    const { makeCode: make } = await import('../../src/federation/identity/codes.ts')
    const actor = { clientId: 'sandbox-app', requestId: 'req', principal: guest.principal }
    await expect(make('hotel', actor, gateway.gateway.deps)).rejects.toMatchObject({
      code: 'LOG_IN_REQUIRED',
    })
  })
})

test('a person reads their scans page by page, each once, the newest first', async () => {
  const guest = await resident(gateway)
  for (let round = 0; round < 5; round += 1) await scan(hotel, (await makeCode(guest)).code)
  const seen: string[] = []
  let next: string | null = '/api/v1/me/scans?limit=2'
  while (next) {
    const { body, headers } = await guest.api('GET', next)
    seen.push(...body.items.map(({ codeId }: { codeId: string }) => codeId))
    next = body.nextCursor && (headers.get('link')?.match(/^<([^>]+)>/)?.[1] ?? null)
  }
  expect(seen).toHaveLength(5)
  expect(seen).toEqual([...new Set(seen)].toSorted().reverse())
  expect((await guest.api('GET', '/api/v1/me/scans?cursor=bm8')).body.code).toBe('PARAMETER_INVALID')
})

test('nobody makes more codes than a person can show', async () => {
  const guest = await resident(gateway)
  const made = []
  for (let round = 0; round < 13; round += 1)
    made.push(await guest.api('POST', '/api/v1/me/codes', { purpose: 'hotel' }))
  expect(made.map(({ status }) => status)).toEqual([...Array(12).fill(201), 429])
  expect(made.at(-1)?.headers.get('retry-after')).toBe('60')
})

test('old codes, counts and records are forgotten, and recent ones stay', async () => {
  const { api } = await resident(gateway)
  const { id, code } = await makeCode({ api })
  await scan(hotel, code)
  const { store } = gateway.gateway.deps
  const later = (days: number) => new Date(Date.now() + days * 86_400_000)
  const kept = { nobody: 'nobody', days: 400, nobodysDays: 30 }
  await store.codes.forget(later(0), kept)
  expect((await api('GET', `/api/v1/me/codes/${id}`)).status).toBe(200)
  await store.codes.forget(later(2), kept)
  expect((await api('GET', `/api/v1/me/codes/${id}`)).status).toBe(404)
  expect(await scansOf({ api })).toHaveLength(1)
  // The token of a code that is forgotten has ended long ago.
  expect((await scan(hotel, code)).body.code).toBe('IDENTITY_CODE_ENDED')
  await store.codes.forget(later(401), kept)
  expect(await scansOf({ api })).toEqual([])
})
