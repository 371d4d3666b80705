/** Refusals of both dialects: the code of the contract, the place in the application, and what to do. */
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { open, openSharing } from './open.ts'
import { vectors } from './test-vectors.ts'

/** The contract's table of this name. */
const rowsOf = (name: 'errorCode' | 'sharingCode') =>
  vectors.codes[name] as readonly { readonly raw: string; readonly canonical: string }[]

const refusal = (act: () => unknown): GatewayError => {
  try {
    act()
  } catch (error) {
    if (error instanceof GatewayError) return error
  }
  throw new Error('nothing was refused')
}

describe('result codes', () => {
  /** What the operations in use may answer; ratings and sign-on have codes of their own. */
  const PROBLEMS: Readonly<Record<string, string>> = {
    INVALID_REQUEST: 'REGION_REJECTED',
    MATTER_NOT_FOUND: 'REGION_REJECTED',
    CASE_NOT_FOUND: 'CASE_NOT_FOUND',
    DUPLICATE_CASE: 'DUPLICATE_CASE',
    DUPLICATE_RATING: 'RATED_ALREADY',
    REASON_REQUIRED: 'RATING_REASON_REQUIRED',
    STATE_CONFLICT: 'STATE_CONFLICT',
    MATERIALS_MISSING: 'REGION_REJECTED',
    FILE_TOO_LARGE: 'REGION_REJECTED',
    FILE_TYPE_INVALID: 'REGION_REJECTED',
    ATTACHMENT_NOT_FOUND: 'REGION_REJECTED',
    LICENCE_NOT_FOUND: 'REGION_REJECTED',
    PHOTO_NOT_FOUND: 'PHOTO_NOT_FOUND',
    PHOTO_EXPIRED: 'PHOTO_NOT_FOUND',
    REGION_BUSY: 'REGION_BUSY',
  }
  test.each(rowsOf('errorCode'))('$raw', ({ raw, canonical }) => {
    const envelope = { success: false, errorCode: raw, errorMsg: '', data: null }
    expect(refusal(() => open(envelope, 'op'))).toMatchObject({
      code: PROBLEMS[canonical] ?? 'REGION_REJECTED',
      facts: { region: 'zhejiang', operation: 'op', code: raw },
    })
  })

  const SHARING: Readonly<Record<string, string>> = {
    AUTH: 'REGION_AUTH',
    AUTH_EXPIRED: 'REGION_AUTH',
    FORBIDDEN: 'REGION_AUTH',
    INVALID_REQUEST: 'REGION_REJECTED',
    NOT_FOUND: 'REGION_REJECTED',
    REGION_BUSY: 'REGION_BUSY',
  }
  test.each(rowsOf('sharingCode').filter(({ raw }) => raw !== '00'))('sharing $raw', ({ raw, canonical }) => {
    expect(refusal(() => openSharing({ code: raw, msg: '', datas: null }, 'op')).code).toBe(
      SHARING[canonical],
    )
  })

  test('an unknown code is REGION_REJECTED with the code kept', () => {
    expect(refusal(() => open({ success: false, errorCode: 'C-NEW' }, 'op'))).toMatchObject({
      code: 'REGION_REJECTED',
      facts: { code: 'C-NEW' },
    })
    expect(refusal(() => openSharing({ code: '77' }, 'op')).code).toBe('REGION_REJECTED')
  })

  test.each([
    ['applicantVO.applyName', '/applicant/name'],
    ['applicantVO.applyCardType', '/applicant/idDocument/type'],
    ['applicantVO.applyCardNumber', '/applicant/idDocument/number'],
    ['applicantVO.userProp', '/applicant/kind'],
    ['applicantVO.contactMan', '/agent/name'],
    ['applicantVO.contactPhone', '/applicant/mobile'],
    ['applicantVO.legalMan', '/applicant/legalRepresentative'],
    ['applicantVO.address', '/applicant/address'],
    ['affFormInfo.moveReason', '/form/moveReason'],
    ['applicantVO.contactCardType', '/agent/idDocument/type'],
    ['applicantVO.contactCardNumber', '/agent/idDocument/number'],
    ['extInfo.sourceRegion', '/sourceDivision'],
    ['extInfo.sourceAreaCode', '/sourceDivision'],
    ['suffInfoList[0].takeType', '/documents'],
    ['memo', '/note'],
    ['areaCode', '/division'],
    ['matterCode', '/matter'],
    ['recvUserId', ''],
  ])('a refused %s is told at %s', (member, pointer) => {
    const { errors } = refusal(() =>
      open({ success: false, errorCode: 'C-AFFAIR-PARAM-INVALID', errorMsg: `参数错误:${member}` }, 'op'),
    )
    expect(errors.map((one) => one.pointer)).toEqual([pointer])
  })

  test('a material stands at its own place in an application, and at none in a correction', () => {
    const pointersOf = (operation: string) =>
      refusal(() =>
        open(
          {
            success: false,
            errorCode: 'C-AFFAIR-PARAM-INVALID',
            errorMsg: '参数错误:suffInfoList[12].attachMentVOs[0].memo',
          },
          operation,
        ),
      ).errors.map((one) => one.pointer)
    expect([pointersOf('apply-submit'), pointersOf('apply-correct')]).toEqual([
      ['/documents/12'],
      ['/documents'],
    ])
  })

  test.each([
    ['C-CERT-NOT-EXIST', '改为上传文件'],
    ['C-ATTACH-NOT-EXIST', '重新上传'],
    ['C-ATTACH-TOO-LARGE', '较小的文件'],
    ['C-ATTACH-TYPE-INVALID', '换一种格式'],
  ])('%s tells the applicant what to do', (errorCode, words) => {
    const { errors } = refusal(() => open({ success: false, errorCode, errorMsg: '' }, 'op'))
    expect(errors).toMatchObject([{ pointer: '/documents', code: errorCode }])
    expect(errors[0]?.zh).toContain(words)
  })

  test('missing materials are told one by one', () => {
    const { errors } = refusal(() =>
      open(
        { success: false, errorCode: 'C-AFFAIR-MATERIAL-MISSING', errorMsg: '材料缺失:M9900201,M9900203' },
        'op',
      ),
    )
    expect(errors.map((one) => [one.pointer, one.zh])).toEqual([
      ['/documents', '浙江要求材料 M9900201'],
      ['/documents', '浙江要求材料 M9900203'],
    ])
  })
})
