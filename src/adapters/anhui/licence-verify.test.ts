/** Licences verified: by identifier and number, with a file or without. */
import { describe, expect, test } from 'vitest'
import { asking, bad, CERT_ID, good, holdingAt, isQuiet, told } from './test-holdings.ts'

const claim = { identifier: CERT_ID, number: '34010319000101001X' }
const file = Buffer.from('FAKE-PDF')
const SM3_OF_FILE = '3e6063b1b6227696c6412c3952cdc8dd20ace38c699395b11029590e6ad1b57f'
const says = (verify: unknown) => told('licence-verify', { verify })
/** Anhui says the same of a licence that it does not know and of one that is not valid: whether there is one is not told. */
const NOT_CONFIRMED = { status: 'unknown', rawStatus: { code: 'false', label: '核验不一致' } }
const CONFIRMED = { exists: true, status: 'valid', rawStatus: { code: 'true', label: '核验一致' } }

const verifying = async (asked: object, ...answers: readonly unknown[]) => {
  const here = holdingAt({ 'licence-verify': answers })
  return { ...here, verdict: await here.licences.verify({ ...asking, claim: asked }) }
}

test('identifier and number are needed', async () => {
  const { licences, asked } = holdingAt({})
  expect(licences.needs).toEqual([['identifier', 'number']])
  for (const member of ['identifier', 'number'] as const) {
    const { [member]: _gone, ...rest } = claim
    await expect(licences.verify({ ...asking, claim: rest })).rejects.toMatchObject({
      code: 'FIELD_UNREADABLE',
      facts: { field: member },
    })
  }
  expect(asked).toEqual([])
})

describe('the verdict', () => {
  test.each([
    ['true', CONFIRMED],
    ['false', NOT_CONFIRMED],
  ])('without a file: %s', async (verify, verdict) => {
    const done = await verifying(claim, says(verify))
    expect(done.verdict).toEqual(verdict)
    expect(done.bodies('licence-verify')).toEqual([{ certId: CERT_ID, certNo: claim.number, sm3: '' }])
    expect(done.asked[0]?.out.headers['S-Area-Code']).toBe('340100000000')
  })
  test.each([
    ['the licence’s', ['true'], { ...CONFIRMED, fileMatches: true }],
    ['another', ['false', 'true'], { ...CONFIRMED, fileMatches: false }],
    ['of a licence that is not confirmed', ['false', 'false'], NOT_CONFIRMED],
  ])('with a file that is %s', async (_what, answers, verdict) => {
    const done = await verifying({ ...claim, file }, ...answers.map(says))
    expect(done.verdict).toEqual(verdict)
    const digests = done.bodies('licence-verify').map(({ sm3 }) => sm3)
    expect(digests).toEqual([SM3_OF_FILE, ''].slice(0, answers.length))
  })
  test('comes as an object or in a list of one (3.8)', async () => {
    expect((await verifying(claim, good([{ verify: 'true' }]))).verdict).toEqual(CONFIRMED)
    expect((await verifying(claim, good({ verify: 'true' }))).verdict).toEqual(CONFIRMED)
  })
})

test.each([true, 'TRUE', '1', '', null, undefined])('trap 7: %j is no verdict', async (verify) => {
  await expect(verifying(claim, says(verify))).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
    facts: { operation: 'licence-verify', reason: 'schema' },
  })
})

describe('an identifier', () => {
  test.each([
    ['a wrong check character', `${CERT_ID.slice(0, -1)}E`],
    ['four parts', CERT_ID.replace('.001.D', '.D')],
    ['a part that is none', CERT_ID.replace('.001.D', '.0O1.D')],
    ['no character', '  '],
    ['too many characters', `1.2.3.${'4'.repeat(123)}`],
  ])('with %s is no licence’s, and Anhui is not asked', async (_what, identifier) => {
    const { verdict, asked } = await verifying({ ...claim, identifier }, says('true'))
    expect(verdict).toEqual({ ...NOT_CONFIRMED, exists: false })
    expect(asked).toEqual([])
  })
  test.each([
    ['in small letters, with blanks', ` ${CERT_ID.toLowerCase()} `, CERT_ID],
    ['of Anhui’s own', ' ah-Cert-1 ', 'ah-Cert-1'],
  ])('%s is asked for', async (_what, identifier, certId) => {
    const { verdict, bodies } = await verifying({ ...claim, identifier }, says('true'))
    expect(verdict).toEqual(CONFIRMED)
    expect(bodies('licence-verify')).toMatchObject([{ certId }])
  })
})

test.each([
  ['400', 'REGION_REJECTED'],
  ['401', 'REGION_AUTH'],
  ['403', 'REGION_REJECTED'],
  ['404', 'REGION_REJECTED'],
  ['500', 'REGION_UNAVAILABLE'],
])('%s is %s', async (flag, code) => {
  const failure: unknown = await verifying(claim, bad(flag)).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code, facts: { operation: 'licence-verify', code: flag } })
  expect(isQuiet(failure)).toBe(true)
})
