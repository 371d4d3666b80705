/** What the QR code says and what it does not; forged ones; digits that are guessed. */
import {
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { current } from '../../src/federation/keys.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { keysOf, personToken } from '../support/person-token.ts'
import {
  inDatabase,
  letEnd,
  makeCode,
  type Resident,
  resident,
  scan,
  scansOf,
  strangeDigits,
} from './support.ts'

let gateway: TestGateway
let hotel: Caller
let window: Caller
let guest: Resident
beforeAll(async () => {
  gateway = await startTestGateway()
  hotel = await gateway.as('sandbox-hotel', 'persons:verify')
  window = await gateway.as('sandbox-window', 'persons:verify')
  guest = await resident(gateway)
})
afterAll(() => gateway.close())

const jwks = async () => (await gateway.anyone('GET', '/oidc/jwks')).body

describe('the QR code', () => {
  test('is checked offline with the published keys alone', async () => {
    const { code, id } = await makeCode(guest)
    const { payload, protectedHeader } = await jwtVerify(code, createLocalJWKSet(await jwks()), {
      typ: 'delta-identity+jwt',
      algorithms: ['ES256'],
      audience: `${gateway.url}/counter/hotel`,
      requiredClaims: ['jti', 'iat', 'exp'],
      maxTokenAge: '60s',
    })
    expect(protectedHeader.kid).toBe(current(keysOf(gateway).signing, new Date()).id)
    expect(payload.jti).toBe(id)
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60)
    await expect(compactVerify(`${code.slice(0, -4)}AAAA`, createLocalJWKSet(await jwks()))).rejects.toThrow()
  })

  test('holds its purpose, its name, its minute and chance, and nothing of a person', async () => {
    const [one, other] = [(await makeCode(guest)).code, (await makeCode(guest)).code]
    expect(Object.keys(decodeJwt(one)).toSorted()).toEqual(['aud', 'exp', 'iat', 'jti', 'sub'])
    expect(Object.keys(decodeProtectedHeader(one)).toSorted()).toEqual(['alg', 'kid', 'typ'])
    const plain = Buffer.from(one.split('.')[1] ?? '', 'base64url').toString()
    for (const secret of [guest.name, guest.number, guest.personId, guest.principal.authenticationId])
      expect(plain).not.toContain(secret)
    // Two codes of one person have nothing in common that a third could know the person by.
    expect(decodeJwt(one).sub).not.toBe(decodeJwt(other).sub)
    expect(decodeJwt(one).jti).not.toBe(decodeJwt(other).jti)
  })

  test('is no access token, and an access token is no code', async () => {
    const { code } = await makeCode(guest)
    const asToken = await gateway.anyone('GET', '/api/v1/me/scans', undefined, {
      authorization: `Bearer ${code}`,
    })
    expect(asToken.body.code).toBe('TOKEN_INVALID')
    const token = await personToken(gateway, guest.principal)
    expect((await scan(hotel, token)).body.code).toMatch(/IDENTITY_CODE_INVALID|BODY_INVALID/)
  })
})

describe('a forged code is refused', () => {
  /** A code's claims, signed anew. */
  const signed = async (key: Parameters<SignJWT['sign']>[0], header: object, claims: object = {}) =>
    new SignJWT({ ...decodeJwt((await makeCode(guest)).code), ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'delta-identity+jwt', ...header })
      .sign(key)
  const own = async () => {
    const { id, jwk } = current(keysOf(gateway).signing, new Date())
    return { kid: id, jwk, key: await importJWK(jwk as JWK, 'ES256') }
  }
  const stranger = generateKeyPair('ES256', { extractable: true })

  test.each<[string, () => Promise<string>]>([
    [
      'signed by another key under our kid',
      async () => signed((await stranger).privateKey, { kid: (await own()).kid }),
    ],
    [
      'signed by another key under its own kid',
      async () => signed((await stranger).privateKey, { kid: 'another' }),
    ],
    [
      'with the kid of another key of ours',
      async () => {
        const other = keysOf(gateway).signing.find(
          ({ id }) => id !== current(keysOf(gateway).signing, new Date()).id,
        )
        return signed((await own()).key, { kid: other?.id })
      },
    ],
    [
      'with its key in the header',
      async () => {
        const { privateKey, publicKey } = await stranger
        const { exportJWK } = await import('jose')
        return signed(privateKey, { jwk: await exportJWK(publicKey) })
      },
    ],
    [
      'with an address of keys in the header',
      async () => signed((await stranger).privateKey, { jku: 'http://127.0.0.1:9/jwks' }),
    ],
    [
      'with a broken signature',
      async () => {
        const { code } = await makeCode(guest)
        const [head, body, signature = ''] = code.split('.')
        return [head, body, (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)].join('.')
      },
    ],
    [
      'with another purpose put in',
      async () => {
        const { code } = await makeCode(guest, 'window')
        const [head, , signature] = code.split('.')
        const changed = { ...decodeJwt(code), aud: `${gateway.url}/counter/hotel` }
        return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.')
      },
    ],
    [
      'without a signature',
      async () => {
        const { code } = await makeCode(guest)
        return `${Buffer.from('{"alg":"none","typ":"delta-identity+jwt"}').toString('base64url')}.${code.split('.')[1]}.`
      },
    ],
    ['padded', async () => `${(await makeCode(guest)).code}=`],
    [
      'of another type, signed by us',
      async () => signed((await own()).key, { kid: (await own()).kid, typ: 'JWT' }),
    ],
    [
      'for another gateway, signed by us',
      async () =>
        signed(
          (await own()).key,
          { kid: (await own()).kid },
          { aud: 'https://elsewhere.example/counter/hotel' },
        ),
    ],
    ['that is no token', async () => 'https://elsewhere.example/q?x=1'],
  ])('%s', async (_name, make) => {
    const before = (await scansOf(guest)).length
    const told = await scan(hotel, await make())
    expect([told.status, told.body.code]).toEqual([422, 'IDENTITY_CODE_INVALID'])
    // Whoever forges a code has not scanned a person's.
    expect(await scansOf(guest)).toHaveLength(before)
    await inDatabase(
      gateway,
      (sql) => sql`update identity_codes set created_at = created_at - interval '1 hour'`,
    )
  })

  test('and an old kid still reads after a rotation of the keys', async () => {
    const { writeFileSync } = await import('node:fs')
    const { rotate } = await import('../../src/federation/keys.ts')
    const path = await import('node:path')
    const { code } = await makeCode(guest)
    writeFileSync(
      path.join(gateway.dataDir, 'keys.json'),
      JSON.stringify(await rotate(keysOf(gateway), 'signing', new Date())),
    )
    await gateway.gateway.refreshKeys()
    expect((await scan(hotel, code)).status).toBe(200)
    const { code: next } = await makeCode(guest)
    expect(decodeProtectedHeader(next).kid).not.toBe(decodeProtectedHeader(code).kid)
    expect((await scan(hotel, next)).status).toBe(200)
  })
})

describe('digits may be guessed', () => {
  const reset = () => inDatabase(gateway, (sql) => sql`delete from identity_misses`)

  test('a slip of the hand is told at once, and is no miss', async () => {
    await reset()
    const { typedCode } = await makeCode(await resident(gateway))
    const last = (Number(typedCode.at(-1)) + 1) % 10
    for (const wrong of [typedCode.slice(0, -1) + last, '123', '']) {
      const told = await scan(hotel, wrong)
      expect([told.status, told.body.errors[0].pointer]).toEqual([422, '/code'])
    }
    expect((await scan(hotel, typedCode)).status).toBe(200)
    const misses = await inDatabase(
      gateway,
      (sql) => sql`select sum(misses)::int as misses from identity_misses`,
    )
    expect(misses[0]?.['misses']).toBe(0)
  })

  test('unknown, ended, called back, foreign and another’s used digits are answered alike to the byte', async () => {
    await reset()
    const bodies: string[] = []
    const tell = async (digits: string) => {
      const told = await scan(hotel, digits)
      expect(told.status).toBe(404)
      bodies.push(JSON.stringify({ ...told.body, instance: '' }))
    }
    await tell(strangeDigits(1))
    const ended = await makeCode(await resident(gateway))
    await letEnd(gateway, ended.id)
    await tell(ended.typedCode)
    const owner = await resident(gateway)
    const back = await makeCode(owner)
    await owner.api('DELETE', `/api/v1/me/codes/${back.id}`)
    await tell(back.typedCode)
    await tell((await makeCode(await resident(gateway), 'window')).typedCode)
    const used = await makeCode(await resident(gateway), 'window')
    await scan(window, used.typedCode, 'window')
    await tell(used.typedCode)
    expect(new Set(bodies)).toHaveLength(1)
  })

  test('real and strange digits leave the same marks: a miss and a record', async () => {
    await reset()
    const marks = () =>
      inDatabase(
        gateway,
        (sql) =>
          sql`select (select count(*)::int from identity_scans) as scans, (select coalesce(sum(misses), 0)::int from identity_misses) as misses`,
      )
    const owner = await resident(gateway)
    const { typedCode } = await makeCode(owner, 'window')
    const [before] = await marks()
    await scan(hotel, typedCode)
    const [real] = await marks()
    await scan(hotel, strangeDigits(2))
    const [strange] = await marks()
    const more = (a: typeof before, b: typeof before) => [
      b?.['scans'] - a?.['scans'],
      b?.['misses'] - a?.['misses'],
    ]
    expect(more(before, real)).toEqual([1, 1])
    expect(more(real, strange)).toEqual([1, 1])
    expect(await scansOf(owner)).toMatchObject([{ outcome: 'otherPurpose' }])
  })

  test('after twenty misses nothing is told any more, at once or one by one, real digits included', async () => {
    await reset()
    const told = await Promise.all(
      Array.from({ length: 30 }, (_, index) => scan(hotel, strangeDigits(1_000 + index))),
    )
    const statuses = told.map(({ status }) => status).toSorted()
    expect(statuses).toEqual([...Array(20).fill(404), ...Array(10).fill(429)])
    const owner = await resident(gateway)
    const { typedCode, code } = await makeCode(owner)
    const stopped = await scan(hotel, typedCode)
    expect([stopped.status, stopped.body.code]).toEqual([429, 'RATE_LIMITED'])
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(stopped.headers.get('retry-after'))).toBeLessThanOrEqual(600)
    // The person sees that somebody met their digits; tokens cannot be guessed and still work; another client is not stopped.
    expect((await scan(hotel, code)).status).toBe(200)
    expect((await scansOf(owner)).map(({ outcome }) => outcome)).toEqual(['granted', 'limited'])
    expect((await scan(window, strangeDigits(5_000), 'window')).status).toBe(404)
    expect(gateway.told.some(({ level, message }) => level === 'warn' && message.includes('digits'))).toBe(
      true,
    )
  })
})

test('no person and no code stands in the log, in an address or, readable, in the database', async () => {
  const owner = await resident(gateway)
  const { code, typedCode, id } = await makeCode(owner)
  await scan(hotel, code)
  await scan(hotel, code)
  const rows = await inDatabase(
    gateway,
    (sql) => sql`
    select (select json_agg(c)::text from identity_codes c) || (select json_agg(s)::text from identity_scans s) as all_rows`,
  )
  const digits = typedCode.replaceAll(' ', '')
  for (const secret of [owner.name, owner.number, code, digits]) {
    expect(JSON.stringify(gateway.told)).not.toContain(secret)
    expect(String(rows[0]?.['all_rows'])).not.toContain(secret)
  }
  expect(String(rows[0]?.['all_rows'])).toContain(id)
  const { paths } = (await gateway.anyone('GET', '/openapi.json')).body
  expect(Object.keys(paths['/api/v1/persons/verify'])).toEqual(['post'])
})
