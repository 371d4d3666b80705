/** What Zhejiang would refuse is refused before it is sent, at the place of the caller's own document. */
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Agent, Application } from '../../schemas/application.ts'
import { application } from './application.ts'
import { applied, applying, firm, moving, sample } from './test-vectors.ts'

const faults = (act: () => unknown): readonly [code: string, ...pointers: string[]] => {
  try {
    act()
  } catch (error) {
    if (error instanceof GatewayError) return [error.code, ...error.errors.map((one) => one.pointer)]
    throw error
  }
  return ['nothing thrown']
}
const writing = (changes: Partial<Application>) =>
  faults(() => application.write({ ...applied, ...changes }, applying))
const person = (type: string, number: string) => ({
  applicant: { ...applied.applicant, idDocument: { type, number } },
})
const acted = (type: string, number: string) => ({
  agent: { ...(firm.agent as Agent), idDocument: { type, number } },
})

describe('a certificate number has five to thirty capital letters and digits', () => {
  test.each([
    ['999', '1234'],
    ['999', 'abcdef'],
    ['114', '军字123456'],
    ['414', 'E-1234567'],
    ['999', '0'.repeat(31)],
  ])('%s %s is refused, of an applicant and of an agent', (type, number) => {
    expect(writing(person(type, number))).toEqual(['CONVERSION_INCOMPLETE', '/applicant/idDocument/number'])
    expect(writing(acted(type, number))).toEqual(['CONVERSION_INCOMPLETE', '/agent/idDocument/number'])
  })

  test.each([
    ['999', 'ABCDE'],
    ['114', '0'.repeat(30)],
  ])('%s %s is taken', (type, number) => {
    expect(writing(person(type, number))).toEqual(['nothing thrown'])
    expect(writing(acted(type, number))).toEqual(['nothing thrown'])
  })
})

test('an agent is a person: a credit code is no certificate of his', () => {
  expect(writing(acted('001', '91330100MA9TEXT19M'))).toEqual([
    'CONVERSION_INCOMPLETE',
    '/agent/idDocument/type',
  ])
})

test.each(['099', '999'])('a firm stands under its credit code: %s is no certificate of it', (type) => {
  const applicant = { ...firm.applicant, idDocument: { type, number: 'D2143569X' } }
  expect(writing({ ...firm, applicant })).toEqual(['CONVERSION_INCOMPLETE', '/applicant/idDocument/type'])
})

test('a credit code is no certificate of a person', () => {
  expect(writing(person('001', '91330100MA9TEXT19M'))).toEqual([
    'CONVERSION_INCOMPLETE',
    '/applicant/idDocument/type',
  ])
})

test('an agent has a mobile: neither a landline nor the applicant’s own stands for it', () => {
  const { mobile: _gone, ...rest } = firm.agent as Agent
  const applicant = { ...firm.applicant, mobile: '10000000001' }
  expect(writing({ ...firm, applicant, agent: { ...rest, phone: '0571-1234567' } })).toEqual([
    'CONVERSION_INCOMPLETE',
    '/agent/mobile',
  ])
})

test('an application comes from one of the four provinces', () => {
  expect(writing({ sourceDivision: '110000' })).toEqual(['CONVERSION_INCOMPLETE', '/sourceDivision'])
  for (const sourceDivision of ['310000', '320506', '330100', '341300'])
    expect(writing({ sourceDivision })).toEqual(['nothing thrown'])
})

describe('a form field of type region', () => {
  const moved = (toArea: string) => writing({ form: { ...applied.form, toArea } })

  test.each(['330101', '330201', '330901', '331001', '331101'])('refuses the area code %s', (area) => {
    expect(moved(area)).toEqual(['CONVERSION_INCOMPLETE', '/form/toArea'])
  })

  test.each(['330100', '330106', '331200', '331201', '320101', '341301'])('takes %s', (area) => {
    expect(moved(area)).toEqual(['nothing thrown'])
  })

  test('a text that looks like one is a text', () => {
    expect(writing({ form: { ...applied.form, toAddress: '330101' } })).toEqual(['nothing thrown'])
  })
})

test('the name of a document is cut at 200 characters, whole code points', () => {
  const long = {
    ...applying,
    matter: {
      ...moving,
      documents: moving.documents.map((one) => ({ ...one, name: { zh: '𠮷'.repeat(250) } })),
    },
  }
  const { suffInfoList } = application.write(applied, long) as { suffInfoList: { suffName: string }[] }
  expect(suffInfoList.map((one) => one.suffName)).toEqual(Array(3).fill('𠮷'.repeat(200)))
})

describe('a document in Zhejiang’s own words is held to the same', () => {
  const wire = sample('apply-submit').request.body as { applicantVO: object; extInfo: object }
  const reading = (changes: object) => faults(() => application.read({ ...wire, ...changes }, applying))

  test.each<readonly [string, object]>([
    ['/applicantVO/applyCardType', { applicantVO: { ...wire.applicantVO, applyCardType: '51' } }],
    ['/applicantVO/applyCardNumber', { applicantVO: { ...wire.applicantVO, applyCardNumber: 'x' } }],
    [
      '/applicantVO/contactCardType',
      {
        applicantVO: {
          ...wire.applicantVO,
          contactCardType: 'UNIFIED_SOCIAL_ID',
          contactCardNumber: '91330100MA9TEXT19M',
        },
      },
    ],
    ['/extInfo/sourceRegion', { extInfo: { ...wire.extInfo, sourceRegion: '110000' } }],
    ['/extInfo/sourceAreaCode', { extInfo: { ...wire.extInfo, sourceAreaCode: '' } }],
  ])('%s', (pointer, changes) => {
    expect(reading(changes)).toEqual(['BODY_INVALID', pointer])
  })
})
