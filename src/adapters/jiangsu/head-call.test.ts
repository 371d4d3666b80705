/** The frame of photos and licences: what is signed, how long a token lives, and who has libraries (2, 3.4). */
import { describe, expect, test } from 'vitest'
import { validator } from '../../schemas/validate.ts'
import { JiangsuConfig } from './config.ts'
import { busSignature } from './sign.ts'
import {
  asking,
  askingPhoto,
  bad,
  good,
  holding,
  isSignedFor,
  OPERATIONS,
  played,
  problemOf,
  type Region,
  recorded,
} from './test-holdings.ts'
import { config, now } from './test-samples.ts'

const { options, credentials } = config
const CONSTANT = options.licenceTokenUserId

/** What was sent for one op, with the tokens; a photo is asked for before it is fetched. */
const of = ({ sent }: Region, op: string) => sent.filter((one) => one.op === 'token' || one.op === op)

describe('what goes out', () => {
  test.each(OPERATIONS)(
    '%s: inside the bus, the text that is sent is the text that is signed',
    async (operation, group, op, call) => {
      const region = holding({ zpcx: [recorded('photo-query')], [op]: [recorded(operation)] })
      await call(region)
      const sent = of(region, op)
      expect(sent.map((one) => [one.group, one.op])).toEqual([
        ['zzgx', 'token'],
        [group, op],
      ])
      const [token, asked] = sent
      const service = group === 'zpgx' ? 'fakezpk' : 'fakedzzz'
      expect(token?.url).toBe(`${config.baseUrl}/ebus/fakedzzz/rest/v1.0/zzgx/token`)
      expect(asked?.url).toBe(
        `${config.baseUrl}/ebus/${service}/rest/v1.0/${group}/${op}?token=FAKE%2Btoken%2F1`,
      )
      expect(isSignedFor(token?.body ?? '', CONSTANT)).toBe(true)
      // The token stands percent-encoded in the address, and is the signer's id as it is.
      expect(isSignedFor(asked?.body ?? '', 'FAKE+token/1')).toBe(true)
      expect(token?.data).toEqual({ yymc: 'FAKE_CSJ_GATEWAY' })
      const isFile = ['zpxz', 'zzxxxz', 'zzwjyz'].includes(op)
      expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, isFile ? 60_000 : 10_000])
      for (const { headers } of region.sent) {
        const { 'x-tif-timestamp': at = '', 'x-tif-nonce': nonce = '', ...rest } = headers
        expect(rest).toEqual({
          'content-type': 'application/json;charset=UTF-8',
          'x-tif-paasid': credentials.paasid,
          'x-tif-signature': busSignature(at, credentials.tifToken, nonce),
        })
      }
    },
  )

  test.each(OPERATIONS)(
    '%s: a city that the directory does not list is not asked',
    async (_operation, _group, _op, call) => {
      const region = holding({}, { ...config, options: { ...options, areaCodes: ['320100'] } })
      expect(await problemOf(call(region))).toMatchObject({
        code: 'REGION_NOT_CONNECTED',
        facts: { division: '320500' },
      })
      expect(region.sent).toEqual([])
    },
  )
})

describe('the query token', () => {
  const find = (region: Region) => region.licences.find(asking)
  const tokensOf = (region: Region) => region.asked().map(({ token }) => token)

  test('is fetched once for all that wait, and for photos and licences alike', async () => {
    const region = holding({ zzcx: [bad('4')], zpcx: [bad('4')] })
    await Promise.all([find(region), find(region), region.photos.find(askingPhoto)])
    expect(region.sent.filter(({ op }) => op === 'token')).toHaveLength(1)
    expect(tokensOf(region)).toEqual(Array(3).fill('FAKE+token/1'))
  })

  test.each([
    [1_799_999, ['FAKE+token/1', 'FAKE+token/1']],
    [1_800_000, ['FAKE+token/1', 'FAKE+token/2']],
  ])('after %i ms: %j', async (later, tokens) => {
    let at = now()
    const region = holding({ zzcx: [bad('4')] }, config, { now: () => at })
    await find(region)
    at = new Date(at.getTime() + later)
    await find(region)
    expect(tokensOf(region)).toEqual(tokens)
  })

  test.each(OPERATIONS)(
    '%s: one that the platform ended is dropped, and one more is fetched',
    async (operation, _group, op, call) => {
      const region = holding({ zpcx: [recorded('photo-query')], [op]: [bad(2), recorded(operation)] })
      await call(region)
      const sent = of(region, op)
      expect(sent.map((one) => one.op)).toEqual(['token', op, 'token', op])
      expect([sent[1]?.token, sent[3]?.token]).toEqual(['FAKE+token/1', 'FAKE+token/2'])
      expect(isSignedFor(sent[3]?.body ?? '', 'FAKE+token/2')).toBe(true)
      expect(sent[3]?.data).toEqual(sent[1]?.data)
    },
  )

  test('two that are refused one after the other are told, and no third is fetched', async () => {
    const region = holding({ zzcx: [bad('2')] })
    expect(await problemOf(find(region))).toMatchObject({
      code: 'REGION_AUTH',
      facts: { operation: 'licence-query', code: '2' },
    })
    expect(region.sent.map(({ op }) => op)).toEqual(['token', 'zzcx', 'token', 'zzcx'])
  })

  test('a refused token is not asked for again, and the next call asks anew', async () => {
    const region = holding({ token: [bad('3', '签名错误'), recorded('licence-token')], zzcx: [bad('4')] })
    await expect(find(region)).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { operation: 'licence-token', code: '3' },
    })
    expect(region.sent).toHaveLength(1)
    expect(await find(region)).toEqual([])
    expect(tokensOf(region)).toEqual(['FAKE2b1e77ea49c69e7855598ed11452dcea'])
  })

  test.each([
    ['its own status 2', bad('2'), { code: 'REGION_AUTH', facts: { operation: 'licence-token', code: '2' } }],
    ['none', good({ yxqz: 4071000876000 }), { facts: { reason: 'schema', member: '/token' } }],
    [
      'an empty one',
      good({ token: '', yxqz: 4071000876000 }),
      { facts: { reason: 'schema', member: '/token' } },
    ],
    [
      'one too long',
      good({ token: 'x'.repeat(65), yxqz: 1 }),
      { facts: { reason: 'schema', member: '/token' } },
    ],
    [
      'an end in seconds',
      good({ token: 'x', yxqz: 4071000876 }),
      { facts: { reason: 'unreadable', member: '/yxqz' } },
    ],
    ['no data', good(null), { code: 'REGION_ANSWER_INVALID', facts: { reason: 'schema' } }],
  ])('%s instead of a token fails the call', async (_name, told, problem) => {
    const region = holding({ token: [told] })
    await expect(find(region)).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID', ...problem })
    expect(region.sent).toHaveLength(1)
  })
})

describe('a configuration', () => {
  const { licence: _keys, ...keyless } = credentials
  const { licence: _licence, ...noLicence } = options.busCodes
  const { photo: _photo, ...noPhoto } = options.busCodes
  const { licenceTokenUserId: _user, ...noUser } = options
  test.each([
    ['with all', config, ['photos', 'licences']],
    ['without keys', { ...config, credentials: keyless }, []],
    [
      'without a bus code of licences, where tokens come from',
      { ...config, options: { ...options, busCodes: noLicence } },
      [],
    ],
    ['without a bus code of photos', { ...config, options: { ...options, busCodes: noPhoto } }, ['licences']],
    ['without the signer’s id of the token', { ...config, options: noUser }, []],
  ])('%s has %j', (_name, own, libraries) => {
    expect(validator(JiangsuConfig)(own)).toBeUndefined()
    const { photos, licences } = played({}, own)
    expect(Object.entries({ photos, licences }).flatMap(([name, one]) => (one ? [name] : []))).toEqual(
      libraries,
    )
  })

  test.each([
    ['yymc', ''],
    ['sm2PrivateKey', 'c3d7'],
    ['sm2PrivateKey', 'g'.repeat(64)],
    ['sm2PublicKey', credentials.licence.sm2PublicKey.slice(2)],
    ['sm2PublicKey', `02${'a'.repeat(64)}`],
  ])('whose %s is %j is refused', (member, value) => {
    const own = {
      ...config,
      credentials: { ...credentials, licence: { ...credentials.licence, [member]: value } },
    }
    expect(validator(JiangsuConfig)(own)?.map(({ pointer }) => pointer)).toEqual([
      `/credentials/licence/${member}`,
    ])
  })
})
