/** Licences of Jiangsu's cities: what is asked, what is read of each, whose they must be, and their files (4.g). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import catalogue from '../../sandbox/jiangsu/catalogue.json' with { type: 'json' }
import { LICENCE_KINDS, type LicenceKind } from '../../schemas/licence.ts'
import type { Holder } from '../kit/contract.ts'
import {
  asking,
  bad,
  dataOf,
  licencesFound as find,
  firm,
  heldBy,
  holder,
  holding,
  LICENCE_ID,
  look,
  ofCase,
  recorded,
  licenceRow as row,
  socialCard,
} from './test-holdings.ts'
import { jsonOf, sample } from './test-samples.ts'

test('the recorded query, fetch and verification are made to the letter and read', async () => {
  const region = holding({
    zzcx: [recorded('licence-query')],
    zzxxxz: [recorded('licence-fetch')],
    zzwjyz: [recorded('licence-verify')],
  })
  const { licences } = region
  const [licence] = await licences.find({ ...asking, kind: 'socialSecurityCard' })
  expect(licence).toEqual(socialCard)
  const file = await licences.fetch({ ...asking, licence: socialCard, reason: '社会保障卡补领' })
  expect(file).toEqual({
    name: '社会保障卡.pdf',
    contentType: 'application/pdf',
    bytes: Buffer.from(String(dataOf('licence-fetch')['zzwj']), 'base64'),
  })
  const claim = { identifier: LICENCE_ID, file: file.bytes }
  expect(await licences.verify({ ...asking, claim })).toEqual({
    exists: true,
    status: 'valid',
    rawStatus: { code: '1', label: '验证通过' },
    fileMatches: true,
  })
  const wanted = ['licence-query', 'licence-fetch', 'licence-verify']
  expect(region.asked().map(({ data }) => data)).toEqual(
    wanted.map((op) => jsonOf(sample(op).request.body).data),
  )
  expect(region.alarms).toEqual([])
})

describe('the kinds', () => {
  const KINDS: readonly (readonly [string, LicenceKind])[] = [
    ['居民身份证', 'idCard'],
    ['居民户口簿', 'householdRegister'],
    ['社会保障卡', 'socialSecurityCard'],
    ['机动车驾驶证', 'drivingLicence'],
    ['营业执照', 'businessLicence'],
    ['残疾人证', 'disabilityCertificate'],
    ['不动产权证', 'realEstateCertificate'],
  ]
  const { codes, needs, reach } = holding().licences

  test('are those that the catalogue and the samples have a type code for', () => {
    const named = new Map<unknown, unknown>([[socialCard.name, dataOf('licence-query')['zzlxdm']]])
    for (const { materials } of catalogue.matters)
      for (const { materialname, zzlxdm } of materials) if (zzlxdm) named.set(materialname, zzlxdm)
    expect(KINDS.map(([name, kind]) => [name, codes[kind]])).toEqual(
      KINDS.map(([name]) => [name, named.get(name)]),
    )
    expect(Object.keys(codes).toSorted()).toEqual(KINDS.map(([, kind]) => kind).toSorted())
    // Every licence of the contract's test persons is of a kind that can be asked for.
    const held = [...vectors.testPersons, ...vectors.testLegalPersons].flatMap(({ licences }) => licences)
    expect(new Set(held)).toEqual(new Set(KINDS.map(([name]) => name)))
    expect([reach, needs]).toEqual(['city', [['identifier', 'file']]])
  })

  test.each(KINDS)('%s is %s, asked for by its code and read', async (_name, kind) => {
    const { found, asked } = await find([row({ zzlxdm: codes[kind] })], { kind })
    expect(asked()[0]?.data['zzlxdm']).toBe(codes[kind])
    expect(found).toMatchObject([{ kind, rawType: { code: codes[kind] } }])
  })

  test.each(LICENCE_KINDS.filter((kind) => codes[kind] === undefined))(
    '%s has no code, and is not asked for',
    async (kind) => {
      const region = holding()
      expect(await region.licences.find({ ...asking, kind })).toEqual([])
      expect(region.sent).toEqual([])
    },
  )

  test('all are asked for without a code; one that no table knows is unknown and alarmed', async () => {
    const { found, asked, alarms } = await find([row(), row({ zzlxdm: '11100000MB1TEXT935099' })])
    expect(asked()[0]?.data).not.toHaveProperty('zzlxdm')
    expect(found.map(({ kind }) => kind)).toEqual(['socialSecurityCard', 'unknown'])
    expect(found[1]?.rawType).toEqual({ code: '11100000MB1TEXT935099', label: '社会保障卡' })
    expect(alarms).toEqual([{ table: 'jiangsu/zzlxdm', code: '11100000MB1TEXT935099' }])
  })

  test('a licence of another kind than the asked one is passed over', async () => {
    expect((await find([row()], { kind: 'idCard' })).found).toEqual([])
  })
})

describe('a question', () => {
  test.each<readonly [Holder, string]>([
    [firm, '001'],
    [heldBy('099', 'MA1TEXT06'), '099'],
    [holder, '111'],
    [heldBy('114', '军字第1号'), '114'],
    [heldBy('414', 'E12345678'), '414'],
    [heldBy('511', '12345678'), '511'],
    [heldBy('516', 'H12345678'), '516'],
    [heldBy('553', 'FRA320501900101'), '999'],
    [heldBy('999', 'X1'), '999'],
  ])('about %j names the type %s, and its answer is taken', async (other, czztdmlxdm) => {
    const { number } = other.idDocument
    const told = row({ czzt: other.name, czztdm: number, czztdmlxdm })
    const { found, asked } = await find([told], { holder: other })
    expect(asked()[0]?.data).toMatchObject({ czzt: other.name, czztdm: number, czztdmlxdm })
    expect(found).toMatchObject([{ holder: other }])
  })

  test.each([
    ['a number of fifteen digits', heldBy('111', '320501900101001')],
    ['a wrong check character', heldBy('111', '320501190001010016')],
    ['a wrong credit code', { ...firm, idDocument: { type: '001', number: '91320500MA1TEXT06B' } }],
    ['no number', heldBy('414', '')],
    ['a number of 31 characters', heldBy('999', 'x'.repeat(31))],
    ['a name of 101 characters', { ...holder, name: '名'.repeat(101) }],
  ])('about %s is not sent', async (_what, other) => {
    const region = holding()
    expect(await region.licences.find({ ...asking, holder: other })).toEqual([])
    expect(region.sent).toEqual([])
  })

  test('has the number of a case or of the look, in the query and in the fetch', async () => {
    const region = holding({ zzcx: [bad('4')], zzxxxz: [recorded('licence-fetch')] })
    for (const audit of [ofCase('AH-1', 'anhui'), look]) {
      await region.licences.find({ ...asking, audit })
      await region.licences.fetch({ ...asking, audit, licence: socialCard, reason: '核验' })
    }
    expect(region.asked().map(({ data }) => data['ywh'])).toEqual(['AH-1', 'AH-1', look.number, look.number])
  })
})
