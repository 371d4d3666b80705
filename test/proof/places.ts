/**
 * Where a code stands in an answer, so that every code of a table can be said there: the played region's own data have some of them
 * alone. What is said else in the answer stays.
 */
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import { sealed, unsealed } from './sealed-user.ts'

/** Whose question is answered so. */
export type Via = 'matter' | 'case' | 'photo' | 'licence' | 'logIn'

export interface Place {
  readonly table: string
  readonly via: Via
  readonly operation: string
  /** The answer with this code in that place. */
  readonly put: (body: string, raw: string) => string
}

/** A member of JSON, wherever it stands. */
const member =
  (name: string) =>
  (body: string, raw: string): string =>
    body.replaceAll(new RegExp(`"${name}":("[^"]*"|-?\\d+|null)`, 'g'), `"${name}":${JSON.stringify(raw)}`)

/** A member that is a list of words. */
const list =
  (name: string) =>
  (body: string, raw: string): string =>
    body.replaceAll(new RegExp(`"${name}":\\[[^\\]]*\\]`, 'g'), `"${name}":[${JSON.stringify(raw)}]`)

/** Elements of the XML that stands in a text, in the order of the parts of the code. */
const elements =
  (...names: readonly string[]) =>
  (body: string, raw: string): string =>
    names.reduce(
      (text, name, index) =>
        text.replaceAll(
          new RegExp(`<${name}>\\d+</${name}>`, 'g'),
          `<${name}>${raw.split('/')[index] ?? ''}</${name}>`,
        ),
      body,
    )

/** Two members that make a code together. */
const pair =
  (first: string, second: string) =>
  (body: string, raw: string): string => {
    const [one = '', other = ''] = raw.split('/')
    return member(second)(member(first)(body, one), other)
  }

/** A member of the JSON that stands in a text; the name of the member is a part of the code. */
const inText = (body: string, raw: string): string => {
  const [name = '', value = ''] = raw.split(' ')
  return body.replaceAll(new RegExp(`\\\\"${name}\\\\":\\\\"[^"]*\\\\"`, 'g'), `\\"${name}\\":\\"${value}\\"`)
}

/** 办结结果: the second word is there where there is a first. */
const outcome = (body: string, raw: string): string => {
  const [result, resultDesc] = raw.split('/')
  const bare = body.replaceAll(/,"resultDesc":("[^"]*"|null)/g, '')
  const words = JSON.stringify({ result, resultDesc }).slice(1, -1)
  return bare.replaceAll(/"result":("[^"]*"|null)/g, words)
}

/** A member of Jiangsu's sealed user data. */
const user =
  (name: string) =>
  (body: string, raw: string): string =>
    body.replaceAll(/"data":"([0-9a-f]+)"/gi, (_whole, hex: string) => {
      const told = unsealed(hex)
      return `"data":${JSON.stringify(sealed({ ...told, [name]: raw }))}`
    })

const at = (via: Via, operation: string, places: Readonly<Record<string, Place['put']>>): readonly Place[] =>
  Object.entries(places).map(([table, put]) => ({ table, via, operation, put }))

export const PLACES: Readonly<Record<SimulatedRegionId, readonly Place[]>> = {
  shanghai: [
    ...at('matter', 'matter-list', {
      itemType: member('itemType'),
      caseType: member('caseType'),
      dayUnit: member('dayUnit'),
      crossScope: member('crossScope'),
      handleMode: member('handleMode'),
      itemStatus: member('itemStatus'),
      applicantKind: list('serviceObjects'),
    }),
    ...at('matter', 'matter-detail', { deliveryMode: list('deliveryModes') }),
    ...at('matter', 'matter-materials', {
      stuffType: member('stuffType'),
      stuffForm: member('stuffForm'),
      necessity: member('required'),
    }),
    ...at('case', 'case-query', { status: member('status'), decision: member('result') }),
    ...at('photo', 'photo-query', { photoSource: member('source') }),
    ...at('licence', 'licence-query', {
      certStatus: member('certStatus'),
      catMainCode: member('catMainCode'),
    }),
    ...at('logIn', 'sso-userinfo', {
      realNameLevel: member('zwdtsw_after_certification'),
    }),
  ],
  jiangsu: [
    ...at('matter', 'matter-detail', {
      tasktype: member('tasktype'),
      projecttype: member('projecttype'),
      dayunit: (body, raw) => member('anticipate_type')(member('promise_type')(body, raw), raw),
      iscross: member('iscross'),
      applyway: member('crossmode'),
      sendway: member('sendway'),
      applyertype: member('applyertype'),
    }),
    ...at('matter', 'matter-materials', {
      necessity: member('necessity'),
      submittype: member('submittype'),
      filesource: member('file_source'),
    }),
    ...at('case', 'case-query', {
      status: member('status'),
      operatetype: member('operatetype'),
      banjieresult: member('banjieresult'),
    }),
    ...at('photo', 'photo-query', { photosource: member('zply') }),
    ...at('licence', 'licence-query', { licencestate: member('zzzt') }),
    ...at('logIn', 'sso-userinfo', { paperstype: user('paperstype'), authlevel: user('authlevel') }),
  ],
  zhejiang: [
    ...at('matter', 'matter-detail', {
      matterType: member('QL_KIND'),
      matterState: member('QL_STATE'),
      caseType: member('BJTYPE'),
      dayUnit: member('ANTICIPATE_TYPE'),
      scope: member('HANDLE_AREA'),
      mode: member('HANDLE_MODE'),
      delivery: member('Service_mode'),
      necessity: elements('NECESSITY', 'IS_RQ'),
    }),
    ...at('case', 'case-query', { caseState: pair('phaseCode', 'doAction'), outcome }),
    ...at('photo', 'photo-query', { photoSource: member('source') }),
    ...at('licence', 'licence-query', {
      licenceStatus: member('certificate_status'),
      licenceType: member('certificate_type_code'),
    }),
    ...at('logIn', 'sso-userinfo', { realName: inText, certType: member('idType') }),
  ],
  anhui: [
    ...at('matter', 'matter-detail', {
      matterType: member('serviceTypeCode'),
      matterState: member('state'),
      caseType: member('infoTypeCode'),
      dayUnit: (body, raw) => member('legalType')(member('promiseType')(body, raw), raw),
      scope: member('crossScope'),
      crossMode: member('crossMode'),
      delivery: member('takeMode'),
      level: member('useLevel'),
    }),
    ...at('matter', 'material-list', {
      necessity: member('isNeed'),
      materialSource: member('source'),
    }),
    ...at('case', 'case-query', {
      caseStatus: member('handleState'),
      transactResult: member('transactResultCode'),
    }),
    ...at('licence', 'licence-summary', { licenceState: member('state') }),
    ...at('logIn', 'sso-userinfo', {
      authLevel: member('authLevel'),
      certType: member('credentType'),
    }),
  ],
}

/** How a region says no, and where a refusal by this table is heard. */
export interface RefusalPlace {
  readonly table: string
  readonly operation: 'case-query' | 'matter-list'
  readonly envelope: (raw: string) => object
  /** The code that is none. */
  readonly success?: string
}

export const REFUSALS: Readonly<Record<SimulatedRegionId, readonly RefusalPlace[]>> = {
  shanghai: [
    {
      table: 'errorCode',
      operation: 'case-query',
      envelope: (errorCode) => ({ isSuccess: false, code: '500', errorCode, msg: '' }),
    },
  ],
  jiangsu: [],
  zhejiang: [
    {
      table: 'errorCode',
      operation: 'case-query',
      envelope: (errorCode) => ({ success: false, errorCode, errorMsg: '', data: null }),
    },
    {
      table: 'sharingCode',
      operation: 'matter-list',
      envelope: (code) => ({ code, msg: '', datas: null }),
      success: '00',
    },
  ],
  anhui: [
    {
      table: 'result',
      operation: 'case-query',
      envelope: (result) => ({ result, resultmsg: '', data: null }),
      success: '01',
    },
    {
      table: 'flag',
      operation: 'matter-list',
      envelope: (flag) => ({ flag, result: '', data: null }),
      success: '200',
    },
  ],
}

/** What the contracts' words for refusals mean to us; several where a service may mean more by one. */
export const PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  AUTH: ['REGION_AUTH', 'REGION_REJECTED'],
  AUTH_EXPIRED: ['REGION_AUTH'],
  TOKEN_INVALID: ['REGION_AUTH'],
  FORBIDDEN: ['REGION_REJECTED', 'REGION_AUTH'],
  CASE_NOT_FOUND: ['CASE_NOT_FOUND'],
  CASE_UNKNOWN: ['CASE_NOT_FOUND'],
  STATE_CONFLICT: ['STATE_CONFLICT'],
  DUPLICATE_CASE: ['DUPLICATE_CASE'],
  DUPLICATE: ['DUPLICATE_CASE'],
  DUPLICATE_RATING: ['RATED_ALREADY'],
  REASON_REQUIRED: ['RATING_REASON_REQUIRED'],
  DOCUMENT_NOT_FOUND: ['RESULT_NOT_READY'],
  PHOTO_NOT_FOUND: ['PHOTO_NOT_FOUND', 'REGION_REJECTED'],
  PHOTO_EXPIRED: ['PHOTO_NOT_FOUND', 'REGION_REJECTED'],
  UPSTREAM_FAILURE: ['REGION_UNAVAILABLE'],
  SYSTEM_ERROR: ['REGION_UNAVAILABLE'],
  REGION_BUSY: ['REGION_BUSY'],
}
