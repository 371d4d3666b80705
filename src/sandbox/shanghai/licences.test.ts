/** The looks into licences that the played Shanghai answers, and what each refuses (contract 4.6). */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/sh.json' with { type: 'json' }
import { openLooks } from './test-looks.ts'

const ID_CARD = '85ff54b4a84c46452b9531daa0724858'
const HOLDER = { holderType: '居民身份证', holderCode: '310101190001010011' }
const UNKNOWN = '0'.repeat(32)
const sm3 = (bytes: Buffer) => createHash('sm3').update(bytes).digest('hex')
const sample = (op: string) => {
  const found = vectors.samples.find((one) => one.op === op)
  if (!found) throw new Error(op)
  // A sample's members are read by name.
  return found as unknown as { request: { path: string; body: object }; response: { body: object } }
}
const listOf = (certs: unknown) => (Array.isArray(certs) ? certs : [certs])

describe('licence-query', () => {
  test.each(['licence-login', 'licence-query', 'licence-derive', 'licence-verify', 'licence-scan'])(
    'the sample of %s is answered with all its members',
    async (op) => {
      const here = await openLooks()
      const { request, response } = sample(op)
      const { fileSm3: _, ...members } = { fileSm3: '', ...request.body }
      const { body } = await here.json(request.path, {
        ...members,
        ...(op === 'licence-login' ? {} : { sessionId: here.session.id }),
      })
      const told = body.certs ?? body
      const expected = (response.body as { certs?: object }).certs ?? response.body
      for (const [name, value] of Object.entries(expected)) {
        if (/^(sessionId|deriveUuid)$/.test(name)) expect(told[name]).toMatch(/^[0-9a-f]{32}$/)
        // Without a file nothing is said of one.
        else if (name === 'fileMatch') expect(told[name] ?? '').toBe('')
        else expect([name, told[name]]).toEqual([name, value])
      }
    },
  )
  test('lists all, one as a single object, and none as an empty list', async () => {
    const here = await openLooks()
    const certs = async (more: object) =>
      (await here.look('secQueryCertBaseData.do', { ...HOLDER, ...more })).body.certs
    expect((await certs({})).map((one: { certName: string }) => one.certName)).toEqual([
      '居民身份证',
      '社会保障卡',
      '结婚证',
      '不动产权证书',
    ])
    expect(await certs({ catMainCode: '310000000000315' })).toMatchObject({ certName: '社会保障卡' })
    expect(await certs({ certuuid: ID_CARD })).toMatchObject({ certUuid: ID_CARD })
    expect(await certs({ certuuid: UNKNOWN })).toEqual([])
    expect(await certs({ catMainCode: '310000000000999' })).toEqual([])
    expect(await certs({ holderCode: '310115190405050050' })).toEqual([])
    // The licence of another holder is not found by its identifier.
    expect(await certs({ holderCode: '310101190506060065', certuuid: ID_CARD })).toEqual([])
  })
  test.each([
    ['居民身份证', '310101199003070000', ['居民身份证', '结婚证']],
    ['居民身份证', '310101190006074049', ['居民身份证']],
    ['居民身份证', '31010119030607004X', ['居民身份证']],
    ['居民身份证', '340103190304040048', ['居民身份证', '残疾人证', '居住证']],
    ['统一社会信用代码', '91310000MA1TEXT06C', ['营业执照']],
  ])('%s %s holds what the list of test persons says', async (holderType, holderCode, names) => {
    const { look } = await openLooks()
    const { body } = await look('secQueryCertBaseData.do', { holderType, holderCode })
    expect(listOf(body.certs).map((one) => one.certName)).toEqual(names)
  })
  test('tells what is over: an expired card ended, a cancelled permit says so', async () => {
    const { look } = await openLooks()
    const of = async (holderCode: string) =>
      listOf((await look('secQueryCertBaseData.do', { ...HOLDER, holderCode })).body.certs)
    const [card] = await of('330106190203030032')
    expect(card.certStatus).toBe('过期')
    expect(card.validTo < '2026-03-02' && card.validFrom < card.validTo).toBe(true)
    expect((await of('340103190304040048')).map((one) => one.certStatus)).toEqual(['有效', '有效', '注销'])
  })
})

describe('a derived licence', () => {
  const PERIOD = { cause: '跨省通办材料', startDay: '2026-03-02', endDay: '2026-04-01' }
  const held = async (here: Awaited<ReturnType<typeof openLooks>>, holderCode: string) =>
    listOf((await here.look('secQueryCertBaseData.do', { ...HOLDER, holderCode })).body.certs)

  test('is a PDF that is verified as the licence’s own, with other audit members too', async () => {
    const here = await openLooks()
    const { body } = await here.look('deriveCert.do', { certUuid: ID_CARD, ...PERIOD })
    const foreign = { businessCode: '900000000000001', itemCode: '312000000000' }
    const file = await here.look('getDeriveCertFile.do', { deriveUuid: body.deriveUuid, ...foreign })
    expect([file.type, file.bytes.toString('latin1', 0, 5)]).toEqual(['application/pdf', '%PDF-'])
    expect(file.bytes.toString('latin1')).toContain(`(FAKE LICENCE ${ID_CARD} TEST)`)
    expect(file.disposition).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('居民身份证')}.pdf`)
    const claim = { ...HOLDER, catMainCode: '310000000000111', certNo: HOLDER.holderCode }
    const verify = async (more: object) =>
      (await here.look('queryCertExistence.do', { ...claim, ...more })).body
    expect(await verify({ fileSm3: sm3(file.bytes) })).toMatchObject({
      exist: true,
      certStatus: '有效',
      fileMatch: '1',
    })
    expect(await verify({ fileSm3: 'a'.repeat(64) })).toMatchObject({ exist: true, fileMatch: '0' })
    const none = await verify({ certNo: 'other', fileSm3: sm3(file.bytes) })
    expect([none.exist, none.certStatus ?? '', none.fileMatch ?? '']).toEqual([false, '', ''])
  })
  test.each<[string, object, string]>([
    ['no identifier', { certUuid: undefined }, 'PARAM_ERROR 参数错误:certUuid'],
    ['no cause', { cause: '' }, 'PARAM_ERROR 参数错误:cause'],
    ['a long cause', { cause: '长'.repeat(201) }, 'PARAM_ERROR 参数错误:cause'],
    ['a day that is none', { startDay: '2026-02-30' }, 'PARAM_ERROR 参数错误:startDay'],
    ['a time for a day', { endDay: '2026-03-02 00:00:00' }, 'PARAM_ERROR 参数错误:endDay'],
    ['an end before its start', { endDay: '2026-03-01' }, 'PARAM_ERROR 参数错误:endDay'],
    ['more than thirty days', { endDay: '2026-04-02' }, 'PARAM_ERROR 参数错误:endDay'],
    ['a period, before the audit rule', { endDay: '2026-04-02', itemCode: '312099001000' }, 'PARAM_ERROR'],
    [
      'the audit rule, before what there is',
      { certUuid: UNKNOWN, itemCode: '312099001000' },
      'NO_PERMISSION',
    ],
    ['a licence that there is none of', { certUuid: UNKNOWN }, 'CERT_NOT_FOUND 证照不存在'],
  ])('is refused for %s', async (_what, members, expected) => {
    const here = await openLooks()
    expect(await here.refusal('deriveCert.do', { certUuid: ID_CARD, ...PERIOD, ...members })).toMatch(
      new RegExp(`^${expected}`),
    )
  })
  test.each([
    ['330106190203030032', 0, '过期'],
    ['340103190304040048', 2, '注销'],
  ])('is refused for a licence of %s that is over, but it is shown', async (holder, place, word) => {
    const here = await openLooks()
    const { certUuid } = (await held(here, holder))[place]
    expect(await here.refusal('deriveCert.do', { certUuid, ...PERIOD })).toBe(
      `STATUS_CONFLICT 当前状态不允许该操作:${word}`,
    )
    expect((await here.look('getCertThumbnail.do', { certUuid, n: 's' })).type).toBe('image/jpeg')
    expect(
      (await here.look('scanCertQrCode.do', { pos: '厅', use: '办', certQrCode: `FAKEQR-${certUuid}` })).body
        .encodeCertCode,
    ).toBe(certUuid)
  })
  test('is remembered as long as it is among the newest ten thousand', async () => {
    const here = await openLooks()
    const [oldest, older] = ['a'.repeat(32), 'b'.repeat(32)]
    const made = { certUuid: ID_CARD, startDay: '2026-03-02', endDay: '2026-03-02' }
    const others = Array.from({ length: 9_998 }, (_, n) => String(n).padStart(32, '0'))
    const derived = Object.fromEntries([oldest, older, ...others].map((uuid) => [uuid, made]))
    here.region.load({ ...(here.region.save() as object), derived })
    const { body } = await here.look('deriveCert.do', { certUuid: ID_CARD, ...PERIOD })
    const fetch = async (deriveUuid: string) => here.refusal('getDeriveCertFile.do', { deriveUuid })
    expect(await fetch(oldest)).toBe('CERT_NOT_FOUND 证照不存在')
    expect([await fetch(older), await fetch(body.deriveUuid)]).toEqual(['ok', 'ok'])
  })
  test('is fetched on the days it was derived for, and on no other', async () => {
    const here = await openLooks()
    const derive = async (startDay: string, endDay: string) =>
      (await here.look('deriveCert.do', { certUuid: ID_CARD, cause: '材料', startDay, endDay })).body
        .deriveUuid
    const fetch = async (deriveUuid: string) => here.refusal('getDeriveCertFile.do', { deriveUuid })
    const [today, tomorrow, yesterday] = [
      await derive('2026-03-02', '2026-03-02'),
      await derive('2026-03-03', '2026-03-03'),
      await derive('2026-03-01', '2026-03-01'),
    ]
    expect([await fetch(today), await fetch(today), await fetch(tomorrow), await fetch(yesterday)]).toEqual([
      'ok',
      'ok',
      'DERIVE_EXPIRED 派生证照不在有效期',
      'DERIVE_EXPIRED 派生证照不在有效期',
    ])
    here.pass(15 * 3_600)
    here.session.id = await here.logIn()
    expect([await fetch(today), await fetch(tomorrow)]).toEqual(['DERIVE_EXPIRED 派生证照不在有效期', 'ok'])
    expect(await fetch(UNKNOWN)).toBe('CERT_NOT_FOUND 证照不存在')
    expect(await fetch('x')).toBe('PARAM_ERROR 参数错误:deriveUuid')
  })
})

describe('the other looks', () => {
  test.each<[string, string, object, string]>([
    [
      'a thumbnail of another size',
      'getCertThumbnail.do',
      { certUuid: ID_CARD, n: 'm' },
      'PARAM_ERROR 参数错误:n',
    ],
    ['a thumbnail of nothing', 'getCertThumbnail.do', { certUuid: UNKNOWN, n: 's' }, 'CERT_NOT_FOUND'],
    [
      'a claim without a kind',
      'queryCertExistence.do',
      { ...HOLDER, certNo: '1' },
      'PARAM_ERROR 参数错误:catMainCode',
    ],
    [
      'a claim without a number',
      'queryCertExistence.do',
      { ...HOLDER, catMainCode: '310000000000111' },
      'PARAM_ERROR 参数错误:certNo',
    ],
    [
      'a digest in capitals, before the holder’s number',
      'queryCertExistence.do',
      { ...HOLDER, holderCode: '1', catMainCode: '310000000000111', certNo: '1', fileSm3: 'A'.repeat(64) },
      'PARAM_ERROR 参数错误:fileSm3',
    ],
    [
      'a claim on a wrong number',
      'queryCertExistence.do',
      { ...HOLDER, holderCode: '1', catMainCode: '310000000000111', certNo: '1' },
      'PARAM_ERROR 参数错误:holderCode',
    ],
    [
      'a scan without a place',
      'scanCertQrCode.do',
      { use: '办', certQrCode: 'x' },
      'PARAM_ERROR 参数错误:pos',
    ],
    [
      'a scan of a long code',
      'scanCertQrCode.do',
      { pos: '厅', use: '办', certQrCode: 'x'.repeat(513) },
      'PARAM_ERROR 参数错误:certQrCode',
    ],
    [
      'a scan of a code that is none',
      'scanCertQrCode.do',
      { pos: '厅', use: '办', certQrCode: ID_CARD },
      'QRCODE_INVALID 二维码无效',
    ],
    [
      'a scan of a code of nothing',
      'scanCertQrCode.do',
      { pos: '厅', use: '办', certQrCode: `FAKEQR-${UNKNOWN}` },
      'QRCODE_INVALID',
    ],
  ])('%s is refused', async (_what, path, members, expected) => {
    const here = await openLooks()
    expect(await here.refusal(path, members)).toMatch(new RegExp(`^${expected}`))
  })
  test('a thumbnail is a JPEG', async () => {
    const here = await openLooks()
    const { type, disposition, bytes } = await here.look('getCertThumbnail.do', { certUuid: ID_CARD, n: 's' })
    expect([type, disposition, bytes.toString('hex', 0, 3)]).toEqual(['image/jpeg', null, 'ffd8ff'])
  })
})
