import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { WireApplication } from './application.wire.ts'
import { matter } from './matter.ts'
import { precheck } from './precheck.ts'
import { filingFor, paths, played } from './test-region.ts'
import { context, proof, row } from './test-vectors.ts'

const stuff = (stuffCode: string) => ({
  stuffCode,
  stuffName: '材料',
  stuffType: '其他',
  stuffStatus: '0' as const,
  stuffId: 'up_1',
})
const person: WireApplication = {
  itemCode: '312099003000',
  taskHandleItem: '',
  itemName: '户籍事项证明',
  targetType: '个人',
  targetName: '测试甲',
  targetNo: '310101190001010011',
  userId: 'gw-1',
  username: '测试甲',
  licenseType: '居民身份证',
  licenseNo: '310101190001010011',
  mobile: '10000000000',
  departCode: 'SHGAJU',
  departName: '上海市公安局(示例)',
  source: 'CSJGW01',
  opTime: '2026-03-02 09:05:00',
  submitType: '新办',
  info: '{}',
  districtCode: '320500000',
  extInfo: { targetLicenseType: '居民身份证' },
  stuffs: [stuff('003CL01'), stuff('003CL02')],
}
const agent = { username: '测试乙', licenseType: '居民身份证', licenseNo: '320102190102020022' }
const cert = (stuffCode: string, certUuid: string) => ({ extInfo: { certs: [{ stuffCode, certUuid }] } })

const faults = (more: Partial<WireApplication>, of = proof): readonly string[] => {
  try {
    precheck({ ...person, ...more }, of)
    return []
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return error.errors.map(({ pointer, code }) => `${pointer} ${code}`)
  }
}

describe('what Shanghai would refuse is found before anything is sent', () => {
  test('nothing is wrong with the sample', () => expect(faults({})).toEqual([]))

  test.each<[string, Partial<WireApplication>, string]>([
    [
      'a kind of applicant that the matter is not for',
      { targetType: '企业', targetNo: '91310000MA1TEXT06C', extInfo: {}, ...agent },
      '/applicant/kind SUBJECT',
    ],
    [
      'a passport with small letters',
      {
        targetNo: 'e00000001',
        licenseNo: 'e00000001',
        licenseType: '护照',
        extInfo: { targetLicenseType: '护照' },
      },
      '/applicant/idDocument/number FORMAT',
    ],
    [
      'an identity card of the old length',
      { targetNo: '310101000101001', licenseNo: '310101000101001' },
      '/applicant/idDocument/number FORMAT',
    ],
    [
      'an officer’s card in characters',
      { ...agent, licenseType: '军官证', licenseNo: '南字第12345678号' },
      '/agent/idDocument/number FORMAT',
    ],
    [
      'an agent with a credit code',
      { ...agent, licenseType: '统一社会信用代码', licenseNo: '91310000MA1TEXT06C' },
      '/agent/idDocument/type TYPE',
    ],
    ['a day that no calendar has', { opTime: '2026-02-30 09:05:00' }, '/appliedAt FORMAT'],
    ['a required document without file or licence', { stuffs: [stuff('003CL01')] }, '/documents MISSING'],
    [
      'a licence of another form',
      { stuffs: [stuff('003CL02')], ...cert('003CL01', '85FF') },
      '/documents FORMAT',
    ],
  ])('%s', (_name, more, fault) => expect(faults(more)).toEqual([fault]))

  test('a licence stands for a required document; a deferrable one may be missing', () => {
    const licence = cert('003CL01', '85ff54b4a84c46452b9531daa0724858')
    expect(faults({ stuffs: [stuff('003CL02')], ...licence })).toEqual([])
  })

  test('the kind of organisation is read off the credit code', () => {
    const open = matter.read(row('312099013000'), context)
    const stuffs = [stuff('013CL01'), stuff('013CL02')]
    const firm = { ...agent, stuffs, extInfo: {}, targetNo: '91310000MA1TEXT06C' }
    expect(faults({ ...firm, targetType: '企业' }, open)).toEqual([])
    expect(faults({ ...firm, targetType: '事业' }, open)).toEqual(['/applicant/kind SUBJECT'])
  })

  test('no call is made for it', async () => {
    const here = played()
    const { filing } = await filingFor(here, { documents: [{ id: '003CL01', mode: 'paper' }] })
    const before = here.sent.length
    await expect(here.link.submit(filing)).rejects.toMatchObject({ code: 'CONVERSION_INCOMPLETE' })
    expect(paths(here.sent.slice(before))).toEqual([])
  })
})
